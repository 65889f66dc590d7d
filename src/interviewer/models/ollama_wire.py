"""Ollama's wire format: what a chat request looks like, and what the lines of an answer mean. Pure, no network.

Read from Ollama's `docs/api.md`, `api/types.go` and `server/routes.go`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from .model import CHARACTERS_PER_TOKEN, EndState, Request, Usage

KEEP_ALIVE = "30m"
"""An interview pauses for minutes while the candidate types; Ollama's own 5 would unload the model under it."""
LONGEST_FRAME = 4_000_000
_LOCAL_ONLY_SINCE = (0, 17, 6)

Version = tuple[int, ...]


class BadFrame(ValueError):
    """A line that is not one JSON object, or never ends."""


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What the server says of one model."""

    tag: str
    size: int | None = None
    """Bytes on disk."""
    parameters: str = ""
    """As "8.2B"; `size.billions_in` reads it."""
    quantisation: str = ""
    """As "Q4_K_M"."""
    context: int | None = None
    """Tokens the model was trained for."""
    family: str = ""
    thinks: bool = False
    chats: bool = True
    remote_host: str = ""
    """Set where the model is a stand-in for one that runs elsewhere."""


class Frame(NamedTuple):
    """One line of an answer. A tuple, because there is one for every token."""

    text: str = ""
    thinking: str = ""
    error: str | None = None
    remote_host: str = ""
    done: str | None = None
    """The `done_reason` of the last frame; "" if the server gave none; None while more is to come."""
    usage: Usage | None = None


class Lines:
    """Cuts bytes into lines at "\\n" alone: a JSON string may hold other characters that text tools split at."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[bytes]:
        """The whole lines that `data` completes, without blank ones.

        Raises:
            BadFrame: a line longer than `LONGEST_FRAME`.
        """
        *lines, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > LONGEST_FRAME:
            raise BadFrame("endless line")
        return [line for line in lines if line.strip()]

    def end(self) -> list[bytes]:
        """What was left without a line end."""
        return [self._rest] if self._rest.strip() else []


def read_frame(line: bytes) -> Frame:
    """The frame on one line.

    Raises:
        BadFrame: it is not a JSON object.
    """
    data = read_object(line)
    if "error" in data:
        return Frame(error=str(data["error"]))
    message = data.get("message")
    message = message if isinstance(message, dict) else {}
    done = bool(data.get("done"))
    return Frame(
        _text(message.get("content")),
        _text(message.get("thinking")),
        None,
        _text(data.get("remote_host")),
        _text(data.get("done_reason")) if done else None,
        _usage(data) if done else None,
    )


def read_object(data: bytes) -> dict[str, Any]:
    """The JSON object in `data`.

    Raises:
        BadFrame: there is none.
    """
    try:
        value = json.loads(data.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise BadFrame("not a JSON object")
    return value


def end_state(done_reason: str) -> EndState:
    """How a reply ended whose last frame gave this reason."""
    return EndState.LENGTH if done_reason == "length" else EndState.COMPLETE


def chat_body(
    wire_name: str, request: Request, *, context: int, think: bool | str | None, headroom: int
) -> dict[str, Any]:
    """The body of a chat request. `headroom` are tokens that the model may think with before it speaks."""
    options: dict[str, Any] = {
        "num_ctx": context,
        "num_predict": request.max_tokens + headroom,
        "temperature": request.temperature,
    }
    if request.seed is not None:
        options["seed"] = request.seed
    body: dict[str, Any] = {
        "model": wire_name,
        "messages": [message.on_the_wire for message in request.messages],
        "stream": True,
        "options": options,
        "keep_alive": KEEP_ALIVE,
        "truncate": False,
        "shift": False,
    }
    if request.schema is not None:
        body["format"] = dict(request.schema)
    if think is not None:
        body["think"] = think
    return body


def load_body(wire_name: str, *, context: int) -> dict[str, Any]:
    """A request that says nothing and makes the server load the model with the context of the interview."""
    return {"model": wire_name, "messages": [], "options": {"num_ctx": context}, "keep_alive": KEEP_ALIVE}


def read_version(text: str) -> Version:
    """ "0.17.6-rc1" as (0, 17, 6); () for anything that is no version."""
    numbers = text.split("-")[0].split("+")[0].lstrip("v").split(".")
    return tuple(map(int, numbers)) if all(n.isascii() and n.isdigit() and len(n) < 9 for n in numbers) else ()


def pinned_name(tag: str, version: Version) -> str:
    """The name under which a server, if it is new enough to know the suffix, runs the model itself or not at all."""
    return f"{tag}:local" if version >= _LOCAL_ONLY_SINCE and not tag.endswith(":local") else tag


def was_shortened(request: Request, usage: Usage, *, context: int) -> bool:
    """Whether the server seems to have dropped part of the prompt without saying so.

    Old servers do, and newer ones have been seen to. Taken for true only where the prompt by its length hardly fitted
    and the server counted far fewer tokens than that length stands for.
    """
    guess = request.characters / CHARACTERS_PER_TOKEN
    counted = usage.prompt_tokens
    return counted is not None and guess > 0.8 * context and counted < 0.6 * guess


def read_tags(data: Mapping[str, Any]) -> list[ModelCard]:
    """The models of an `/api/tags` answer."""
    models = data.get("models")
    return [_listed(entry) for entry in models if isinstance(entry, dict)] if isinstance(models, list) else []


def _listed(entry: Mapping[str, Any]) -> ModelCard:
    details = _details(entry)
    size = entry.get("size")
    return ModelCard(
        tag=_text(entry.get("model")) or _text(entry.get("name")),
        size=size if isinstance(size, int) else None,
        parameters=_text(details.get("parameter_size")),
        quantisation=_text(details.get("quantization_level")),
        family=_text(details.get("family")),
        remote_host=_remote(entry),
    )


def read_show(tag: str, data: Mapping[str, Any]) -> ModelCard:
    """The model of an `/api/show` answer."""
    details = _details(data)
    info = data.get("model_info")
    lengths = [
        value
        for key, value in (info.items() if isinstance(info, dict) else ())
        if key.endswith(".context_length") and isinstance(value, int)
    ]
    listed = data.get("capabilities")
    capabilities = listed if isinstance(listed, list) else None
    return ModelCard(
        tag=tag,
        parameters=_text(details.get("parameter_size")),
        quantisation=_text(details.get("quantization_level")),
        context=min(lengths) if lengths else None,
        family=_text(details.get("family")),
        thinks=capabilities is not None and "thinking" in capabilities,
        chats=capabilities is None or "completion" in capabilities,
        remote_host=_remote(data),
    )


def _details(data: Mapping[str, Any]) -> Mapping[str, Any]:
    details = data.get("details")
    return details if isinstance(details, dict) else {}


def _remote(data: Mapping[str, Any]) -> str:
    return _text(data.get("remote_host")) or ("another machine" if data.get("remote_model") else "")


def _usage(data: Mapping[str, Any]) -> Usage:
    prompt, completion = data.get("prompt_eval_count"), data.get("eval_count")
    return Usage(
        prompt_tokens=prompt if isinstance(prompt, int) else None,
        completion_tokens=completion if isinstance(completion, int) else None,
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
