"""How figures, times and dates are put into words, the same in every document. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

KINDS = {
    "stance": "Stance",
    "behavioral": "Behavioural",
    "technical": "Technical",
    "scenario": "Scenario",
    "design": "Design",
    "debate": "Debate",
    "motivation": "Motivation",
}
"""Kinds of question as they are shown."""

_BLOCKS = "▁▂▃▄▅▆▇█"


def figure(value: float | None) -> str:
    """A mean level with one decimal: "3.4"; a dash where there is none."""
    return "–" if value is None else f"{value:.1f}"


def whole(level: int | None) -> str:
    """A level; a dash where there is none."""
    return "–" if level is None else str(level)


def moved(before: int | None, level: int | None) -> str:
    """The level with the one before probes where they differ: "2 → 4"."""
    return f"{before} → {level}" if level and before and before != level else whole(level)


def changed(left: float | None, right: float | None) -> str:
    """From one level or mean to another: "+1", "-0.4", "same"; empty where one of them is missing."""
    if left is None or right is None:
        return ""
    change = right - left
    if abs(change) < 0.05:
        return "same"
    return f"{change:+d}" if isinstance(change, int) else f"{change:+.1f}"


def duration(seconds: float) -> str:
    """Seconds as "45 s", "6 min 20 s" or "1 h 05 min"."""
    whole_seconds = round(seconds)
    minutes, rest = divmod(whole_seconds, 60)
    if not minutes:
        return f"{rest} s"
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes:02d} min"
    return f"{minutes} min {rest:02d} s" if rest else f"{minutes} min"


def counted(number: int, thing: str, things: str = "") -> str:
    """A number with its noun: "1 probe", "2 probes", "no probes"."""
    return f"{number or 'no'} {thing if number == 1 else things or thing + 's'}"


def day(moment: datetime) -> str:
    """A date as "21 November 2026", in the moment's own time zone."""
    return f"{moment.day} {moment:%B %Y}"


def kind_name(kind: str) -> str:
    """A question's kind as it is shown; one of a later version as it comes."""
    return KINDS.get(kind, kind.capitalize())


def sparkline(levels: Sequence[float]) -> str:
    """Levels from 1 to 5 as a row of blocks: "▁▃▅█"."""
    return "".join(_BLOCKS[round((min(5.0, max(1.0, level)) - 1) / 4 * (len(_BLOCKS) - 1))] for level in levels)
