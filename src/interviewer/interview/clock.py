"""A stopwatch that can be stopped: how long a thread and an answer took, pauses taken out."""

from __future__ import annotations

import time
from collections.abc import Callable


class Stopwatch:
    """Counts seconds while it runs."""

    def __init__(self, now: Callable[[], float] = time.monotonic):
        self._now = now
        self._base = now()
        self._stopped: float | None = None

    @property
    def seconds(self) -> float:
        """Seconds since `restart`, without the pauses; never negative."""
        return max(0.0, (self._stopped if self._stopped is not None else self._now()) - self._base)

    @property
    def started(self) -> float:
        """The moment on the clock from which the running time counts."""
        return self._base

    def restart(self) -> None:
        """Counts from zero, and runs."""
        self._base, self._stopped = self._now(), None

    def pause(self) -> None:
        """Stops counting."""
        if self._stopped is None:
            self._stopped = self._now()

    def resume(self) -> None:
        """Goes on counting where it stopped."""
        if self._stopped is not None:
            self._base += self._now() - self._stopped
            self._stopped = None
