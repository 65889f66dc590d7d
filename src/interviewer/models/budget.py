"""What an interview has cost so far, and the limit at which it stops. An unknown price stays unknown, never zero."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .model import CHARACTERS_PER_TOKEN, EndState, ModelError, QuotaExceeded, ReadyModel, Reply, Request, Usage
from .size import billions_of

if TYPE_CHECKING:
    import asyncio


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
    unpriced: tuple[str, ...] = ()
    """The models of the calls whose price is unknown, a name a call."""

    def plus(self, model: str, usage: Usage) -> Spent:
        """With one call of that model more."""
        return replace(
            self,
            calls=self.calls + 1,
            prompt_tokens=self.prompt_tokens + (usage.prompt_tokens or 0),
            completion_tokens=self.completion_tokens + (usage.completion_tokens or 0),
            estimated=self.estimated or usage.estimated,
            cost=self.cost + (usage.cost or 0.0),
            unpriced=self.unpriced + ((model,) if usage.cost is None else ()),
        )

    def __str__(self) -> str:
        about = "about " if self.estimated else ""
        tokens = f"{about}{self.prompt_tokens + self.completion_tokens:,} tokens"
        if self.unpriced and len(self.unpriced) == self.calls:
            return f"{tokens}, cost unknown"
        return f"{tokens}, ${self.cost:.4f}" + (" and an unknown part" if self.unpriced else "")


class BudgetSpent(QuotaExceeded):
    """The limit that the user set is reached, or cannot be kept: the interview stops, saved."""


class Budget:
    """One count for all models of an interview, with an optional limit in US dollars.

    Calls go out side by side only as long as all of them together would keep to the limit, each taken for the dearest
    that it can be. A call for which there may be too little left waits for those that are out and then goes alone, so
    that one call at most crosses the line.
    """

    def __init__(self, limit: float | None = None):
        self.limit = limit
        self.spent = Spent()
        self._out: list[float] = []
        """What the calls that are out may cost, US dollars."""
        self._back: asyncio.Event | None = None
        """Set when one of them comes back; there while somebody waits for that."""

    def check(self) -> None:
        """Nothing, while a call may be made.

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
            raise self._not_kept(" and ".join(dict.fromkeys(self.spent.unpriced)), "Go")

    @asynccontextmanager
    async def room(self, model: str, price: float | None) -> AsyncIterator[None]:
        """Room for a call while it is out; waits for it.

        Args:
            price: the most that the call may cost, US dollars; None when that is unknown.

        Raises:
            BudgetSpent: as `check`, or because this price is unknown.
        """
        self.check()
        if price is None and self.limit is not None:
            raise self._not_kept(model, "Choose another model, go")
        held = price or 0.0
        while held and self._out and self._exceeded_by(held):
            await self._one_back()
            self.check()
        self._out.append(held)
        try:
            yield
        finally:
            self._out.remove(held)
            if self._back:
                self._back.set()
                self._back = None

    def _exceeded_by(self, price: float) -> bool:
        return self.limit is not None and self.spent.cost + sum(self._out) + price > self.limit

    async def _one_back(self) -> None:
        import asyncio  # looking back does without

        self._back = self._back or asyncio.Event()
        await self._back.wait()

    def _not_kept(self, models: str, go: str) -> BudgetSpent:
        return BudgetSpent(
            f"The price of {models} is unknown, so the budget of ${self.limit:.2f} cannot be kept.",
            f"{go} on offline, or resume without --budget.",
        )

    def add(self, model: str, usage: Usage) -> None:
        """Counts a call."""
        self.spent = self.spent.plus(model, usage)


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
        async with self._budget.room(self.name, await self._dearest(request)):
            reply = await self._model.complete(request)
            self._budget.add(self.name, reply.usage)
            return reply

    async def stream(self, request: Request) -> AsyncGenerator[str | Reply, None]:
        """The model's stream, counted; also when it is broken off, then by estimate."""
        from .listening import accounted  # with asyncio, which looking back does without

        async with (
            self._budget.room(self.name, await self._dearest(request)),
            accounted(self._model, request, self._count) as pieces,
        ):
            async for piece in pieces:
                yield piece

    async def _dearest(self, request: Request) -> float | None:
        """The most that the call may cost, as far as its prompt can be counted: all that it may say, and think."""
        if self._budget.limit is None:
            return 0.0
        from .providers import providers  # an offline interview does without

        thought = max(provider.headroom for provider in providers().values())
        said = request.max_tokens + thought
        return await self._model.price(Usage(request.characters // CHARACTERS_PER_TOKEN, said, estimated=True))

    def _count(self, reply: Reply, failure: ModelError | None) -> None:
        """Counts a call that is over; one that failed before its first word took nothing."""
        if reply.state is not EndState.ERROR:
            self._budget.add(self.name, reply.usage)

    async def close(self) -> None:
        """Closes the model."""
        await self._model.close()
