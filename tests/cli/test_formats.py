"""The formats page says what the code does."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from interviewer.bank.library import Bank
from interviewer.rating.batch import NOT_KEPT, read_answer
from interviewer.rating.lines import rating_from_line, rating_line
from interviewer.report.tables import COLUMNS

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
