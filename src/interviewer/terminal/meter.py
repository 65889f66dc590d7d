"""How long the draft is, in words and in speaking time, without counting a long one at every key."""

from __future__ import annotations

import time
from collections.abc import Callable

from ..text import count_words, speaking_seconds

SHORT = 20_000
"""Characters that are counted at every change."""
EVERY = 1.0
"""Seconds between two counts of a longer text."""


class Meter:
    """Counts the words of a text that changes."""

    def __init__(self, now: Callable[[], float] = time.monotonic):
        self._now = now
        self._text = ""
        self._at = float("-inf")
        self.words = 0

    def read(self, text: str) -> None:
        """Counts again where the text has changed; a long one at most once a second."""
        if text is self._text or (len(text) > SHORT and self._now() - self._at < EVERY):
            return
        self._text, self._at, self.words = text, self._now(), count_words(text)

    @property
    def speaking(self) -> float:
        """Seconds it takes to say the words."""
        return speaking_seconds(self.words)
