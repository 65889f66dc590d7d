"""An interview as its commands, its troubles and its other small parts see it, and the ways it may be left.

They know this page and not `interview.py`, which holds the conversation and calls them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from ..bank.library import Bank
    from ..bank.schema import Question
    from ..session.events import Event
    from ..session.transcript import ThreadState, Transcript
    from .candidate import Utterance
    from .clock import Stopwatch
    from .lines import Lines
    from .ratings import Ratings
    from .voice import Voice

Closing = Literal["done", "skipped", "time", "ended"]


class Finish(Exception):
    """The candidate wants the scorecard now."""


class Leave(Exception):
    """The candidate goes, and may come back with `resume`."""


def _unlimited() -> None:
    """Lets everything pass."""


async def _nothing() -> str:
    """No price."""
    return ""


async def _nobody() -> Mapping[str, str]:
    """No other model."""
    return {}


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an interview may spend, and who stands in when its model fails."""

    check: Callable[[], None] = _unlimited
    """Raises `BudgetSpent` when no more calls may be made."""
    others: Callable[[], Awaitable[Mapping[str, str]]] = _nobody
    """Looks for other models: name, and where the words would go."""
    foretell: Callable[[], Awaitable[str]] = _nothing
    """What it will cost, in a sentence; empty where that is not worth one. Raises `ModelError`."""


class Underway(Protocol):
    """What may be seen and done of an interview that is going on."""

    bank: Bank
    ratings: Ratings
    lines: Lines
    voice: Voice
    transcript: Transcript
    bounds: Bounds
    clock: Stopwatch
    told_where: set[str]
    """The destinations of words that have been told."""

    def record(self, event: Event) -> None:
        """Stores the event, then moves the state on."""
        ...

    def close_thread(self, reason: Closing) -> None:
        """Ends the open thread, and rates it as it stands."""
        ...

    def last_utterance(self, question: Question, state: ThreadState) -> Utterance:
        """What the candidate is answering at the moment."""
        ...
