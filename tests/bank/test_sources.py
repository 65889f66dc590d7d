"""`docs/sources.md` says where each thing of the sources went: every such place exists."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from interviewer.bank.catalogue import CONCEPTS, DIMENSIONS, PROFILES, QUESTIONS
from interviewer.bank.library import Bank
from interviewer.bank.schema import Question

from .conftest import ROOT

LINES = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8").splitlines()
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in LINES if re.match(r"\| \d{3}-\d{3} ", line)]
HOMES = {"question": QUESTIONS, "card": CONCEPTS, "profile": PROFILES, "dimension": DIMENSIONS}
OUTSIDE = re.compile(r"left out \(.+\)|offline cues")

INSIDE: dict[str, Callable[[Question, str], bool]] = {
    "flag": lambda question, name: name in {flag.id for flag in question.red_flags},
    "probe": lambda question, name: name in {f"{probe.dimension}.{probe.part}" for probe in question.probes},
}


def test_the_page_counts_its_rows_right() -> None:
    assert len({row[0] for row in ROWS}) == len(ROWS)
    assert f"{len(ROWS)} in all" in "\n".join(LINES)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_row_points_to_something_that_exists(bank: Bank, row: list[str]) -> None:
    assert row[3]
    for place in row[3].split("; "):
        _check_place(bank, place)


def _check_place(bank: Bank, place: str) -> None:
    if found := re.match(r"(question|card|profile|dimension) `([^`]+)`:?", place):
        what, name = found.groups()
        assert bank.catalogue.find(HOMES[what], name), place
        if what == "question":
            question = bank.question(name)
            for kind, inner in re.findall(r"(flag|probe) `([^`]+)`", place):
                assert INSIDE[kind](question, inner), place
    elif found := re.match(r"preparation: (checklist|story|value) `([^`]+)`", place):
        assert found[2] in _prepared(bank)[found[1]], place
    else:
        assert OUTSIDE.fullmatch(place), place


def _prepared(bank: Bank) -> dict[str, set[str]]:
    preparation = bank.preparation()
    return {
        "checklist": {entry.id for entry in preparation.checklist},
        "story": {story.id for story in preparation.stories},
        "value": {row.value.casefold() for row in preparation.values} | {row.value for row in preparation.values},
    }
