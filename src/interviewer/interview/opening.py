"""Puts an interview together: a new one from what was asked for, or one to go on with from its log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ..bank.library import Bank
from ..rating.rater import Rater
from ..session.events import Event, Log, Started
from ..session.transcript import Transcript, fold
from ..version import __version__
from . import planning
from .followup import FollowUp, Prober, Rewording
from .interview import Interview
from .lines import load_lines
from .planning import Practice, Wishes
from .ratings import Ratings, Reader

OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class Readers:
    """Who reads and who words: all that may be a model in an interview."""

    offline: Reader
    judge: Rater | None = None
    rewording: Rewording | None = None
    model: str = OFFLINE
    """The interviewer's model, by name."""
    host: Callable[[], str] = field(default=lambda: "")
    """Where words go; empty when they stay in the program."""


def begin(
    bank: Bank,
    log: Log,
    readers: Readers,
    wishes: Wishes,
    *,
    mode: Literal["exam", "coach"] = "exam",
    style: str = "neutral",
    practice: Practice | None = None,
) -> Interview:
    """A new interview, its set-up already in the log.

    Raises:
        NotInBank: a question, company or level that does not exist.
        ContentError: a content file is faulty.
    """
    questions = planning.plan(bank, wishes, practice)
    started = Started(
        format=wishes.format,
        mode=mode,
        style=style,
        company=wishes.company,
        role=wishes.role,
        seniority=wishes.seniority,
        minutes=wishes.minutes,
        model=readers.model,
        judge=readers.judge.identity.model if readers.judge else OFFLINE,
        seed=wishes.seed,
        version=__version__,
        hashes={"rubric": bank.rubric_hash},
        plan=questions,
    )
    log.append(started)
    return _assembled(bank, log, readers, fold([started]))


def take_up(bank: Bank, log: Log, readers: Readers, events: Sequence[Event]) -> Interview:
    """The interview of those events, ready to go on where it stopped."""
    return _assembled(bank, log, readers, fold(events))


def _assembled(bank: Bank, log: Log, readers: Readers, transcript: Transcript) -> Interview:
    lines = load_lines(bank)

    def record(event: Event) -> None:
        log.append(event)
        transcript.apply(event)

    ratings = Ratings(readers.offline, readers.judge, record)
    follow_up: FollowUp = Prober(bank, ratings, lines, readers.rewording)
    return Interview(bank, log, ratings, follow_up, lines, transcript, readers.host)
