"""Listens to a stream while the candidate may say stop.

Cancelling is asyncio's own: whoever cancels the task that reads a stream closes the connection, and gets no reply. This
module is for those who want the reply as far as it went.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from .model import EndState, Model, Reply, Request, Usage


async def listen(model: Model, request: Request, say: Callable[[str], None], stop: asyncio.Event) -> Reply:
    """The reply, each piece of which went to `say` as it came; as far as it went and `CANCELLED` once `stop` is set.

    Raises:
        ModelError: one of the eight kinds.
    """
    pieces: list[str] = []
    began = time.monotonic()

    def hear(piece: str) -> None:
        pieces.append(piece)
        say(piece)

    reading = asyncio.ensure_future(whole(model, request, hear))
    stopping = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait((reading, stopping), return_when=asyncio.FIRST_COMPLETED)
        if reading.done():
            return reading.result()
    finally:
        for task in (reading, stopping):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await asyncio.wait((task,))
    if not reading.cancelled() and reading.exception() is None:
        return reading.result()
    return Reply(
        text="".join(pieces),
        state=EndState.CANCELLED,
        usage=Usage(estimated=True, cost=0.0 if model.local else None),
        model=model.name,
        host=model.host,
        seconds=time.monotonic() - began,
    )


@asynccontextmanager
async def reading(model: Model, request: Request) -> AsyncIterator[AsyncIterator[str | Reply]]:
    """A stream that is closed, and its connection with it, when one stops reading early."""
    stream = model.stream(request)
    try:
        yield stream
    finally:
        if isinstance(stream, AsyncGenerator):
            await stream.aclose()


async def whole(model: Model, request: Request, hear: Callable[[str], None] = lambda piece: None) -> Reply:
    """The reply at the end of the stream; `hear` gets each piece before it. Raises as the stream does."""
    async with reading(model, request) as stream:
        async for piece in stream:
            if isinstance(piece, Reply):
                return piece
            hear(piece)
    raise AssertionError("a stream ends in a reply")
