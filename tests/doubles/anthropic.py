"""A server that speaks Anthropic's Messages protocol. The model's name, after "claude-", chooses what happens."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .ollama import WORDS
from .server import Double, Exchange, example_of, run_alone


def _error(kind: str, message: str) -> dict[str, Any]:
    return {"type": "error", "error": {"type": kind, "message": message}}


ERRORS: dict[str, tuple[int, Any, tuple[str, ...]]] = {
    "badkey": (401, _error("authentication_error", "invalid x-api-key {key}"), ()),
    "missing": (404, _error("not_found_error", "model: claude-missing"), ()),
    "limited": (429, _error("rate_limit_error", "Number of requests exceeded"), ("Retry-After: 0.01",)),
    "broke": (400, _error("invalid_request_error", "Your credit balance is too low to access the Claude API."), ()),
    "longctx": (400, _error("invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum"), ()),
    "quoted": (400, _error("invalid_request_error", "cannot parse CANARY-STORY-5512"), ()),
    "died": (500, _error("api_error", "Internal server error"), ()),
    "overloaded": (529, _error("overloaded_error", "Overloaded"), ()),
}
CASES = (
    *("ok", "think", "ping", "stall", "stall-first", "miderr", "cut", "reset", "eofclean", "len", "len-empty"),
    *("utf8split", "together", "refusal", "refusal-part", "html", "empty", *ERRORS),
)


@dataclass
class AnthropicDouble(Double):
    """`speech` makes the text of a well-behaved reply from the request's body."""

    speech: Callable[[Any], list[str]] | None = None

    async def answer(self, exchange: Exchange) -> None:
        if exchange.request.path.split("?")[0] != "/v1/messages":
            return await exchange.json(_error("not_found_error", "no such path"), 404)
        case = exchange.request.body["model"].removeprefix("claude-")
        if case in ERRORS:
            status, error, headers = ERRORS[case]
            text = json.dumps(error).replace("{key}", exchange.request.headers.get("x-api-key", ""))
            return await exchange.whole(status, text.encode(), "application/json", *headers)
        special = getattr(self, "_case_" + case.replace("-", "_"), None)
        await (special(exchange) if special else self._say(exchange, self._pieces(exchange.request.body)))
        return None

    def _pieces(self, body: Any) -> list[str]:
        if self.speech:
            return self.speech(body)
        form = body.get("output_format") or (body.get("output_config") or {}).get("format") or {}
        return [json.dumps(example_of(form["schema"]))] if "schema" in form else list(WORDS)

    async def _say(self, exchange: Exchange, pieces: list[str], stop: str = "end_turn") -> None:
        body = exchange.request.body
        if not body.get("stream"):
            return await exchange.json(_whole(body, "".join(pieces), stop))
        await self._begin(exchange, pieces)
        return await self._finish(exchange, stop)

    async def _begin(self, exchange: Exchange, pieces: list[str], *, before: bytes = b"") -> None:
        message: dict[str, Any] = {
            "id": "m-1",
            "type": "message",
            "role": "assistant",
            "model": "m",
            "content": [],
            "stop_reason": None,
        }
        message["usage"] = {"input_tokens": 26, "output_tokens": 1}
        await exchange.head(200, "text/event-stream")
        await exchange.chunk(event("message_start", message=message))
        await exchange.chunk(event("content_block_start", index=0, content_block={"type": "text", "text": ""}))
        for piece in pieces:
            await exchange.chunk(
                before + event("content_block_delta", index=0, delta={"type": "text_delta", "text": piece})
            )

    async def _finish(self, exchange: Exchange, stop: str = "end_turn") -> None:
        await exchange.chunk(event("content_block_stop", index=0))
        await exchange.chunk(event("message_delta", delta={"stop_reason": stop}, usage={"output_tokens": 8}))
        await exchange.chunk(event("message_stop"))
        await exchange.end()

    async def _case_think(self, exchange: Exchange) -> None:
        await exchange.head(200, "text/event-stream")
        message = {"id": "m-1", "role": "assistant", "model": "m", "content": [], "usage": {"input_tokens": 26}}
        await exchange.chunk(event("message_start", message=message))
        await exchange.chunk(event("content_block_start", index=0, content_block={"type": "thinking", "thinking": ""}))
        thought = {"type": "thinking_delta", "thinking": "let me see"}
        await exchange.chunk(event("content_block_delta", index=0, delta=thought))
        await exchange.chunk(event("content_block_stop", index=0))
        await exchange.chunk(event("content_block_start", index=1, content_block={"type": "text", "text": ""}))
        for word in WORDS:
            await exchange.chunk(event("content_block_delta", index=1, delta={"type": "text_delta", "text": word}))
        await self._finish(exchange)

    async def _case_ping(self, exchange: Exchange) -> None:
        await self._begin(exchange, list(WORDS), before=event("ping"))
        await self._finish(exchange)

    async def _case_stall(self, exchange: Exchange) -> None:
        await self._begin(exchange, list(WORDS[:3]))
        await exchange.pause(60)

    async def _case_stall_first(self, exchange: Exchange) -> None:
        await exchange.pause(60)

    async def _case_miderr(self, exchange: Exchange) -> None:
        await self._begin(exchange, list(WORDS[:3]))
        await exchange.chunk(
            event("error", error={"type": "overloaded_error", "message": "Overloaded CANARY-STORY-5512"})
        )
        await exchange.end()

    async def _case_cut(self, exchange: Exchange) -> None:
        await self._begin(exchange, list(WORDS[:3]))
        exchange.cut()

    async def _case_reset(self, exchange: Exchange) -> None:
        await self._begin(exchange, list(WORDS[:3]))
        await exchange.pause(0.02)
        exchange.reset()

    async def _case_eofclean(self, exchange: Exchange) -> None:
        await self._begin(exchange, list(WORDS[:3]))
        await exchange.end()

    async def _case_len(self, exchange: Exchange) -> None:
        await self._say(exchange, list(WORDS[:3]), "max_tokens")

    async def _case_len_empty(self, exchange: Exchange) -> None:
        await self._say(exchange, [], "max_tokens")

    async def _case_utf8split(self, exchange: Exchange) -> None:
        await self._begin(exchange, [])
        for byte in event("content_block_delta", index=0, delta={"type": "text_delta", "text": "naïve — 猫 🐈."}):
            await exchange.chunk(bytes([byte]))
        await self._finish(exchange)

    async def _case_together(self, exchange: Exchange) -> None:
        await self._begin(exchange, [])
        deltas = [event("content_block_delta", index=0, delta={"type": "text_delta", "text": word}) for word in WORDS]
        await exchange.chunk(b"".join(deltas))
        await self._finish(exchange)

    async def _case_refusal(self, exchange: Exchange) -> None:
        await self._say(exchange, [], "refusal")

    async def _case_refusal_part(self, exchange: Exchange) -> None:
        await self._say(exchange, list(WORDS[:3]), "refusal")

    async def _case_html(self, exchange: Exchange) -> None:
        await exchange.whole(200, b"<html><body>Please log in</body></html>", "text/html")

    async def _case_empty(self, exchange: Exchange) -> None:
        await self._say(exchange, [])


def event(kind: str, **more: Any) -> bytes:
    data = json.dumps({"type": kind, **more}, ensure_ascii=False, separators=(",", ":"))
    return f"event: {kind}\ndata: {data}\n\n".encode()


def _whole(body: Any, text: str, stop: str) -> dict[str, Any]:
    content: list[dict[str, Any]] = [{"type": "text", "text": text}] if text else []
    forced = (body.get("tool_choice") or {}).get("name")
    if forced:
        schema = next(tool["input_schema"] for tool in body["tools"] if tool["name"] == forced)
        content, stop = [{"type": "tool_use", "id": "t-1", "name": forced, "input": example_of(schema)}], "tool_use"
    return {
        "id": "m-1",
        "type": "message",
        "role": "assistant",
        "model": body["model"],
        "content": content,
        "stop_reason": stop,
        "usage": {"input_tokens": 26, "output_tokens": 8},
    }


if __name__ == "__main__":
    run_alone(AnthropicDouble())
