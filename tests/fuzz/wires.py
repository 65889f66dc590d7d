"""Model servers on real sockets that answer with whatever bytes a test puts in, one for each wire format."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from interviewer.models import hygiene
from interviewer.models.model import ModelError, ReadyModel, Reply
from interviewer.models.retry import Patience
from tests.doubles import anthropic, gemini, openai
from tests.doubles.anthropic import AnthropicDouble
from tests.doubles.gemini import GeminiDouble
from tests.doubles.ollama import OllamaDouble, frame, last
from tests.doubles.openai import OpenAIDouble
from tests.doubles.server import Double, Exchange
from tests.models.conftest import KEY, QUICK, STORY, ask, hear, opened, said

ONCE = Patience(attempts=1, first_wait=0.01, longest_wait=0.01)


@dataclass
class Payload:
    """What a garbled server says, and how: the first byte chooses the status and whether the connection is cut."""

    payload: bytes = b""

    async def say(self, exchange: Exchange, stream: str, whole: str, *, streamed: bool) -> None:
        """Answers with the payload as it is."""
        status = {ord("4"): 429, ord("5"): 503, ord("3"): 302}.get(self.payload[-1] if self.payload else 0, 200)
        await exchange.head(status, stream if streamed else whole)
        if self.payload:
            middle = len(self.payload) // 2
            for part in (self.payload[:middle], self.payload[middle:]):
                if part:
                    await exchange.chunk(part)
        if self.payload.endswith(b"!"):
            exchange.cut()
        else:
            await exchange.end()


@dataclass
class GarbledOllama(Payload, OllamaDouble):
    """Garbles chats; lists its models as it should."""

    async def _chat(self, exchange: Exchange) -> None:
        if not exchange.request.body["messages"]:
            return await super()._chat(exchange)
        return await self.say(exchange, "application/x-ndjson", "application/json", streamed=True)


@dataclass
class GarbledOpenAI(Payload, OpenAIDouble):
    """Garbles all it is asked."""

    async def answer(self, exchange: Exchange) -> None:
        streamed = bool(exchange.request.body and exchange.request.body.get("stream"))
        await self.say(exchange, "text/event-stream", "application/json", streamed=streamed)


@dataclass
class GarbledAnthropic(Payload, AnthropicDouble):
    """Garbles all it is asked."""

    async def answer(self, exchange: Exchange) -> None:
        streamed = bool(exchange.request.body.get("stream"))
        await self.say(exchange, "text/event-stream", "application/json", streamed=streamed)


@dataclass
class GarbledGemini(Payload, GeminiDouble):
    """Garbles all it is asked."""

    async def answer(self, exchange: Exchange) -> None:
        streamed = "streamGenerateContent" in exchange.request.path
        await self.say(exchange, "text/event-stream", "application/json", streamed=streamed)


def _openai(double: Double) -> ReadyModel:
    environment = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": f"{double.url}/v1"}
    return opened("openai/ok", environment=environment, patience=ONCE, limits=replace(QUICK, first=3))


def _anthropic(double: Double) -> ReadyModel:
    environment = {"ANTHROPIC_API_KEY": KEY, "ANTHROPIC_API_BASE": double.url}
    return opened("anthropic/claude-ok", environment=environment, patience=ONCE, limits=replace(QUICK, first=3))


def _gemini(double: Double) -> ReadyModel:
    environment = {"GEMINI_API_KEY": KEY, "GEMINI_API_BASE": f"{double.url}/v1beta"}
    return opened("gemini/gemini-ok", environment=environment, patience=ONCE, limits=replace(QUICK, first=3))


def _ollama(double: Double) -> ReadyModel:
    return opened("ollama/ok", base_url=double.url, patience=ONCE)


@dataclass(frozen=True)
class Wire:
    """A kind of server, the way to it, and replies as it should give them."""

    server: Callable[[], Any]
    open: Callable[[Double], ReadyModel]
    seeds: list[bytes]


_ASKED = {"model": "m"}
_PARTS: dict[str, Any] = {"content": {"role": "model", "parts": [{"text": "What did you do?"}]}, "finishReason": "STOP"}
WIRES = {
    "ollama": Wire(GarbledOllama, _ollama, [frame("What did ") + frame("you do?") + last()]),
    "openai": Wire(
        GarbledOpenAI,
        _openai,
        [
            openai.event(openai.delta({"role": "assistant", "content": "What did "}))
            + openai.event(openai.delta({"content": "you do?"}))
            + openai.event(openai.delta({}, "stop"))
            + openai.event({**openai.delta({}), "choices": [], "usage": openai.USAGE})
            + b"data: [DONE]\n\n",
            json.dumps(openai.whole("What did you do?")).encode(),
            json.dumps(openai.ERRORS["limited"][1]).encode(),
        ],
    ),
    "anthropic": Wire(
        GarbledAnthropic,
        _anthropic,
        [
            anthropic.event("message_start", message=anthropic._whole(_ASKED, "", ""))
            + anthropic.event("content_block_start", index=0, content_block={"type": "text", "text": ""})
            + anthropic.event("content_block_delta", index=0, delta={"type": "text_delta", "text": "What did "})
            + anthropic.event("ping")
            + anthropic.event("content_block_delta", index=0, delta={"type": "text_delta", "text": "you do?"})
            + anthropic.event("content_block_stop", index=0)
            + anthropic.event("message_delta", delta={"stop_reason": "end_turn"}, usage={"output_tokens": 8})
            + anthropic.event("message_stop"),
            json.dumps(anthropic._whole(_ASKED, "What did you do?", "end_turn")).encode(),
            anthropic.event("error", error={"type": "overloaded_error", "message": "Overloaded"}),
        ],
    ),
    "gemini": Wire(
        GarbledGemini,
        _gemini,
        [
            gemini.event({"candidates": [{**_PARTS, "finishReason": None}]}) + gemini.event({"candidates": [_PARTS]}),
            json.dumps({"candidates": [_PARTS], "usageMetadata": {"promptTokenCount": 26}}).encode(),
            gemini.event({"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}}),
        ],
    ),
}


@cache
def server(name: str) -> Any:
    """One server for all tries; its thread ends with the process."""
    if name != "ollama":
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            hygiene.litellm()
    return WIRES[name].server().__enter__()


def heard(name: str, data: bytes) -> None:
    """A stream and a whole reply of these bytes: speech and a reply, or an error of ours that repeats nothing."""
    double = server(name)
    double.payload = data
    double.requests.clear()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # litellm's own, as in tests/models
        pieces, end = hear(WIRES[name].open(double))
        assert all(isinstance(piece, str) for piece in pieces)
        check(end)
        check(ask(WIRES[name].open(double)))


def check(end: Reply | ModelError) -> None:
    """Whatever comes is a reply with text, or an error with a next step, without the story and the key."""
    if isinstance(end, Reply):
        assert isinstance(end.text, str)
        return
    assert end.next_step.endswith(".")
    told = said(end)
    assert STORY not in told
    assert KEY not in told
