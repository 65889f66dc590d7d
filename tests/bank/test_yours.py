"""A question of one's own becomes a file that is a question like any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.bank.checking import check_path
from interviewer.bank.library import Bank
from interviewer.bank.schema import Kind
from interviewer.bank.yours import NoQuestion, keep

OWN = {
    "Why do you want to leave your current job?": Kind.MOTIVATION,
    "Tell me about a time you broke production.": Kind.BEHAVIORAL,
    "How would you evaluate an agent for deception?": Kind.TECHNICAL,
    "Should labs publish their weights?": Kind.STANCE,
}


@pytest.fixture(scope="module")
def bank() -> Bank:
    return Bank.open()


@pytest.mark.parametrize(("ask", "kind"), OWN.items())
def test_its_words_tell_its_kind_and_the_file_has_no_fault(ask: str, kind: Kind, bank: Bank, tmp_path: Path) -> None:
    name = keep(ask, None, bank, tmp_path)
    question = Bank.open(tmp_path).question(name)
    assert (question.ask, question.kind) == (ask, kind)
    assert check_path(tmp_path / "mine").problems == ()


def test_the_same_question_is_kept_once_and_another_one_beside_it(bank: Bank, tmp_path: Path) -> None:
    ask = "Why do you want to leave your current job?"
    first = keep(ask, None, bank, tmp_path)
    assert keep(f"  {ask}\n", Kind.MOTIVATION, bank, tmp_path) == first
    assert keep("Why do you want to leave your job now?", None, bank, tmp_path) == f"{first}-2"
    assert keep(ask, Kind.STANCE, bank, tmp_path) == f"{first}-3"


@pytest.mark.parametrize("said", ["", "Why?", "why " * 400])
def test_what_is_no_question_is_refused_before_anything_is_written(said: str, bank: Bank, tmp_path: Path) -> None:
    with pytest.raises(NoQuestion):
        keep(said, None, bank, tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_question_in_other_letters_and_with_quotation_marks_is_kept_as_it_is(bank: Bank, tmp_path: Path) -> None:
    ask = 'Что вы думаете о "безопасности": что важно?'
    name = keep(ask, None, bank, tmp_path)
    assert name == "mine:question"
    assert Bank.open(tmp_path).question(name).ask == ask
