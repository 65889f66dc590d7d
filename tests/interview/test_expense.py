"""What a round will cost, said before a word is sent."""

from __future__ import annotations

import pytest

from interviewer.interview.expense import Estimate


@pytest.mark.parametrize(
    ("cost", "budget", "said"),
    [
        (0.59, None, "--budget sets a limit."),
        (0.59, 0.05, "Your budget of $0.05 will be used up before the end."),
        (0.59, 1.0, "Your budget is $1.00."),
        (None, 1.0, "Within a budget no such model is asked."),
    ],
)
def test_an_estimate_says_what_the_budget_means_for_it(cost: float | None, budget: float | None, said: str) -> None:
    estimate = Estimate(cost, ("a/b",))
    assert estimate.beside(budget) == f"{estimate} {said}"
