"""One line about how far a long command is, on stderr and only where that is a terminal."""

from __future__ import annotations

import os
import sys
import time

from click import echo, style

REFRESH = 0.1
"""Seconds between two pictures of the line."""
CLEAR = "\r\x1b[2K"


class Progress:
    """Counts, and shows the count. Where stderr is no terminal it does nothing."""

    def __init__(self, what: str, total: int | None):
        """Sets it up.

        Args:
            what: is counted, as "answers rated".
            total: how many there will be; None when nobody knows.
        """
        self._what, self._total = what, total
        self._done = 0
        self._began = time.monotonic()
        self._shown: float | None = None
        self._visible = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def advance(self) -> None:
        """Counts one more."""
        self._done += 1
        now = time.monotonic()
        if self._visible and (self._shown is None or now - self._shown >= REFRESH):
            self._shown = now
            echo(CLEAR + style(self._line(now), dim=True), nl=False, err=True)

    def _line(self, now: float) -> str:
        of = f" of {self._total:,}" if self._total is not None else ""
        return f"{self._done:,}{of} {self._what}, {self._done / max(now - self._began, 0.001):,.1f} a second"

    def say(self, sentence: str) -> None:
        """Writes a sentence to stderr, the line of progress out of its way."""
        self.clear()
        echo(sentence, err=True)

    def clear(self) -> None:
        """Takes the line away."""
        if self._shown is not None:
            echo(CLEAR, nl=False, err=True)
            self._shown = None
