"""The words that stand under a level: those that it rests on most. Pure; for the scorecard and for a coach's word."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..bank.schema import Dimension
from ..bank.told import Told
from .gaps import Missing
from .rater import Quote, Rating

ENOUGH = 8
"""Words in which a quote says enough to stand alone."""


ALONE = 4
"""Pieces of evidence that come together in a quote that stands under a level without being sure of any part: of such
quotes of two or three pieces 42 in 100 show a part that they are quoted for, with four 58."""


def is_sure(told: Told, dimension: str, part: str, quote: Quote) -> bool:
    """Whether words of the part stand in its quote. Of those that the rules show, 62 in 100 show their part then, and
    42 in 100 otherwise (docs/rating.md)."""
    return told.perhaps(dimension, part, quote.text)


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


def surest_words(
    dimension: Dimension,
    rating: Rating,
    told: Told,
    *,
    least: int | None = None,
    taken: Collection[Quote] = (),
    since: int = 0,
) -> Quote | None:
    """The quote that most speaks for the dimension where the rules alone have read; None where none does enough.

    Args:
        least: pieces of evidence that come together in it: parts it was quoted for, and parts whose words it holds;
            more where it holds no word of a part it was quoted for.
        taken: quotes that stand for another dimension.
        since: the turn from which words are taken first.
    """
    merits = [name for name, part in dimension.parts.items() if not part.fault]
    shown = {name: quote for name, quote in _quotes(rating).items() if name in merits and quote not in taken}
    sure = {quote for name, quote in shown.items() if is_sure(told, dimension.id, name, quote)}
    found = list(shown.values())
    pieces = {quote: found.count(quote) + told.spoken(dimension.id, merits, quote.text) for quote in found}
    wanted = told.shown if least is None else least
    enough = [quote for quote in found if pieces[quote] >= (wanted if quote in sure else max(wanted, ALONE))]
    return max(enough, key=lambda quote: (quote.turn >= since, pieces[quote], len(quote.text)), default=None)


def faulty_words(rating: Rating, gaps: Sequence[Missing]) -> Quote | None:
    """The quote of the first fault that holds the level down."""
    quotes = _quotes(rating)
    return next((quotes[each.part] for each in gaps if each.part in quotes), None)


def _quotes(rating: Rating) -> dict[str, Quote]:
    return {finding.part: finding.quote for finding in rating.findings if finding.met and finding.quote}
