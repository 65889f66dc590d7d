"""`interviewer calibrate` as a process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer.places import Paths
from interviewer.rating.remembered import remembered

GOLD = Path(__file__).parents[2] / "fixtures" / "gold" / "dev.jsonl"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def run(home: Path) -> Run:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INTERVIEWER_")}

    def ran(*args: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "interviewer", "calibrate", *args],
            capture_output=True, encoding="utf-8", timeout=120, check=False,
            env={**kept, "INTERVIEWER_HOME": str(home), "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip

    return ran


def test_the_bundled_gold_is_measured_and_the_result_kept(run: Run, home: Path) -> None:
    done = run("--json", "--model", "offline")

    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert found["answers"] == 80
    assert found["agreement_with"] == "our rubric raters"
    assert found["macro_qwk"] >= 0.6
    assert found["retest"]["same"] == 1
    assert set(found["suites"]) == {"injection", "stuffing", "invariance", "direction", "shuffle", "talk"}
    assert found["verdict"]["good_enough"] in ("yes", "roughly", "no")
    assert "fitted" in found["verdict"]["caution"]
    kept = remembered(Paths(home, home, home))["offline"]
    assert (kept.good_enough, kept.macro_qwk) == (found["verdict"]["good_enough"], found["macro_qwk"])


def test_the_table_speaks_of_our_raters_and_never_of_people_and_a_quick_look_is_not_kept(run: Run, home: Path) -> None:
    done = run("--limit", "8")

    assert done.returncode == 0
    assert "agreement with our rubric raters, 8 answers" in done.stdout
    assert "Good enough to practise with:" in done.stdout
    assert "human" not in done.stdout.lower()
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 100
    assert remembered(Paths(home, home, home)) == {}


def test_one_answer_is_too_few_to_say_anything(run: Run) -> None:
    said = run("--limit", "1").stdout

    assert "Too few answers were rated to say whether it is good enough to practise with." in said
    assert "  - " not in said
    assert ", 1 answer (" in said
    assert "Mean QWK of the dimensions  –" in said


def test_gold_of_ones_own_is_named_and_measured_without_the_caution(run: Run, home: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.jsonl"
    own.write_bytes(b"".join(GOLD.read_bytes().splitlines(keepends=True)[:4]))

    found = json.loads(run("--gold", str(own), "--json").stdout)

    assert found["answers"] == 4
    assert found["agreement_with"] == "the ratings of own.jsonl"
    assert found["verdict"]["caution"] is None
    assert remembered(Paths(home, home, home)) == {}


@pytest.mark.parametrize(
    ("ratings", "code", "sentence"),
    [("[]", 1, "Line 1 of the gold cannot be used"), ('{"evidense": 3}', 2, "Did you mean evidence?")],
)
def test_gold_that_cannot_be_used_is_told_in_a_sentence(
    run: Run, tmp_path: Path, ratings: str, code: int, sentence: str
) -> None:
    own = tmp_path / "own.jsonl"
    thread = '[{"role": "candidate", "text": "x"}]'
    own.write_text(f'{{"id": "a", "ratings": {ratings}, "question": "Q?", "thread": {thread}}}', encoding="utf-8")

    done = run("--gold", str(own))

    assert done.returncode == code
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
