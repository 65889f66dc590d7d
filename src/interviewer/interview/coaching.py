"""Coach mode: after a question, what would lift the answer most, as facts to go and find; never a story to tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ..bank.scale import Answered
from ..bank.schema import Dimension
from ..bank.told import Told
from ..rating.by_rules import is_offline
from ..rating.deciding import deciding_words, surest_words
from ..rating.gaps import Replies, missing, replies, worth_closing
from ..rating.rater import Quote, Rating, ThreadRating
from ..session.transcript import ThreadState

if TYPE_CHECKING:
    from .underway import Underway


def on_thread(interview: Underway, index: int) -> str:
    """What a coach says of a thread as it stands, by the best reading at hand: the same on the way as at its end."""
    state, bank, ratings = interview.transcript.threads[index], interview.bank, interview.ratings
    dimensions = {name: bank.dimension(name) for name in state.weights}
    rated = ratings.told(state.thread, ratings.read(index, state.thread, list(dimensions.values())))
    said = feedback(rated, dimensions, state, bank.scale().answered, bank.told(), interview.lines.feedback_most)
    if ratings.judge is None or not is_offline(rated):
        return said
    return f"{said}\n{interview.lines.estimated.format(judge=ratings.judge.identity.model)}"


def feedback(
    rated: ThreadRating, dimensions: Mapping[str, Dimension], state: ThreadState, rules: Answered, told: Told, most: int
) -> str:
    """One line on what carried the answer, and the few facts that would lift it most.

    Args:
        told: by which words one hears what the offline rules may have missed.
        most: how many facts.
    """
    by_ear = told if is_offline(rated) else None
    lines = [
        *_carried(rated, dimensions, by_ear),
        *_lifts(rated, dimensions, state.weights, replies(state, rules, by_ear, rated.flags))[:most],
    ]
    unread = {rating.unscored for rating in rated.ratings.values()}
    if not lines and len(unread) == 1 and None not in unread:
        return f"Nothing was scored: {unread.pop()}"
    return "\n".join(lines) or "There was too little to go on; say more the next time."


def _carried(rated: ThreadRating, dimensions: Mapping[str, Dimension], told: Told | None) -> Sequence[str]:
    """The best dimension that has words to rest on, with these; none where the words would be a guess."""
    good = sorted(rated.ratings.values(), key=lambda rating: rating.level or 0, reverse=True)
    found = ((rating, _words(rating, dimensions[rating.dimension], told)) for rating in good if (rating.level or 0) > 2)
    return next(
        (
            [f"What carried it: {dimensions[rating.dimension].name.lower()}, in your words “{quote.text}”."]
            for rating, quote in found
            if quote
        ),
        [],
    )


def _words(rating: Rating, dimension: Dimension, told: Told | None) -> Quote | None:
    if told is None:
        return deciding_words(dimension, rating)
    return surest_words(dimension, rating, told, least=told.sure)


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
    held = heard.held.find if heard.held else None
    lifts = [find if find == held else f"{name}: {find}" for _, name, find in ranked]
    return list(dict.fromkeys(lifts))
