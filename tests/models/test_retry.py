from __future__ import annotations

import asyncio

import pytest

from interviewer.models.model import Broken, ModelError, QuotaExceeded
from interviewer.models.notices import Notice
from interviewer.models.retry import Patience, Transient, patiently

PATIENCE = Patience(attempts=3, first_wait=1, longest_wait=20)


def attempt(*results: Exception | str, patience: Patience = PATIENCE) -> tuple[str, list[float], list[Notice]]:
    """What came of it, the waits, and what was told."""
    left = list(results)
    waits: list[float] = []
    told: list[Notice] = []

    async def call() -> str:
        result = left.pop(0)
        if isinstance(result, Exception):
            raise result
        return result

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async def run() -> str:
        try:
            return await patiently(call, patience, told.append, sleep=sleep)
        except ModelError as error:
            return f"{error.kind}, {len(left)} left"

    return asyncio.run(run()), waits, told


def busy(retry_after: float | None = None) -> Transient:
    return Transient(QuotaExceeded("Too many requests.", retry_after=retry_after))


def test_success_at_once_waits_for_nothing() -> None:
    assert attempt("yes") == ("yes", [], [])


def test_a_passing_failure_is_tried_again_after_growing_waits_and_told() -> None:
    came, waits, told = attempt(busy(), busy(), "yes")
    assert came == "yes"
    assert 0.75 <= waits[0] <= 1
    assert 1.5 <= waits[1] <= 2
    assert [notice.seconds for notice in told] == waits
    assert told[0].sentence == "Too many requests. Trying again in 1 s (2 of 3)."


def test_trying_again_ends_after_the_attempts_allowed() -> None:
    came, waits, told = attempt(busy(), busy(), busy(), "never asked")
    assert came == "quota, 1 left"
    assert len(waits) == len(told) == 2
    assert attempt(busy(), "never asked", patience=Patience(attempts=1)) == ("quota, 1 left", [], [])


def test_the_servers_wish_is_followed_unless_it_is_too_long() -> None:
    assert attempt(busy(7.5), "yes")[1] == [7.5]
    assert attempt(busy(0), "yes")[1] == [0]
    assert attempt(busy(3600), "never asked") == ("quota, 1 left", [], [])


def test_what_waiting_does_not_cure_is_raised_at_once() -> None:
    assert attempt(Broken("No."), "never asked") == ("broken, 1 left", [], [])


@pytest.mark.parametrize("attempt_number", [2, 5, 30])
def test_no_wait_is_longer_than_the_longest(attempt_number: int) -> None:
    assert PATIENCE.wait_before(attempt_number) <= 20
