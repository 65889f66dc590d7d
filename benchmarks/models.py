"""What our adapters add to the libraries beneath: Ollama's to raw httpx, the gateway's to bare litellm.

Both sides read the same answer, of a hundred pieces, from the same double in a process of its own, in turns so that a
busy machine slows both alike. The bare sides do what anyone would write first: `aiter_lines` and `json.loads`, and
`litellm.acompletion` with its chunks joined.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import httpx

from interviewer.models import hygiene
from interviewer.models.model import Message, ReadyModel, Reply, Request
from interviewer.models.opening import open_model

from .figures import Figure
from .figures import ratio as ratio_of
from .processes import alone

ROUNDS = 15
CALLS = 10
AT_ONCE = 16
SPEECH = "speech=lambda body: ['word '] * 100"
LENGTH = 500
"""Characters of that speech."""
_MESSAGES = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "hello"}]
_ASKED = Request([Message("system", "Be brief."), Message("user", "hello")], max_tokens=100)

Timed = Callable[[], Awaitable[tuple[float, float]]]
"""One call; returns the seconds to its first token and in all."""


@dataclass
class _Pair:
    """Two ways to the same answer, measured in turns."""

    ours: Timed
    bare: Timed
    alone: dict[Timed, list[tuple[float, float]]] = field(default_factory=dict)
    """Seconds of single calls."""
    crowd: dict[Timed, list[float]] = field(default_factory=dict)
    """Replies a second, sixteen at once."""

    async def measure(self) -> None:
        for way in (self.bare, self.ours):
            await way()
            self.alone[way], self.crowd[way] = [], []
        for _ in range(ROUNDS):
            for _ in range(CALLS):
                for way in (self.bare, self.ours):
                    self.alone[way].append(await way())
            for way in (self.bare, self.ours):
                self.crowd[way].append(await _at_once(way))

    def slower(self, which: int) -> float:
        """How much longer ours takes alone: to the first token (0), in all (1)."""
        ours, bare = (median(times[which] for times in self.alone[way]) for way in (self.ours, self.bare))
        return round(ours / bare, 3)


def run() -> list[Figure]:
    """Ratios of the adapters to what is beneath them."""
    with alone(f"OllamaDouble({SPEECH})", "from tests.doubles.ollama import OllamaDouble") as url:
        ollama = asyncio.run(_ollama(url))
    with alone(f"OpenAIDouble({SPEECH})", "from tests.doubles.openai import OpenAIDouble") as url:
        streamed, whole = asyncio.run(_gateway(f"{url}/v1"))
    return [
        Figure("Ollama adapter / httpx, first token", ollama.slower(0), "x", target="<= 1.3"),
        Figure("Ollama adapter / httpx, whole reply", ollama.slower(1), "x", target="<= 1.3"),
        _throughput("Ollama adapter / httpx, replies at 16 at once", ollama, ">= 0.7"),
        _throughput("gateway / litellm, streamed replies at 16 at once", streamed, ">= 0.8"),
        _throughput("gateway / litellm, whole replies at 16 at once", whole, ">= 0.8"),
    ]


def _throughput(name: str, pair: _Pair, target: str) -> Figure:
    return ratio_of(name, pair.crowd[pair.ours], pair.crowd[pair.bare], target)


async def _ollama(url: str) -> _Pair:
    model = open_model("ollama/ok", base_url=url, environment={})
    await model.warm_up()
    async with httpx.AsyncClient(base_url=url, trust_env=False) as client:
        pair = _Pair(lambda: _streamed(model), lambda: _by_httpx(client))
        await pair.measure()
    await model.close()
    return pair


async def _gateway(base: str) -> tuple[_Pair, _Pair]:
    """Streamed, and as a whole."""
    model = open_model("ok", base_url=base, environment={})
    await model.warm_up()
    litellm = hygiene.litellm()
    call = {"model": "hosted_vllm/ok", "messages": _MESSAGES, "max_tokens": 100, "api_base": base, "api_key": "none"}
    streamed = _Pair(lambda: _streamed(model), lambda: _streamed_by_litellm(litellm, call))
    whole = _Pair(lambda: _whole(model), lambda: _whole_by_litellm(litellm, call))
    await streamed.measure()
    await whole.measure()
    await model.close()
    return streamed, whole


async def _streamed(model: ReadyModel) -> tuple[float, float]:
    began, first = time.perf_counter(), 0.0
    async for piece in model.stream(_ASKED):
        first = first or time.perf_counter() - began
        assert not isinstance(piece, Reply) or len(piece.text) == LENGTH
    return first, time.perf_counter() - began


async def _whole(model: ReadyModel) -> tuple[float, float]:
    began = time.perf_counter()
    assert len((await model.complete(_ASKED)).text) == LENGTH
    return 0.0, time.perf_counter() - began


async def _by_httpx(client: httpx.AsyncClient) -> tuple[float, float]:
    began, first = time.perf_counter(), 0.0
    body = {"model": "ok", "messages": _MESSAGES, "stream": True, "options": {}}
    async with client.stream("POST", "/api/chat", json=body) as response:
        async for line in response.aiter_lines():
            if json.loads(line)["message"]["content"] and not first:
                first = time.perf_counter() - began
    return first, time.perf_counter() - began


async def _streamed_by_litellm(litellm: Any, call: dict[str, Any]) -> tuple[float, float]:
    began, first, text = time.perf_counter(), 0.0, ""
    async for chunk in await litellm.acompletion(**call, stream=True, stream_options={"include_usage": True}):
        first = first or time.perf_counter() - began
        text += (chunk.choices[0].delta.content or "") if chunk.choices else ""
    assert len(text) == LENGTH
    return first, time.perf_counter() - began


async def _whole_by_litellm(litellm: Any, call: dict[str, Any]) -> tuple[float, float]:
    began = time.perf_counter()
    response = await litellm.acompletion(**call)
    assert len(response.choices[0].message.content) == LENGTH
    return 0.0, time.perf_counter() - began


async def _at_once(way: Timed) -> float:
    """Replies a second."""
    began = time.perf_counter()
    await asyncio.gather(*(way() for _ in range(AT_ONCE)))
    return AT_ONCE / (time.perf_counter() - began)
