"""A logistic regression with a penalty, for those fits that weigh signs of a text against each other."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .fitting import solve

PENALTY = 3.0
"""On the square of every weight but the first, which is what is always added."""
ROUNDS = 8
"""Newton's steps, after which the weights stand still to many places."""


class Example(NamedTuple):
    """One thing to learn from."""

    values: Mapping[int, float]
    """What is not 0, by the place of its weight; place 0 is always 1."""
    label: bool
    counts: float
    """How many examples it counts for."""


def logistic(examples: Sequence[Example], size: int) -> list[float]:
    """So many weights, with which the weighted values are the log odds of the label."""
    weights = [0.0] * size
    for _ in range(ROUNDS):
        weights = [old + step for old, step in zip(weights, _step(examples, weights), strict=True)]
    return weights


def _step(examples: Sequence[Example], weights: Sequence[float]) -> list[float]:
    """Newton's step from these weights."""
    penalties = [1e-6, *[PENALTY] * (len(weights) - 1)]
    slope = [-penalty * weight for penalty, weight in zip(penalties, weights, strict=True)]
    curve = [[penalty * (i == j) for j in range(len(weights))] for i, penalty in enumerate(penalties)]
    for values, label, counts in examples:
        likely = 1 / (1 + math.exp(-sum(weights[i] * value for i, value in values.items())))
        for i, value in values.items():
            slope[i] += counts * value * (label - likely)
            for j, other in values.items():
                curve[i][j] += counts * value * other * likely * (1 - likely)
    return solve(curve, slope)
