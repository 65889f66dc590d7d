"""Ten thousand stored interviews: what a list, the progress page, a start and one review then take.

The store is filled in one transaction, row by row as the program would, with interviews of one rated question each.
Start-up is taken out: the same command over a store with a single interview, in turns.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from interviewer.bank.library import Bank
from interviewer.rating.lines import rating_line
from interviewer.rating.opening import open_offline
from interviewer.session.connection import Database
from interviewer.session.events import AnswerGiven, Ended, Event, QuestionAsked, QuestionClosed, Rated, Started
from interviewer.session.history import SessionHead, advance, write_head
from interviewer.session.log import insert_event
from interviewer.session.records import Stored, body_of
from interviewer.session.thread import thread_from_line
from interviewer.version import __version__

from .figures import Figure, of_runs
from .processes import SCRIPT, seconds_until
from .processes import run as run_program

GOLD = Path(__file__).parents[1] / "fixtures" / "gold" / "dev.jsonl"
MANY = 10_000
RUNS = 5


def run() -> list[Figure]:
    """Milliseconds beyond start-up, and what an interview adds to the store."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as many:
        written = _script()
        _fill(Path(one), written, 1)
        size = _fill(Path(many), written, MANY)
        last = _name(MANY - 1)
        figures = [
            _beyond("history", one, many, "<= 250", lambda home: _whole(home, "history")),
            _beyond("progress", one, many, "<= 250", lambda home: _whole(home, "progress")),
            _beyond("next", one, many, "<= 250", lambda home: _whole(home, "next", "--list")),
            _beyond("start", one, many, "<= 250", lambda home: seconds_until("╯", ["--model", "offline"], _env(home))),
            _beyond("review of the latest", one, many, "<= 100", lambda home: _whole(home, "review", "latest")),
        ]
        review = [1000 * (_whole(many, "review", last) - _whole(many, "questions", "list")) for _ in range(RUNS)]
    return [
        *figures,
        of_runs("review of one in 10,000, beyond a list of questions", review, "ms"),
        Figure("growth of the store per interview", size / MANY / 1024, "KiB"),
    ]


def _beyond(name: str, one: str, many: str, target: str, measure: Callable[[str], float]) -> Figure:
    measure(many)
    runs = [1000 * (measure(many) - measure(one)) for _ in range(RUNS)]
    return of_runs(f"{name} with 10,000 interviews, beyond start-up", runs, "ms", target)


def _env(home: str) -> dict[str, str]:
    return {"INTERVIEWER_HOME": home}


def _whole(home: str, *arguments: str) -> float:
    return run_program([SCRIPT, *arguments], _env(home)).seconds


def _script() -> list[list[Event]]:
    """The events of some interviews, each about a gold answer."""
    bank = Bank.open()
    reader = open_offline(bank)
    scripts = []
    for raw in GOLD.read_text("utf-8").splitlines()[:50]:
        line: dict[str, Any] = json.loads(raw)
        thread = thread_from_line(line)
        if thread.question_id is None or thread.question_id not in bank.cards:
            continue
        question = bank.question(thread.question_id)
        rated = rating_line(reader.read(thread, [bank.dimension(name) for name in question.weights]))
        scripts.append(
            [
                Started(
                    plan=(question.id,),
                    mode="exam",
                    format="drill",
                    model="offline",
                    judge="offline",
                    seed=1,
                    version=__version__,
                ),
                QuestionAsked(question_id=question.id, text=question.ask, weights=dict(question.weights)),
                AnswerGiven(text=thread.answers[0], seconds=90.0),
                Rated(thread=0, stage="first", line=rated),
                QuestionClosed(reason="done"),
                Rated(thread=0, stage="final", line=rated),
                Ended(reason="finished"),
            ]
        )
    return scripts


def _name(index: int) -> str:
    return f"2026-01-01-bench-{index:05d}"


def _fill(home: Path, scripts: list[list[Event]], count: int) -> int:
    """Bytes of the store after so many interviews."""
    path = home / "sessions" / "sessions.db"
    database = Database(path)
    begun = datetime(2026, 1, 1, tzinfo=UTC)
    with database.writing() as db:
        for index in range(count):
            head: SessionHead | None = None
            at = begun + timedelta(minutes=20 * index)
            for seq, event in enumerate(scripts[index % len(scripts)], 1):
                head = advance(head, Stored(_name(index), seq, at, event))
                number = insert_event(db, _name(index), seq, at.isoformat(), body_of(event))
            assert head is not None
            write_head(db, head, number)
    database.close()
    return path.stat().st_size
