"""Listens to a stream while the candidate may say stop.

Cancelling is asyncio's own: whoever cancels the task that reads a stream closes the connection, and gets no reply. This
module is for those who want the reply as far as it went.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import replace

from .model import CHARACTERS_PER_TOKEN, EndState, Model, ModelError, Reply, Request, Usage

Account = Callable[[Reply, ModelError | None], object]
"""Told of a call once it is over, and of what it failed with."""


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


@asynccontextmanager
async def accounted(model: Model, request: Request, account: Account) -> AsyncIterator[AsyncIterator[str | Reply]]:
    """Such a stream, whose call is told of however it ends: whole, stopped by its reader, cancelled, or failed.

    A call without a reply is told as one as far as it went, with usage by estimate; one that failed before its first
    word has the state `ERROR` and used nothing.
    """
    began = time.monotonic()
    pieces: list[str] = []
    replies: list[Reply] = []

    async def heard(stream: AsyncIterator[str | Reply]) -> AsyncGenerator[str | Reply, None]:
        async for piece in stream:
            if isinstance(piece, Reply):
                replies.append(piece)
                account(piece, None)
            else:
                pieces.append(piece)
            yield piece

    state, failure = EndState.CUT, None
    try:
        async with reading(model, request) as stream, aclosing(heard(stream)) as kept:
            yield kept
    except ModelError as error:
        state, failure = EndState.CUT if pieces else EndState.ERROR, error
        raise
    except (asyncio.CancelledError, GeneratorExit):
        state = EndState.CANCELLED
        raise
    finally:
        if not replies:
            text = "".join(pieces)
            usage = Usage() if state is EndState.ERROR else await _guess(model, request, text)
            seconds = time.monotonic() - began
            account(Reply(text, state, usage=usage, model=model.name, host=model.host, seconds=seconds), failure)


async def _guess(model: Model, request: Request, heard: str) -> Usage:
    """What a call used that nobody counted, at the model's own price."""
    tokens = len(heard) // CHARACTERS_PER_TOKEN
    usage = Usage(request.characters // CHARACTERS_PER_TOKEN, tokens, estimated=True)
    if model.local:
        return replace(usage, cost=0.0)
    price = getattr(model, "price", None)
    return replace(usage, cost=await price(usage) if price else None)


async def whole(model: Model, request: Request, hear: Callable[[str], None] = lambda piece: None) -> Reply:
    """The reply at the end of the stream; `hear` gets each piece before it. Raises as the stream does."""
    async with reading(model, request) as stream:
        async for piece in stream:
            if isinstance(piece, Reply):
                return piece
            hear(piece)
    raise AssertionError("a stream ends in a reply")
