"""From findings to a level, by the dimension's own rule: the same way for every rater.

A level is reached when all its parts are met and every level below it is reached; a fault that is met caps the
level, less so when all its lifting parts are met too (on the marked gold answers: all of them 80.3 % exact, any of
them 79.4 %). The rule is data (`rubrics/dimensions/*.yaml`).
"""

from __future__ import annotations

from collections.abc import Collection

from ..bank.schema import Dimension


def level_of(dimension: Dimension, met: Collection[str]) -> int:
    """The level, 1 to 5, that the met parts reach."""
    level: int = dimension.base
    for step in sorted(dimension.levels):
        if not _reached(dimension, step, met):
            break
        level = step
    for floor in dimension.floors:
        if floor.part in met:
            lifted = all(part in met for part in floor.lifted_by)
            level = min(level, floor.to if lifted and floor.to is not None else floor.cap)
    return level


def _reached(dimension: Dimension, step: int, met: Collection[str]) -> bool:
    for need in dimension.levels[step]:  # type: ignore[index]
        if isinstance(need, str):
            if need not in met:
                return False
        elif not any(part in met for part in need):
            return False
    return True


def missing_for_next(dimension: Dimension, met: Collection[str]) -> tuple[str, ...]:
    """The parts that stand between these findings and the next level, in the rubric's order.

    Empty at level 5. Where a fault holds the level down, the fault is named first.
    """
    level = level_of(dimension, met)
    faults = tuple(floor.part for floor in dimension.floors if floor.part in met)
    unbound = level_of(dimension, [part for part in met if part not in faults])
    if faults and unbound > level:
        return faults
    for step in sorted(dimension.levels):
        if step > level:
            return tuple(_open(dimension, step, met))
    return ()


def _open(dimension: Dimension, step: int, met: Collection[str]) -> list[str]:
    needs = dimension.levels[step]  # type: ignore[index]
    parts: list[str] = []
    for need in needs:
        options = (need,) if isinstance(need, str) else need
        if not any(part in met for part in options):
            parts.extend(part for part in options if part not in parts)
    return parts
