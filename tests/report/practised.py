"""Attempts and records by hand, and the attempts that a scorecard tells of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from interviewer.bank.library import Bank
from interviewer.report.attempts import Attempt
from interviewer.report.record import Record
from interviewer.report.trends import Progress, progress
from interviewer.session.events import Event

from . import sample

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def attempt(days_ago: float = 0, **changed: Any) -> Attempt:
    """An offline attempt at one question, that many days ago."""
    fields: dict[str, Any] = {
        "session": f"s{days_ago}",
        "held": NOW - timedelta(days=days_ago),
        "question": "incident-command",
        "kind": "behavioral",
        "company": "",
        "rater": "offline",
        "levels": {"ownership": 3, "evidence": 2},
        "weights": {"ownership": 5.0, "evidence": 3.0},
        "before": {},
        "guesses": {},
        "seconds": 240.0,
    }
    return Attempt(**fields | changed)


def record(past: Sequence[Attempt]) -> Record:
    """The record of these attempts, each in an interview of its own day."""
    return Record(
        interviews=len({each.session for each in past}),
        answers=len(past),
        estimated=sum(each.offline for each in past),
        seconds=sum(each.seconds for each in past),
        days=frozenset(each.held.date() for each in past),
        asked=Counter(each.question for each in past),
        latest=tuple(sorted(past, key=lambda each: each.held)),
    )


def of(past: Sequence[Attempt], bank: Bank) -> Progress:
    """The progress that these attempts make."""
    return progress(record(past), bank.scale(), NOW.date())


def told_by_the_scorecard(session: str, held: datetime, events: Sequence[Event], bank: Bank) -> tuple[Attempt, ...]:
    """The attempts of an interview by its scorecard: what the list of sessions has to tell without reading an event."""
    transcript, card = sample.card_of(events, bank)
    company = (transcript.started.company or "") if transcript.started else ""
    return tuple(
        Attempt(
            session=session,
            held=held,
            question=thread.question_id,
            kind=bank.cards[thread.question_id].kind,
            company=company,
            rater=thread.rater.model if thread.rater else "",
            levels={line.dimension: line.level for line in thread.lines},
            weights={line.dimension: line.weight for line in thread.lines},
            before={line.dimension: line.before_probes for line in thread.lines if line.before_probes is not None},
            guesses=dict(thread.state.self_rating),
            flags=tuple(flag.kind for flag in thread.flags),
            probes=len(thread.state.probes),
            seconds=sum(thread.state.seconds),
        )
        for thread in card.threads
        if thread.lines
    )
