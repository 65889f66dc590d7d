"""How the candidate writes, and the half-typed answer kept safe: stored at every pause, and at once on a signal."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ..errors import PlainError

PAUSE = 1.5
"""Seconds from the first keystroke that is not saved to the save."""


@dataclass(frozen=True, slots=True)
class Writing:
    """How the candidate likes to write."""

    enter: Literal["sends", "breaks"] = "sends"
    """What Enter does; Alt-Enter does the other. Ctrl-J always makes a line."""
    keys: Literal["emacs", "vi"] = "emacs"

    @property
    def reminder(self) -> str:
        """The two keys worth knowing, in a few words."""
        if self.enter == "sends":
            return "Enter sends, Alt-Enter makes a line"
        return "Alt-Enter sends, Enter makes a line"


@dataclass(frozen=True, slots=True)
class Draft:
    """What is typed, raw, and where the cursor stands in it."""

    text: str = ""
    cursor: int = 0


class DraftKeeper:
    """Hands drafts to whoever stores them, not more often than it must."""

    def __init__(self, store: Callable[[str, int], None]):
        self._store = store
        self._latest = Draft()
        self._stored = Draft()
        self._timer: asyncio.TimerHandle | None = None
        self.trouble = ""
        """Why the last draft could not be stored, in one sentence; empty when it was."""

    def changed(self, draft: Draft) -> None:
        """Notes the draft; it is stored after a pause."""
        self._latest = draft
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(PAUSE, self.save)

    def save(self) -> None:
        """Stores the latest draft now, if it has not been."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._latest == self._stored:
            return
        try:
            self._store(self._latest.text, self._latest.cursor)
        except PlainError as error:
            self.trouble = str(error)
        else:
            self._stored, self.trouble = self._latest, ""

    def keep(self, draft: Draft) -> None:
        """Stores the draft now."""
        self._latest = draft
        self.save()
