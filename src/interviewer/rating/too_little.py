"""When offline rules heard nothing in too little: no levels, as for an answer that was not given.

The rater itself gives the lowest level there, for a rated answer has to have one to be compared with; of an interview
it would say that somebody who was at a loss, or asked for help, had done badly.
"""

from __future__ import annotations

from dataclasses import replace

from ..session.events import OFFLINE
from .rater import FlagKind, ThreadRating

NO_ANSWER = "This was no answer to the question: few words, and nothing in them that counts."
"""Why nothing is scored where offline rules found no part in too little."""
NO_STORY = "You said that you have no such story, and told no other."
"""Why nothing is scored where nothing else was said."""


def as_told(rated: ThreadRating, why_unrated: str | None) -> ThreadRating:
    """The rating as the candidate is told of it: no levels where nothing was said that could have any.

    Args:
        why_unrated: why no rule can have read anything in it, where that is so; a model's reading stands.
    """
    if why_unrated and rated.rater.model == OFFLINE:
        return _unscored(rated, why_unrated)
    return unscored_if_empty(rated)


def unscored_if_empty(rated: ThreadRating) -> ThreadRating:
    """The rating, without any level where too little was said for rules and nothing in it was found."""
    found = any(finding.met for rating in rated.ratings.values() for finding in rating.findings)
    if found or rated.rater.model != OFFLINE or all(flag.kind != FlagKind.THIN for flag in rated.flags):
        return rated
    return _unscored(rated, NO_ANSWER)


def _unscored(rated: ThreadRating, why: str) -> ThreadRating:
    ratings = {
        name: rating if rating.level is None else replace(rating, level=None, unscored=why)
        for name, rating in rated.ratings.items()
    }
    return replace(rated, ratings=ratings)
