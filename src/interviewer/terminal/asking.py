"""Asks once before something that may not be meant: an answer of two words, leaving. Pure; the clock is passed in."""

from __future__ import annotations

from ..text import count_words, plural

LONGEST_ANSWER = 400_000
"""Characters of an answer: eight hours of speech, and read within some seconds."""
FEWEST_WORDS = 3
"""An answer with fewer is asked about."""
TWICE_WITHIN = 2.0
"""Seconds within which a second Ctrl-C leaves."""


class Asking:
    """What was asked last, and whether the next key answers it."""

    def __init__(self) -> None:
        self.message = ""
        """What to show; empty when nothing was asked."""
        self._short: str | None = None
        self._interrupted = float("-inf")
        self._ending = False

    def typed(self) -> None:
        """The text was changed: whatever was asked is answered."""
        self.message, self._short, self._ending = "", None, False

    def may_send(self, text: str) -> bool:
        """Whether the text goes out: at once, or on the second time when it is very short. What is empty, or longer
        than an answer can be, never does."""
        if len(text) > LONGEST_ANSWER:
            self.message = f"{too_long(text)} Shorten it; it stays here until then."
            return False
        if text.startswith("/") and len(text) > 1:
            return True
        if not text.strip():
            self.message = "Nothing is written yet. /skip leaves this question, /help lists what else there is."
            return False
        if self._short == text or count_words(text) >= FEWEST_WORDS:
            return True
        self.message = f"Only {plural(count_words(text), 'word')}: once more sends it."
        self._short = text
        return False

    def interrupted(self, now: float, *, cleared: bool) -> bool:
        """Whether this Ctrl-C leaves: it does within two seconds of the one before.

        Args:
            now: seconds of `time.monotonic`.
            cleared: whether there was a draft, which is now in the history.
        """
        if now - self._interrupted <= TWICE_WITHIN:
            return True
        self._interrupted = now
        kept = "Your draft is kept: the Up key brings it back. " if cleared else "Everything is saved. "
        self.message = f"{kept}Ctrl-C again leaves."
        return False

    def ended(self) -> bool:
        """Whether this Ctrl-D leaves: it does when the key before was one too."""
        if self._ending:
            return True
        self._ending = True
        self.message = "Leave the interview? Everything is saved. Ctrl-D again leaves."
        return False


def too_long(text: str) -> str:
    """The sentence for an answer that is longer than one can be."""
    return f"This answer has {len(text):,} characters, and one may have {LONGEST_ANSWER:,}: eight hours of speech."
