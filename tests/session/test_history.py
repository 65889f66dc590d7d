"""Lists of past interviews stay quick and right, however many there are."""

from __future__ import annotations

from datetime import UTC, datetime

from interviewer.session import events as ev
from interviewer.session.history import advance, head_of, write_head
from interviewer.session.records import Stored
from interviewer.session.store import Store

from .conftest import ENDED, QUESTION, STARTED

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def stored(*events: ev.Event) -> list[Stored]:
    return [Stored("2026-11-21-quiet-otter", seq, AT, event) for seq, event in enumerate(events, start=1)]


def rated(stage: str, level: object) -> ev.Rated:
    return ev.Rated.model_validate({"thread": 0, "stage": stage, "line": {"ratings": {"humility": {"level": level}}}})


def test_the_last_rating_of_a_thread_counts() -> None:
    head = head_of(stored(STARTED, QUESTION, rated("final", 2), rated("rescore", 4)))
    assert head
    assert head.mean_level == 4


def test_a_rating_before_the_probes_does_not_count() -> None:
    head = head_of(stored(STARTED, QUESTION, rated("first", 1)))
    assert head
    assert head.mean_level is None


def test_unscored_and_malformed_ratings_are_no_level() -> None:
    lines = ({}, {"ratings": []}, {"ratings": {"a": None}}, {"ratings": {"a": {"level": None}}})
    head = head_of(stored(STARTED, *(ev.Rated(thread=0, stage="final", line=line) for line in lines)))
    assert head
    assert head.mean_level is None


def test_an_interview_that_was_left_and_resumed_is_not_ended() -> None:
    head = head_of(stored(STARTED, ENDED, ev.Resumed()))
    assert head
    assert head.ended is None


def test_no_events_make_no_head() -> None:
    assert head_of([]) is None


def test_ten_thousand_sessions_are_listed_by_reading_their_entries_alone(store: Store) -> None:
    with store._database.writing() as db:
        for number in range(10_000):
            session = f"2026-11-21-quiet-otter-{number}"
            write_head(db, advance(None, Stored(session, 1, AT, STARTED)), number)
    said: list[str] = []
    with store._database.alone() as db:
        db.set_trace_callback(said.append)
    assert len(store.sessions()) == 10_000
    assert store.find("otter-9999") == "2026-11-21-quiet-otter-9999"
    assert not [statement for statement in said if "FROM events" in statement]
