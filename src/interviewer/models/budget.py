"""What an interview has cost so far, and the limit at which it stops. An unknown price stays unknown, never zero."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace

from .model import EndState, ModelError, QuotaExceeded, ReadyModel, Reply, Request, Usage
from .size import billions_of


@dataclass(frozen=True, slots=True)
class Spent:
    """Tokens and money, added up."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    estimated: bool = False
    """Whether some of the token counts are guesses."""
    cost: float = 0.0
    """US dollars, as far as prices are known."""
    unpriced: int = 0
    """Calls whose price is unknown."""

    def plus(self, usage: Usage) -> Spent:
        """With one call more."""
        return replace(
            self,
            calls=self.calls + 1,
            prompt_tokens=self.prompt_tokens + (usage.prompt_tokens or 0),
            completion_tokens=self.completion_tokens + (usage.completion_tokens or 0),
            estimated=self.estimated or usage.estimated,
            cost=self.cost + (usage.cost or 0.0),
            unpriced=self.unpriced + (usage.cost is None),
        )

    def __str__(self) -> str:
        about = "about " if self.estimated else ""
        tokens = f"{about}{self.prompt_tokens + self.completion_tokens:,} tokens"
        if self.unpriced == self.calls and self.calls:
            return f"{tokens}, cost unknown"
        return f"{tokens}, ${self.cost:.4f}" + (" and an unknown part" if self.unpriced else "")


class BudgetSpent(QuotaExceeded):
    """The limit that the user set is reached, or cannot be kept: the interview stops, saved."""


class Budget:
    """One count for all models of an interview, with an optional limit in US dollars."""

    def __init__(self, limit: float | None = None):
        self.limit = limit
        self.spent = Spent()

    def check(self, model: str) -> None:
        """Nothing, while a call may be made.

        The limit is met by the call that crosses it, so what is spent can exceed it by one call.

        Raises:
            BudgetSpent: the limit is reached, or cannot be kept because a price is unknown.
        """
        if self.limit is None:
            return
        if self.spent.cost >= self.limit:
            raise BudgetSpent(
                f"The budget of ${self.limit:.2f} is used up (${self.spent.cost:.2f}).",
                "Go on offline, or resume with a larger --budget.",
            )
        if self.spent.unpriced:
            raise BudgetSpent(
                f"The price of {model} is unknown, so the budget of ${self.limit:.2f} cannot be kept.",
                "Choose another model, go on offline, or resume without --budget.",
            )

    def add(self, usage: Usage) -> None:
        """Counts a call."""
        self.spent = self.spent.plus(usage)


class MeteredModel:
    """A model whose calls count towards a budget and stop at its limit."""

    def __init__(self, model: ReadyModel, budget: Budget):
        self._model = model
        self._budget = budget

    @property
    def name(self) -> str:
        """The model's own."""
        return self._model.name

    @property
    def host(self) -> str:
        """The model's own."""
        return self._model.host

    @property
    def local(self) -> bool:
        """The model's own."""
        return self._model.local

    @property
    def billions(self) -> float | None:
        """Of parameters, as the model's server or its name tells."""
        return billions_of(self._model)

    async def locate(self) -> None:
        """Learns where the words go; raises as the model does."""
        await self._model.locate()

    async def warm_up(self) -> None:
        """Gets the model ready; raises as the model does."""
        await self._model.warm_up()

    async def price(self, usage: Usage) -> float | None:
        """The model's own."""
        return await self._model.price(usage)

    async def complete(self, request: Request) -> Reply:
        """The model's reply, counted."""
        self._budget.check(self.name)
        reply = await self._model.complete(request)
        self._budget.add(reply.usage)
        return reply

    async def stream(self, request: Request) -> AsyncGenerator[str | Reply, None]:
        """The model's stream, counted; also when it is broken off, then by estimate."""
        from .listening import accounted  # with asyncio, which looking back does without

        self._budget.check(self.name)
        async with accounted(self._model, request, self._count) as pieces:
            async for piece in pieces:
                yield piece

    def _count(self, reply: Reply, failure: ModelError | None) -> None:
        """Counts a call that is over; one that failed before its first word took nothing."""
        if reply.state is not EndState.ERROR:
            self._budget.add(reply.usage)

    async def close(self) -> None:
        """Closes the model."""
        await self._model.close()
