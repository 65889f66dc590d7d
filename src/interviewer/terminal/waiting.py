"""What is seen while the candidate waits for a model: a quiet line that goes again, and what the model tells."""

from __future__ import annotations

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


class Waiting:
    """One line at most, from `begin` to `end`. A plain look says each thing once and takes nothing back."""

    def __init__(self, screen: Screen, board: Board):
        self._screen = screen
        self._on = False
        self._late: list[str] = []
        board.reader = self._told

    def begin(self) -> None:
        """Shows that the interviewer thinks. Costs one write, so it is there at once."""
        self._on = True
        self._show("note: One moment." if self._screen.look.plain else self._screen.look.mark("…", "..."))

    def end(self) -> None:
        """Takes the line away."""
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
            return
        if self._screen.look.plain and not self._on:
            self._late.append(clean_line(notice.sentence))
        elif self._on:
            self._show(f"{'note: ' if self._screen.look.plain else ''}{notice.sentence}")

    def _show(self, sentence: str) -> None:
        self._screen.renew(shorten(clean_line(sentence), self._screen.width - 1), Role.QUIET)
