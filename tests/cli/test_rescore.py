"""`interviewer rescore`: a stored interview rated again, both ratings kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer.rating.lines import rating_line
from interviewer.rating.rater import Finding, RaterIdentity, Rating, ThreadRating
from interviewer.session.events import AnswerGiven, Event, QuestionAsked, QuestionClosed, Rated, Started
from interviewer.session.store import Store
from interviewer.session.transcript import fold

ANSWER = "We held the release for two days because the refusal rate fell from 91% to 74% on 400 cases."
WEIGHTS = {"evidence": 3.0, "ownership": 2.0}
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "sessions" / "sessions.db"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INTERVIEWER_")}

    def ran(*args: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "interviewer", "rescore", *args],
            capture_output=True, encoding="utf-8", timeout=60, check=False,
            env={**kept, "INTERVIEWER_HOME": str(tmp_path), "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip

    return ran


def judged() -> Rated:
    """What another judge said of the answer."""
    ratings = {
        "evidence": Rating("evidence", 5, None, (Finding("mention", True), Finding("bounded", True))),
        "ownership": Rating("ownership", None, "The judge's reply could not be used."),
    }
    line = rating_line(ThreadRating(RaterIdentity("ollama/\x1b[31mold", 3, "p", "r"), ratings))
    return Rated(thread=0, stage="final", line=line)


def held(path: Path, *events: Event) -> str:
    """A stored interview with these events after its start."""
    started = Started(format="drill", mode="exam", model="offline", judge="offline", seed=1, version="1")
    with Store.open(path) as store:
        log = store.create()
        for event in (started, *events):
            log.append(event)
        log.close()
        return log.id


def answered(path: Path) -> str:
    return held(
        path,
        QuestionAsked(question_id="safety-over-speed", text="Tell me about a time.", weights=WEIGHTS),
        AnswerGiven(text=ANSWER),
        QuestionClosed(reason="done"),
        judged(),
    )


def test_the_new_rating_is_stored_beside_the_old_one(run: Run, store: Path) -> None:
    name = answered(store)

    done = run(name, "--judge", "offline", "--json")

    assert (done.returncode, done.stderr) == (0, "")
    with Store.open(store) as opened:
        [state] = fold(opened.events(name)).threads
    assert [rated.stage for rated in state.ratings] == ["final", "rescore"]
    assert state.ratings[0] == judged()
    assert state.ratings[1].line == json.loads(done.stdout)["threads"][0]["after"]


def test_the_differences_stand_side_by_side(run: Run, store: Path) -> None:
    name = answered(store)

    [thread] = json.loads(run(name, "--judge", "offline", "--json").stdout)["threads"]

    evidence, ownership = thread["differences"]
    assert (evidence["dimension"], evidence["before"]) == ("evidence", 5)
    assert evidence["change"] == evidence["after"] - 5
    assert "bounded" in evidence["lost"]
    assert (ownership["before"], ownership["change"]) == (None, None)
    assert thread["after"]["rater"]["model"] == "offline"


def test_the_latest_interview_is_meant_when_none_is_named(run: Run, store: Path) -> None:
    answered(store)

    done = run("--judge", "offline")

    assert done.returncode == 0
    assert "Evidence: 5 → " in done.stdout
    assert "The scorecard goes on showing what ollama/old found" in " ".join(done.stdout.split())
    assert "\x1b" not in done.stdout


def test_an_interview_without_an_answer_cannot_be_rated(run: Run, store: Path) -> None:
    held(store, QuestionAsked(question_id="safety-over-speed", text="Tell me about a time.", weights=WEIGHTS))

    done = run("--judge", "offline")

    assert (done.returncode, done.stdout) == (1, "")
    assert "holds no answer yet" in done.stderr


def test_an_unknown_interview_and_a_missing_judge_are_told(run: Run, store: Path) -> None:
    answered(store)

    assert run("no-such", "--judge", "offline").returncode == 2
    assert run().returncode == 2


def test_what_was_no_answer_gets_no_level_from_a_second_look_either(run: Run, store: Path) -> None:
    nothing, none_such = "I do not know.", "I have never had a disagreement like that at work."
    name = held(
        store,
        QuestionAsked(question_id="safety-over-speed", text="Tell me about a time.", weights=WEIGHTS),
        AnswerGiven(text=nothing),
        QuestionClosed(reason="done"),
        QuestionAsked(question_id="disagreement", text="Tell me about a disagreement.", weights={"humility": 3.0}),
        AnswerGiven(text=none_such),
        QuestionClosed(reason="done"),
        QuestionAsked(question_id="of-a-pack-that-is-gone", text="Tell me about a time.", weights={"evidence": 3.0}),
        AnswerGiven(text=none_such),
        QuestionClosed(reason="done"),
    )

    threads = json.loads(run(name, "--judge", "offline", "--json").stdout)["threads"]

    rated = [rating for thread in threads[:2] for rating in thread["after"]["ratings"].values()]
    assert [rating["level"] for rating in rated] == [None, None, None]
    assert all(rating["unscored"] for rating in rated)
    assert len(threads) == 3
