"""How practice goes: levels over time with how sure they are, streaks, time, probes, self-knowledge. Pure.

Totals are over everything; the rest looks at the latest answers, which is what a present level can rest on, and keeps
the time it takes the same however long the history is. A lower bound says what may be relied on, so that one lucky
answer does not look like a skill.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from statistics import fmean

from .attempts import Attempt
from .charts import Point

WINDOW = 60
"""Latest answers that a trend looks at; older ones would weigh less than a thousandth."""
HALF_LIFE = 6
"""Answers after which an older level counts half."""
TYPICAL_ERROR = {True: 0.8, False: 0.5}
"""Of one level, by whether it is an offline estimate (rubrics/scale.yaml has the same figures for scorecards)."""
USUAL_SPREAD = 1.1
"""Standard deviation of one person's levels from answer to answer, the rater's error included: assumed until there are
answers enough to tell."""
ASSUMED = 3
"""How many answers that assumption is worth."""
BOUND = 1.0
"""Standard errors below the mean where the lower bound lies: about five in six of the true values are above."""


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

    @property
    def change(self) -> float:
        """The mean of the newer half minus that of the older half; 0 with fewer than two answers."""
        half = len(self.points) // 2
        if not half:
            return 0.0
        values = [point.value for point in self.points]
        return fmean(values[-half:]) - fmean(values[:half])


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
    """The weakest by lower bound first."""
    kinds: tuple[Trend, ...]
    companies: tuple[Trend, ...]
    streak: Streak
    probing: Probing
    guesses: Mapping[str, float]
    """By dimension: own guess minus level, on average; above 0 is overrating oneself."""
    offline: int
    """Answers read by the offline reader alone."""


def progress(attempts: Iterable[Attempt], today: date) -> Progress:
    """How practice goes.

    Args:
        today: by the user's calendar; the attempts' times are taken in their own zones.
    """
    past = sorted(attempts, key=lambda attempt: attempt.held)
    latest = past[-WINDOW:]
    return Progress(
        interviews=len({attempt.session for attempt in past}),
        answers=len(past),
        seconds=sum(attempt.seconds for attempt in past),
        overall=_trend("all", [(attempt, mean) for attempt in latest if (mean := attempt.mean) is not None]),
        dimensions=dimension_trends(past),
        kinds=_weakest_first(_grouped_means(past, attrgetter("kind"))),
        companies=_weakest_first(_grouped_means(past, attrgetter("company"))),
        streak=streak({attempt.held.date() for attempt in past}, today),
        probing=_probing(latest),
        guesses=_guesses(latest),
        offline=sum(attempt.offline for attempt in past),
    )


def dimension_trends(past: Sequence[Attempt]) -> tuple[Trend, ...]:
    """The dimensions practised, the weakest by lower bound first.

    Args:
        past: oldest first.
    """
    groups: dict[str, deque[tuple[Attempt, float]]] = {}
    for attempt in reversed(past):
        for name, level in attempt.levels.items():
            if level is not None and len(group := groups.setdefault(name, deque())) < WINDOW:
                group.appendleft((attempt, level))
    return _weakest_first(groups)


Levels = Sequence[tuple[Attempt, float]]


def _grouped_means(past: Sequence[Attempt], by: Callable[[Attempt], str]) -> dict[str, deque[tuple[Attempt, float]]]:
    groups: dict[str, deque[tuple[Attempt, float]]] = {}
    for attempt in reversed(past):
        group = groups.setdefault(by(attempt), deque())
        if len(group) < WINDOW and (mean := attempt.mean) is not None:
            group.appendleft((attempt, mean))
    groups.pop("", None)
    return groups


def _weakest_first(groups: Mapping[str, Levels]) -> tuple[Trend, ...]:
    trends = (_trend(name, levels) for name, levels in groups.items())
    return tuple(sorted((trend for trend in trends if trend), key=lambda trend: (trend.lower, trend.name)))


def _trend(name: str, levels: Levels) -> Trend | None:
    if not levels:
        return None
    weights = [0.5 ** (age / HALF_LIFE) for age in range(len(levels) - 1, -1, -1)]
    total = sum(weights)
    mean = min(5.0, sum(weight * level for weight, (_, level) in zip(weights, levels, strict=True)) / total)
    lower = max(1.0, mean - BOUND * _standard_error(levels, weights, mean))
    return Trend(name, tuple(Point(attempt.held, level) for attempt, level in levels), mean, lower)


def _standard_error(levels: Levels, weights: Sequence[float], mean: float) -> float:
    """Of the weighted mean: from how much the answers differ, and never less than the raters' own error allows."""
    total = sum(weights)
    effective = total**2 / sum(weight**2 for weight in weights)
    squares = sum(weight * (level - mean) ** 2 for weight, (_, level) in zip(weights, levels, strict=True))
    spread = (squares / total * effective + USUAL_SPREAD**2 * ASSUMED) / (effective - 1 + ASSUMED)
    rating = sum(
        weight * TYPICAL_ERROR[attempt.offline] ** 2 for weight, (attempt, _) in zip(weights, levels, strict=True)
    )
    return math.sqrt(max(spread, rating / total) / effective)


def streak(days: set[date], today: date) -> Streak:
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
        per_question=fmean(attempt.probes for attempt in past) if past else 0.0,
        gained=fmean(gains) if gains else 0.0,
    )


def _guesses(past: Sequence[Attempt]) -> dict[str, float]:
    gaps: dict[str, list[int]] = defaultdict(list)
    for attempt in past:
        for name, guess in attempt.guesses.items():
            level = attempt.levels.get(name)
            if level is not None:
                gaps[name].append(guess - level)
    return {name: fmean(found) for name, found in gaps.items()}
