"""A question's card: what a list shows and a candidate may see, read without parsing the rest of the file.

Kept apart from `schema.py` so that listing needs no pydantic; `tests/bank/test_card.py` holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

BODY_STARTS = "\ntests:"
"""The first key of a question file that is not on the card."""


@dataclass(frozen=True, slots=True)
class Card:
    """The fields of a question down to `weights`, lightly checked; `schema.Question` has their meanings."""

    id: str
    title: str
    ask: str
    kind: str
    topics: tuple[str, ...]
    roles: tuple[str, ...]
    seniority: tuple[str, ...]
    source: str
    weights: Mapping[str, int]
    companies: tuple[str, ...] = ()

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions rated, most telling first."""
        return tuple(self.weights)


def card_text(text: str) -> str:
    """The part of a question file that holds the card: everything before `tests:` where keys stand in order."""
    return text.partition(BODY_STARTS)[0]


def card_from(content: object) -> Card | None:
    """The card of a parsed mapping, or None when a field is missing or of the wrong shape."""
    if not isinstance(content, Mapping):
        return None
    values: dict[str, Any] = {}
    for field in fields(Card):
        value = content.get(field.name)
        if isinstance(value, list):
            value = tuple(map(str, value))
        if value is None and field.name != "companies":
            return None
        values[field.name] = value if value is not None else ()
    if not _well_shaped(values):
        return None
    return Card(**values)


def _well_shaped(values: Mapping[str, Any]) -> bool:
    texts = all(isinstance(values[name], str) for name in ("id", "title", "ask", "kind", "source"))
    lists = all(isinstance(values[name], tuple) for name in ("topics", "roles", "seniority", "companies"))
    return texts and lists and isinstance(values["weights"], Mapping)
