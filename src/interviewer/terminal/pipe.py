"""An interview without a terminal: prepared answers in, plain lines out."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable

from ..errors import PlainError
from ..interview.candidate import Command, Purpose, Reply, ScriptedCandidate, Situation, Utterance

_SEPARATOR = re.compile(r"^\s*---+\s*$", re.MULTILINE)
_BLANK = re.compile(r"\n\s*\n")


def has_separators(text: str) -> bool:
    """Whether a line of `---` stands in it."""
    return bool(_SEPARATOR.search(text))


def split_answers(text: str) -> list[str]:
    """The answers in a text: parted by lines of `---`, or by blank lines where there is no such line."""
    pattern = _SEPARATOR if has_separators(text) else _BLANK
    return [answer.strip() for answer in pattern.split(text) if answer.strip()]


class PipeCandidate(ScriptedCandidate):
    """Gives prepared answers in order, and writes down both sides; when they run out it ends the interview."""

    def __init__(self, answers: list[str], write: Callable[[str], None], tell: Callable[[str], None]):
        """Args:
        write: takes the conversation.
        tell: takes what whoever started the program should know and no interviewer says.
        """
        super().__init__(answers)
        self._write = write
        self._tell = tell

    @property
    def troubles(self) -> list[str]:
        """What it has told of trouble."""
        return [utterance.text for utterance in self.heard if utterance.purpose is Purpose.TROUBLE]

    def has_told(self, error: BaseException) -> bool:
        """Whether it has told of that trouble."""
        return isinstance(error, PlainError) and any(told.startswith(str(error)) for told in self.troubles)

    async def hear(self, utterance: Utterance) -> None:
        """Writes what the interviewer says, and tells of trouble."""
        await super().hear(utterance)
        if utterance.purpose is Purpose.TROUBLE:
            self._tell(utterance.text)
        else:
            self._write(f"interviewer: {utterance.text}\n")

    async def listen(self, purpose: Purpose, pieces: AsyncIterator[str]) -> None:
        """Writes speech when it is whole."""
        await super().listen(purpose, pieces)
        self._write(f"interviewer: {self.heard[-1].text}\n")

    async def reply(self, situation: Situation) -> Reply:
        """The next answer, or the end."""
        try:
            reply = await super().reply(situation)
        except EOFError:
            return Command("end")
        if not isinstance(reply, Command):
            self._write(f"you: {reply.text}\n")
        return reply


class SilentCandidate(PipeCandidate):
    """The same, but of all that is said only trouble is told, and where the words go."""

    def __init__(self, answers: list[str], tell: Callable[[str], None]):
        super().__init__(answers, lambda text: None, tell)

    async def hear(self, utterance: Utterance) -> None:
        """Tells of trouble, and where the words go."""
        await super().hear(utterance)
        if utterance.purpose is Purpose.WHEREABOUTS:
            self._tell(utterance.text)
