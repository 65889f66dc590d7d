"""Coach mode: after a question, what would lift the answer most, as facts to go and find; never a story to tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..bank.schema import Answered, Dimension
from ..rating.deciding import deciding_words
from ..rating.gaps import Replies, missing, replies, worth_closing
from ..rating.rater import ThreadRating
from ..session.transcript import ThreadState

AT_MOST = 2
"""Things said after an answer: more is not heard."""


def feedback(rated: ThreadRating, dimensions: Mapping[str, Dimension], state: ThreadState, rules: Answered) -> str:
    """One line on what carried the answer, and up to two facts that would lift it most."""
    lines = [*_carried(rated, dimensions), *_lifts(rated, dimensions, state.weights, replies(state, rules))]
    unread = {rating.unscored for rating in rated.ratings.values()}
    if not lines and len(unread) == 1 and None not in unread:
        return f"Nothing was scored: {unread.pop()}"
    return "\n".join(lines) or "There was too little to go on; say more the next time, in one real case."


def _carried(rated: ThreadRating, dimensions: Mapping[str, Dimension]) -> Sequence[str]:
    """The best dimension with the words it rests on."""
    best = max(rated.ratings.values(), key=lambda rating: rating.level or 0, default=None)
    if best is None or (best.level or 0) < 3:
        return []
    quote = deciding_words(dimensions[best.dimension], best)
    name = dimensions[best.dimension].name
    return [f"What carried it: {name.lower()}, in your words “{quote.text}”."] if quote else []


def _lifts(
    rated: ThreadRating, dimensions: Mapping[str, Dimension], weights: Mapping[str, float], heard: Replies
) -> list[str]:
    """What is missing before the next level, what helps most first, as on the card."""
    open_ones = [
        (worth_closing(weights.get(name, 1.0), rating.level, gaps), dimensions[name].name, gaps[0].find)
        for name, rating in rated.ratings.items()
        if rating.level and (gaps := missing(dimensions[name], rating, heard))
    ]
    ranked = sorted(open_ones, key=lambda entry: entry[0], reverse=True)
    return [f"{name}: {find}" for _, name, find in ranked[:AT_MOST]]
