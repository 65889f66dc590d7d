"""What a rater is, and what it gives: findings with quotes, and the ratings that code makes of them.

A rater reports facts: which parts are met, each with the candidate's own words. `levels.py` turns findings into a
level, in the same way for every rater.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from ..bank.schema import Dimension
from ..session.thread import Thread


@dataclass(frozen=True, slots=True)
class Quote:
    """A piece of a candidate turn, found there by code."""

    text: str
    """As it stands in the turn."""
    turn: int
    """Index into the thread's turns."""
    start: int
    end: int
    """Character offsets within the turn's text."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A part said to be met or not met."""

    part: str
    met: bool
    quote: Quote | None = None
    note: str = ""
    """Why it does not count although it was claimed, as "the quote was not found"."""


@dataclass(frozen=True, slots=True)
class Rating:
    """A level with its findings, or unscored with a reason. Never a default number."""

    dimension: str
    level: int | None
    """1 to 5; with several samples the mean, rounded, halves down."""
    unscored: str | None = None
    """The reason, when there is no level."""
    findings: tuple[Finding, ...] = ()
    mean: float | None = None
    spread: float = 0.0
    """Highest minus lowest level of the samples, in levels."""


@dataclass(frozen=True, slots=True)
class Flag:
    """Something a reader of the scorecard should know: a red flag, text addressed to the rater, a list of terms."""

    kind: str
    text: str
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class RaterIdentity:
    """Who rated, by which texts: stands beside every rating."""

    model: str
    samples: int
    prompt: str
    """Hash of the judge prompt, or of the cues."""
    rubric: str
    """Hash of the dimensions."""


@dataclass(frozen=True, slots=True)
class ThreadRating:
    """All that one rater says of one thread."""

    rater: RaterIdentity
    ratings: Mapping[str, Rating]
    """By dimension id, in the order asked."""
    flags: tuple[Flag, ...] = ()


class Rater(Protocol):
    """Whatever produces findings."""

    @property
    def identity(self) -> RaterIdentity:
        """Who rates, and by which texts."""
        ...

    async def rate(self, thread: Thread, dimensions: Sequence[Dimension]) -> ThreadRating:
        """Rates the thread on each dimension. What cannot be rated comes back unscored, never as an exception."""
        ...
