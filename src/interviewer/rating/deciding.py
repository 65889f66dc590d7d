"""The words that stand under a level: those that it rests on most. Pure; for the scorecard and for a coach's word."""

from __future__ import annotations

from collections.abc import Sequence

from ..bank.schema import Dimension
from .gaps import Missing
from .rater import Quote, Rating

ENOUGH = 8
"""Words in which a quote says enough to stand alone."""


def deciding_words(dimension: Dimension, rating: Rating, *, since: int = 0) -> Quote | None:
    """The quote to stand under a level: of the highest step reached that has any, its first part's that says enough.

    Where that was the longest quote, 33 % of them were the sentence that a careful reader gave for the part in the dev
    answers; so it is 36 %.

    Args:
        since: the turn from which words are taken first: replies, where these raised the level.
    """
    quotes = _quotes(rating)
    for step in sorted(dimension.levels, reverse=True):
        needed = {part for need in dimension.levels[step] for part in ([need] if isinstance(need, str) else need)}
        found = [quotes[part] for part in dimension.parts if part in quotes and part in needed]
        if found and step <= (rating.level or 0):
            return max(found, key=lambda quote: (quote.turn >= since, min(ENOUGH, len(quote.text.split()))))
    return None


def faulty_words(rating: Rating, gaps: Sequence[Missing]) -> Quote | None:
    """The quote of the first fault that holds the level down."""
    quotes = _quotes(rating)
    return next((quotes[each.part] for each in gaps if each.part in quotes), None)


def _quotes(rating: Rating) -> dict[str, Quote]:
    return {finding.part: finding.quote for finding in rating.findings if finding.met and finding.quote}
