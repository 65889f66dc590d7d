"""A plan asks what was named, each question once."""

from __future__ import annotations

from interviewer.bank.library import Bank
from interviewer.interview.planning import Wishes, plan


def test_a_question_that_is_named_twice_is_planned_once(bank: Bank) -> None:
    named = ("disagreement", "safety-over-speed", "disagreement")
    assert plan(bank, Wishes("round", named)) == ("disagreement", "safety-over-speed")
