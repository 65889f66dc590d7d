"""A server that speaks OpenAI's chat protocol, as OpenAI, OpenRouter, llama-server, LM Studio and vLLM do.

The model's name chooses what happens; the base URL is `double.base`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .ollama import SPEECH, WORDS
from .server import Double, Exchange, example_of, run_alone


def _error(message: str, kind: str = "invalid_request_error", code: str | None = None) -> dict[str, Any]:
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}


ERRORS: dict[str, tuple[int, Any, tuple[str, ...]]] = {
    "badkey": (401, _error("Incorrect API key provided: {key}.", code="invalid_api_key"), ()),
    "missing": (404, _error("The model `missing` does not exist", code="model_not_found"), ()),
    "limited": (429, _error("Rate limit reached", "requests"), ("Retry-After: 0.01",)),
    "limited-long": (429, _error("Rate limit reached", "requests"), ("Retry-After: 3600",)),
    "broke": (429, _error("You exceeded your current quota", "insufficient_quota", "insufficient_quota"), ()),
    "longctx": (400, _error("This model's maximum context length is 8192 tokens.", code="context_length_exceeded"), ()),
    "longctx-llama": (
        400,
        {"error": {"code": 400, "message": "the request exceeds the available context size",
                   "type": "exceed_context_size_error", "n_prompt_tokens": 9000, "n_ctx": 4096}},
        (),
    ),
    "policy": (400, _error("Your request was rejected by our safety system.", code="content_policy_violation"), ()),
    "quoted": (400, _error("Cannot parse: CANARY-STORY-5512"), ()),
    "died": (500, _error("The server had an error", "server_error"), ()),
    "spoilt": (
        500,
        _error("The model produced output that does not match the expected peg-native format", "server_error"),
        (),
    ),
    "overloaded": (503, _error("The server is overloaded", "server_error"), ()),
}  # fmt: skip
CASES = (
    *("ok", "think", "thinktag", "thinktag1", "slow", "stall", "stall-first", "miderr", "cut", "cut-first", "reset"),
    *("eofclean", "split", "len", "len-empty", "nousage", "falsejson", "partialjson", "utf8split", "together"),
    *("crlf", "ping", "tight", "nodone", "html", "html-502", "empty", "nochoices", "refusal", "filtered"),
    *("filtered-part", "lm-error", "object-only", "no-format", "ignores-schema", "flaky", *ERRORS),
)
ABOUT_FRAMING = ("slow", "split", "utf8split", "together", "crlf", "ping", "tight", "nodone", "eofclean", "miderr")
"""Cases that mean nothing where the reply is not streamed."""


@dataclass
class OpenAIDouble(Double):
    """`speech` makes the text of a well-behaved reply from the request's body."""

    prefix: str = "/v1"
    gap: float = 0.02
    speech: Callable[[Any], list[str]] | None = None

    @property
    def base(self) -> str:
        """The base URL as a user gives it."""
        return self.url + self.prefix

    async def answer(self, exchange: Exchange) -> None:
        path = exchange.request.path
        if path == f"{self.prefix}/models":
            return await exchange.json(
                {"object": "list", "data": [{"id": n, "object": "model", "meta": {"n_ctx": 4096}} for n in CASES]}
            )
        if path == "/health":
            return await exchange.json({"status": "ok"})
        if path != f"{self.prefix}/chat/completions":
            return await exchange.json(_error(f"Unexpected endpoint or method. ({path})"), 404)
        case = exchange.request.body["model"]
        if case == "flaky" and len(self.bodies(path)) == 1:
            case = "overloaded"
        if case in ERRORS:
            return await self._refuse(exchange, case)
        if case in ABOUT_FRAMING and not exchange.request.body.get("stream"):
            case = "ok"
        special = getattr(self, "_case_" + case.replace("-", "_"), None)
        await (special(exchange) if special else self._say(exchange, self._pieces(exchange)))
        return None

    async def _refuse(self, exchange: Exchange, case: str) -> None:
        status, error, headers = ERRORS[case]
        key = exchange.request.headers.get("authorization", "").removeprefix("Bearer ")
        text = json.dumps(error).replace("{key}", key)
        await exchange.whole(status, text.encode(), "application/json", *headers)

    def _pieces(self, exchange: Exchange) -> list[str]:
        body = exchange.request.body
        if self.speech:
            return self.speech(body)
        form = body.get("response_format") or {}
        schema = form.get("json_schema", {}).get("schema") or form.get("schema")
        return [json.dumps(example_of(schema))] if schema else list(WORDS)

    async def _say(self, exchange: Exchange, pieces: list[str], finish: str | None = "stop", **more: Any) -> None:
        if not exchange.request.body.get("stream"):
            return await exchange.json(whole("".join(pieces), finish, **more))
        await self._begin(exchange, pieces, **more)
        return await self._finish(exchange, finish)

    async def _begin(self, exchange: Exchange, pieces: list[str], **more: Any) -> None:
        await exchange.head(200, "text/event-stream")
        await exchange.chunk(event(delta({"role": "assistant", "content": ""})))
        for field, thought in more.items():
            await exchange.chunk(event(delta({field: thought})))
        for piece in pieces:
            await exchange.chunk(event(delta({"content": piece})))

    async def _finish(self, exchange: Exchange, finish: str | None = "stop", *, usage: bool = True) -> None:
        await exchange.chunk(event(delta({}, finish)))
        if usage:
            await exchange.chunk(event({**delta({}), "choices": [], "usage": USAGE}))
        await exchange.chunk(b"data: [DONE]\n\n")
        await exchange.end()

    async def _case_think(self, exchange: Exchange) -> None:
        await self._say(exchange, list(WORDS), reasoning_content="let me see")

    async def _case_thinktag(self, exchange: Exchange) -> None:
        await self._say(exchange, ["<th", "ink>let me see", "</", "think>\n\n", *WORDS])

    async def _case_thinktag1(self, exchange: Exchange) -> None:
        await self._say(exchange, ["let me see", "</th", "ink>", "\n\n", *WORDS])

    async def _case_slow(self, exchange: Exchange) -> None:
        await exchange.head(200, "text/event-stream")
        for word in WORDS:
            await exchange.pause(self.gap)
            await exchange.chunk(event(delta({"content": word})))
        await self._finish(exchange)

    async def _case_stall(self, exchange: Exchange) -> None:
        await self._begin(exchange, list(WORDS[:3]))
        await exchange.pause(60)

    async def _case_stall_first(self, exchange: Exchange) -> None:
        await exchange.pause(60)

    async def _case_miderr(self, exchange: Exchange) -> None:
        await self._begin(exchange, list(WORDS[:3]))
        await exchange.chunk(event(_error("The server had an error while answering CANARY-STORY-5512", "server_error")))
        await exchange.end()

    async def _case_cut(self, exchange: Exchange) -> None:
        await self._begin(exchange, list(WORDS[:3]))
        exchange.cut()

    async def _case_cut_first(self, exchange: Exchange) -> None:
        await exchange.head(200, "text/event-stream")
        exchange.cut()

    async def _case_reset(self, exchange: Exchange) -> None:
        await self._begin(exchange, list(WORDS[:3]))
        await exchange.pause(0.02)
        exchange.reset()

    async def _case_eofclean(self, exchange: Exchange) -> None:
        await self._begin(exchange, list(WORDS[:3]))
        await exchange.end()

    async def _case_split(self, exchange: Exchange) -> None:
        await exchange.head(200, "text/event-stream")
        for word in WORDS:
            data = event(delta({"content": word}))
            await exchange.chunk(data[:25])
            await exchange.pause(0.005)
            await exchange.chunk(data[25:])
        await self._finish(exchange)

    async def _case_len(self, exchange: Exchange) -> None:
        await self._say(exchange, list(WORDS[:3]), "length")

    async def _case_len_empty(self, exchange: Exchange) -> None:
        await self._say(exchange, [], "length")

    async def _case_nousage(self, exchange: Exchange) -> None:
        if not exchange.request.body.get("stream"):
            return await exchange.json({k: v for k, v in whole(SPEECH).items() if k != "usage"})
        await self._begin(exchange, list(WORDS))
        return await self._finish(exchange, usage=False)

    async def _case_falsejson(self, exchange: Exchange) -> None:
        await self._say(exchange, ["Sure! Here is ", "what you asked for."])

    _case_ignores_schema = _case_falsejson

    async def _case_partialjson(self, exchange: Exchange) -> None:
        await self._say(exchange, ['{"met": tr'], "length")

    async def _case_utf8split(self, exchange: Exchange) -> None:
        await exchange.head(200, "text/event-stream")
        for byte in event(delta({"content": "naïve — 猫 🐈."})):
            await exchange.chunk(bytes([byte]))
        await self._finish(exchange)

    async def _case_together(self, exchange: Exchange) -> None:
        await exchange.head(200, "text/event-stream")
        events = [event(delta({"content": word})) for word in WORDS]
        await exchange.chunk(b"".join(events))
        await self._finish(exchange)

    async def _case_crlf(self, exchange: Exchange) -> None:
        await exchange.head(200, "text/event-stream")
        for word in WORDS:
            await exchange.chunk(event(delta({"content": word})).replace(b"\n", b"\r\n"))
        await self._finish(exchange)

    async def _case_ping(self, exchange: Exchange) -> None:
        await exchange.head(200, "text/event-stream")
        for word in WORDS:
            await exchange.chunk(b": ping\n\n" + event(delta({"content": word})))
        await self._finish(exchange)

    async def _case_tight(self, exchange: Exchange) -> None:
        await exchange.head(200, "text/event-stream")
        for word in WORDS:
            await exchange.chunk(event(delta({"content": word})).replace(b"data: ", b"data:"))
        await self._finish(exchange)

    async def _case_nodone(self, exchange: Exchange) -> None:
        await self._begin(exchange, list(WORDS))
        await exchange.chunk(event(delta({}, "stop")))
        await exchange.end()

    async def _case_html(self, exchange: Exchange) -> None:
        await exchange.whole(200, b"<html><body>Please log in to the hotel's network</body></html>", "text/html")

    async def _case_html_502(self, exchange: Exchange) -> None:
        await exchange.whole(502, b"<html><body>502 Bad Gateway</body></html>", "text/html")

    async def _case_empty(self, exchange: Exchange) -> None:
        await self._say(exchange, [])

    async def _case_nochoices(self, exchange: Exchange) -> None:
        await exchange.json({**whole(""), "choices": []})

    async def _case_refusal(self, exchange: Exchange) -> None:
        if exchange.request.body.get("stream"):
            return await self._say(exchange, [], refusal="I cannot help with that.")
        value = whole(None)
        value["choices"][0]["message"]["refusal"] = "I cannot help with that."
        return await exchange.json(value)

    async def _case_filtered(self, exchange: Exchange) -> None:
        await self._say(exchange, [], "content_filter")

    async def _case_filtered_part(self, exchange: Exchange) -> None:
        await self._say(exchange, list(WORDS[:3]), "content_filter")

    async def _case_lm_error(self, exchange: Exchange) -> None:
        await exchange.json({"error": "Unexpected endpoint or method."})

    async def _case_object_only(self, exchange: Exchange) -> None:
        if exchange.request.body.get("response_format", {}).get("type") == "json_schema":
            return await exchange.json(_error("[{'type': 'literal_error'}]", "internal_server_error"), 500)
        return await self._say(exchange, self._pieces(exchange))

    async def _case_no_format(self, exchange: Exchange) -> None:
        if "response_format" in exchange.request.body:
            return await exchange.json(_error("'response_format.type' is not supported"), 400)
        return await self._say(exchange, ['{"met": false}'])


USAGE = {"prompt_tokens": 26, "completion_tokens": 8, "total_tokens": 34}


def event(value: Any) -> bytes:
    return b"data: " + json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n\n"


def delta(value: Any, finish: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": value, "finish_reason": finish}
    return {"id": "c-1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}


def whole(text: str | None, finish: str | None = "stop", **more: Any) -> dict[str, Any]:
    message = {"role": "assistant", "content": text, **more}
    choice = {"index": 0, "message": message, "finish_reason": finish}
    return {"id": "c-1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": USAGE}


if __name__ == "__main__":
    double = OpenAIDouble()
    run_alone(double)
