"""What the Ollama adapter adds to raw httpx: first token and total of a stream, one at a time and sixteen at once.

Both read the same answer, of a hundred pieces, from the same double in a process of its own, in turns so that a busy
machine slows both alike. The raw side does what anyone would write first: `aiter_lines` and `json.loads`.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from statistics import median

import httpx

from interviewer.models.model import Message, Reply, Request
from interviewer.models.opening import open_model

from .figures import Figure
from .figures import ratio as ratio_of

ROUNDS = 15
CALLS = 10
AT_ONCE = 16
_ASKED = Request([Message("system", "Be brief."), Message("user", "hello")], max_tokens=100)
_SERVER = "from tests.doubles.ollama import OllamaDouble; from tests.doubles.server import run_alone; "
_SERVER += "run_alone(OllamaDouble(speech=lambda body: ['word '] * 100))"

Timed = Callable[[], Awaitable[tuple[float, float]]]
"""One call; returns the seconds to its first token and in all."""


def run() -> list[Figure]:
    """Ratios of the adapter to raw httpx, medians over the rounds, and milliseconds for scale."""
    with subprocess.Popen([sys.executable, "-c", _SERVER], stdin=-1, stdout=-1, text=True) as server:
        assert server.stdout is not None
        try:
            figures = asyncio.run(_measure(server.stdout.readline().strip()))
        finally:
            server.kill()
    return figures


async def _measure(url: str) -> list[Figure]:
    model = open_model("ollama/ok", base_url=url, environment={})
    await model.warm_up()

    async def ours() -> tuple[float, float]:
        began = time.perf_counter()
        first = 0.0
        async for piece in model.stream(_ASKED):
            if not first:
                first = time.perf_counter() - began
            assert not isinstance(piece, Reply) or len(piece.text) > 400
        return first, time.perf_counter() - began

    async with httpx.AsyncClient(base_url=url, trust_env=False) as client:

        async def raw() -> tuple[float, float]:
            return await _raw(client)

        alone: dict[Timed, list[tuple[float, float]]] = {raw: [], ours: []}
        crowd: dict[Timed, list[float]] = {raw: [], ours: []}
        for _ in range(ROUNDS):
            for _ in range(CALLS):
                for call in (raw, ours):
                    alone[call].append(await call())
            for call in (raw, ours):
                crowd[call].append(await _at_once(call))
    await model.close()
    return [
        Figure("Ollama adapter / httpx, first token", _ratio(alone[ours], alone[raw], 0), "x", target="<= 1.3"),
        Figure("Ollama adapter / httpx, whole reply", _ratio(alone[ours], alone[raw], 1), "x", target="<= 1.3"),
        ratio_of("Ollama adapter / httpx, replies at 16 at once", crowd[ours], crowd[raw], ">= 0.7"),
    ]


async def _raw(client: httpx.AsyncClient) -> tuple[float, float]:
    began = time.perf_counter()
    first = 0.0
    body = {"model": "ok", "messages": [{"role": "user", "content": "hello"}], "stream": True, "options": {}}
    async with client.stream("POST", "/api/chat", json=body) as response:
        async for line in response.aiter_lines():
            if json.loads(line)["message"]["content"] and not first:
                first = time.perf_counter() - began
    return first, time.perf_counter() - began


async def _at_once(call: Timed) -> float:
    """Replies a second."""
    began = time.perf_counter()
    await asyncio.gather(*(call() for _ in range(AT_ONCE)))
    return AT_ONCE / (time.perf_counter() - began)


def _ratio(ours: list[tuple[float, float]], raw: list[tuple[float, float]], which: int) -> float:
    return round(median(times[which] for times in ours) / median(times[which] for times in raw), 3)


if __name__ == "__main__":
    print(run())
