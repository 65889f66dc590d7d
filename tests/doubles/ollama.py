"""An Ollama server that is not one. The model's name, without `:local`, chooses what happens."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .server import Double, Exchange, example_of, run_alone

WORDS = ("Tell ", "me ", "more ", "about ", "your ", "part ", "in ", "that.")
SPEECH = "".join(WORDS)

ERRORS: dict[str, tuple[int, Any]] = {
    "missing-at-chat": (404, {"error": "model 'missing-at-chat' not found"}),
    "nothink": (400, {"error": '"nothink" does not support thinking'}),
    "embedder-at-chat": (400, {"error": '"embedder-at-chat" does not support chat'}),
    "longctx": (
        400,
        {
            "error": "the prompt is longer than the context length currently available to the model; shorten the"
            " prompt, adjust the context length in settings, or use a model with a longer context length"
        },
    ),
    "busy": (503, {"error": "server busy, please try again.  maximum pending requests exceeded"}),
    "gone-in-queue": (499, {"error": "request canceled"}),
    "oom": (500, {"error": "model requires more system memory (9.1 GiB) than is available (3.2 GiB)"}),
    "died": (500, {"error": "llama runner process has terminated: exit status 2"}),
    "signin": (401, {"error": "unauthorized", "signin_url": "https://ollama.com/connect?name=x"}),
    "nocloud": (403, {"error": "ollama cloud is disabled: remote model is unavailable"}),
    "cloud-away": (502, {"error": "dial tcp: lookup ollama.com: no such host"}),
    "noted-prompt": (400, {"error": "cannot read: CANARY-STORY-5512 Bearer sk-canary-key-0123456789abcdef"}),
}
CASES = (
    *("ok", "think", "thinktag", "thinktag1", "cold", "slow", "stall", "stall-first", "miderr", "err-first", "cut"),
    *("cut-first", "reset", "eofclean", "split", "len", "len-empty", "nousage", "cloud-frames", "falsejson"),
    *("partialjson", "utf8split", "u2028", "esc", "together", "crlf", "blank", "html", "empty", "noend", "shortened"),
    *ERRORS,
)


@dataclass
class OllamaDouble(Double):
    """`speech` makes the text of a well-behaved reply from the request's body."""

    version: str = "0.32.15"
    gap: float = 0.02
    """Seconds between pieces of `slow`."""
    speech: Callable[[Any], list[str]] | None = None
    allocated: int | None = None
    """The context that `/api/ps` reports; what was asked for by default."""

    def models(self) -> dict[str, dict[str, Any]]:
        listed = {name: _listing(name) for name in CASES}
        listed["gpt-oss:20b"] = _listing("gpt-oss:20b", family="gptoss")
        listed["embedder"] = _listing("embedder", capabilities=["embedding"])
        listed["small-context"] = _listing("small-context", context=2048)
        listed["innocent"] = _listing("innocent", size=384, remote_host="https://ollama.com:443")
        listed["big:120b-cloud"] = _listing("big:120b-cloud", size=384, remote_host="https://ollama.com:443")
        listed["hollow"] = _listing("hollow", size=0)
        return listed

    async def answer(self, exchange: Exchange) -> None:
        path = exchange.request.path
        if path == "/api/version":
            return await exchange.json({"version": self.version})
        if path == "/api/tags":
            return await exchange.json({"models": [_public(entry) for entry in self.models().values()]})
        if path == "/api/ps":
            return await exchange.json({"models": self._loaded()})
        if path == "/api/show":
            return await self._show(exchange)
        if path == "/api/chat":
            return await self._chat(exchange)
        return await exchange.whole(404, b"404 page not found", "text/plain")

    def _loaded(self) -> list[dict[str, Any]]:
        for body in reversed(self.bodies("/api/chat")):
            name = body["model"].removesuffix(":local")
            return [{"name": name, "model": name, "context_length": self.allocated or body["options"]["num_ctx"]}]
        return []

    async def _show(self, exchange: Exchange) -> None:
        entry = self.models().get(exchange.request.body["model"].removesuffix(":local"))
        if entry is None:
            return await exchange.json({"error": "model not found"}, 404)
        shown = {key: entry[key] for key in ("details", "capabilities", "model_info")}
        if entry.get("remote_host"):
            shown |= {"remote_host": entry["remote_host"], "remote_model": "gpt-oss:120b"}
        return await exchange.json(shown)

    async def _chat(self, exchange: Exchange) -> None:
        body = exchange.request.body
        case = body["model"].removesuffix(":local").removesuffix(":latest")
        if not body["messages"]:
            if case == "cold":
                await exchange.pause(0.05)
            return await exchange.json(
                {"model": case, "done": True, "done_reason": "load", "message": {"role": "assistant", "content": ""}}
            )
        if case in ERRORS:
            status, error = ERRORS[case]
            return await exchange.json(error, status)
        special = getattr(self, "_case_" + case.replace("-", "_").partition(":")[0], None)
        await (special(exchange) if special else self._say(exchange, self._pieces(body)))
        return None

    def _pieces(self, body: Any) -> list[str]:
        if self.speech:
            return self.speech(body)
        return [json.dumps(example_of(body["format"]))] if isinstance(body.get("format"), dict) else list(WORDS)

    async def _begin(self, exchange: Exchange, pieces: list[str], **more: Any) -> None:
        await exchange.head(200, "application/x-ndjson")
        for piece in pieces:
            await exchange.chunk(frame(piece, **more))

    async def _say(self, exchange: Exchange, pieces: list[str], reason: str = "stop", **more: Any) -> None:
        await self._begin(exchange, pieces, **more)
        await exchange.chunk(last(reason, count=len(pieces), **more))
        await exchange.end()

    async def _case_think(self, exchange: Exchange) -> None:
        await exchange.head(200, "application/x-ndjson")
        for thought in ("let me ", "see"):
            await exchange.chunk(frame("", thinking=thought))
        for word in WORDS:
            await exchange.chunk(frame(word))
        await exchange.chunk(last())
        await exchange.end()

    async def _case_thinktag(self, exchange: Exchange) -> None:
        await self._say(exchange, ["<th", "ink>let me see", "</", "think>\n\n", *WORDS])

    async def _case_thinktag1(self, exchange: Exchange) -> None:
        await self._say(exchange, ["let me see", "</think>", "\n\n", *WORDS])

    async def _case_cold(self, exchange: Exchange) -> None:
        await exchange.pause(0.05)
        await self._say(exchange, list(WORDS))

    async def _case_slow(self, exchange: Exchange) -> None:
        await exchange.head(200, "application/x-ndjson")
        for word in WORDS:
            await exchange.pause(self.gap)
            await exchange.chunk(frame(word))
        await exchange.chunk(last())
        await exchange.end()

    async def _case_stall(self, exchange: Exchange) -> None:
        await self._begin(exchange, list(WORDS[:3]))
        await exchange.pause(60)

    async def _case_stall_first(self, exchange: Exchange) -> None:
        await exchange.pause(60)

    async def _case_miderr(self, exchange: Exchange) -> None:
        await self._begin(exchange, list(WORDS[:3]))
        await exchange.chunk(b'{"error":"an error was encountered while running the model: CANARY-STORY-5512"}\n')
        await exchange.end()

    async def _case_err_first(self, exchange: Exchange) -> None:
        await self._begin(exchange, [])
        await exchange.chunk(b'{"error":"an error was encountered while running the model"}\n')
        await exchange.end()

    async def _case_cut(self, exchange: Exchange) -> None:
        await self._begin(exchange, list(WORDS[:3]))
        exchange.cut()

    async def _case_cut_first(self, exchange: Exchange) -> None:
        await self._begin(exchange, [])
        exchange.cut()

    async def _case_reset(self, exchange: Exchange) -> None:
        await self._begin(exchange, list(WORDS[:3]))
        await exchange.pause(0.02)
        exchange.reset()

    async def _case_eofclean(self, exchange: Exchange) -> None:
        await self._begin(exchange, list(WORDS[:3]))
        await exchange.end()

    async def _case_split(self, exchange: Exchange) -> None:
        await exchange.head(200, "application/x-ndjson")
        for data in (*map(frame, WORDS), last()):
            await exchange.chunk(data[:17])
            await exchange.pause(0.005)
            await exchange.chunk(data[17:])
        await exchange.end()

    async def _case_len(self, exchange: Exchange) -> None:
        await self._say(exchange, list(WORDS[:3]), "length")

    async def _case_len_empty(self, exchange: Exchange) -> None:
        await self._say(exchange, [], "length")

    async def _case_nousage(self, exchange: Exchange) -> None:
        await self._begin(exchange, list(WORDS))
        await exchange.chunk(
            b'{"model":"nousage","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop"}\n'
        )
        await exchange.end()

    async def _case_cloud_frames(self, exchange: Exchange) -> None:
        await self._say(exchange, list(WORDS), remote_host="https://ollama.com:443", remote_model="x")

    async def _case_falsejson(self, exchange: Exchange) -> None:
        await self._say(exchange, ["Sure! Here is ", "what you asked for."])

    async def _case_partialjson(self, exchange: Exchange) -> None:
        await self._say(exchange, ['{"met": tr'], "length")

    async def _case_utf8split(self, exchange: Exchange) -> None:
        await exchange.head(200, "application/x-ndjson")
        data = frame("naïve — 猫 🐈.")
        for byte in data:
            await exchange.chunk(bytes([byte]))
        await exchange.chunk(last())
        await exchange.end()

    async def _case_u2028(self, exchange: Exchange) -> None:
        await self._say(exchange, ["one\u2028two\u0085three."])

    async def _case_esc(self, exchange: Exchange) -> None:
        await self._say(exchange, ["\x1b]52;c;aGk=\x1b\\", "a\x1b[2Jb\x07", "\u202ec.", "\x9b31m"])

    async def _case_together(self, exchange: Exchange) -> None:
        await exchange.head(200, "application/x-ndjson")
        await exchange.chunk(b"".join((*map(frame, WORDS), last())))
        await exchange.end()

    async def _case_crlf(self, exchange: Exchange) -> None:
        await exchange.head(200, "application/x-ndjson")
        for data in (*map(frame, WORDS), last()):
            await exchange.chunk(data.replace(b"\n", b"\r\n"))
        await exchange.end()

    async def _case_blank(self, exchange: Exchange) -> None:
        await exchange.head(200, "application/x-ndjson")
        for data in (*map(frame, WORDS), last()):
            await exchange.chunk(b"\n" + data + b"\n")
        await exchange.end()

    async def _case_html(self, exchange: Exchange) -> None:
        await exchange.whole(200, b"<html><body>Please log in to the hotel's network</body></html>\n", "text/html")

    async def _case_empty(self, exchange: Exchange) -> None:
        await self._say(exchange, [])

    async def _case_noend(self, exchange: Exchange) -> None:
        await exchange.head(200, "application/x-ndjson")
        await exchange.chunk(frame(SPEECH) + last().rstrip())
        await exchange.end()

    async def _case_shortened(self, exchange: Exchange) -> None:
        await self._begin(exchange, list(WORDS))
        await exchange.chunk(last(prompt=exchange.request.body["options"]["num_ctx"] // 2 + 2))
        await exchange.end()


def frame(text: str, **more: Any) -> bytes:
    """One line of an answer."""
    message = {"role": "assistant", "content": text}
    if "thinking" in more:
        message["thinking"] = more.pop("thinking")
    value = {"model": "m", "created_at": "2026-08-21T10:00:00.123456Z", "message": message, "done": False, **more}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def last(reason: str = "stop", *, prompt: int = 26, count: int = 8, **more: Any) -> bytes:
    """The line that ends an answer."""
    value = {
        "model": "m",
        "message": {"role": "assistant", "content": ""},
        "done": True,
        "done_reason": reason,
        "total_duration": 4883583458,
        "prompt_eval_count": prompt,
        "eval_count": count,
        **more,
    }
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"


def _listing(
    name: str,
    *,
    size: int = 5_200_000_000,
    family: str = "qwen3",
    capabilities: list[str] | None = None,
    context: int = 40_960,
    remote_host: str = "",
) -> dict[str, Any]:
    default = ["completion", "thinking"] if name.startswith("think") or family == "gptoss" else ["completion"]
    entry = {
        "name": name,
        "model": name,
        "size": size,
        "digest": "0" * 64,
        "details": {"family": family, "parameter_size": "8.2B", "quantization_level": "Q4_K_M"},
        "capabilities": capabilities or default,
        "model_info": {f"{family}.context_length": context},
    }
    if remote_host:
        entry |= {"remote_host": remote_host, "remote_model": "gpt-oss:120b"}
    return entry


def _public(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key not in ("capabilities", "model_info")}


if __name__ == "__main__":
    run_alone(OllamaDouble())
