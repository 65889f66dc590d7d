"""The marked answers that show a judge how to read are right by the judge's own rules."""

from __future__ import annotations

import pytest

from interviewer.bank.judging import Exemplar
from interviewer.bank.library import Bank
from interviewer.rating.evidence import find_quote
from interviewer.rating.judge.fence import sentences
from interviewer.rating.levels import level_of
from interviewer.session.thread import Thread, Turn

from .conftest import FIXTURES

DIMENSIONS = sorted(path.stem for path in (FIXTURES.parent / "rubrics" / "dimensions").glob("*.yaml"))


def of(bank: Bank, dimension: str) -> tuple[Exemplar, ...]:
    sheet = bank.exemplars(dimension)
    assert sheet
    return sheet.exemplars


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_every_quote_stands_in_one_line_of_its_answer(bank: Bank, dimension: str) -> None:
    for exemplar in of(bank, dimension):
        lines = [Thread(exemplar.question, (Turn("candidate", line),)) for line in sentences(exemplar.answer)]
        for quote in exemplar.met.values():
            assert any(find_quote(line, quote) for line in lines), quote


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_the_parts_reach_the_level_that_is_claimed(bank: Bank, dimension: str) -> None:
    for exemplar in of(bank, dimension):
        assert exemplar.met.keys() <= bank.dimension(dimension).parts.keys()
        assert level_of(bank.dimension(dimension), exemplar.met) == exemplar.level


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_there_is_a_low_one_a_middling_one_and_a_high_one(bank: Bank, dimension: str) -> None:
    levels = sorted(exemplar.level for exemplar in of(bank, dimension))
    assert levels[0] <= 2 < levels[1] < 4 <= levels[2]


def test_exemplars_stand_in_no_order_of_levels_that_a_model_could_learn(bank: Bank) -> None:
    orders = {tuple(exemplar.level for exemplar in of(bank, dimension)) for dimension in DIMENSIONS}
    assert len({levels[-1] for levels in orders}) > 1
    assert len(orders) > 3


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_no_exemplar_answers_a_question_of_the_bank(bank: Bank, dimension: str) -> None:
    asked = {bank.question(name).ask for name in bank.cards}
    assert not asked & {exemplar.question for exemplar in of(bank, dimension)}
