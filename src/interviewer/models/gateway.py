"""Models of every provider but Ollama, by way of litellm.

Guarantees: the address and the key are passed with each call, so that neither the environment nor litellm sends a key
elsewhere; no redirect is followed; litellm and the SDKs beneath never retry; a stream without its finish marker counts
as cut (but see `silent_cut` in `providers.toml`); no text of litellm or of a provider reaches an error.
"""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import replace
from typing import Any, TypeVar

from . import gateway_wire as wire
from . import hygiene
from .deadlines import Deadlines, TooSlow, paced
from .errors import Trouble, broke_off, describe, failure, out_of_time, retry_after, unreadable
from .hearing import Hearing
from .model import EndState, Message, ModelError, Reply, Request, Usage
from .notices import Tell, loading, silent
from .retry import USUAL, Patience, Transient, patiently
from .route import Route

Result = TypeVar("Result")


_SHORT = Request([Message("user", ".")], max_tokens=1)

_in_use: weakref.WeakSet[GatewayModel] = weakref.WeakSet()


class GatewayModel:
    """One model behind litellm."""

    def __init__(self, route: Route, *, limits: Deadlines, patience: Patience = USUAL, tell: Tell = silent):
        self._route = route
        self._limits = limits
        self._patience = patience
        self._tell = tell
        self._form = wire.SchemaForm.SCHEMA

    @property
    def name(self) -> str:
        """As the user writes it."""
        return self._route.name

    @property
    def host(self) -> str:
        """Where the words go."""
        return self._route.host

    @property
    def local(self) -> bool:
        """Whether the words stay on this machine."""
        return self._route.local

    @property
    def context(self) -> int | None:
        """Tokens that a prompt may have; None while that is not known."""
        return wire.context(hygiene.litellm(), self._route) if hygiene.is_loaded() else None

    async def locate(self) -> None:
        """Nothing to learn: the address stands in the route."""

    async def warm_up(self) -> None:
        """Waits until litellm is loaded. Sends nothing.

        Raises:
            NotConfigured: litellm is missing, or does not know the provider.
        """
        # Whether the key is taken and the host reached shows with the first answer: nothing is sent before it.
        set_up = f"{self.name} is set up; nothing was sent to it yet."
        with loading(self._tell, f"Getting {self.name} ready …", set_up):
            litellm = await self._litellm()
            wire.insist_on_provider(litellm, self._route)
            if self._route.base:
                await asyncio.to_thread(hygiene.rehearse, self._arguments(litellm, _SHORT, self._form))
                wire.forget_clients(litellm)  # those of the rehearsal belong to its own loop

    async def price(self, usage: Usage) -> float | None:
        """US dollars that a call of this size costs; None when the price is unknown."""
        return wire.price(await self._litellm(), self._route, usage)

    async def complete(self, request: Request) -> Reply:
        """The whole reply, not streamed."""
        litellm = await self._litellm()
        hearing = Hearing(self.name, self.host, request)
        response = await self._settled(lambda: self._once(litellm, request))
        self._take(hearing, wire.read_response(response))
        hearing.held_back()
        return self._finish(litellm, hearing)

    async def stream(self, request: Request) -> AsyncGenerator[str | Reply, None]:
        """Pieces of speech, and last of all the `Reply`."""
        litellm = await self._litellm()
        hearing = Hearing(self.name, self.host, request)
        first, rest = await self._settled(lambda: self._begin(litellm, request))
        try:
            async with aclosing(rest):
                if speech := self._take(hearing, first):
                    yield speech
                async for piece in rest:
                    if speech := self._take(hearing, piece):
                        yield speech
                    if hearing.is_endless:
                        break
        except TooSlow as slow:
            hearing.broken_by = slow
        except Exception as error:  # noqa: BLE001 - litellm raises whatever its many parts raise
            hearing.ended = None
            hearing.broken_by = None if broke_off(error) else self._failed(error, partial=hearing.text)
        if speech := hearing.held_back():
            yield speech
        if self._route.provider.silent_cut and hearing.ended is EndState.COMPLETE and wire.looks_cut(hearing.text):
            hearing.ended = None
        yield self._finish(litellm, hearing)

    async def close(self) -> None:
        """Lets go of connections, which models behind litellm share, once no other model uses them."""
        _in_use.discard(self)
        if hygiene.is_loaded() and not _in_use:
            await wire.close(hygiene.litellm())

    async def _litellm(self) -> Any:
        if self._route.local and self._route.base:
            hygiene.keep_off_proxies(self._route.base.hostname)
        litellm = hygiene.litellm() if hygiene.is_loaded() else await asyncio.to_thread(hygiene.litellm)
        wire.use_this_loop(litellm)
        _in_use.add(self)
        return litellm

    async def _settled(self, call: Callable[[], Awaitable[Result]]) -> Result:
        """What `call` returns, once the server takes the form in which a schema is asked for."""

        async def formed() -> Result:
            while True:
                try:
                    return await call()
                except wire.SchemaRefused as refused:
                    self._form = refused.form.next()

        return await patiently(formed, self._patience, self._tell)

    async def _once(self, litellm: Any, request: Request) -> Any:
        form = self._form
        try:
            with hygiene.straight():
                async with asyncio.timeout(self._limits.total):
                    return await litellm.acompletion(**self._arguments(litellm, request, form))
        except TimeoutError:
            failed: Exception = out_of_time(self.name, self.host, self._limits.total)
        except Exception as error:  # noqa: BLE001 - litellm raises whatever its many parts raise
            failed = self._refused_form(error, request, form) or self._told(error)
        raise failed

    async def _begin(self, litellm: Any, request: Request) -> tuple[wire.Piece, AsyncGenerator[wire.Piece, None]]:
        """The first piece and the rest of them; up to here a call may be tried again."""
        form = self._form
        rest = paced(self._pieces(litellm, self._arguments(litellm, request, form)), self._limits)
        try:
            return await anext(rest, wire.Piece()), rest
        except TooSlow as slow:
            failed: Exception = out_of_time(self.name, self.host, slow.seconds)
        except Exception as error:  # noqa: BLE001 - litellm raises whatever its many parts raise
            failed = self._refused_form(error, request, form) or self._told(error)
        raise failed

    async def _pieces(self, litellm: Any, arguments: dict[str, Any]) -> AsyncGenerator[wire.Piece, None]:
        """The pieces of a stream; one that ends without the provider's own finish marker never says `ended`."""
        with hygiene.straight():
            stream = await litellm.acompletion(**arguments, stream=True, stream_options={"include_usage": True})
        async with aclosing(stream):
            ended: EndState | None = None
            try:
                while (chunk := await _next(stream)) is not None:
                    piece = wire.read_chunk(chunk)
                    ended = piece.ended or ended
                    usage = piece.usage if piece.usage and wire.counts_are_real(stream) else None
                    yield replace(piece, ended=None, usage=usage)
            except Exception as error:
                if not wire.is_missing_finish(error):
                    raise
                return
            if ended and wire.finish_was_sent(stream, silent_cut=self._route.provider.silent_cut):
                yield wire.Piece(ended=ended)

    def _arguments(self, litellm: Any, request: Request, form: wire.SchemaForm) -> dict[str, Any]:
        return wire.arguments(litellm, self._route, request, form, seconds=self._limits.total)

    def _take(self, hearing: Hearing, piece: wire.Piece) -> str:
        hearing.ended = piece.ended or hearing.ended
        hearing.usage = piece.usage or hearing.usage
        return hearing.add(piece.text, piece.reasoning)

    def _finish(self, litellm: Any, hearing: Hearing) -> Reply:
        if hearing.ended is None and hearing.broken_by is None and hearing.heard_nothing:
            hearing.broken_by = unreadable(self.name, self.host)
        reply = hearing.reply(allowed=wire.allowed_tokens(litellm, self._route, hearing.request))
        return replace(reply, usage=replace(reply.usage, cost=wire.price(litellm, self._route, reply.usage)))

    def _refused_form(self, error: Exception, request: Request, form: wire.SchemaForm) -> Exception | None:
        if request.schema is None or form is wire.SchemaForm.WORDS:
            return None
        own_server = self._route.provider.own_server
        return wire.SchemaRefused(form) if wire.schema_refused(*describe(error), own_server=own_server) else None

    def _told(self, error: Exception, partial: str = "") -> ModelError | Transient:
        status, text, family = describe(error)
        return failure(
            Trouble(
                model=self.name,
                host=self.host,
                status=status,
                text=text,
                family=family,
                partial=partial,
                retry_after=retry_after(error),
                local=self.local,
            )
        )

    def _failed(self, error: Exception, partial: str) -> ModelError:
        told = self._told(error, partial)
        return told.error if isinstance(told, Transient) else told


async def _next(stream: Any) -> Any:
    """The stream's next chunk, None after the last. Some providers are asked only when the first is wanted."""
    with hygiene.straight():
        return await anext(stream, None)
