"""What stands before the next level, as facts to go and find. Pure; for the scorecard and for a coach's word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ..bank.schema import Dimension, Part
from .levels import missing_for_next
from .rater import Rating


@dataclass(frozen=True, slots=True)
class Missing:
    """A part that stands before the next level."""

    part: str
    find: str
    """The fact to go and find."""


def missing(dimension: Dimension, rating: Rating, said: str = "") -> tuple[Missing, ...]:
    """What stands before the next level; empty at 5 and where there is no level.

    Args:
        said: all that the candidate answered. Where words of a part stand in it, what is still lacking is told, so
            that nobody is sent to find what they gave.
    """
    if rating.level is None or rating.level == 5:
        return ()
    met = [finding.part for finding in rating.findings if finding.met]
    return tuple(Missing(part, to_find(dimension.parts[part], said)) for part in missing_for_next(dimension, met))


def worth_closing(weight: float, level: int, gaps: Sequence[Missing]) -> float:
    """How much closing the gaps before the next level helps: the more the dimension weighs, the lower it stands, and
    the nearer the next level is. The card's "Next time" and a coach's word go by it.
    """
    return weight * (5 - level) / len(gaps)


def to_find(part: Part, said: str) -> str:
    """The fact to go and find for a part that is not met: what is still lacking, where words of it were said."""
    plain = said.casefold().replace("’", "'")
    nearly = (each.find for each in part.nearly if all(_pattern(group).search(plain) for group in each.said))
    return next(nearly, part.find or part.met_when)


@cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Finds any of the phrases at word boundaries; "*" is any ending, "#" any digit."""
    written = (
        (phrase, re.escape(phrase.casefold()).replace(r"\*", r"\w*").replace(r"\#", r"\d")) for phrase in phrases
    )
    return re.compile("|".join(rf"\b{each}\b" if phrase[0].isalnum() else each for phrase, each in written))
