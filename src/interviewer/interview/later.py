"""The door to all that an interview needs only after the first answer, opened while that answer is typed.

Behind it: choosing, probing, recalling, debating, wording by a model, the files of rules and prompts that they read,
the offline reader with its cues, the judge. The first question on the screen waits for none of it.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from ..bank.library import Bank
from ..models.unnoticed import unnoticed
from ..session.events import Event
from ..session.transcript import ThreadState, Transcript
from .followup import FollowUp, Heard, Speech
from .lines import Lines
from .ratings import Ratings
from .voice import Voice

if TYPE_CHECKING:
    from ..bank.schema import Question
    from .formats import Formats


class LaterFollowUp(FollowUp):
    """Goes on after an answer as `Formats` does, which it makes at the first call."""

    def __init__(self, bank: Bank, ratings: Ratings, lines: Lines, voice: Voice, transcript: Transcript):
        self._bank, self._ratings, self._lines = bank, ratings, lines
        self._voice, self._transcript = voice, transcript
        self._opening = Lock()
        self._made: Formats | None = None

    async def after(self, heard: Heard) -> Event | Speech:
        """What the format does after an answer. Raises `ModelError`, and `ContentError` where a file is faulty."""
        return await self._formats().after(heard)

    def foresee(self, heard: Heard) -> None:
        """Gets ready what would follow such an answer. Any thread may do it. Raises `ContentError`."""
        self._formats().foresee(heard)

    def is_asked_back(self, question: Question, state: ThreadState) -> bool:
        """Whether the last answer only asks something back. Raises `ContentError` where a file is faulty."""
        return self._formats().is_asked_back(question, state)

    async def reply_back(self, heard: Heard, last_asked: str) -> str:
        """What to say to what was asked back last. Raises `ContentError` where a file is faulty."""
        return await self._formats().reply_back(heard, last_asked)

    def warm_up(self) -> None:
        """Opens the door. Any thread may do it; who needs what is behind it meanwhile waits. Raises `ContentError`."""
        with unnoticed():
            with self._opening:
                if self._made is None:  # else the first answer is there already
                    self._made = self._open()
                    self._rehearse()
            self._ratings.warm_up()
            self._voice.warm_up()

    def _formats(self) -> Formats:
        with self._opening:
            self._made = self._made or self._open()
            return self._made

    def _open(self) -> Formats:
        from .formats import open_formats

        return open_formats(self._bank, self._ratings, self._lines, self._voice, self._transcript)

    def _rehearse(self) -> None:
        from .rehearsal import rehearse

        if (started := self._transcript.started) and started.plan:
            rehearse(self._bank, self._ratings.reader, self._lines, self._bank.question(started.plan[0]))
