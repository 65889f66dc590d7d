"""One Ollama server: what it has, loading a model, and the raw frames of a chat. Imports httpx when it is first asked.

Every failure is a `ModelError`, a `Transient`, or a connection that was `Lost` while an answer came.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from typing import TYPE_CHECKING, Any

from . import ollama_wire as wire
from .deadlines import LOCAL, Deadlines
from .ollama_host import Address
from .privacy import is_loopback

if TYPE_CHECKING:
    from .ollama_http import OllamaHttp


class OllamaServer:
    """What a server can be asked. Its connections belong to one event loop, until they are closed."""

    def __init__(self, address: Address, *, key: str | None = None, limits: Deadlines = LOCAL):
        self.address = address
        self.limits = limits
        self.on_this_machine = is_loopback(address.host)
        self._key = key
        self._opened: OllamaHttp | None = None

    @property
    def _http(self) -> OllamaHttp:
        """Made at the first call: loading httpx would hold the first question up by 150 ms."""
        if self._opened is None:
            from .ollama_http import OllamaHttp

            self._opened = OllamaHttp(self.address, self._key, self.limits, on_this_machine=self.on_this_machine)
        return self._opened

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

    def chat(self, body: Mapping[str, Any], *, model: str) -> AsyncGenerator[list[wire.Frame], None]:
        """The frames of an answer, as many at a time as arrived together. Closing it closes the connection.

        Raises:
            BadFrame: the server sent something that is no frame.
            Lost: the connection broke off after it had begun to answer.
        """
        return self._http.chat(body, model=model)

    async def close(self) -> None:
        """Lets go of all connections; the next call makes new ones."""
        opened, self._opened = self._opened, None
        if opened:
            await opened.close()

    async def _ask(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        model: str = "Ollama",
        seconds: float | None = None,
    ) -> dict[str, Any]:
        return await self._http.ask(method, path, body, model=model, seconds=seconds)
