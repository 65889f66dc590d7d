"""Finds a rater's quote in what the candidate said: verbatim, never in the interviewer's turns.

White space, quotation marks, dashes and case are folded and invisible characters left out; nothing else is changed.
A quote has 3 to 25 words (fewer only where it is a whole turn), and cuts no word or number in two. What is not found is
not evidence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from ..session.thread import Thread
from .rater import Quote

SHORTEST, LONGEST = 3, 25
"""Words in a quote."""

_SAME = str.maketrans({
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "`": "'", "´": "'",
    "“": '"', "”": '"', "„": '"', "‟": '"', "″": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
})  # fmt: skip
_GROUPED_DIGITS = re.compile(r"\d[.,]\d")
_TRIMMED = " \t\n\"'.,;:!?…()[]"


def find_quote(thread: Thread, quote: str, *, excluded: Container[int] = ()) -> Quote | None:
    """Where the quote stands in the candidate's turns; the latest turn first. None when it was not said.

    Args:
        excluded: indices of turns that earn nothing.
    """
    wanted = _folded(quote)[0].strip(_TRIMMED)
    words = len(wanted.split())
    if not wanted or words > LONGEST:
        return None
    for index in range(len(thread.turns) - 1, -1, -1):
        turn = thread.turns[index]
        if turn.role != "candidate" or index in excluded:
            continue
        if words < SHORTEST and wanted != _folded(turn.text)[0].strip(_TRIMMED):
            continue
        if found := _span(turn.text, wanted):
            return Quote(turn.text[found[0] : found[1]], index, *found)
    return None


def _span(text: str, wanted: str) -> tuple[int, int] | None:
    """Character offsets of the folded `wanted` in `text`, where it cuts no word and no number in two."""
    folded, offsets = _folded(text)
    at = folded.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if not _is_inside(folded, at) and not _is_inside(folded, end):
            return offsets[at], offsets[end - 1] + 1
        at = folded.find(wanted, at + 1)
    return None


def _is_inside(text: str, at: int) -> bool:
    """Whether the place lies within a word, or within a number such as 40,000: "in 40" would be another claim."""
    if not 0 < at < len(text):
        return False
    within_word = text[at - 1].isalnum() and text[at].isalnum()
    return within_word or any(_GROUPED_DIGITS.match(text, start) for start in (at - 2, at - 1) if start >= 0)


def _folded(text: str) -> tuple[str, list[int]]:
    """The text with case, marks, dashes and white space folded, without invisible characters; each one's origin."""
    folded: list[str] = []
    offsets: list[int] = []
    for index, char in enumerate(text):
        if char.isspace():
            if folded and folded[-1] != " ":
                folded.append(" ")
                offsets.append(index)
            continue
        if unicodedata.category(char) == "Cf":
            continue
        for piece in unicodedata.normalize("NFKC", char.translate(_SAME)).casefold():
            folded.append(piece)
            offsets.append(index)
    return "".join(folded), offsets
