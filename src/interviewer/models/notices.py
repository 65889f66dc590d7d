"""What a model tells while one waits: that it is loading, or that a call is tried again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Notice:
    """One plain sentence for the status line."""

    kind: Literal["loading", "ready", "retrying"]
    sentence: str
    seconds: float | None = None
    """How long the wait is that begins now, where that is known."""


Tell = Callable[[Notice], None]


def silent(notice: Notice) -> None:
    """Tells nobody."""
