"""Progress as plain text: one line a trend, with its course as a row of blocks."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from ..bank.library import Bank
from ..text import cells, clean_line
from . import wording
from .exercises import Exercise
from .naming import company_name, dimension_name, question_title
from .trends import Progress, Trend

LONGEST_COURSE = 24
"""Latest answers shown as blocks."""
NARROW = 52
"""Columns under which the number of answers is left to the blocks."""


def render(progress: Progress, exercises: Sequence[Exercise], bank: Bank, width: int = 88) -> str:
    """The text, ending in a line break.

    Args:
        width: columns to fit into.
    """
    if not progress.answers:
        lines = ["Nothing has been practised yet.", *_next(exercises, bank, width)]
        return "".join(f"{line}\n" for line in lines)
    blocks = [
        *_summary(progress, width),
        *_table("Dimension", [(dimension_name(bank, trend.name), trend) for trend in progress.dimensions], width),
        *_table("Kind", [(wording.kind_name(trend.name), trend) for trend in progress.kinds], width),
        *_table("Company", [(company_name(bank, trend.name), trend) for trend in progress.companies], width),
        *_guesses(progress, bank, width),
        *_next(exercises, bank, width),
    ]
    return "\n".join(blocks) + "\n"


def _summary(progress: Progress, width: int) -> Iterator[str]:
    facts = [wording.counted(progress.interviews, "interview"), wording.counted(progress.answers, "answer")]
    if progress.seconds:
        facts.append(f"{wording.duration(progress.seconds)} of answers")
    yield from textwrap.wrap(", ".join([*facts, wording.run_of_days(progress.streak)]), width)
    yield from textwrap.wrap(wording.probes_lately(progress.probing), width)
    if progress.offline:
        yield from textwrap.wrap(wording.offline_only(progress.offline, progress.answers), width)
    yield ""
    told = "Levels are from 1 to 5, recent answers weigh more; a block is one try at a question."
    if progress.overall and not progress.overall.rests_on_few:
        told += " Rising or falling is said only where it is more than answers waver by themselves."
    yield from textwrap.wrap(told, width)


def _table(title: str, rows: Sequence[tuple[str, Trend]], width: int) -> list[str]:
    """A line a trend under a heading; nothing without rows."""
    if not rows:
        return []
    heading = "  now   likely" + ("  answers" if width >= NARROW else "")
    names = max(cells(title), *(cells(name) for name, _ in rows))
    room = max(4, min(LONGEST_COURSE, width - names - len(heading) - len("    falling")))
    lines = [(title, heading)] + [(name, _figures(trend, width) + _course(trend, room, width)) for name, trend in rows]
    return ["", *(f"{name}{' ' * (names - cells(name))}{rest}" for name, rest in lines)]


def _figures(trend: Trend, width: int) -> str:
    answers = f"  {len(trend.points):>7}" if width >= NARROW else ""
    return f"  {trend.level:.1f}  {wording.likely(trend)}{answers}"


def _course(trend: Trend, room: int, width: int) -> str:
    """The latest answers as blocks, and where they go."""
    blocks = wording.sparkline([point.value for point in trend.points[-room:]])
    return f"  {blocks}  {trend.direction}".rstrip() if width >= NARROW else f"  {blocks}"


def _guesses(progress: Progress, bank: Bank, width: int) -> list[str]:
    told = ((name, wording.guessed(gap)) for name, gap in progress.guesses.items())
    lines = [f"{dimension_name(bank, name)}: {said}" for name, said in told if said]
    return ["", *(row for line in lines for row in textwrap.wrap(line, width))] if lines else []


def _next(exercises: Sequence[Exercise], bank: Bank, width: int) -> list[str]:
    told = [
        f"{number}. {question_title(bank, exercise.question)}. {clean_line(exercise.reason)}"
        for number, exercise in enumerate(exercises, 1)
    ]
    lines = [row for each in told for row in textwrap.wrap(each, width, subsequent_indent="   ")]
    return ["", *textwrap.wrap("What next (start one with: interviewer next)", width), *lines] if lines else []
