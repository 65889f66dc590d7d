"""A plan asks what was named, each question once, and every dimension of it counts."""

from __future__ import annotations

import pytest

from interviewer.bank.library import Bank
from interviewer.interview.planning import Wishes, plan, weights
from interviewer.session.events import QuestionAsked


def test_a_question_that_is_named_twice_is_planned_once(bank: Bank) -> None:
    named = ("disagreement", "safety-over-speed", "disagreement")
    assert plan(bank, Wishes("round", named)) == ("disagreement", "safety-over-speed")


def test_the_smallest_factor_of_a_pack_still_makes_a_weight(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    [first, *_] = bank.question("disagreement").weights
    tiny = bank.profile("anthropic").model_copy(update={"weights": {first: 0.00001}})
    monkeypatch.setattr(bank, "profile", lambda company: tiny)
    found = weights(bank, "disagreement", "anthropic", None)
    assert QuestionAsked(question_id="disagreement", text="How did it end?", weights=found).weights[first] > 0
