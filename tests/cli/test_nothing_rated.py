"""A judge that could not judge is not taken for one that found nothing: the reason is told, and nothing is stored."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer.session.store import Store
from tests.doubles.ollama import OllamaDouble

from .test_where_answers_go import ANSWER, calibrate, dispute, rate, rescore


def stored(home: Path) -> int:
    """Events of all interviews."""
    with Store.open(home / "sessions" / "sessions.db") as store:
        return sum(len(store.events(each.id)) for each in store.sessions())


@pytest.mark.parametrize("asked", [rate, rescore, dispute, calibrate])
def test_a_judge_that_cannot_be_understood_leaves_a_reason_and_nothing_else(
    asked: Callable[[Path], list[str]], tmp_path: Path
) -> None:
    arguments = asked(tmp_path)
    before = stored(tmp_path)

    with OllamaDouble(speech=lambda body: ["I would say a 4."]) as ollama:
        done = subprocess.run(
            [sys.executable, "-m", "interviewer", *arguments],
            capture_output=True, encoding="utf-8", timeout=60, check=False,
            env={"PATH": os.environ["PATH"], "INTERVIEWER_HOME": str(tmp_path), "OLLAMA_HOST": ollama.url},
        )  # fmt: skip

    assert (done.returncode, done.stdout) == (1, "")
    assert "rated. The judge's reply could not be used" in done.stderr
    assert stored(tmp_path) == before
    assert not list(tmp_path.rglob("calibrations.json"))


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_an_interview_whose_judge_could_say_nothing_says_so_where_nobody_watches(
    form: list[str], tmp_path: Path
) -> None:
    answers = tmp_path / "answers.txt"
    answers.write_text(ANSWER, encoding="utf-8")
    with OllamaDouble(speech=lambda body: ["I would say a 4."]) as ollama:
        done = subprocess.run(
            [sys.executable, "-m", "interviewer", "safety-over-speed", "--model", "offline", "--judge", "ollama/ok",
             "--answers", str(answers), *form],
            capture_output=True, encoding="utf-8", timeout=60, check=False,
            env={"PATH": os.environ["PATH"], "INTERVIEWER_HOME": str(tmp_path), "OLLAMA_HOST": ollama.url},
        )  # fmt: skip

    assert done.returncode == 1
    assert "ollama/ok has not rated all of it. The judge's reply could not be used" in done.stderr
    assert "read it too" not in done.stdout
