"""An answer read with and without what may address the rater: what each reading costs and what is told of it.

It may not know how an answer is read.
"""

from __future__ import annotations

from dataclasses import replace

from ...bank.schema import Dimension
from ..addressed import Span
from ..levels import level_of
from ..rater import Flag, Quote, Rating

ADDRESSED_LEVEL = "addressed_level"
"""Kind of the flag that says how two readings differ."""


def addressed_flag(text: str, turn: int, span: Span) -> Flag:
    """Shows what was left out, with its place."""
    quote = Quote(text[span.start : span.end], turn, span.start, span.end)
    return Flag("addressed", "This speaks to the rater; it was left out.", quote)


def difference(dimension: Dimension, as_said: Rating, cut: Rating) -> Flag:
    """Both levels of a dimension."""
    levels = f"{as_said.level or 'not scored'} with what may address the rater, {cut.level} without it"
    return Flag(ADDRESSED_LEVEL, f"{dimension.name}: {levels}; the lower counts.")


def with_faults(dimension: Dimension, rating: Rating, as_said: Rating) -> Rating:
    """The rating with the faults of what was said too: what is left out may take them along."""
    faults = {finding.part: finding for finding in as_said.findings if dimension.parts[finding.part].fault}
    if rating.level is None or not any(finding.met for finding in faults.values()):
        return rating
    findings = tuple(each if each.met else faults.get(each.part, each) for each in rating.findings)
    level = level_of(dimension, [each.part for each in findings if each.met])
    return replace(rating, level=level, findings=findings)
