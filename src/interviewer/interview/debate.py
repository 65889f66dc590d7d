"""A debate: the interviewer takes the side that the candidate did not, fairly, and grants a point at the end.

Offline the turns come from the question's `sides`. A model argues within the same limits (`arguing.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pydantic import Field

from ..bank.library import Bank
from ..bank.schema import Content, Question, Side, Text
from ..bank.wording import says
from ..session.events import ProbeSkipped
from ..text import count_words, straight
from .feelings import without_apostrophes
from .followup import Heard, Speech
from .granting import Granting
from .ratings import Ratings
from .stances import Stances, nearer_side, taken_side

_CLAUSE_END = re.compile(r"[.;:!?,\n]")
NEAR = 4
"""Words before a cue in which a denial of it stands."""


class TurnReply(Content):
    """What is said first where the candidate's last turn calls for it."""

    cues: tuple[Text, ...]
    says: Text
    asks: Text | None = None
    """Ends the turn in place of a further point: who has given in is not argued with."""
    owned: bool = False
    """Whether it says that what was argued is the candidate's own."""
    grants: bool = False
    """Whether it grants a point, and not the debate."""
    longest: int | None = None
    """Words of a turn that is taken so; of any length when None."""

    def is_called_for(self, answer: str, denials: Sequence[str]) -> bool:
        """Whether the turn holds one of the cues that nothing right before it denies; a question must end it."""
        plain = without_apostrophes(answer.casefold()).strip()
        if self.longest is not None and count_words(plain) > self.longest:
            return False
        return any(
            plain.endswith("?") if cue == "?" else _is_meant(without_apostrophes(cue), plain, denials)
            for cue in self.cues
        )


def _is_meant(cue: str, text: str, denials: Sequence[str]) -> bool:
    """Whether the cue stands in the text where none of the few words before it denies it."""
    before = (_CLAUSE_END.split(text[: found.start()])[-1] for found in re.finditer(rf"\b{re.escape(cue)}\b", text))
    near = (" ".join(words.split()[-NEAR:]) for words in before)
    return any(not any(says(words, without_apostrophes(denial)) for denial in denials) for words in near)


class DebateRules(Content):
    """What `prompts/debate.yaml` holds."""

    exchanges: int = Field(ge=1)
    longest: int
    """Words a turn."""
    least: int = Field(ge=1)
    """Words of a turn; where a model was stopped before, it goes on, and after that the bank."""
    tokens: int
    """Longest reply of a model."""
    tries: int = Field(ge=1, le=3)
    takes: Text
    between: Text
    """In place of `takes`, to who makes points of both sides or was asked: `{position}` is what they are taken for."""
    which: Text
    """Asked where it cannot be told which side somebody takes: `{first}` or `{second}`."""
    presses: tuple[Text, ...] = Field(min_length=1)
    """Asked in place of a point where the candidate has made all that are left: whichever side, they draw a line."""
    grants: Text
    yet: Text
    stances: Stances
    granting: Granting
    denials: tuple[Text, ...] = ()
    """Words after which a cue of a reply is not meant."""
    replies: tuple[TurnReply, ...] = ()
    asks: tuple[Text, ...] = Field(min_length=1)
    never: tuple[Text, ...]
    """Phrases that a model may not speak."""

    def is_owned(self, answer: str) -> bool:
        """Whether the candidate says that what they heard is their own argument."""
        reply = reply_to(answer, self)
        return reply is not None and reply.owned

    def says_so(self, sentence: str) -> bool:
        """Whether the sentence grants a point."""
        return any(reply.grants and reply.is_called_for(sentence, self.denials) for reply in self.replies)


def load_debate(bank: Bank) -> DebateRules:
    """How a debate is held. Raises `ContentError`."""
    return bank.rules("debate.yaml", DebateRules)


class Arguing(Protocol):
    """Whoever may put the interviewer's side into words of their own."""

    def argue(self, heard: Heard, side: Side, bank_turn: str, rules: DebateRules, *, last: bool) -> Speech:
        """The turn as speech; `bank_turn` is said where nobody has better words."""
        ...


class Debater:
    """Holds the other side for as many exchanges as the rules say, besides asking which side that is; the candidate has
    the last word."""

    def __init__(self, ratings: Ratings, arguing: Arguing, rules: DebateRules):
        self._ratings = ratings
        self._arguing = arguing
        self._rules = rules

    async def after(self, heard: Heard) -> Speech | ProbeSkipped:
        """The next turn of the debate, or its end."""
        answers = heard.thread.thread.answers
        spent = len(heard.thread.told)
        if spent == 0:
            state = heard.thread
            self._ratings.rate(heard.index, "first", state, heard.dimensions)
        question, rules = heard.question, self._rules
        asked = which(question, rules) in heard.thread.told
        exchange = spent - asked
        if exchange >= rules.exchanges:
            return ProbeSkipped(reason="the debate had its exchanges, and the last word was yours")
        if spent == 0 and taken_side(question.sides, answers[-1], rules.stances) is None:
            return Speech("debate", which(question, rules))
        reply = reply_to(answers[-1], rules) if spent > asked else None  # who names their side gives in to nothing
        if reply and reply.asks and any(reply.asks in told for told in heard.thread.told):
            return ProbeSkipped(reason="you gave the point, and the last word was yours")
        said = rejoinder(question, answers[-1 - spent :], rules, asked=asked)
        turn = _turn(said, exchange, question, rules, reply)
        side = said.side.model_copy(update={"case": said.left})
        return self._arguing.argue(heard, side, turn, rules, last=exchange == rules.exchanges - 1)


def reply_to(answer: str, rules: DebateRules) -> TurnReply | None:
    """What the candidate's turn calls for first, if anything."""
    return next((reply for reply in rules.replies if reply.is_called_for(answer, rules.denials)), None)


@dataclass(frozen=True, slots=True)
class Rejoinder:
    """What is said against an answer."""

    side: Side
    point: str | None
    """None where the side has no further one that the candidate has neither made nor granted."""
    left: tuple[str, ...] = ()
    """All points of the side that the candidate has neither made nor granted, said before or not."""
    between: bool = False
    """Whether the candidate began with points of both sides, or of none: then nothing is granted to "their side"."""
    presses: int = 0
    """How often nothing but their own line could be pressed on before."""


def _turn(said: Rejoinder, exchange: int, question: Question, rules: DebateRules, reply: TurnReply | None) -> str:
    """The turn in the bank's words, after a reply where one is called for."""
    if reply is None:
        return bank_turn(said, exchange, question, rules)
    return f"{reply.says} {reply.asks or bank_turn(said, exchange, question, rules)}"


def bank_turn(said: Rejoinder, exchange: int, question: Question, rules: DebateRules) -> str:
    """What is said in an exchange, counted from 0; in the last one a point is granted first."""
    granted = [rules.grants, said.side.concedes] if exchange == rules.exchanges - 1 and not said.between else []
    lead = [_takes(said, question, rules)] if exchange == 0 else granted
    if said.point is None:
        return " ".join([*lead, rules.presses[said.presses % len(rules.presses)]])
    return " ".join([*lead, *([rules.yet] if granted else []), said.point, rules.asks[exchange % len(rules.asks)]])


def _takes(said: Rejoinder, question: Question, rules: DebateRules) -> str:
    """How the interviewer takes a side: who makes points of both, or was asked, hears which one they are taken for."""
    if not said.between:
        return rules.takes
    theirs = next(side for side in question.sides if side is not said.side)
    return rules.between.format(position=theirs.position)


def which(question: Question, rules: DebateRules) -> str:
    """What is asked of somebody whose side cannot be told."""
    first, second = (side.position for side in question.sides[:2])
    return rules.which.format(first=first, second=second)


def rejoinder(question: Question, answers: Sequence[str], rules: DebateRules, *, asked: bool = False) -> Rejoinder:
    """What is said after the last of the answers: a point that was not said yet, and that the candidate has neither
    made nor granted.

    It is of the side that the candidate did not take, through the whole thread. Where that has none left, or they say
    that it is their own, their own line is pressed on.

    Args:
        asked: whether they were first asked which side is theirs.
    """
    theirs = nearer_side(question, answers, rules.stances)
    side = next(each for each in question.sides[:2] if each is not theirs)
    between = asked or any(is_made(side, number, answers[0]) for number in range(len(side.case)))
    said: list[str] = []
    settled = _granted(question, side, answers[0], rules)
    presses = 0
    found = Rejoinder(side, None, between=between)
    for number in range(1 if asked else 0, len(answers)):
        answer, heard = answers[number], " ".join(answers[: number + 1])
        settled |= _granted(question, side, answer, rules) or ({*said[-1:]} if rules.says_so(answer) else set())
        left = tuple(
            point for at, point in enumerate(side.case) if point not in settled and not is_made(side, at, heard)
        )
        fresh = [point for point in left if point not in said]
        owned = number > asked and rules.is_owned(answer)
        found = Rejoinder(side, fresh[0] if fresh and not owned else None, left, between, presses)
        said += [found.point] if found.point else []
        presses += found.point is None
    return found


def _granted(question: Question, side: Side, answer: str, rules: DebateRules) -> set[str]:
    """The points of the side that the answer grants in words of its own."""
    granted = [*rules.granting.granted(answer, rules.says_so)]
    about = " ".join((question.ask, *(each.position for each in question.sides)))
    return {point for point in side.case if any(rules.granting.is_about(each, point, about) for each in granted)}


def is_made(side: Side, point: int, text: str) -> bool:
    """Whether the text makes that point of the side's case itself, as far as single words tell."""
    plain = straight(text.casefold())
    return any(re.search(rf"\b{re.escape(word)}", plain) for words in side.made_by[point : point + 1] for word in words)
