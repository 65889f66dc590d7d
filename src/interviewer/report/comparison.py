"""Two ratings side by side: two answers to one question, or one answer read by two raters. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..bank.schema import Dimension
from ..rating.rater import Rating
from ..text import clean_line


@dataclass(frozen=True, slots=True)
class Contrast:
    """One dimension in both."""

    name: str
    left: int | None
    right: int | None
    gained: tuple[str, ...]
    """What is met on the right alone."""
    lost: tuple[str, ...]
    """What is met on the left alone, where the right is scored."""
    why: str = ""
    """Why the right is not scored, where it was looked at."""

    @property
    def change(self) -> int | None:
        """Levels from left to right; None where one of them is not scored."""
        return None if self.left is None or self.right is None else self.right - self.left


def compare(
    left: Mapping[str, Rating], right: Mapping[str, Rating], dimension: Callable[[str], Dimension]
) -> tuple[Contrast, ...]:
    """The contrasts, in the order of the left, then what only the right has.

    Args:
        left: ratings by dimension, as `ThreadRating.ratings` or those of a `ThreadCard`'s lines.
        dimension: gives a dimension by its id (`Bank.dimension`).
    """
    return tuple(_contrast(dimension(name), left.get(name), right.get(name)) for name in dict.fromkeys((*left, *right)))


def _contrast(dimension: Dimension, left: Rating | None, right: Rating | None) -> Contrast:
    before, after = _met(left), _met(right)
    parts = {
        name: ("Gone wrong: " if part.fault else "") + clean_line(part.met_when)
        for name, part in dimension.parts.items()
    }
    return Contrast(
        name=clean_line(dimension.name),
        left=left.level if left else None,
        right=right.level if right else None,
        gained=tuple(says for name, says in parts.items() if name in after - before),
        lost=tuple(says for name, says in parts.items() if name in before - after) if right and right.level else (),
        why=clean_line(right.unscored or "") if right else "",
    )


def _met(rating: Rating | None) -> set[str]:
    return {finding.part for finding in rating.findings if finding.met} if rating else set()
