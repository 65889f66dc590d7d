"""Progress as plain data (see docs/formats.md). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .exercises import Exercise
from .trends import Progress, Trend


def progress_document(progress: Progress, exercises: Sequence[Exercise]) -> dict[str, Any]:
    """The document; levels are 1 to 5, times seconds."""
    return {
        "schema": 1,
        "interviews": progress.interviews,
        "answers": progress.answers,
        "seconds": round(progress.seconds, 1),
        "overall": _trend(progress.overall) if progress.overall else None,
        "dimensions": list(map(_trend, progress.dimensions)),
        "kinds": list(map(_trend, progress.kinds)),
        "companies": list(map(_trend, progress.companies)),
        "streak": {"current": progress.streak.current, "longest": progress.streak.longest},
        "probes": {"per_question": progress.probing.per_question, "gained": progress.probing.gained},
        "self_rating_gap": dict(progress.guesses),
        "read_offline": progress.offline,
        "next": exercise_lines(exercises),
    }


def exercise_lines(exercises: Sequence[Exercise]) -> list[dict[str, str]]:
    """The exercises as plain data."""
    return [{"question": each.question, "why": each.why, "reason": each.reason} for each in exercises]


def _trend(trend: Trend) -> dict[str, Any]:
    return {
        "name": trend.name,
        "level": round(trend.level, 3),
        "at_least": round(trend.lower, 3),
        "at_most": round(trend.upper, 3),
        "direction": trend.direction or None,
        "points": [{"at": point.at.isoformat(), "level": point.value} for point in trend.points],
    }
