from __future__ import annotations

import asyncio

import pytest

from interviewer.models.budget import Budget, MeteredModel, Spent
from interviewer.models.model import ModelError, QuotaExceeded, Reply, Request, Usage
from interviewer.models.scripted import Line, ScriptedModel

from .conftest import ask, hear, outcome, request


class Elsewhere(ScriptedModel):
    """Words leave this machine, at a price that is known."""

    host, local = "api.example.com", False
    out, most_out = 0, 0

    async def price(self, usage: Usage) -> float | None:
        """A cent a token."""
        return 0.01 * ((usage.prompt_tokens or 0) + (usage.completion_tokens or 0))

    async def complete(self, request: Request) -> Reply:
        """Counts how many calls are under way at once."""
        self.out += 1
        self.most_out = max(self.out, self.most_out)
        try:
            return await super().complete(request)
        finally:
            self.out -= 1


def spent(*usages: Usage) -> Spent:
    budget = Budget()
    for usage in usages:
        budget.add("m", usage)
    return budget.spent


def test_tokens_and_cost_add_up() -> None:
    total = spent(Usage(100, 20, cost=0.01), Usage(50, 10, cost=0.02))
    assert (total.calls, total.prompt_tokens, total.completion_tokens) == (2, 150, 30)
    assert str(total) == "180 tokens, $0.0300"


def test_unknown_prices_and_guessed_counts_stay_so() -> None:
    assert str(spent(Usage(100, 20))) == "120 tokens, cost unknown"
    assert str(spent(Usage(100, 20, estimated=True, cost=0.01), Usage(1, 1))) == (
        "about 122 tokens, $0.0100 and an unknown part"
    )
    assert str(spent()) == "0 tokens, $0.0000"


def test_the_limit_stops_the_next_call_and_says_how_to_go_on() -> None:
    budget = Budget(0.5)
    budget.add("m", Usage(cost=0.49))
    budget.check()
    budget.add("m", Usage(cost=0.02))
    with pytest.raises(QuotaExceeded, match=r"\$0\.50 is used up \(\$0\.51\)") as caught:
        budget.check()
    assert "--budget" in caught.value.next_step


def test_a_limit_that_cannot_be_kept_is_said() -> None:
    budget = Budget(0.5)
    budget.add("m", Usage(100, 20))
    budget.add("priced", Usage(100, 20, cost=0.01))
    with pytest.raises(QuotaExceeded, match="price of m is unknown"):
        budget.check()
    unlimited = Budget()
    unlimited.add("m", Usage(100, 20))
    unlimited.check()


def test_every_call_of_a_metered_model_counts() -> None:
    budget = Budget()
    model = MeteredModel(ScriptedModel(["Hello there."]), budget)
    ask(model)
    hear(model)
    assert budget.spent.calls == 2
    assert (model.name, model.host, model.local) == ("scripted/demo", "this process", True)


def test_a_used_up_budget_sends_nothing() -> None:
    scripted = ScriptedModel(["Hello."])
    model = MeteredModel(scripted, Budget(0.0))
    assert outcome(ask(model)) == outcome(hear(model)[1]) == "quota"
    assert scripted.requests == []


def test_a_stream_that_is_broken_off_counts_by_estimate() -> None:
    budget = Budget()
    failing = ScriptedModel([Line(pieces=("some words ", "more"), fail=QuotaExceeded("Enough."))])

    async def stop_early() -> None:
        stream = MeteredModel(ScriptedModel([Line(pieces=("one", "two"))]), budget).stream(request())
        await anext(stream)
        await stream.aclose()

    hear(MeteredModel(failing, budget))
    asyncio.run(stop_early())
    assert budget.spent.calls == 2
    assert budget.spent.estimated
    assert issubclass(QuotaExceeded, ModelError)


def test_a_stream_that_is_broken_off_is_counted_at_the_models_price_and_the_budget_is_still_kept() -> None:
    budget = Budget(1.0)

    async def stop_early() -> None:
        stream = MeteredModel(Elsewhere([Line(pieces=("four", "and more"))]), budget).stream(request())
        await anext(stream)
        await stream.aclose()

    asyncio.run(stop_early())
    tokens = request().characters // 4 + 1
    assert (budget.spent.calls, budget.spent.unpriced, budget.spent.cost) == (1, (), 0.01 * tokens)
    budget.check()


def test_a_call_that_fails_before_its_first_word_costs_nothing() -> None:
    budget = Budget(1.0)
    hear(MeteredModel(Elsewhere([QuotaExceeded("Enough.")]), budget))
    assert budget.spent == Spent()


SLOW = Line(pieces=("x",), wait=0.002, cost=0.5)


@pytest.mark.parametrize(
    ("limit", "paid", "at_once"),
    [(0.5, 1, 1), (1.2, 3, 1), (100.0, 8, 4), (None, 8, 8)],
)
def test_calls_at_once_exceed_the_limit_by_one_at_most(limit: float | None, paid: int, at_once: int) -> None:
    elsewhere, budget = Elsewhere([SLOW]), Budget(limit)
    model = MeteredModel(elsewhere, budget)

    async def all_at_once() -> list[Reply | BaseException]:
        return await asyncio.gather(*(model.complete(request()) for _ in range(8)), return_exceptions=True)

    replies = asyncio.run(all_at_once())
    assert budget.spent.cost == 0.5 * paid == 0.5 * len(elsewhere.requests)
    assert sum(isinstance(reply, QuotaExceeded) for reply in replies) == 8 - paid
    assert elsewhere.most_out == at_once


def test_a_call_that_is_given_up_makes_room_for_those_that_wait() -> None:
    model = MeteredModel(Elsewhere([Line(pieces=("x",), wait=60), SLOW]), Budget(1.0))

    async def give_up_the_first() -> Reply:
        first = asyncio.ensure_future(model.complete(request()))
        await asyncio.sleep(0)
        second = asyncio.ensure_future(model.complete(request()))
        await asyncio.sleep(0.01)
        first.cancel()
        return await second

    assert asyncio.run(give_up_the_first()).text == "x"


def test_a_model_without_a_price_is_not_asked_where_there_is_a_limit() -> None:
    class Unpriced(ScriptedModel):
        async def price(self, usage: Usage) -> float | None:
            return None

    scripted = Unpriced(["Hello."], name="b/dear")
    with pytest.raises(QuotaExceeded, match="price of b/dear is unknown"):
        asyncio.run(MeteredModel(scripted, Budget(1.0)).complete(request()))
    assert scripted.requests == []
    assert asyncio.run(MeteredModel(scripted, Budget()).complete(request())).text == "Hello."
