"""A server that speaks Gemini's protocol. The model's name, after "gemini-", chooses what happens."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .ollama import WORDS
from .server import Double, Exchange, example_of, run_alone


def _error(code: int, status: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message, "status": status}}


ERRORS: dict[str, tuple[int, Any]] = {
    "badkey": (400, _error(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key. {key}")),
    "missing": (404, _error(404, "NOT_FOUND", "models/gemini-missing is not found for API version v1beta")),
    "limited": (429, _error(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted.")),
    "longctx": (400, _error(400, "INVALID_ARGUMENT", "The input token count (2000000) exceeds the maximum number of"
                                    " tokens allowed (1048576).")),
    "quoted": (400, _error(400, "INVALID_ARGUMENT", "cannot parse CANARY-STORY-5512")),
    "died": (500, _error(500, "INTERNAL", "An internal error has occurred.")),
    "overloaded": (503, _error(503, "UNAVAILABLE", "The model is overloaded.")),
}  # fmt: skip
CASES = (
    *("ok", "think", "stall", "stall-first", "cut", "reset", "eofclean", "len", "len-empty", "utf8split", "safety"),
    *("safety-part", "blocked", "html", *ERRORS),
)


@dataclass
class GeminiDouble(Double):
    """`speech` makes the text of a well-behaved reply from the request's body."""

    speech: Callable[[Any], list[str]] | None = None

    @property
    def base(self) -> str:
        """The value for GEMINI_API_BASE."""
        return f"{self.url}/v1beta"

    async def answer(self, exchange: Exchange) -> None:
        name = exchange.request.path.rpartition("/")[2].partition(":")[0]
        case = name.removeprefix("gemini-")
        if case in ERRORS:
            status, error = ERRORS[case]
            text = json.dumps(error).replace("{key}", exchange.request.headers.get("x-goog-api-key", ""))
            return await exchange.whole(status, text.encode())
        special = getattr(self, "_case_" + case.replace("-", "_"), None)
        await (special(exchange) if special else self._say(exchange, self._pieces(exchange.request.body)))
        return None

    def _pieces(self, body: Any) -> list[str]:
        if self.speech:
            return self.speech(body)
        config = body.get("generationConfig") or {}
        schema = config.get("response_json_schema") or config.get("responseJsonSchema")
        return [json.dumps(example_of(schema))] if schema else list(WORDS)

    async def _say(self, exchange: Exchange, pieces: list[str], finish: str = "STOP") -> None:
        if "streamGenerateContent" not in exchange.request.path:
            return await exchange.json(_answer("".join(pieces), finish, usage=True))
        await self._begin(exchange, pieces)
        await exchange.chunk(event(_answer("", finish, usage=True)))
        return await exchange.end()

    async def _begin(self, exchange: Exchange, pieces: list[str]) -> None:
        await exchange.head(200, "text/event-stream")
        for piece in pieces:
            await exchange.chunk(event(_answer(piece)))

    async def _case_think(self, exchange: Exchange) -> None:
        await exchange.head(200, "text/event-stream")
        thought = {"role": "model", "parts": [{"text": "let me see", "thought": True}]}
        await exchange.chunk(event({"candidates": [{"content": thought, "index": 0}]}))
        for word in WORDS:
            await exchange.chunk(event(_answer(word)))
        await exchange.chunk(event(_answer("", "STOP", usage=True)))
        await exchange.end()

    async def _case_stall(self, exchange: Exchange) -> None:
        await self._begin(exchange, list(WORDS[:3]))
        await exchange.pause(60)

    async def _case_stall_first(self, exchange: Exchange) -> None:
        await exchange.pause(60)

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
        await self._say(exchange, list(WORDS[:3]), "MAX_TOKENS")

    async def _case_len_empty(self, exchange: Exchange) -> None:
        await self._say(exchange, [], "MAX_TOKENS")

    async def _case_utf8split(self, exchange: Exchange) -> None:
        await exchange.head(200, "text/event-stream")
        for byte in event(_answer("naïve — 猫 🐈.")):
            await exchange.chunk(bytes([byte]))
        await exchange.chunk(event(_answer("", "STOP", usage=True)))
        await exchange.end()

    async def _case_safety(self, exchange: Exchange) -> None:
        await self._say(exchange, [], "SAFETY")

    async def _case_safety_part(self, exchange: Exchange) -> None:
        await self._say(exchange, list(WORDS[:3]), "SAFETY")

    async def _case_blocked(self, exchange: Exchange) -> None:
        blocked = {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}, "usageMetadata": {"promptTokenCount": 26}}
        if "streamGenerateContent" not in exchange.request.path:
            return await exchange.json(blocked)
        await exchange.head(200, "text/event-stream")
        await exchange.chunk(event(blocked))
        return await exchange.end()

    async def _case_html(self, exchange: Exchange) -> None:
        await exchange.whole(200, b"<html><body>Please log in</body></html>", "text/html")


def event(value: Any) -> bytes:
    return b"data: " + json.dumps(value, ensure_ascii=False).encode() + b"\r\n\r\n"


def _answer(text: str, finish: str | None = None, *, usage: bool = False) -> dict[str, Any]:
    candidate: dict[str, Any] = {"content": {"role": "model", "parts": [{"text": text}] if text else []}, "index": 0}
    if finish:
        candidate["finishReason"] = finish
    value: dict[str, Any] = {"candidates": [candidate], "modelVersion": "m"}
    if usage:
        value["usageMetadata"] = {"promptTokenCount": 26, "candidatesTokenCount": 8, "totalTokenCount": 34}
    return value


if __name__ == "__main__":
    run_alone(GeminiDouble())
