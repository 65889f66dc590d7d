"""Among the parts stands one that no answer shows; a judge that marks it has not read the answer."""

from __future__ import annotations

import json

import pytest

from interviewer.bank.judging import Manner
from interviewer.bank.library import Bank
from interviewer.models.model import Request
from interviewer.models.scripted import ScriptedModel
from interviewer.rating.judge.decoys import MARKED, Decoys

from .conftest import FIXTURES, Rate

QUOTE = "I replayed 30 incidents from last winter through the alert"


def asked(request: Request) -> list[str]:
    assert request.schema
    names: list[str] = request.schema["properties"]["parts"]["items"]["properties"]["part"]["enum"]
    return names


def marking(bank: Bank, *, decoys: bool) -> ScriptedModel:
    """A model that marks what the rubric holds, and the decoys or not."""
    real = {part for name in ("evidence", "humility") for part in bank.dimension(name).parts}

    def reply(request: Request) -> str:
        small = '"yes" or "no"' in request.messages[1].content
        parts = [
            {"part": name, "quote": QUOTE, "met": ("yes" if met else "no") if small else met}
            for name in asked(request)
            for met in [decoys or name.rpartition(".")[2] in real]
        ]
        return json.dumps({"notes": "", "parts": parts, "no_occasion": []})

    return ScriptedModel([reply])


@pytest.mark.parametrize("manner", ["full", "cheap", "small"])
def test_a_judge_that_marks_the_decoy_rates_nothing(rate: Rate, bank: Bank, manner: Manner) -> None:
    rated = rate(marking(bank, decoys=True), names=("evidence", "humility"), manner=manner)
    assert {(rating.level, rating.unscored) for rating in rated.ratings.values()} == {(None, MARKED)}


@pytest.mark.parametrize("manner", ["full", "cheap", "small"])
def test_a_judge_that_passes_it_over_is_heard(rate: Rate, bank: Bank, manner: Manner) -> None:
    rated = rate(marking(bank, decoys=False), names=("evidence", "humility"), manner=manner)
    assert all(rating.level for rating in rated.ratings.values())
    assert {finding.part for finding in rated.ratings["evidence"].findings} == set(bank.dimension("evidence").parts)


def test_each_dimension_of_a_call_has_one_decoy_that_looks_like_a_part(rate: Rate, bank: Bank) -> None:
    model = marking(bank, decoys=False)
    rate(model, names=("evidence", "humility"), manner="cheap")
    request = model.requests[0]
    real = {f"{name}.{part}" for name in ("evidence", "humility") for part in bank.dimension(name).parts}
    decoys = set(asked(request)) - real
    assert sorted(name.partition(".")[0] for name in decoys) == ["evidence", "humility"]
    says = {decoy.id: decoy.says for decoy in bank.judge_settings().decoys}
    assert all(f"- {name}: {says[name.partition('.')[2]]}" in request.messages[0].content for name in decoys)


def test_a_judge_keeps_its_decoys_and_another_one_draws_anew(bank: Bank) -> None:
    known, evidence = bank.judge_settings().decoys, bank.dimension("evidence")
    decoys = Decoys(known)
    assert len({decoys.among(evidence) for _ in range(10)}) == 1
    assert len({Decoys(known).among(evidence) for _ in range(50)}) > 1


def test_no_decoy_bears_the_name_of_a_part(bank: Bank) -> None:
    dimensions = [bank.dimension(path.stem) for path in (FIXTURES.parent / "rubrics" / "dimensions").glob("*.yaml")]
    parts = {part for dimension in dimensions for part in dimension.parts}
    assert not parts & {decoy.id for decoy in bank.judge_settings().decoys}
