"""Charts as inline SVG: strings that stand alone, coloured by the page's style sheet through classes.

No style attribute, no script, no reference to anything outside; every text is escaped here. Sizes are user units, one
to a CSS pixel where the chart has room. Each chart says in its title what a listener should know.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from ..text import clean_line, shorten
from .trends import Point
from .wording import day, figure

LOWEST, HIGHEST = 1, 5
SEEN = 0.05
"""Levels: the least difference that a chart shows."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a bar chart, and one spoke of a radar."""

    name: str
    value: float | None
    """1 to 5; None where nothing was scored."""
    before: float | None = None
    """The same before probes."""

    @property
    def moved(self) -> bool:
        """Whether probes made a difference that can be seen."""
        return self.before is not None and self.value is not None and abs(self.before - self.value) >= SEEN


def dots(level: int | None, before: int | None = None, estimate: int | None = None) -> str:
    """Five dots: filled up to the level, those that probes added ringed; a tick under the offline estimate."""
    first = level if before is None or level is None else min(before, level)
    marks = [_dot(step, level, first) for step in range(LOWEST, HIGHEST + 1)]
    if estimate is not None:
        marks.append(f'<path class="tick" d="M{_at_dot(estimate) - 3} 17.5h6"/>')
    said = "not scored" if level is None else f"{level} of 5"
    if before is not None and before != level:
        said += f", {before} before probes"
    if estimate is not None:
        said += f", offline estimate {estimate}"
    return _svg("dots", 82, 20, said, marks)


def _at_dot(step: int) -> int:
    return 9 + 16 * (step - 1)


def _dot(step: int, level: int | None, first: int | None) -> str:
    sort, radius = "gained", 4.75
    if level is None or step > level:
        sort, radius = "empty", 4.5
    elif first is None or step <= first:
        sort, radius = "full", 5.5
    return f'<circle class="{sort}" cx="{_at_dot(step)}" cy="9" r="{radius}"/>'


def scale(value: float, low: float, high: float) -> str:
    """A line from 1 to 5 with the value on it and the interval around it."""

    def x(level: float) -> float:
        return round(10 + (level - LOWEST) * 75, 1)

    marks = ['<path class="line" d="M10 16H310"/>']
    marks += [f'<path class="line" d="M{x(step)} 12v8"/>' for step in range(LOWEST, HIGHEST + 1)]
    marks += [f'<text x="{x(step)}" y="37" class="middle">{step}</text>' for step in range(LOWEST, HIGHEST + 1)]
    marks.append(f'<path class="interval" d="M{x(low)} 16H{x(high)}"/>')
    marks.append(f'<circle class="full" cx="{x(value)}" cy="16" r="7"/>')
    said = f"{figure(value)} on a scale from 1 to 5, likely between {figure(low)} and {figure(high)}"
    return _svg("scale", 320, 42, said, marks)


def bars(rows: Sequence[Bar]) -> str:
    """One bar a row, full at 5, an upright mark where it stood before probes, if elsewhere."""
    height = 34 * len(rows) + 4
    marks = [mark for index, row in enumerate(rows) for mark in _bar(row, 34 * index)]
    return _svg("bars", 360, height, "Level by dimension. " + _spoken(rows), marks)


def _bar(row: Bar, top: int) -> list[str]:
    def x(level: float) -> float:
        return round(level / HIGHEST * 360, 1)

    marks = [
        f'<text x="0" y="{top + 14}">{_label(row.name, 40)}</text>',
        f'<text x="360" y="{top + 14}" class="end strong">{figure(row.value)}</text>',
        f'<rect class="track" x="0" y="{top + 20}" width="360" height="6" rx="3"/>',
    ]
    if row.value is not None:
        marks.append(f'<rect class="fill" x="0" y="{top + 20}" width="{max(6.0, x(row.value))}" height="6" rx="3"/>')
    if row.before is not None and row.moved:
        marks.append(f'<path class="notch" d="M{max(1.0, x(row.before))} {top + 17}v12"/>')
    return marks


def radar(rows: Sequence[Bar]) -> str:
    """A web with one spoke a row; empty with fewer than three, which would not enclose anything."""
    if len(rows) < 3:
        return ""
    count = len(rows)
    rings = [_ring([_spoke(index, count, step) for index in range(count)], "ring") for step in range(1, HIGHEST + 1)]
    spokes = [f'<path class="ring" d="M180 110L{_xy(_spoke(index, count, HIGHEST))}"/>' for index in range(count)]
    marks = [*rings, *spokes]
    if any(row.moved for row in rows):
        earlier = [row.value if row.before is None else row.before for row in rows]
        marks.append(_web(earlier, "before"))
    marks.append(_web([row.value for row in rows], "web"))
    marks += [_spoke_label(row.name, index, count) for index, row in enumerate(rows)]
    return _svg("radar", 360, 220, "Level by dimension. " + _spoken(rows), marks)


def _web(values: Sequence[float | None], sort: str) -> str:
    count = len(values)
    return _ring([_spoke(index, count, value or 0) for index, value in enumerate(values)], sort)


def _spoke(index: int, count: int, level: float) -> tuple[float, float]:
    """Where a level lies on a spoke, the first of which points up."""
    angle = 2 * math.pi * index / count - math.pi / 2
    reach = 82 * level / HIGHEST
    return round(180 + reach * math.cos(angle), 1), round(110 + reach * math.sin(angle), 1)


def _xy(point: tuple[float, float]) -> str:
    return f"{point[0]} {point[1]}"


def _ring(points: Sequence[tuple[float, float]], sort: str) -> str:
    return f'<path class="{sort}" d="M{"L".join(map(_xy, points))}Z"/>'


def _spoke_label(name: str, index: int, count: int) -> str:
    x, y = _spoke(index, count, HIGHEST + 0.6)
    anchor = "middle" if abs(x - 180) < 20 else ("end" if x < 180 else "start")
    return f'<text x="{x}" y="{round(y + 4, 1)}" class="{anchor}">{_label(name, 15)}</text>'


def over_time(points: Sequence[Point], lower: float | None = None) -> str:
    """Levels in order of time, and the lower bound of the present level as a dashed line; empty without points."""
    if not points:
        return ""
    first, last = points[0].at, points[-1].at
    whole = (last - first).total_seconds()

    def x(point: Point) -> float:
        return round(24 + 328 * ((point.at - first).total_seconds() / whole if whole else 0.5), 1)

    def y(level: float) -> float:
        return round(86 - (level - LOWEST) * 19, 1)

    marks = [f'<path class="ring" d="M18 {y(step)}H358"/>' for step in range(LOWEST, HIGHEST + 1)]
    marks += [f'<text x="0" y="{y(step) + 4.5}" class="quiet">{step}</text>' for step in (LOWEST, HIGHEST)]
    marks.append(f'<text x="18" y="108" class="quiet">{escape(day(first))}</text>')
    if day(last) != day(first):
        marks.append(f'<text x="358" y="108" class="end quiet">{escape(day(last))}</text>')
    if lower is not None:
        marks.append(f'<path class="lower" d="M18 {y(lower)}H358"/>')
    marks.append(f'<path class="course" d="M{"L".join(f"{x(point)} {y(point.value)}" for point in points)}"/>')
    marks += [f'<circle class="full" cx="{x(point)}" cy="{y(point.value)}" r="3.5"/>' for point in points]
    said = f"{len(points)} levels over time, first {figure(points[0].value)}, latest {figure(points[-1].value)}"
    return _svg("course", 360, 114, said, marks)


def _spoken(rows: Sequence[Bar]) -> str:
    return "; ".join(f"{clean_line(row.name)} {figure(row.value)}" for row in rows)


def _label(name: str, width: int) -> str:
    return escape(shorten(name, width))


def _svg(sort: str, width: int, height: int, said: str, marks: Sequence[str]) -> str:
    label = escape(clean_line(said))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart {sort}" viewBox="0 0 {width} {height}" '
        f'role="img" aria-label="{label}">{"".join(marks)}</svg>'
    )
