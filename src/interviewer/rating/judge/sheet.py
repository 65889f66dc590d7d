"""What one call asks: the parts of one dimension, or of a few. It may not know how they are put into words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ...bank.judging import Manner
from ...bank.schema import Dimension, Part
from .decoys import Decoys, Planted


@dataclass(frozen=True)
class Sheet:
    """The dimensions of one call."""

    dimensions: tuple[Dimension, ...]
    manner: Manner
    decoys: Mapping[str, Planted] = field(default_factory=dict)
    """By dimension."""

    def name(self, dimension: Dimension, part: str) -> str:
        """The part as the model knows it: with its dimension where there are several."""
        return part if len(self.dimensions) == 1 else f"{dimension.id}.{part}"

    @cached_property
    def parts(self) -> Mapping[str, tuple[Dimension, str]]:
        """Every part that counts, by the name the model knows."""
        return {self.name(dim, part): (dim, part) for dim in self.dimensions for part in dim.parts}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every part asked for, decoys too, as the model knows them and in the order shown."""
        return tuple(name for dim in self.dimensions for name in self.asked(dim))

    def asked(self, dimension: Dimension) -> dict[str, Part]:
        """The parts of a dimension as they are shown."""
        asked = [(self.name(dimension, id), part) for id, part in dimension.parts.items()]
        if decoy := self.decoys.get(dimension.id):
            asked.insert(decoy.place, (self.name(dimension, decoy.id), decoy.part))
        return dict(asked)

    def schema(self, only: Collection[str] = ()) -> dict[str, Any]:
        """The flat JSON schema of the reply: notes, then for each part the quote before the verdict.

        Args:
            only: the parts asked for once more; all of them when empty.
        """
        names = [name for name in self.names if not only or name in only]
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


def sheets(dimensions: Sequence[Dimension], manner: Manner, size: int, turn: int, decoys: Decoys) -> Iterator[Sheet]:
    """The calls of one sample.

    Args:
        size: dimensions a call.
        turn: how far the order is rotated, so that no dimension always comes first.
    """
    turn %= max(1, len(dimensions))
    rotated = [*dimensions[turn:], *dimensions[:turn]]
    for at in range(0, len(rotated), size):
        together = tuple(rotated[at : at + size])
        yield Sheet(together, manner, {dim.id: decoys.among(dim) for dim in together})
