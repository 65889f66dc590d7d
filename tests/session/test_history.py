"""Lists of past interviews stay quick and right, however many there are."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from interviewer.report.attempts import overall_of_head
from interviewer.session import events as ev
from interviewer.session.history import advance, head_of, write_head
from interviewer.session.records import Stored
from interviewer.session.store import Store

from .conftest import ANSWER, ENDED, PROBE, QUESTION, STARTED

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def stored(*events: ev.Event) -> list[Stored]:
    return [Stored("2026-11-21-quiet-otter", seq, AT, event) for seq, event in enumerate(events, start=1)]


def overall(*ratings: ev.Rated) -> float | None:
    head = head_of(stored(STARTED, QUESTION, ANSWER, ev.QuestionClosed(reason="done"), *ratings))
    assert head
    return overall_of_head(head)


def test_the_last_rating_of_a_thread_counts() -> None:
    assert overall(reading("final", "offline", 2), reading("rescore", "offline", 4)) == 4


def test_a_rating_before_the_probes_does_not_count() -> None:
    assert overall(reading("first", "offline", 1)) is None


def test_unscored_and_malformed_ratings_are_no_level() -> None:
    lines: tuple[dict[str, Any], ...] = (
        {},
        {"ratings": []},
        {"ratings": {"a": None}},
        {"rater": {"model": "offline"}, "ratings": {"a": None}},
    )
    malformed = (ev.Rated(thread=0, stage="final", line=line) for line in lines)
    assert overall(*malformed, reading("final", "offline", None)) is None


def test_an_interview_that_was_left_and_resumed_is_not_ended() -> None:
    head = head_of(stored(STARTED, ENDED, ev.Resumed()))
    assert head
    assert head.ended is None


def reading(stage: str, rater: str, level: int | None, thread: int = 0) -> ev.Rated:
    line = {"rater": {"model": rater}, "ratings": {"evidence": {"level": level}}}
    return ev.Rated.model_validate({"thread": thread, "stage": stage, "line": line})


def test_a_head_adds_up_the_answers_that_were_read_as_a_whole() -> None:
    head = head_of(
        stored(
            STARTED, QUESTION, ANSWER, reading("first", "offline", 2), PROBE, ANSWER, ev.QuestionClosed(reason="done"),
            reading("final", "offline", 3), QUESTION, ANSWER, ev.QuestionClosed(reason="done"),
            reading("final", "offline", 3, 1), reading("final", "ollama/small:1b", 4, 1), QUESTION, ANSWER,
            reading("first", "offline", 2, 2), QUESTION,
        )
    )  # fmt: skip
    assert head
    assert (head.answers, head.estimated, head.seconds) == (2, 1, 3 * ANSWER.seconds)
    assert len(head.threads) == 4


def test_an_answer_taken_back_and_a_judge_without_a_level_add_nothing() -> None:
    head = head_of(
        stored(STARTED, QUESTION, ANSWER, reading("final", "offline", 3), reading("final", "some/judge", None))
    )
    assert head
    assert (head.answers, head.estimated) == (1, 1)
    head = advance(head, Stored(head.id, head.events + 1, AT, ev.AnswerTakenBack()))
    assert (head.answers, head.estimated, head.seconds) == (0, 0, 0)


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
