"""Models on an Ollama server, spoken to directly.

Guarantees: nothing is sent to a host that `host` did not name; a reply counts as complete only with the server's final
frame; a prompt that does not fit is an error and never shortened in silence; cancelling a reply closes the connection,
at which the server stops. The context length is fixed for the life of the object, because another one would make the
server load the model anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from . import ollama_wire as wire
from .deadlines import TooSlow, paced
from .errors import Lost, Trouble, failure, unreadable
from .hearing import Hearing
from .listening import whole
from .model import ModelError, NoSuchModel, Refused, Reply, Request, TooLong, Usage
from .notices import Tell, loading, silent
from .ollama_server import OllamaServer
from .privacy import OLLAMA_CLOUD, is_cloud_name, must_be_local
from .retry import USUAL, Patience, Transient, patiently
from .size import billions_in

CONTEXT = 16_384
"""Tokens: an hour of talk with a rubric beside it."""
_SOMEWHERE = "an unknown host"
"""For a listed model that takes no space on this machine's disk."""
_CANNOT_STOP_THINKING = ("gptoss", "gpt-oss")
_HEADROOM = 2_048
"""Tokens for the reasoning of models that cannot be kept from it."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the server said of the model before the first words were sent."""

    card: wire.ModelCard
    wire_name: str
    remote: str
    """Where the model really runs, if not on the server."""
    context: int
    think: bool | str | None
    headroom: int


class OllamaModel:
    """One model of one server. Belongs to one event loop."""

    def __init__(
        self,
        tag: str,
        server: OllamaServer,
        *,
        context: int = CONTEXT,
        local_only: bool = False,
        patience: Patience = USUAL,
        tell: Tell = silent,
    ):
        self._tag = tag
        self._server = server
        self._asked_context = context
        self._local_only = local_only
        self._patience = patience
        self._tell = tell
        self._facts: _Facts | None = None
        self._learning = asyncio.Lock()

    @property
    def name(self) -> str:
        """As the user writes it."""
        return f"ollama/{self._tag}"

    @property
    def host(self) -> str:
        """Where the words go. Known for certain after `locate`; before it, as far as the name tells."""
        remote = self._facts.remote if self._facts else OLLAMA_CLOUD if is_cloud_name(self._tag) else ""
        address = self._server.address.shown
        return f"{remote} (through {address})" if remote else address

    @property
    def local(self) -> bool:
        """Whether the words stay on this machine. Known for certain after `locate`."""
        remote = self._facts.remote if self._facts else is_cloud_name(self._tag)
        return self._server.on_this_machine and not remote

    @property
    def billions(self) -> float | None:
        """Of parameters, as the server says; None before `locate`, and where it does not say."""
        return billions_in(self._facts.card.parameters) if self._facts else None

    @property
    def context(self) -> int:
        """Tokens that a prompt and its reply may have together."""
        return self._facts.context if self._facts else self._asked_context

    async def locate(self) -> None:
        """Asks the server where the model runs, a few quick questions.

        Raises:
            ModelError: one of the eight kinds.
        """
        await self._learn_facts()

    async def warm_up(self) -> None:
        """Learns where the model runs and loads it, so that the first question does not wait.

        Raises:
            ModelError: one of the eight kinds.
        """
        facts = await self._learn_facts()
        if facts.remote:
            return
        with loading(self._tell, f"Loading {self.name} …", f"{self.name} is ready."):
            await self._server.load(wire.load_body(facts.wire_name, context=facts.context), model=self.name)
            allocated = await self._server.allocated(facts.card.tag)
            if allocated is not None and allocated < facts.context:
                self._facts = replace(facts, context=allocated)

    async def price(self, usage: Usage) -> float | None:
        """0 on this machine; None for Ollama's cloud, which does not say."""
        return 0.0 if self.local else None

    async def complete(self, request: Request) -> Reply:
        """The whole reply. It is streamed beneath, so that the budgets of time hold and cancelling frees the server."""
        return await whole(self, request)

    async def stream(self, request: Request) -> AsyncGenerator[str | Reply, None]:
        """Pieces of speech, and last of all the `Reply`."""
        facts = await self._facts_as_shown()
        hearing = Hearing(self.name, self.host, request)
        body = wire.chat_body(
            facts.wire_name, request, context=facts.context, think=facts.think, headroom=facts.headroom
        )
        try:
            first, rest = await patiently(lambda: self._begin(body), self._patience, self._tell)
            async with aclosing(rest):
                if speech := self._hear(hearing, first):
                    yield speech
                async for frames in rest:
                    if speech := self._hear(hearing, frames):
                        yield speech
                    if hearing.is_endless:
                        break
        except (Lost, TooSlow) as broken:
            hearing.broken_by = broken
        except wire.BadFrame:
            hearing.broken_by = unreadable(self.name, self.host, hearing.text)
        if speech := hearing.held_back():
            yield speech
        yield await self._finish(hearing, facts)

    async def close(self) -> None:
        """Lets go of connections."""
        await self._server.close()

    async def _begin(self, body: dict[str, object]) -> tuple[list[wire.Frame], AsyncGenerator[list[wire.Frame], None]]:
        """The first frames and the rest of them; up to here a call may be tried again."""
        rest = paced(self._server.chat(body, model=self.name), self._server.limits)
        return await anext(rest, []), rest

    def _hear(self, hearing: Hearing, frames: Sequence[wire.Frame]) -> str:
        """The speech in these frames."""
        text, thinking = "", ""
        for frame in frames:
            if frame.remote_host and self.local:
                raise Refused(
                    f"{self.name} turned out to run at {_host_of(frame.remote_host)}; its answer was dropped.",
                    "Choose a model that is on this machine.",
                )
            if frame.error is not None:
                hearing.add(text, thinking)
                raise self._stated(frame.error, hearing.text)
            text += frame.text
            thinking += frame.thinking
            if frame.done is not None:
                hearing.ended, hearing.usage = wire.end_state(frame.done), frame.usage or Usage()
        return hearing.add(text, thinking)

    def _stated(self, text: str, partial: str) -> ModelError:
        """For an error that the server reports after it had begun to answer."""
        told = failure(Trouble(self.name, self.host, status=500, text=text, partial=partial, local=True))
        return told.error if isinstance(told, Transient) else told

    async def _finish(self, hearing: Hearing, facts: _Facts) -> Reply:
        reply = hearing.reply(allowed=hearing.request.max_tokens + facts.headroom)
        if wire.was_shortened(hearing.request, hearing.usage, context=facts.context):
            raise TooLong(
                f"{self.host} dropped a part of the interview that did not fit the context of {self.name}.",
                "Choose a model with a longer context, or go on offline.",
                partial=reply.text,
            )
        return replace(reply, usage=replace(reply.usage, cost=await self.price(reply.usage)))

    async def _facts_as_shown(self) -> _Facts:
        """As `_learn_facts`; refuses a model that was shown as one of this machine and turns out to run elsewhere."""
        shown_as_local = self._facts is None and self.local
        facts = await self._learn_facts()
        if shown_as_local and facts.remote:
            raise Refused(
                f"{self.name} runs at {facts.remote}, not on this machine; nothing was sent.",
                "Choose it again if that is meant, or choose a model on this machine.",
            )
        return facts

    async def _learn_facts(self) -> _Facts:
        async with self._learning:
            if self._facts is None:
                self._facts = await self._ask_server()
        if self._local_only:
            must_be_local(self.name, self.host, local=self.local)
        return self._facts

    async def _ask_server(self) -> _Facts:
        if self._local_only:
            must_be_local(self.name, self.host, local=self.local)
        version = await self._server.version()
        listed = {card.tag: card for card in await self._server.models()}
        entry = listed.get(self._tag) or listed.get(f"{self._tag}:latest")
        if entry is None and not is_cloud_name(self._tag):
            raise self._missing(listed)
        shown = await self._server.show(entry.tag if entry else self._tag)
        if not shown.chats:
            raise NoSuchModel(
                f"{self.name} cannot hold a conversation.", "Choose a chat model, not one for embeddings."
            )
        remote = self._remote(entry, shown)
        pinned = self._server.on_this_machine and not remote
        reasons_anyway = shown.family in _CANNOT_STOP_THINKING
        return _Facts(
            card=entry or shown,
            wire_name=wire.pinned_name(shown.tag, version) if pinned else shown.tag,
            remote=remote,
            context=min(self._asked_context, shown.context or self._asked_context),
            think="low" if reasons_anyway else False if shown.thinks else None,
            headroom=_HEADROOM if reasons_anyway else 0,
        )

    def _remote(self, entry: wire.ModelCard | None, shown: wire.ModelCard) -> str:
        stated = shown.remote_host or (entry.remote_host if entry else "")
        if stated:
            return _host_of(stated)
        if is_cloud_name(self._tag) or entry is None:
            return OLLAMA_CLOUD
        return "" if entry.size else _SOMEWHERE

    def _missing(self, listed: dict[str, wire.ModelCard]) -> ModelError:
        names = ", ".join(sorted(listed)[:8]) or "none"
        return NoSuchModel(
            f"Ollama at {self._server.address.shown} does not have the model {self._tag}.",
            f"Run `ollama pull {self._tag}`, or choose one that is there: {names}.",
        )


def _host_of(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].removesuffix(":443") or url
