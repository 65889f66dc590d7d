"""What a model tells while one waits: that it is loading, or that a call is tried again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Notice:
    """One plain sentence for the status line."""

    kind: Literal["loading", "ready", "retrying"]
    sentence: str
    seconds: float | None = None
    """How long the wait is that begins now, where that is known."""


Tell = Callable[[Notice], None]


def silent(notice: Notice) -> None:
    """Tells nobody."""


@contextmanager
def loading(tell: Tell, sentence: str, done: str) -> Iterator[None]:
    """Within the block the sentence is told, and after it that it is done; nothing hangs on where it failed."""
    tell(Notice("loading", sentence))
    try:
        yield
    except BaseException:
        tell(Notice("ready", ""))
        raise
    tell(Notice("ready", done))


SHOWN = 3.0
"""Seconds for which a notice that ends nothing else stays."""


class Board:
    """Where the last notice hangs until it is out of date. Belongs to the thread of the event loop."""

    def __init__(self, now: Callable[[], float] = time.monotonic):
        self.reader: Tell = silent
        """Hears of each notice as it is posted."""
        self._now = now
        self._latest: Notice | None = None
        self._until = 0.0

    def post(self, notice: Notice) -> None:
        """Puts the notice in place of the last one."""
        lasts = float("inf") if notice.kind == "loading" else (notice.seconds or 0.0) + SHOWN
        self._latest, self._until = notice, self._now() + lasts
        self.reader(notice)

    @property
    def sentence(self) -> str:
        """What there is to read now; empty when nothing is."""
        return self._latest.sentence if self._latest and self._now() < self._until else ""
