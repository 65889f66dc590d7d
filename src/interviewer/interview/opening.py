"""Puts an interview together: a new one from what was asked for, or one to go on with from its log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ..bank.library import Bank
from ..models.model import Model
from ..rating.lazy_judge import LazyJudge
from ..rating.rater import Rater
from ..session.events import OFFLINE, Event, Log, ModelChanged, Started
from ..session.thread import Thread
from ..session.transcript import Transcript, fold
from ..version import __version__
from . import planning
from .interview import Interview
from .later import LaterFollowUp
from .lines import load_lines
from .planning import Practice, Wishes
from .ratings import Ratings, Reader
from .underway import Bounds
from .voice import Voice


def _open_model(name: str) -> Model:
    """A model by name alone; how models are opened is imported when one is."""
    from ..models.opening import open_model

    return open_model(name)


@dataclass(frozen=True, slots=True)
class Readers:
    """Who reads and who words: all that may be a model in an interview."""

    offline: Reader
    judge: str | Rater = OFFLINE
    """Who rates in the background: a model's name, or any rater."""
    model: str = OFFLINE
    """The interviewer's model, by name."""
    opened: Callable[[str], Model] = _open_model
    """Opens a model by name."""
    bounds: Bounds = field(default_factory=Bounds)
    """What the interview may spend, and who stands in for a model that fails."""


def begin(
    bank: Bank,
    log: Log,
    readers: Readers,
    wishes: Wishes,
    *,
    mode: Literal["exam", "coach"] = "exam",
    style: str = "neutral",
    practice: Practice | None = None,
    self_rating: bool = False,
    local_only: bool = False,
) -> Interview:
    """A new interview, its set-up already in the log.

    Raises:
        NotInBank: a question, company or level that does not exist.
        ModelError: the interviewer's model cannot be opened.
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
        judge=readers.judge if isinstance(readers.judge, str) else readers.judge.identity.model,
        seed=wishes.seed,
        version=__version__,
        hashes={"rubric": bank.rubric_hash(questions)},
        plan=questions,
        self_rating=self_rating,
        local_only=local_only,
    )
    interview = _assembled(bank, log, readers, fold([started]))
    log.append(started)  # last, so that a model that cannot be opened leaves no empty interview behind
    return interview


def take_up(bank: Bank, log: Log, readers: Readers, events: Sequence[Event]) -> Interview:
    """The interview of those events, ready to go on where it stopped."""
    transcript = fold(events)
    for change in _changes(transcript, readers):
        log.append(change)
        transcript.apply(change)
    return _assembled(bank, log, readers, transcript)


def _changes(transcript: Transcript, readers: Readers) -> list[ModelChanged]:
    """What is different from before, where other models were asked for."""
    changes = []
    if readers.model != transcript.model:
        changes.append(ModelChanged(purpose="interviewer", model=readers.model, reason="asked for"))
    if isinstance(readers.judge, str) and readers.judge != transcript.judge:
        changes.append(ModelChanged(purpose="judge", model=readers.judge, reason="asked for"))
    return changes


def _assembled(bank: Bank, log: Log, readers: Readers, transcript: Transcript) -> Interview:
    lines = load_lines(bank)

    def record(event: Event) -> None:
        log.append(event)
        transcript.apply(event)

    voice = Voice(bank, readers.opened, record)
    voice.take(transcript.model)
    ratings = _ratings(bank, readers, record, voice, lines.crisis.left_out)
    follow_up = LaterFollowUp(bank, ratings, lines, voice, transcript)
    return Interview(bank, log, ratings, follow_up, lines, voice, transcript, readers.bounds)


def _ratings(
    bank: Bank, readers: Readers, record: Callable[[Event], None], voice: Voice, heard: Callable[[Thread], Thread]
) -> Ratings:
    """The readers at work; a judge that is named is opened, its calls in the log. One name is one model, so that its
    server is asked once what it is."""

    def unrated(thread: Thread) -> str | None:
        from .unrated import why_unrated

        return why_unrated(thread, bank)

    if not isinstance(readers.judge, str):
        return Ratings(readers.offline, readers.judge, record, None, unrated, heard)
    if readers.judge == OFFLINE:
        return Ratings(readers.offline, None, record, None, unrated, heard)
    same = voice.model if readers.judge == readers.model else None
    model = same or readers.opened(readers.judge)
    return Ratings(readers.offline, LazyJudge(model, bank, record), record, model, unrated, heard)
