"""What one call asks: the parts of one dimension, or of a few. It may not know how they are put into words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ...bank.judging import Manner
from ...bank.schema import Dimension


@dataclass(frozen=True)
class Sheet:
    """The dimensions of one call."""

    dimensions: tuple[Dimension, ...]
    manner: Manner

    def name(self, dimension: Dimension, part: str) -> str:
        """The part as the model knows it: with its dimension where there are several."""
        return part if len(self.dimensions) == 1 else f"{dimension.id}.{part}"

    @cached_property
    def parts(self) -> Mapping[str, tuple[Dimension, str]]:
        """Every part asked for, by the name the model knows."""
        return {self.name(dim, part): (dim, part) for dim in self.dimensions for part in dim.parts}

    def schema(self, only: Collection[str] = ()) -> dict[str, Any]:
        """The flat JSON schema of the reply: notes, then for each part the quote before the verdict.

        Args:
            only: the parts asked for once more; all of them when empty.
        """
        names = [name for name in self.parts if not only or name in only]
        verdict = {"type": "string", "enum": ["yes", "no"]} if self.manner == "small" else {"type": "boolean"}
        entry = _object(part={"type": "string", "enum": names}, quote={"type": "string"}, met=verdict)
        parts = {"type": "array", "items": entry, "minItems": len(names), "maxItems": len(names)}
        if only or self.manner == "small":
            return _object(parts=parts)
        dimensions = {"type": "string", "enum": [dimension.id for dimension in self.dimensions]}
        return _object(notes={"type": "string"}, parts=parts, no_occasion={"type": "array", "items": dimensions})


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def sheets(dimensions: Sequence[Dimension], manner: Manner, size: int, turn: int) -> Iterator[Sheet]:
    """The calls of one sample.

    Args:
        size: dimensions a call.
        turn: how far the order is rotated, so that no dimension always comes first.
    """
    turn %= max(1, len(dimensions))
    rotated = [*dimensions[turn:], *dimensions[:turn]]
    for at in range(0, len(rotated), size):
        yield Sheet(tuple(rotated[at : at + size]), manner)
