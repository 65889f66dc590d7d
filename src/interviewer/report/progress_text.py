"""Progress as plain text: one line a trend, with its course as a row of blocks."""

from __future__ import annotations

from collections.abc import Sequence

from ..bank.library import Bank
from ..text import clean_line
from . import wording
from .exercises import Exercise
from .naming import company_name, dimension_name, question_title
from .trends import Progress, Trend


def render(progress: Progress, exercises: Sequence[Exercise], bank: Bank) -> str:
    """The text, ending in a line break."""
    if not progress.answers:
        return "Nothing has been practised yet.\n" + "".join(f"{line}\n" for line in _next(exercises, bank))
    lines = [
        f"{wording.counted(progress.interviews, 'interview')}, {wording.counted(progress.answers, 'answer')}, "
        f"{wording.duration(progress.seconds)}; {wording.counted(progress.streak.current, 'day')} in a row "
        f"(at most {progress.streak.longest})",
        f"{progress.probing.per_question:.1f} probes a question lately, adding {progress.probing.gained:.1f} levels",
        *_table("Dimension", [(dimension_name(bank, trend.name), trend) for trend in progress.dimensions]),
        *_table("Kind", [(wording.kind_name(trend.name), trend) for trend in progress.kinds]),
        *_table("Company", [(company_name(bank, trend.name), trend) for trend in progress.companies]),
        *_guesses(progress, bank),
        *_next(exercises, bank),
    ]
    return "\n".join(lines) + "\n"


def _table(title: str, rows: Sequence[tuple[str, Trend]]) -> list[str]:
    if not rows:
        return []
    width = max(len(title), *(len(name) for name, _ in rows))
    return ["", f"{title:<{width}}  now  at least", *(_row(name, trend, width) for name, trend in rows)]


def _row(name: str, trend: Trend, width: int) -> str:
    course = wording.sparkline([point.value for point in trend.points])
    return f"{name:<{width}}  {trend.level:.1f}  {trend.lower:.1f}       {course}"


def _guesses(progress: Progress, bank: Bank) -> list[str]:
    lines = [
        f"{dimension_name(bank, name)}: you rate yourself {abs(gap):.1f} levels too {'high' if gap > 0 else 'low'}"
        for name, gap in progress.guesses.items()
        if abs(gap) >= 0.5
    ]
    return ["", *lines] if lines else []


def _next(exercises: Sequence[Exercise], bank: Bank) -> list[str]:
    lines = [
        f"{number}. {question_title(bank, exercise.question)}: {clean_line(exercise.reason)}"
        for number, exercise in enumerate(exercises, 1)
    ]
    return ["", "Next", *lines] if lines else []
