"""What a rater is, and what it gives: findings with quotes, and the ratings that code makes of them.

A rater reports facts: which parts are met, each with the candidate's own words. `levels.py` turns findings into a
level, in the same way for every rater.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from ..bank.schema import Dimension
from ..session.events import OFFLINE
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


class FlagKind(StrEnum):
    """What a flag is about, as it stands in a rating line (docs/formats.md)."""

    ADDRESSED = "addressed"
    """The answer speaks to the rater."""
    ADDRESSED_LEVEL = "addressed_level"
    ASIDES_LEVEL = "asides_level"
    """A level is lower without what does, or may."""
    SECOND_LOOK = "second_look"
    """The judge read it without."""
    FOREIGN = "foreign"
    FLOOR = "floor"
    """No model was asked."""
    THIN = "thin"
    """The answer is too short to be rated higher."""
    SHORT = "short"
    TERSE = "terse"
    LIST = "list"
    STUFFED = "stuffed"
    COPY = "copy"
    PATCHWORK = "patchwork"
    SCRAMBLED = "scrambled"
    ECHO = "echo"
    ELSEWHERE = "elsewhere"
    AFAR = "afar"
    VERSE = "verse"
    TAKEN_BACK = "taken_back"
    RED_FLAG = "red_flag"
    UNCERTAIN = "uncertain"
    """The judge's samples lie far apart, or it gave the same words for several red flags."""
    UNBACKED = "unbacked"
    """A figure of which nobody could say where it comes from."""


@dataclass(frozen=True, slots=True)
class Flag:
    """Something a reader of the scorecard should know: a red flag, text addressed to the rater, a list of terms."""

    kind: str
    """A `FlagKind`; of a line that another version wrote perhaps another word."""
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

    @property
    def why_unread(self) -> str:
        """Why a model could say nothing at all of the thread, in sentences; empty where it did, and of rules."""
        said = any(rating.level is not None or rating.findings for rating in self.ratings.values())
        if said or self.rater.model == OFFLINE:
            return ""
        return " ".join(dict.fromkeys(rating.unscored or "" for rating in self.ratings.values()))


class Rater(Protocol):
    """Whatever produces findings."""

    @property
    def identity(self) -> RaterIdentity:
        """Who rates, and by which texts; the rubric is that of the bundled dimensions."""
        ...

    async def rate(self, thread: Thread, dimensions: Sequence[Dimension]) -> ThreadRating:
        """Rates the thread on each dimension. What cannot be rated comes back unscored, never as an exception."""
        ...
