"""HTTP to one Ollama server. The door to httpx: only `ollama_server.py` imports this, when a server is first asked.

Guarantees: no proxy is ever used, no redirect is followed, and a key is sent only if the caller passes one for this
very host. Every failure is a `ModelError`, a `Transient`, or a connection that was `Lost` while an answer came.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import suppress
from typing import Any

import httpx

from . import ollama_wire as wire
from .deadlines import Deadlines
from .errors import Lost, Trouble, failure, out_of_time, seconds_asked, unreadable
from .model import Unreachable
from .ollama_host import Address
from .retry import Transient

_LONGEST_ERROR = 65_536
_LONGEST_ANSWER = 16_000_000
"""Bytes; what a server lists of thousands of models takes a third of it."""


class OllamaHttp:
    """A connection pool to one server. Belongs to one event loop."""

    def __init__(self, address: Address, key: str | None, limits: Deadlines, *, on_this_machine: bool):
        self._address = address
        self._limits = limits
        self._on_this_machine = on_this_machine
        self._client = httpx.AsyncClient(
            base_url=address.url,
            trust_env=False,
            follow_redirects=False,
            verify=address.scheme == "https",  # nobody else is reached, and reading certificates takes 60 ms
            headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout=httpx.Timeout(limits.total, connect=limits.connect, pool=None),
        )

    async def ask(
        self, method: str, path: str, body: Mapping[str, Any] | None, *, model: str, seconds: float | None
    ) -> dict[str, Any]:
        """The object that the server answers with.

        Args:
            seconds: for all of it; a server that drips would never be late for its next byte.
        """
        allowed = seconds or self._limits.connect * 5
        timeout = httpx.Timeout(allowed, connect=self._limits.connect)
        try:
            async with (
                asyncio.timeout(allowed),
                self._client.stream(method, path, json=body, timeout=timeout) as response,
            ):
                if response.status_code != httpx.codes.OK:
                    raise await self._refusal(response, model)
                data = await _beginning(response, _LONGEST_ANSWER)
        except httpx.HTTPError as error:
            failed = self._unreachable(error, model)
        except TimeoutError:
            failed = out_of_time(model, self._address.shown, allowed)
        else:
            return self._object(data, model)
        raise failed.error if isinstance(failed, Transient) else failed

    async def chat(self, body: Mapping[str, Any], *, model: str) -> AsyncGenerator[list[wire.Frame], None]:
        """The frames of an answer; see `OllamaServer.chat`."""
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

    def _object(self, data: bytes, model: str) -> dict[str, Any]:
        with suppress(wire.BadFrame):
            return wire.read_object(data)
        raise unreadable(model, self._address.shown)

    def _unreachable(self, error: httpx.HTTPError, model: str) -> Exception:
        if isinstance(error, httpx.ReadTimeout):
            return out_of_time(model, self._address.shown, self._limits.first)
        how = "Start it with `ollama serve`" if self._on_this_machine else "Check the address in OLLAMA_HOST"
        nothing = Unreachable(
            f"No Ollama answers at {self._address.shown}.", f"{how}, choose another model, or go on offline."
        )
        return nothing if self._on_this_machine else Transient(nothing)

    async def _refusal(self, response: httpx.Response, model: str) -> Exception:
        data = await _beginning(response, _LONGEST_ERROR)
        return failure(
            Trouble(
                model=model,
                host=self._address.shown,
                status=response.status_code,
                text=data.decode("utf-8", "replace"),
                retry_after=seconds_asked(response.headers.get),
                local=self._on_this_machine,
            )
        )


async def _beginning(response: httpx.Response, longest: int) -> bytes:
    """The answer's bytes; of one that is longer than `longest` no more than shows that it is."""
    data = bytearray()
    async for piece in response.aiter_bytes():
        data += piece
        if len(data) > longest:
            break
    return bytes(data)
