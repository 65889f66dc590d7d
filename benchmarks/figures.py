"""A figure: what was measured, how far the runs lie apart, and what the project holds itself to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    name: str
    value: float
    """The median, where there were several runs."""
    unit: str = ""
    low: float | None = None
    high: float | None = None
    target: str = ""
    """As "<= 1.6"; empty where the figure only gives scale."""
    better: str = "lower"
    """"lower", "higher", "nearer 0" where it has a sign, or "neither" where a change is no judgement; a target says it
    by itself."""

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None where there is none."""
        if not self.target:
            return None
        sign, limit = self.target.split()
        return self.value <= float(limit) if sign == "<=" else self.value >= float(limit)

    @property
    def wants(self) -> str:
        """Which way is better."""
        if not self.target:
            return self.better
        return "lower" if self.target.startswith("<=") else "higher"


def of_runs(name: str, runs: Sequence[float], unit: str = "", target: str = "", better: str = "lower") -> Figure:
    """The median of the runs with the lowest and the highest."""
    return Figure(name, median(runs), unit, min(runs), max(runs), target, better)


def ratio(name: str, ours: Sequence[float], floor: Sequence[float], target: str = "") -> Figure:
    """Ours over the floor measured in the same turn, so that a busy machine slows both."""
    return of_runs(name, [mine / theirs for mine, theirs in zip(ours, floor, strict=True)], "x", target)


def percentile(values: Sequence[float], share: float) -> float:
    """The value under which that share of them lies."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]
