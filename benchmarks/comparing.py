"""What got worse between two sets of figures."""

from __future__ import annotations

from collections.abc import Mapping

from .figures import Figure
from .results import Section

WORSE = 0.15
"""Share by which a figure may be worse before it is told."""


def worse(before: Mapping[str, Section], now: Mapping[str, Section]) -> list[str]:
    """A line for each figure of both that is over 15 % worse than it was; with a sign, over .15 further from 0."""
    known = {(name, figure.name): figure for name, section in before.items() for figure in section.figures}
    return [
        f"{name}: {figure.name}: {known[name, figure.name].value:.4g} -> {figure.value:.4g} {figure.unit}".rstrip()
        for name, section in now.items()
        for figure in section.figures
        if (name, figure.name) in known and _is_worse(known[name, figure.name], figure)
    ]


def _is_worse(before: Figure, now: Figure) -> bool:
    if now.wants == "nearer 0":
        return abs(now.value) - abs(before.value) > WORSE
    change = (now.value - before.value) / max(abs(before.value), 1e-9)
    return {"lower": change, "higher": -change, "neither": 0.0}[now.wants] > WORSE
