"""How well a rater agrees with gold: pure numbers, no rater and no file.

Every function takes what it compares and nothing else. Agreement with the bundled gold is agreement with our rubric
raters, never with people (`docs/rating.md`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..session.json_lines import Id

LEVELS = 5
LOW = 2
"""Gold levels up to this are low: raters tend to be lenient there."""
FEWEST = 5
"""Ratings under which kappa says nothing: one more could turn it round."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One rating beside its gold."""

    answer: Id
    """The answer's id."""
    dimension: str
    gold: int
    level: int | None
    """None where the rater left it unscored."""
    words: int
    """Words of the candidate in the thread."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """One dimension's agreement, or all of them together. NaN where there is too little to tell."""

    ratings: int
    kappa: float
    """Quadratic weighted kappa: 1 is the same, 0 is chance; NaN of fewer than five ratings."""
    error: float
    """Mean absolute error, in levels."""
    within_one: float
    """Share of ratings at most one level off."""
    exact: float
    """Share of ratings on the level."""
    low_error: float
    """Mean of level minus gold where gold is 1 or 2: above 0 is lenient."""
    length: float
    """Correlation of level with log words when gold is held still."""
    unscored: float
    """Share of ratings without a level."""


def agreement(rated: Sequence[Compared]) -> Agreement:
    """Agreement over these ratings; what is unscored counts only as unscored."""
    pairs = [(rating.gold, rating.level, rating.words) for rating in rated if rating.level is not None]
    gold, levels, words = [p[0] for p in pairs], [p[1] for p in pairs], [p[2] for p in pairs]
    errors = [level - wanted for wanted, level in zip(gold, levels, strict=True)]
    return Agreement(
        ratings=len(pairs),
        kappa=kappa(gold, levels) if len(pairs) >= FEWEST else math.nan,
        error=_mean([abs(error) for error in errors]),
        within_one=_mean([float(abs(error) <= 1) for error in errors]),
        exact=_mean([float(error == 0) for error in errors]),
        low_error=_mean([error for error, wanted in zip(errors, gold, strict=True) if wanted <= LOW]),
        length=partial_correlation(levels, [math.log(max(1, count)) for count in words], gold),
        unscored=1 - len(pairs) / len(rated) if rated else math.nan,
    )


def by_dimension(rated: Sequence[Compared]) -> dict[str, Agreement]:
    """Agreement per dimension, in the order in which they first come."""
    grouped: dict[str, list[Compared]] = {}
    for rating in rated:
        grouped.setdefault(rating.dimension, []).append(rating)
    return {dimension: agreement(group) for dimension, group in grouped.items()}


def macro_kappa(agreements: Mapping[str, Agreement]) -> float:
    """The mean of the dimensions' kappas, each counting once."""
    return _mean([found.kappa for found in agreements.values() if not math.isnan(found.kappa)])


def kappa(first: Sequence[int], second: Sequence[int]) -> float:
    """Quadratic weighted kappa of two raters' levels 1 to 5; NaN where all of them are one level, or there are none."""
    count = len(first)
    observed = sum((a - b) ** 2 for a, b in zip(first, second, strict=True))
    rows = [first.count(level) for level in range(1, LEVELS + 1)]
    columns = [second.count(level) for level in range(1, LEVELS + 1)]
    expected = sum((i - j) ** 2 * row * column for i, row in enumerate(rows) for j, column in enumerate(columns))
    return 1 - observed * count / expected if expected else math.nan


def halo(rated: Sequence[Compared]) -> float:
    """Mean correlation between dimensions of the rater's levels minus that of gold: above 0, they run together."""
    scored = [rating for rating in rated if rating.level is not None]
    levels: dict[str, dict[Id, float]] = {}
    gold: dict[str, dict[Id, float]] = {}
    for rating in scored:
        levels.setdefault(rating.dimension, {})[rating.answer] = float(rating.level or 0)
        gold.setdefault(rating.dimension, {})[rating.answer] = float(rating.gold)
    return _between_dimensions(levels) - _between_dimensions(gold)


def partial_correlation(first: Sequence[float], second: Sequence[float], held: Sequence[float]) -> float:
    """Correlation of `first` and `second` when `held` is held still; NaN where one of them does not vary."""
    ab, ac, bc = correlation(first, second), correlation(first, held), correlation(second, held)
    left = (1 - ac * ac) * (1 - bc * bc)
    return (ab - ac * bc) / math.sqrt(left) if left > 1e-12 else math.nan


def correlation(first: Sequence[float], second: Sequence[float]) -> float:
    """Pearson's r; NaN where one of them does not vary."""
    mean_first, mean_second = _mean(first), _mean(second)
    over_first = [value - mean_first for value in first]
    over_second = [value - mean_second for value in second]
    spread = math.sqrt(math.fsum(x * x for x in over_first) * math.fsum(y * y for y in over_second))
    shared = math.fsum(x * y for x, y in zip(over_first, over_second, strict=True))
    return shared / spread if spread > 0 else math.nan


def _between_dimensions(values: Mapping[str, Mapping[Id, float]]) -> float:
    """Mean correlation over pairs of dimensions that share at least three answers."""
    names = list(values)
    found: list[float] = []
    for index, name in enumerate(names):
        for other in names[index + 1 :]:
            shared = [answer for answer in values[name] if answer in values[other]]
            if len(shared) >= 3:
                found.append(correlation([values[name][a] for a in shared], [values[other][a] for a in shared]))
    return _mean([r for r in found if not math.isnan(r)])


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values) if values else math.nan
