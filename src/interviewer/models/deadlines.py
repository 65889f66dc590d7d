"""How long a reply may take: until its first piece, between two pieces, and altogether."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import TypeVar

Piece = TypeVar("Piece")


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Budgets of one call, in seconds."""

    connect: float
    first: float
    """Until the first byte. Minutes for a local model, which may have to be loaded first."""
    gap: float
    """Between two pieces."""
    total: float


LOCAL = Deadlines(connect=3, first=300, gap=60, total=900)
REMOTE = Deadlines(connect=10, first=60, gap=30, total=240)


class TooSlow(Exception):
    """A budget ran out."""

    def __init__(self, budget: str, seconds: float):
        super().__init__(budget)
        self.budget = budget
        """Which: "first", "gap" or "total"."""
        self.seconds = seconds


async def paced(source: AsyncGenerator[Piece, None], limits: Deadlines) -> AsyncGenerator[Piece, None]:
    """The pieces of `source`, each within its budget; `source` is closed at the end, however it comes.

    Raises:
        TooSlow: a piece did not come in time.
    """
    loop = asyncio.get_running_loop()
    end = loop.time() + limits.total
    budget, name = limits.first, "first"
    async with aclosing(source):
        while True:
            until = loop.time() + budget
            late = TooSlow(name, budget) if until <= end else TooSlow("total", limits.total)
            try:
                async with asyncio.timeout_at(min(until, end)):
                    piece = await anext(source)
            except StopAsyncIteration:
                return
            except TimeoutError:
                raise late from None
            yield piece
            budget, name = limits.gap, "gap"
