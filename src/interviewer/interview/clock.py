"""A stopwatch that can be stopped: how long a thread and an answer took, without pauses and without long silences.

Where keys are watched, it stands still in a silence that is longer than thinking takes, until somebody is at the keys
again. Where they are not (a line at a time, an editor of one's own), no silence is known, and none is left out.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable


class Stopwatch:
    """Counts seconds while it runs."""

    def __init__(self, now: Callable[[], float] = time.monotonic, longest: float = math.inf):
        """Args:
        longest: seconds of a silence that count.
        """
        self._now = now
        self._longest = longest
        self._key: float | None = None
        """When there was the last sign of somebody at the keys; None where they are not watched."""
        self._left_out = 0.0
        """Seconds of the silences that are over."""
        self._base = self.moment
        self._left_out_before = 0.0
        self._stopped: float | None = None

    @property
    def moment(self) -> float:
        """Now, in seconds on this clock: only the differences between two moments mean anything."""
        return self._now() - self._left_out - self._standing

    @property
    def seconds(self) -> float:
        """Seconds since `restart`, without the pauses and the long silences; never negative."""
        return max(0.0, (self._stopped if self._stopped is not None else self.moment) - self._base)

    @property
    def started(self) -> float:
        """The moment from which the running time counts."""
        return self._base

    @property
    def left_out(self) -> float:
        """Seconds of silence since `restart` that do not count."""
        return self._left_out + self._standing - self._left_out_before

    def restart(self) -> None:
        """Counts from zero, and runs; keys are not watched until there is one."""
        self.unwatch()
        self._base, self._stopped, self._left_out_before = self.moment, None, self._left_out

    def pause(self) -> None:
        """Stops counting."""
        if self._stopped is None:
            self.unwatch()
            self._stopped = self.moment

    def resume(self) -> None:
        """Goes on counting where it stopped."""
        if self._stopped is not None:
            self._base += self.moment - self._stopped
            self._stopped = None

    def key(self) -> None:
        """Somebody is at the keys, which are watched from now on."""
        self._left_out += self._standing
        self._key = self._now()

    def unwatch(self) -> None:
        """Keys cannot be seen from now on."""
        self._left_out += self._standing
        self._key = None

    @property
    def _standing(self) -> float:
        """Seconds for which the clock has stood still in the silence that lasts."""
        return max(0.0, self._now() - self._key - self._longest) if self._key is not None else 0.0
