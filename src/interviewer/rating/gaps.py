"""What stands before the next level, as facts to go and find. Pure; for the scorecard and for a coach's word."""

from __future__ import annotations

from dataclasses import dataclass

from ..bank.schema import Dimension
from .levels import missing_for_next
from .rater import Rating


@dataclass(frozen=True, slots=True)
class Missing:
    """A part that stands before the next level."""

    part: str
    find: str
    """The fact to go and find."""


def missing(dimension: Dimension, rating: Rating) -> tuple[Missing, ...]:
    """What stands before the next level; empty at 5 and where there is no level."""
    if rating.level is None or rating.level == 5:
        return ()
    met = [finding.part for finding in rating.findings if finding.met]
    parts = missing_for_next(dimension, met)
    return tuple(Missing(part, dimension.parts[part].find or dimension.parts[part].met_when) for part in parts)
