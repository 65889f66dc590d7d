"""How practice goes: levels over time with how sure they are, streaks, time, probes, self-knowledge. Pure.

Totals are over everything; the rest looks at the latest answers, which is what a present level can rest on. A lower
bound says what may be relied on, so that one lucky answer does not look like a skill. Of a question answered once more
both tries are answers: the second was given after feedback, and does not show alone what would be said unprepared.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Literal

from ..bank.scale import Scale
from .attempts import Attempt
from .record import Record

WINDOW = 60
"""Latest answers that a trend looks at; older ones would weigh less than a thousandth."""
HALF_LIFE = 6
"""Answers after which an older level counts half."""
USUAL_SPREAD = 1.1
"""Standard deviation of one person's levels from answer to answer, the rater's error included: assumed until there are
answers enough to tell."""
ASSUMED = 3
"""How many answers that assumption is worth."""
FEW = 4
"""Answers under which a level is called one of few answers: its error is still near a whole level."""
BOUND = 1.0
"""Standard errors from the mean where the bounds lie: about five in six of the true values are above the lower one."""
SURE = 2.0
"""Standard errors that a change must have to be called one: of levels that only waver, about one in twenty does."""


Direction = Literal["", "rising", "falling"]


@dataclass(frozen=True, slots=True)
class Point:
    """A level at a moment."""

    at: datetime
    value: float


@dataclass(frozen=True, slots=True)
class Trend:
    """A level over time."""

    name: str
    points: tuple[Point, ...]
    """One for each of the latest scored answers, oldest first."""
    level: float
    """At present: recent answers weigh more."""
    lower: float
    """What may be relied on, 1 to 5."""
    upper: float
    """As far above the level, 1 to 5."""

    @property
    def rests_on_few(self) -> bool:
        """Whether the answers are so few that the level may be chance."""
        return len(self.points) < FEW

    @property
    def direction(self) -> Direction:
        """Where it goes: from the older half of the answers to the newer, where that is more than they waver."""
        half = len(self.points) // 2
        if self.rests_on_few:
            return ""
        values = [point.value for point in self.points]
        older, newer = values[:half], values[-half:]
        change = _mean(newer) - _mean(older)
        squares = sum((value - _mean(part)) ** 2 for part in (older, newer) for value in part)
        spread = (squares + USUAL_SPREAD**2 * ASSUMED) / (2 * half - 2 + ASSUMED)
        if abs(change) < SURE * math.sqrt(2 * spread / half):
            return ""
        return "rising" if change > 0 else "falling"


@dataclass(frozen=True, slots=True)
class Streak:
    """Days in a row with practice."""

    current: int
    """Up to today or yesterday."""
    longest: int


@dataclass(frozen=True, slots=True)
class Probing:
    """How many probes were needed lately, and what they brought."""

    per_question: float
    gained: float
    """Levels that probes added to a dimension, on average, where both levels are known."""


@dataclass(frozen=True, slots=True)
class Progress:
    """All of it."""

    interviews: int
    answers: int
    seconds: float
    overall: Trend | None
    dimensions: tuple[Trend, ...]
    """The lowest first; likewise kinds and companies."""
    kinds: tuple[Trend, ...]
    companies: tuple[Trend, ...]
    streak: Streak
    probing: Probing
    guesses: Mapping[str, float]
    """By dimension: own guess minus level, on average; above 0 is overrating oneself."""
    offline: int
    """Answers read by the offline reader alone."""


def progress(record: Record, scale: Scale, today: date) -> Progress:
    """How practice goes.

    Args:
        scale: says how far a level may be off.
        today: by the user's calendar.
    """
    recent = record.latest[-WINDOW:]
    means = [(attempt, mean) for attempt in recent if (mean := attempt.mean) is not None]
    return Progress(
        interviews=record.interviews,
        answers=record.answers,
        seconds=record.seconds,
        overall=_trend("all", means, scale) if means else None,
        dimensions=_lowest_first(dimension_trends(record, scale)),
        kinds=_lowest_first(_trends(_grouped_means(record.latest, attrgetter("kind")), scale)),
        companies=_lowest_first(_trends(_grouped_means(record.latest, attrgetter("company")), scale)),
        streak=streak(record.days, today),
        probing=_probing(recent),
        guesses=_guesses(recent),
        offline=record.estimated,
    )


def dimension_trends(record: Record, scale: Scale) -> tuple[Trend, ...]:
    """The dimensions practised, the weakest by lower bound first."""
    groups: dict[str, deque[tuple[Attempt, float]]] = {}
    for attempt in reversed(record.latest):
        for name, level in attempt.levels.items():
            if level is not None and len(group := groups.setdefault(name, deque())) < WINDOW:
                group.appendleft((attempt, level))
    return tuple(sorted(_trends(groups, scale), key=lambda trend: (trend.lower, trend.name)))


Levels = Sequence[tuple[Attempt, float]]


def _grouped_means(past: Sequence[Attempt], by: Callable[[Attempt], str]) -> dict[str, deque[tuple[Attempt, float]]]:
    groups: dict[str, deque[tuple[Attempt, float]]] = {}
    for attempt in reversed(past):
        group = groups.setdefault(by(attempt), deque())
        if len(group) < WINDOW and (mean := attempt.mean) is not None:
            group.appendleft((attempt, mean))
    groups.pop("", None)
    return groups


def _trends(groups: Mapping[str, Levels], scale: Scale) -> tuple[Trend, ...]:
    return tuple(_trend(name, levels, scale) for name, levels in groups.items() if levels)


def _lowest_first(trends: Sequence[Trend]) -> tuple[Trend, ...]:
    return tuple(sorted(trends, key=lambda trend: (trend.level, trend.name)))


def _trend(name: str, levels: Levels, scale: Scale) -> Trend:
    weights = [0.5 ** (age / HALF_LIFE) for age in range(len(levels) - 1, -1, -1)]
    total = sum(weights)
    mean = min(5.0, sum(weight * level for weight, (_, level) in zip(weights, levels, strict=True)) / total)
    margin = BOUND * _standard_error(levels, weights, mean, scale)
    points = tuple(Point(attempt.held, level) for attempt, level in levels)
    return Trend(name, points, mean, max(1.0, mean - margin), min(5.0, mean + margin))


def _standard_error(levels: Levels, weights: Sequence[float], mean: float, scale: Scale) -> float:
    """Of the weighted mean: from how much the answers differ, and never less than the raters' own error allows."""
    total = sum(weights)
    effective = total**2 / sum(weight**2 for weight in weights)
    squares = sum(weight * (level - mean) ** 2 for weight, (_, level) in zip(weights, levels, strict=True))
    spread = (squares / total * effective + USUAL_SPREAD**2 * ASSUMED) / (effective - 1 + ASSUMED)
    errors = [scale.typical_error["offline" if attempt.offline else "judge"] for attempt, _ in levels]
    rating = sum(weight * error**2 for weight, error in zip(weights, errors, strict=True))
    return math.sqrt(max(spread, rating / total) / effective)


def streak(days: AbstractSet[date], today: date) -> Streak:
    """Days in a row with practice; a streak is not broken before a whole day has passed without any."""
    longest = run = 0
    previous: date | None = None
    for day in sorted(days):
        run = run + 1 if previous and day - previous == timedelta(days=1) else 1
        longest, previous = max(longest, run), day
    lasts = previous is not None and today - previous <= timedelta(days=1)
    return Streak(run if lasts else 0, longest)


def _probing(past: Sequence[Attempt]) -> Probing:
    gains = [
        level - attempt.before[name]
        for attempt in past
        for name, level in attempt.levels.items()
        if level is not None and name in attempt.before
    ]
    return Probing(
        per_question=_mean([attempt.probes for attempt in past]) if past else 0.0,
        gained=_mean(gains) if gains else 0.0,
    )


def _guesses(past: Sequence[Attempt]) -> dict[str, float]:
    gaps: dict[str, list[int]] = defaultdict(list)
    for attempt in past:
        for name, guess in attempt.guesses.items():
            level = attempt.levels.get(name)
            if level is not None:
                gaps[name].append(guess - level)
    return {name: _mean(found) for name, found in gaps.items()}


def _mean(values: Sequence[float]) -> float:
    """Of at least one. `statistics` would take 0.1 MiB of each interview, whose end says what to practise next."""
    return math.fsum(values) / len(values)
