"""The other side of the table, as the interview sees it: something that hears and replies.

The terminal is one candidate; a file, a pipe, a script and a simulated candidate are others.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from .clock import Stopwatch

if TYPE_CHECKING:
    from .lines import Length


class Purpose(StrEnum):
    """What an utterance of the interviewer is; a screen may show each in its own way."""

    GREETING = "greeting"
    QUESTION = "question"
    PROBE = "probe"
    DEBATE = "debate"
    DEVELOPMENT = "development"
    HINT = "hint"
    FEEDBACK = "feedback"
    NOTICE = "notice"
    WHEREABOUTS = "whereabouts"
    """Where the words go, before any is sent."""
    TROUBLE = "trouble"
    REPLY = "reply"
    """An answer to the candidate's own question."""
    RECALL = "recall"
    """The candidate's own last answer, after a break."""
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something the interviewer says. Raw: whoever shows it cleans it."""

    purpose: Purpose
    text: str
    title: str = ""


def _unheard(draft: str) -> None:
    """For drafts that nobody thinks about."""


@dataclass(frozen=True, slots=True)
class Situation:
    """Where the interview stands while it waits: what a bottom line shows."""

    title: str
    number: int
    """Of this question, counted from 1."""
    of: int
    """Questions planned."""
    probe: int
    """Probes asked in this thread so far, and new facts told; the turns of a debate do not count."""
    started: float
    """The moment of `clock` at which the thread began, what does not count taken out."""
    planned: float | None
    """Seconds for this question."""
    mode: str
    model: str
    host: str
    """Where words go; empty when they stay in the program."""
    commands: tuple[str, ...]
    """What may be typed here, without the slash."""
    tokens: int = 0
    cost: float | None = 0.0
    """US dollars so far; None when a price is unknown."""
    estimated: bool = False
    """Whether some of the tokens are a guess."""
    length: Length | None = None
    """How long it is to be; None for a question of the candidate's own."""
    clock: Stopwatch = field(default_factory=Stopwatch, compare=False, repr=False)
    """What `started` is a moment of. Whoever sees keys tells it of each; see `Stopwatch.key`."""
    notice: str = ""
    """What a model tells at the moment: that it is loading, that a call is tried again."""
    foresee: Callable[[str], None] = field(default=_unheard, compare=False, repr=False)
    """Gets ready what would follow if this draft were sent as it is. It stores, says and sends nothing, raises nothing,
    and takes some milliseconds: call it in a thread of its own while the candidate thinks."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the candidate says."""

    text: str


@dataclass(frozen=True, slots=True)
class Command:
    """Something the candidate wants of the program."""

    name: str
    argument: str = ""


Reply = Answer | Command


class Candidate(Protocol):
    """Whoever is interviewed."""

    async def hear(self, utterance: Utterance) -> None:
        """Takes in what the interviewer says."""
        ...

    async def listen(self, purpose: Purpose, pieces: AsyncIterator[str]) -> None:
        """Takes in speech as it comes."""
        ...

    async def reply(self, situation: Situation) -> Reply:
        """Answers, or asks something of the program.

        Raises:
            EOFError: there is nothing more to come; the interview ends with everything kept.
        """
        ...

    async def choose(self, ask: str, options: Mapping[str, str], default: str) -> str:
        """Picks one of the options (key and what it says); `default` when nobody is there to choose."""
        ...


class ScriptedCandidate:
    """Says prepared answers in order: for files, pipes, scripts and tests. A line "/skip" is a command."""

    def __init__(self, answers: list[str]):
        self.left = deque(answers)
        """What has not been said yet."""
        self.heard: list[Utterance] = []

    async def hear(self, utterance: Utterance) -> None:
        """Keeps what was said in `heard`."""
        self.heard.append(utterance)

    async def listen(self, purpose: Purpose, pieces: AsyncIterator[str]) -> None:
        """Keeps streamed speech in `heard`, whole."""
        self.heard.append(Utterance(purpose, "".join([piece async for piece in pieces])))

    async def reply(self, situation: Situation) -> Reply:
        """The next prepared answer."""
        if self.left:
            return as_reply(self.left.popleft())
        raise EOFError

    async def choose(self, ask: str, options: Mapping[str, str], default: str) -> str:
        """The default: a script has no opinion."""
        return default


def as_reply(text: str) -> Reply:
    """A typed text as an answer or a command: "/name argument" on one line; "//" begins a literal slash."""
    if text.startswith("//"):
        return Answer(text[1:])
    if text.startswith("/") and "\n" not in text.strip() and text[1:2].isalpha():
        name, _, argument = text[1:].strip().partition(" ")
        return Command(name.lower(), argument.strip())
    return Answer(text)
