"""Sessions go out as lines and come back as they were."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.bank.library import Bank
from interviewer.report.archive import (
    ARCHIVED,
    DEEPEST,
    ArchivedSession,
    Entry,
    NewerArchive,
    NotAnArchive,
    archive_line,
    read_archive,
    threads_in,
)
from interviewer.session import events as ev
from interviewer.session.events import Event, Noted, Unknown, parse_event
from interviewer.session.thread import thread_from_line
from interviewer.session.transcript import fold

from . import sample
from .payloads import PAYLOADS

START = datetime(2026, 11, 21, 18, 5, 0, 123000, tzinfo=UTC)


def _archived(events: list[Event], name: str = "2026-11-21-quiet-otter") -> ArchivedSession:
    return ArchivedSession(name, tuple(Entry(event, START + timedelta(seconds=n)) for n, event in enumerate(events)))


def test_a_session_comes_back_as_it_was(bank: Bank, events: list[Event]) -> None:
    session = _archived(events)
    [back] = read_archive([archive_line(session)])
    assert back == session
    assert sample.card_of(back.events, bank) == sample.card_of(events, bank)


def test_what_a_later_version_wrote_is_kept() -> None:
    later = [
        parse_event({"kind": "sung", "melody": ["do", {"re": 1.5}], "loud": None}),
        parse_event({"kind": "noted", "text": "x", "colour": "green"}),
    ]
    [back] = read_archive([archive_line(_archived(later))])
    assert [event.model_dump() for event in back.events] == [event.model_dump() for event in later]


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_any_text_comes_back_letter_by_letter_on_one_line(texts: list[str]) -> None:
    session = _archived([ev.Noted.model_construct(kind="noted", text=text) for text in texts])
    line = archive_line(session)
    assert line.isascii()
    assert len(line.splitlines()) == 1
    assert [event.text for [back] in [list(read_archive([line]))] for event in back.events] == texts  # type: ignore[attr-defined]


def test_many_sessions_and_blank_lines_are_read_one_by_one() -> None:
    lines = [archive_line(_archived([ev.Noted(text=text)], text)) for text in PAYLOADS]
    assert [session.name for session in read_archive("\n\n".join(lines).split("\n"))] == list(PAYLOADS)


def test_times_that_are_not_known_stay_unknown() -> None:
    [back] = read_archive([archive_line(ArchivedSession("s", (Entry(ev.Paused()),)))])
    assert back.entries[0].at is None


def test_the_threads_beside_the_log_are_transcript_lines(events: list[Event]) -> None:
    line = archive_line(_archived(events)).encode()
    assert line.startswith(ARCHIVED)
    threads = [json.loads(thread) for thread in threads_in(line)]
    assert [thread["question_id"] for thread in threads] == [
        "incident-command",
        "disagreement",
        "superficial-alignment",
    ]
    assert [thread_from_line(thread).answers for thread in threads] == [
        state.thread.answers for state in fold(events).threads
    ]
    assert threads[0]["id"] == "2026-11-21-quiet-otter/0"
    assert threads_in(ARCHIVED) == [ARCHIVED]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("not json", "Line 2 of the archive is not JSON."),
        ("[" * 100_000, "Line 2 of the archive is not JSON."),
        ('{"archive": 1, "threads": NaN}', "Line 2 of the archive is not JSON."),
        ('{"archive": 1, "threads": -Infinity}', "Line 2 of the archive is not JSON."),
        ('{"archive": 1, "threads": 1e999}', "Line 2 of the archive is not JSON."),
        ("[]", "Line 2 of the archive is no interview."),
        ({"session": "s", "events": []}, "Line 2 of the archive is no interview."),
        (
            {"archive": 2, "session": "s", "events": []},
            "Line 2 of the archive comes from a later version of Interviewer.",
        ),
        ({"archive": 1, "events": [1]}, "Line 2 of the archive has no name or no events."),
        ({"archive": 1, "session": "s", "events": []}, "Line 2 of the archive has no name or no events."),
        ({"archive": 1, "session": "s", "events": [{"event": {}}]}, "Line 2 of the archive: its event 1 has no kind."),
        (
            {"archive": 1, "session": "s", "events": [{"at": "noon", "event": {"kind": "paused"}}]},
            "Line 2 of the archive: its event 1 has no time that can be.",
        ),
    ],
)
def test_a_line_that_is_no_session_is_named(body: Any, sentence: str) -> None:
    line = body if isinstance(body, str) else json.dumps(body)
    with pytest.raises(NotAnArchive) as raised:
        list(read_archive(["", line]))
    assert str(raised.value) == sentence


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "1969-12-31T23:59:59Z"])
def test_a_time_that_no_interview_can_have_is_refused(at: str) -> None:
    with pytest.raises(NotAnArchive, match="Line 1 of the archive: its event 1 has no time that can be"):
        list(read_archive([_line({"kind": "paused"}, at)]))


@pytest.mark.parametrize("at", ["2026-11-21T18:05:00", "2026-11-21T19:05:00+01:00", "2026-11-21T18:05:00Z"])
def test_times_come_in_as_utc_and_without_a_zone_are_taken_for_it(at: str) -> None:
    [back] = read_archive([_line({"kind": "paused"}, at)])
    assert str(back.entries[0].at) == "2026-11-21 18:05:00+00:00"


def test_what_is_nested_without_measure_is_refused_and_an_export_holds_none_of_it() -> None:
    for levels, kept in ((DEEPEST - 1, True), (DEEPEST, False), (300, False), (900, False)):
        body: dict[str, Any] = {"kind": "sung", "song": json.loads("[" * levels + "]" * levels)}
        line = archive_line(_archived([parse_event(body)]))
        assert (json.dumps(body["song"]) in line.replace(",", ", ")) is kept
        assert [len(session.entries) for session in read_archive([line])] == [1]
        if not kept:
            with pytest.raises(NotAnArchive, match="its event 1 is over 40 levels deep"):
                list(read_archive([_line(body)]))


CALLED = {"kind": "model_called", "purpose": "probe", "model": "m", "host": "h", "state": "complete"}
RATER = {"model": "offline", "samples": 1, "prompt": "p", "rubric": "r"}
SPREAD = {"rater": RATER, "flags": [],
          "ratings": {"a": {"level": 3, "unscored": None, "spread": 1e308, "parts": {}}}}  # fmt: skip


def _line(event: dict[str, Any], at: str | None = None) -> str:
    return json.dumps({"archive": 1, "session": "s", "events": [{"at": at, "event": event}]})


def test_an_event_that_no_longer_fits_its_kind_is_kept_as_it_came() -> None:
    for event in ({"kind": "noted", "words": 3}, {"kind": "answer_given", "seconds": -1, "text": 3}):
        [back] = read_archive([_line(event)])
        assert isinstance(back.events[0], Unknown)
        assert back.events[0].model_dump() == event


@pytest.mark.parametrize(
    ("event", "named"),
    [
        ({"kind": "answer_given", "text": "I did.", "seconds": -5000.0}, "seconds"),
        ({"kind": "answer_given", "text": "I did.", "seconds": 1.7e308}, "seconds"),
        ({"kind": "question_asked", "question_id": "x", "text": "?", "weights": {"a": 0.0}}, "weights.a"),
        ({"kind": "question_asked", "question_id": "x", "text": "?", "weights": {"a": 1e308}}, "weights.a"),
        ({"kind": "self_rated", "thread": 0, "levels": {"a": 3, "b": 10**400}}, "levels.b"),
        ({"kind": "self_rated", "thread": 0, "levels": {"b": -3}}, "levels.b"),
        ({**CALLED, "cost": 1.7e308}, "cost"),
        ({**CALLED, "cost": -1e9}, "cost"),
        ({**CALLED, "prompt_tokens": -5}, "prompt_tokens"),
        ({"kind": "rated", "thread": 0, "stage": "final", "line": SPREAD}, "spread"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_by_its_name(event: dict[str, Any], named: str) -> None:
    """One of them would have stopped what adds up all interviews."""
    told = f"Line 1 of the archive: its event 1 has a figure that cannot be: {named}."
    with pytest.raises(NotAnArchive, match=re.escape(told)):
        list(read_archive([_line(event)]))


def test_half_a_surrogate_pair_is_replaced_on_the_way_in() -> None:
    """JSON may name it; no file can hold it."""
    [back] = read_archive([_line({"kind": "noted", "text": "half \ud83d, whole \ud83d\ude42"})])
    assert back.events == [Noted(text="half \ufffd, whole 🙂")]


def test_an_archive_of_a_later_version_is_told_from_one_that_is_none() -> None:
    for version, kind in ((2, NewerArchive), (True, NotAnArchive), (-1, NotAnArchive), (0, NotAnArchive)):
        with pytest.raises(NotAnArchive) as told:
            list(read_archive([json.dumps({"archive": version, "session": "s", "events": []})]))
        assert type(told.value) is kind
    assert "Update Interviewer" in NewerArchive.next_step
