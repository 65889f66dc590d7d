"""Asks once before something that may not be meant: an answer of two words, leaving. Pure."""

from __future__ import annotations

from ..text import count_words, plural

LONGEST_ANSWER = 400_000
"""Characters of an answer: eight hours of speech, and read within some seconds."""
FEWEST_WORDS = 3
"""An answer with fewer is asked about."""
ONCE_MORE = "Ctrl-C again leaves."
"""A further Ctrl-C leaves for as long as this is shown; the same for the next."""
END_ONCE_MORE = "Ctrl-D again leaves."
SAVED = "Everything is saved."
SET_ASIDE = "Your draft is kept: the Up key brings it back."
NOTHING_CHOSEN = "Nothing is chosen. Once more leaves."
"""Said of the first Ctrl-C, Ctrl-D or Escape at a list."""
UNUSED = "You typed this at a list, and it went nowhere:"


class Asking:
    """What was asked last, and whether the next key answers it."""

    def __init__(self) -> None:
        self.message = ""
        """What to show; empty when nothing was asked."""
        self._short: str | None = None

    def typed(self) -> None:
        """The text was changed: whatever was asked is answered."""
        self.message, self._short = "", None

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

    def interrupted(self, kept: str = SAVED) -> bool:
        """Whether this Ctrl-C leaves: it does where the message says so.

        Args:
            kept: what became of what was written, in a sentence.
        """
        if self.message.endswith(ONCE_MORE):
            return True
        self.message = f"{kept} {ONCE_MORE}"
        return False

    def ended(self) -> bool:
        """Whether this Ctrl-D leaves: it does where the message says so."""
        if self.message.endswith(END_ONCE_MORE):
            return True
        self.message = f"Leave the interview? {SAVED} {END_ONCE_MORE}"
        return False


def too_long(text: str) -> str:
    """The sentence for an answer that is longer than one can be."""
    return f"This answer has {len(text):,} characters, and one may have {LONGEST_ANSWER:,}: eight hours of speech."
