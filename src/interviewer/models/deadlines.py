"""How long a reply may take: until its first piece, between two pieces, and altogether."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import TypeVar

Piece = TypeVar("Piece")


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Budgets of one call, in seconds."""

    connect: float
    first: float
    """Until the first byte. Minutes for a local model, which may have to be loaded first."""
    gap: float
    """Between two pieces."""
    total: float


LOCAL = Deadlines(connect=3, first=300, gap=60, total=900)
REMOTE = Deadlines(connect=10, first=60, gap=30, total=240)


class TooSlow(Exception):
    """A budget ran out."""

    def __init__(self, budget: str, seconds: float):
        super().__init__(budget)
        self.budget = budget
        """Which: "first", "gap" or "total"."""
        self.seconds = seconds


async def paced(source: AsyncGenerator[Piece, None], limits: Deadlines) -> AsyncGenerator[Piece, None]:
    """The pieces of `source`, each within its budget; `source` is closed at the end, however it comes.

    Raises:
        TooSlow: a piece did not come in time.
    """
    watchdog = _Watchdog(limits)
    async with aclosing(source):
        try:
            while True:
                watchdog.wait()
                try:
                    piece = await anext(source)
                except StopAsyncIteration:
                    return
                except asyncio.CancelledError:
                    if not watchdog.barked():
                        raise
                    raise TooSlow(watchdog.budget, watchdog.seconds) from None
                watchdog.rest()
                yield piece
        finally:
            watchdog.stop()


class _Watchdog:
    """Cancels the waiting task when a piece is late, as `asyncio.timeout` does, with one timer for all pieces.

    Setting a timer for each piece would cost as much as reading the piece. The deadline moves instead, and the timer,
    when it fires too early, is set anew.
    """

    def __init__(self, limits: Deadlines):
        self._loop = asyncio.get_running_loop()
        self._limits = limits
        self._end = self._loop.time() + limits.total
        self._waiting: asyncio.Task[object] | None = None
        self._cancelling = 0
        self._barked = False
        self.budget, self.seconds = "first", limits.first
        self._until = min(self._loop.time() + limits.first, self._end)
        self._timer = self._loop.call_at(self._until, self._look)

    def wait(self) -> None:
        """The task that runs now begins to wait for a piece."""
        task = asyncio.current_task()
        assert task is not None
        self._waiting, self._cancelling = task, task.cancelling()
        until = self._loop.time() + self.seconds
        self._until = min(until, self._end)
        if self._until < self._timer.when():
            self._timer.cancel()
            self._timer = self._loop.call_at(self._until, self._look)

    def rest(self) -> None:
        """A piece has come."""
        self._waiting = None
        self.budget, self.seconds = "gap", self._limits.gap

    def barked(self) -> bool:
        """Whether it was this watchdog, and nobody else, that cancelled the task."""
        if not self._barked or self._waiting is None:
            return False
        if self._until >= self._end:
            self.budget, self.seconds = "total", self._limits.total
        return self._waiting.uncancel() <= self._cancelling

    def stop(self) -> None:
        """No more waiting."""
        self._timer.cancel()

    def _look(self) -> None:
        if self._waiting is None or self._loop.time() < self._until:
            later = self._until if self._waiting else self._loop.time() + self._limits.gap
            self._timer = self._loop.call_at(max(later, self._loop.time()), self._look)
            return
        self._barked = True
        self._waiting.cancel()
