"""Stores on a real disk, and the events of a short interview."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewer.session import events as ev
from interviewer.session.processes import process_start
from interviewer.session.store import Store

STARTED = ev.Started(format="drill", mode="coach", model="offline", judge="offline", seed=7, version="0.1.0")
QUESTION = ev.QuestionAsked(question_id="safety-over-speed", text="When did you slow down?", weights={"evidence": 2})
ANSWER = ev.AnswerGiven(text="We held the release for nine days, because the evaluation had a hole in it.", seconds=41)
PROBE = ev.ProbeAsked(dimension="evidence", part="figure", text="How big was the hole?", reason="no figure was named")
RATED = ev.Rated(thread=0, stage="final", line={"ratings": {"evidence": {"level": 4}, "ownership": {"level": 3}}})
ENDED = ev.Ended(reason="finished")

SHORT_INTERVIEW: tuple[ev.Event, ...] = (STARTED, QUESTION, ANSWER, PROBE, ANSWER, RATED, ENDED)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a store may be made; its directory does not exist yet."""
    return tmp_path / "home" / "sessions" / "sessions.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path) as opened:
        yield opened


def hold_interview(store: Store, *events: ev.Event) -> str:
    """Stores a session of these events, closed; returns its id."""
    log = store.create()
    for event in events or SHORT_INTERVIEW:
        log.append(event)
    log.close()
    return log.id


def ended_process() -> str:
    """The mark of a process that has ended."""
    process = subprocess.Popen(["cat"], stdin=subprocess.PIPE)
    ended = f"{process.pid}.{process_start(process.pid)}"
    process.communicate()
    return ended
