"""What is seen while the candidate waits for a model: a quiet line that goes again, and what the model tells."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ..interview.candidate import Situation
from ..models.notices import Board, Notice
from ..text import clean_line, shorten
from .look import Role
from .screen import Screen


def _as_it_was(situation: Situation) -> Situation:
    """Knows nothing newer."""
    return situation


@dataclass(frozen=True, slots=True)
class Live:
    """What changes while nobody says anything."""

    now: Callable[[Situation], Situation] = _as_it_was
    """A situation with what is true of it at this moment."""
    board: Board = field(default_factory=Board)
    """Where models tell that they load or try again."""


SOON = 0.3
"""Seconds after which it is shown that one waits, where that was not said before."""
LONG = 3
"""Seconds from which the line tells how many they are, and how to stop it."""
AGAIN = 30
"""Seconds after which a plain look, which takes nothing back, says so again."""
HOW_TO_STOP = "Ctrl-C stops waiting"


class Waiting:
    """One line at most, from `begin` to `end`. A plain look says each thing once and takes nothing back."""

    def __init__(self, screen: Screen, board: Board):
        self._screen = screen
        self._on = False
        self._sentence = ""
        """What a model told last, while one waits."""
        self._counting: asyncio.Task[None] | None = None
        self._late: list[str] = []
        board.reader = self._told

    def begin(self) -> None:
        """Shows that the interviewer thinks. Costs one write, so it is there at once."""
        self._on = True
        self._sentence = ""
        self._show("note: One moment." if self._screen.look.plain else self._mark)

    def count(self) -> None:
        """Tells from now on how long it takes, until `end`; for what can be stopped. The loop has to run."""
        if self._counting is None:
            self._counting = asyncio.get_running_loop().create_task(self._count())

    async def _count(self) -> None:
        began = time.monotonic()
        await asyncio.sleep(SOON)
        if not self._on:
            self.begin()
        while True:
            await asyncio.sleep(1 - (time.monotonic() - began) % 1)
            self._tell_seconds(round(time.monotonic() - began))

    def _tell_seconds(self, seconds: int) -> None:
        if not self._screen.look.plain:
            if seconds >= LONG:
                self._show(f"{self._sentence or self._mark} {seconds} s ({HOW_TO_STOP})")
        elif seconds == LONG or seconds % AGAIN == 0:
            self._show(f"note: {seconds} seconds so far. {HOW_TO_STOP}.")

    def end(self) -> None:
        """Takes the line away."""
        if self._counting:
            self._counting.cancel()
            self._counting = None
        if self._on:
            self._on = False
            self._screen.clear()

    def catch_up(self) -> None:
        """Says in a plain look what models told while something was being typed; elsewhere the bottom line did."""
        late, self._late = self._late, []
        for sentence in late:
            self._screen.say(f"note: {sentence}", Role.QUIET)

    def _told(self, notice: Notice) -> None:
        if notice.kind == "ready":
            self._sentence = ""
            return
        if self._screen.look.plain and not self._on:
            self._late.append(clean_line(notice.sentence))
        elif self._on:
            self._sentence = notice.sentence
            self._show(f"{'note: ' if self._screen.look.plain else ''}{notice.sentence}")

    @property
    def _mark(self) -> str:
        return self._screen.look.mark("…", "...")

    def _show(self, sentence: str) -> None:
        self._screen.renew(shorten(clean_line(sentence), self._screen.width - 1), Role.QUIET)
