"""The formats page says what the code does."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from interviewer.bank.library import Bank
from interviewer.cli.group import commands, run
from interviewer.places import find_paths
from interviewer.rating.batch import NOT_KEPT, read_answer
from interviewer.rating.lines import rating_from_line, rating_line
from interviewer.report.tables import COLUMNS
from interviewer.session.store import Store
from tests.session.conftest import ANSWER, QUESTION, STARTED, hold_interview

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def examples() -> list[dict[str, Any]]:
    return [json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]


def test_the_example_of_a_transcript_line_can_be_rated(examples: list[dict[str, Any]]) -> None:
    answer = read_answer(json.dumps(examples[0]).encode(), Bank.open())

    assert len(answer.thread.turns) == 3
    assert set(examples[0]) <= NOT_KEPT


def test_the_example_of_a_rating_line_is_one(examples: list[dict[str, Any]]) -> None:
    line = rating_line(rating_from_line(examples[1]))

    assert line == {key: examples[1][key] for key in line}


def test_every_key_of_the_calibration_stands_on_the_page(examples: list[dict[str, Any]]) -> None:
    assert {"good_enough", "caution"} <= set(examples[2]["verdict"])
    assert all(
        f"`{key}`" in PAGE
        for key in ("macro_qwk", *examples[2]["overall"], "halo", "quotes", "suites")
        if key not in ("n", "unscored")
    )


def test_every_column_of_the_table_stands_on_the_page() -> None:
    assert all(f"`{column}`" in PAGE for column in COLUMNS)


@pytest.mark.parametrize(
    ("words", "code"), [("history", 0), ("review", 1), ("review not-there", 2), ("start --format opera", 2)]
)
def test_a_program_ends_with_the_code_that_stands_on_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, code: int
) -> None:
    """Ctrl-C and the end of a budget are tried with real processes elsewhere."""
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path))
    with Store.open(find_paths().sessions_file) as store:
        name = hold_interview(store, STARTED, QUESTION, ANSWER)
    with pytest.raises(SystemExit) as ended:
        run(words.split())
    assert ended.value.code == code
    assert f"| {code} | " in PAGE
    shown = json.loads(CliRunner().invoke(commands, ["review", name, "--json"]).output)
    [thread], overall = shown["threads"], shown["overall"]
    assert (shown["ended"], thread["rating"], thread["lines"], overall["level"]) == (None, None, [], None)
    assert overall["strongest"] == overall["weakest"] == []
