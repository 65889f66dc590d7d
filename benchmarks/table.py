"""The figures as a row on the screen and as `docs/performance.md`."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from pathlib import Path

from .figures import Figure
from .results import Section

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
VERDICTS = {True: "met", False: "not met", None: ""}
HEAD = "| what | median | range | target | |"
INTRODUCTION = """# How fast it is
Written by `make bench`; do not edit. Ratios count: the floor or the peer beside which a figure stands was measured in
the same turn, so that a busy machine slows both. A value is the median, and the range is that of all runs.
`make bench-compare AGAINST=earlier.json` names what got over 15 % worse.
"""


def row(figure: Figure) -> str:
    """A line of the table on the screen."""
    shown = f"{_number(figure.value)} {figure.unit}"
    return f"{figure.name:<66} {shown:>14}  {_spread(figure):>18}  {figure.target:>9}  {VERDICTS[figure.met]}".rstrip()


def page(results: Mapping[str, Section]) -> str:
    """The whole page, a table for each benchmark."""
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    parts = [INTRODUCTION, f"Measured on: {machine}.\n"]
    for name, section in results.items():
        rows = [
            f"| {each.name} | {_number(each.value)} {each.unit} | {_spread(each)} | {each.target} | "
            f"{VERDICTS[each.met]} |"
            for each in section.figures
        ]
        title = name.replace("_", " ").capitalize()
        parts.append("\n".join([f"## {title}", f"{section.measured}\n", HEAD, "|---|---|---|---|---|", *rows, ""]))
    return "\n".join(parts)


def _spread(figure: Figure) -> str:
    return "" if figure.low is None or figure.high is None else f"{_number(figure.low)} to {_number(figure.high)}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
