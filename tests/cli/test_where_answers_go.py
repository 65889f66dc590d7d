"""No story leaves before its destination is named: whatever sends answers to a model says where, on stderr alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from interviewer.cli.desk import Desk
from interviewer.rating.lines import rating_line
from interviewer.rating.rater import RaterIdentity, Rating, ThreadRating
from interviewer.session.events import AnswerGiven, QuestionAsked, QuestionClosed, Rated, Started
from interviewer.session.store import Store
from tests.doubles.ollama import OllamaDouble
from tests.end_to_end.conftest import obliging_model

ANSWER = (
    "I stopped the release for two days because a scan of the training data found 212 names of patients. "
    "We cleaned the set, shipped late, and the scan runs in every build now."
)
MODEL = "ollama/ok"


ELSEWHERE = "anthropic/claude-sonnet-4-5"


def held(home: Path, *, local_only: bool = False) -> str:
    """A stored interview that the model has rated."""
    line = rating_line(ThreadRating(RaterIdentity(MODEL, 1, "p", "r"), {"evidence": Rating("evidence", 3)}))
    started = Started(
        format="drill", mode="exam", model="offline", judge="offline", seed=1, version="1", local_only=local_only
    )
    events = (
        started,
        QuestionAsked(question_id="safety-over-speed", text="Tell me about a time.", weights={"evidence": 3.0}),
        AnswerGiven(text=ANSWER),
        QuestionClosed(reason="done"),
        Rated(thread=0, stage="final", line=line),
    )
    with Store.open(home / "sessions" / "sessions.db") as store:
        log = store.create()
        for event in events:
            log.append(event)
        log.close()
        return log.id


def rate(home: Path) -> list[str]:
    """Rates a file; the model is the one that was used last."""
    (home / "state.json").write_text(json.dumps({"model": MODEL}), encoding="utf-8")
    answers = home / "answers.jsonl"
    thread = [{"role": "candidate", "text": ANSWER}]
    line = {"id": 1, "question_id": "safety-over-speed", "question": "Tell me.", "thread": thread}
    answers.write_text(json.dumps(line) + "\n", encoding="utf-8")
    return ["rate", str(answers)]


def rescore(home: Path) -> list[str]:
    return ["rescore", held(home), "--judge", MODEL, "--json"]


def dispute(home: Path) -> list[str]:
    """Disputes a level; who rates again is who rated before."""
    return ["dispute", held(home), "evidence", "--note", "I gave a number.", "--json"]


def calibrate(home: Path) -> list[str]:
    own = home / "gold.jsonl"
    gold = Path(__file__).parents[2] / "fixtures" / "gold" / "dev.jsonl"
    own.write_bytes(gold.read_bytes().splitlines(keepends=True)[0])
    return ["calibrate", "--gold", str(own), "--model", MODEL, "--json"]


def start(home: Path) -> list[str]:
    answers = home / "answers.txt"
    answers.write_text(ANSWER, encoding="utf-8")
    return ["safety-over-speed", "--model", MODEL, "--answers", str(answers), "--json"]


@pytest.mark.parametrize("asked", [start, rate, rescore, dispute, calibrate])
def test_the_host_is_named_before_a_word_is_sent_to_it(asked: Callable[[Path], list[str]], tmp_path: Path) -> None:
    told = tmp_path / "stderr"
    known: list[str] = []

    def reply(body: Any) -> list[str]:
        known.append(told.read_text(encoding="utf-8"))
        return obliging_model(body)

    with OllamaDouble(speech=reply) as ollama, told.open("wb") as stderr:
        done = subprocess.run(
            [sys.executable, "-m", "interviewer", *asked(tmp_path)],
            stdout=subprocess.PIPE, stderr=stderr, timeout=60, check=False,
            env={"PATH": os.environ["PATH"], "INTERVIEWER_HOME": str(tmp_path), "OLLAMA_HOST": ollama.url},
        )  # fmt: skip

    assert known
    address = ollama.url.removeprefix("http://")
    assert known[0].endswith(f" are sent to {address} on this machine.\n")
    assert json.loads(done.stdout)


def interviewer(home: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "interviewer", *args],
        capture_output=True, encoding="utf-8", timeout=60, check=False,
        env={"PATH": os.environ["PATH"], "INTERVIEWER_HOME": str(home), "ANTHROPIC_API_KEY": "sk-canary-0123456789"},
    )  # fmt: skip


@pytest.mark.parametrize(
    "asked",
    [
        ["resume", "NAME", "--model", ELSEWHERE, "--answers", "NAME"],
        ["rescore", "NAME", "--judge", ELSEWHERE],
        ["dispute", "NAME", "evidence", "--note", "I gave a number.", "--judge", ELSEWHERE],
    ],
)
def test_an_interview_begun_with_local_only_stays_so_unless_that_is_lifted(asked: list[str], tmp_path: Path) -> None:
    name = held(tmp_path, local_only=True)
    answers = tmp_path / "answers.txt"
    answers.write_text(ANSWER, encoding="utf-8")
    line = [{"NAME": name if at < 2 else str(answers)}.get(word, word) for at, word in enumerate(asked)]

    done = interviewer(tmp_path, *line)

    assert done.returncode == 1
    assert "This interview was begun with --local-only and stays so; --no-local-only lifts that." in done.stderr
    assert "only this machine is allowed" in done.stderr


def test_that_an_interview_is_local_only_is_kept_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path))
    answers = tmp_path / "answers.txt"
    answers.write_text(ANSWER, encoding="utf-8")
    done = interviewer(tmp_path, "safety-over-speed", "--local-only", "--answers", str(answers), "--json")
    setup = json.loads(done.stdout)["setup"]
    assert setup["local_only"] is True
    desk = Desk.open()
    assert desk.bound_by(Started(**setup), local_only=False) is desk
