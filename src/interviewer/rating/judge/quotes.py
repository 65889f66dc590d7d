"""Whether what the model quotes counts: found in the candidate's turns, outside of text that addresses the rater."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...session.thread import Thread, Turn
from ..evidence import LONGEST, SHORTEST, find_quote
from ..rater import Quote
from .fence import unmarked


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where quotes may come from."""

    thread: Thread
    """As it was said."""
    cut: Thread
    """The same with line breaks in place of what addresses the rater; offsets are those of `thread`."""
    addressed: Sequence[Quote] = ()
    """What was cut."""

    def find(self, quote: str) -> Quote | None:
        """The quote's place in what counts; None when it does not stand there."""
        found = find_quote(self.cut, unmarked(quote))
        return None if found is None or self._crosses(found) else found

    def why_not(self, quote: str) -> str:
        """Why it was not found, as the end of a sentence about the quote."""
        plain = unmarked(quote)
        words = len(plain.split())
        if not words:
            return "is empty"
        if words > LONGEST:
            return f"has {words} words, more than {LONGEST}"
        if self._addressed(plain):
            return "stands in text that addresses the rater"
        if find_quote(_only(self.thread, "interviewer"), plain):
            return "is the interviewer's"
        if words < SHORTEST:
            return f"has fewer than {SHORTEST} words"
        return "was not found word for word in the answer"

    def _crosses(self, quote: Quote) -> bool:
        return any(
            piece.turn == quote.turn and piece.start < quote.end and quote.start < piece.end for piece in self.addressed
        )

    def _addressed(self, quote: str) -> bool:
        found = find_quote(self.thread, quote)
        return found is not None and self._crosses(found)


def _only(thread: Thread, role: str) -> Thread:
    """The thread with the question and one side's turns as if the candidate had said them."""
    turns = tuple(Turn("candidate", turn.text) for turn in thread.turns if turn.role == role)
    return Thread(thread.question, (*turns, Turn("candidate", thread.question)))
