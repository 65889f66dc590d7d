from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest

from interviewer.models.deadlines import Deadlines, TooSlow, paced

LONG = Deadlines(connect=1, first=30, gap=30, total=60)


class Source:
    """Gives pieces at once, then waits for ever if it is to stall."""

    def __init__(self, *pieces: int, stalls: bool = True):
        self._pieces = pieces
        self._stalls = stalls
        self.closed = False

    async def stream(self) -> AsyncGenerator[int, None]:
        try:
            for piece in self._pieces:
                yield piece
            if self._stalls:
                await asyncio.Event().wait()
        finally:
            self.closed = True


def read(source: Source, limits: Deadlines, *, dawdle: float = 0.0) -> tuple[list[int], str]:
    """The pieces that came, and the budget that ran out."""

    async def run() -> tuple[list[int], str]:
        heard: list[int] = []
        try:
            async for piece in paced(source.stream(), limits):
                heard.append(piece)
                await asyncio.sleep(dawdle)
        except TooSlow as slow:
            assert asyncio.current_task().cancelling() == 0  # type: ignore[union-attr]
            return heard, slow.budget
        return heard, ""

    result = asyncio.run(run())
    assert source.closed
    return result


def test_pieces_in_time_come_through() -> None:
    assert read(Source(1, 2, 3, stalls=False), LONG) == ([1, 2, 3], "")


@pytest.mark.parametrize(
    ("pieces", "limits", "budget"),
    [
        ((), replace(LONG, first=0.02), "first"),
        ((1, 2), replace(LONG, gap=0.02), "gap"),
        ((1, 2), replace(LONG, total=0.02), "total"),
        ((), replace(LONG, total=0.02), "total"),
    ],
)
def test_the_budget_that_ran_out_is_named(pieces: tuple[int, ...], limits: Deadlines, budget: str) -> None:
    assert read(Source(*pieces), limits) == (list(pieces), budget)


def test_the_readers_own_time_is_not_the_sources() -> None:
    quick = replace(LONG, first=0.02, gap=0.02)
    assert read(Source(1, 2, 3, stalls=False), quick, dawdle=0.05) == ([1, 2, 3], "")
    assert read(Source(1, 2), quick, dawdle=0.05) == ([1, 2], "gap")


def test_cancelling_from_outside_is_not_taken_for_a_budget() -> None:
    source = Source(1)

    async def run() -> None:
        async def consume() -> None:
            async for _ in paced(source.stream(), LONG):
                begun.set()

        begun = asyncio.Event()
        task = asyncio.ensure_future(consume())
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(run())
    assert source.closed


def test_a_timeout_around_it_works_as_ever() -> None:
    source = Source(1)

    async def run() -> None:
        async with asyncio.timeout(0.02):
            async for _ in paced(source.stream(), LONG):
                pass

    with pytest.raises(TimeoutError):
        asyncio.run(run())
    assert source.closed
