"""One Ollama server over HTTP: what it has, loading a model, and the raw frames of a chat.

Guarantees: no proxy is ever used, no redirect is followed, and a key is sent only if the caller passes one for this
very host. Every failure is a `ModelError`, a `Transient`, or a connection that was `Lost` while an answer came.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from functools import cached_property
from typing import Any

import httpx

from . import ollama_wire as wire
from .deadlines import LOCAL, Deadlines
from .errors import Trouble, failure, out_of_time, seconds_asked, unreadable
from .model import Unreachable
from .ollama_host import Address
from .privacy import is_loopback
from .retry import Transient

_LONGEST_ERROR = 65_536


class Lost(Exception):
    """The connection broke off while an answer came."""


class OllamaServer:
    """A connection pool to one server. Belongs to one event loop."""

    def __init__(self, address: Address, *, key: str | None = None, limits: Deadlines = LOCAL):
        self.address = address
        self.limits = limits
        self.on_this_machine = is_loopback(address.host)
        self._key = key

    @cached_property
    def _client(self) -> httpx.AsyncClient:
        """Made at the first call: loading httpcore and certificates would hold the first question up."""
        return httpx.AsyncClient(
            base_url=self.address.url,
            trust_env=False,
            follow_redirects=False,
            headers={"Authorization": f"Bearer {self._key}"} if self._key else {},
            timeout=httpx.Timeout(self.limits.total, connect=self.limits.connect, pool=None),
        )

    async def version(self) -> wire.Version:
        """The server's version; () if it does not say."""
        answer = await self._ask("GET", "/api/version")
        return wire.read_version(str(answer.get("version", "")))

    async def models(self) -> list[wire.ModelCard]:
        """Every model that the server lists."""
        return wire.read_tags(await self._ask("GET", "/api/tags"))

    async def show(self, tag: str) -> wire.ModelCard:
        """What the server knows of one model, whether listed or not."""
        return wire.read_show(tag, await self._ask("POST", "/api/show", {"model": tag}, model=tag))

    async def allocated(self, tag: str) -> int | None:
        """The context, in tokens, that the loaded model really has; None if it is not loaded or too old to say."""
        for entry in (await self._ask("GET", "/api/ps")).get("models") or ():
            if isinstance(entry, dict) and tag in (entry.get("name"), entry.get("model")):
                length = entry.get("context_length")
                return length if isinstance(length, int) else None
        return None

    async def load(self, body: Mapping[str, Any], *, model: str) -> None:
        """Loads a model; returns when it can answer."""
        await self._ask("POST", "/api/chat", {**body, "stream": False}, model=model, seconds=self.limits.first)

    async def chat(self, body: Mapping[str, Any], *, model: str) -> AsyncGenerator[list[wire.Frame], None]:
        """The frames of an answer, as many at a time as arrived together. Closing it closes the connection.

        Raises:
            BadFrame: the server sent something that is no frame.
            Lost: the connection broke off after it had begun to answer.
        """
        begun = False
        try:
            async with self._client.stream("POST", "/api/chat", json=body) as response:
                begun = True
                if response.status_code != httpx.codes.OK:
                    raise await self._refusal(response, model)
                lines = wire.Lines()
                async for data in response.aiter_bytes():
                    if found := lines.feed(data):
                        yield [wire.read_frame(line) for line in found]
                if found := lines.end():
                    yield [wire.read_frame(line) for line in found]
        except httpx.HTTPError as error:
            lost: Exception = Lost() if begun else self._unreachable(error, model)
        else:
            return
        raise lost

    async def close(self) -> None:
        """Lets go of all connections."""
        await self._client.aclose()

    async def _ask(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        model: str = "Ollama",
        seconds: float | None = None,
    ) -> dict[str, Any]:
        timeout = httpx.Timeout(seconds or self.limits.connect * 5, connect=self.limits.connect)
        try:
            response = await self._client.request(method, path, json=body, timeout=timeout)
        except httpx.HTTPError as error:
            failed = self._unreachable(error, model)
        else:
            if response.status_code != httpx.codes.OK:
                raise await self._refusal(response, model)
            return self._object(response.content, model)
        raise failed.error if isinstance(failed, Transient) else failed

    def _object(self, data: bytes, model: str) -> dict[str, Any]:
        try:
            return wire.read_object(data)
        except wire.BadFrame:
            raise unreadable(model, self.address.shown) from None

    def _unreachable(self, error: httpx.HTTPError, model: str) -> Exception:
        if isinstance(error, httpx.ReadTimeout):
            return out_of_time(model, self.address.shown, self.limits.first)
        how = "Start it with `ollama serve`" if self.on_this_machine else "Check the address in OLLAMA_HOST"
        nothing = Unreachable(
            f"No Ollama answers at {self.address.shown}.", f"{how}, choose another model, or go on offline."
        )
        return nothing if self.on_this_machine else Transient(nothing)

    async def _refusal(self, response: httpx.Response, model: str) -> Exception:
        data = b""
        async for piece in response.aiter_bytes():
            data += piece
            if len(data) > _LONGEST_ERROR:
                break
        return failure(
            Trouble(
                model=model,
                host=self.address.shown,
                status=response.status_code,
                text=data.decode("utf-8", "replace"),
                retry_after=seconds_asked(response.headers.get),
                local=self.on_this_machine,
            )
        )
