"""How litellm is called and what its answers mean, in both release lines (1.106 and 1.109). Sends nothing itself."""

from __future__ import annotations

import asyncio
import re
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from .errors import NO_CONNECTION, unknown_provider
from .model import EndState, Message, Request, Usage
from .route import Route

NO_KEY = "none"
"""Sent where a key is expected and there is none: with an empty one litellm would look for the user's."""
_CACHE_FROM = 4_096
"""Characters; providers do not cache instructions that are shorter than about a thousand tokens."""
_SCHEMA_WORDS = re.compile(r"response_format|json_schema|json_object|schema|structured|grammar", re.IGNORECASE)

_SPOILT = "model produced output that does not match"
"""What llama-server says, with 500, of a reply that ran out of tokens in the midst of its JSON: the form was taken."""


class SchemaForm(IntEnum):
    """In which form a schema is asked for, from the strictest down. Servers take different ones."""

    SCHEMA = 0
    OBJECT = 1
    WORDS = 2

    def next(self) -> SchemaForm:
        """The next simpler form."""
        return SchemaForm(min(self + 1, SchemaForm.WORDS))


class SchemaRefused(Exception):
    """The server does not take a schema in this form."""

    def __init__(self, form: SchemaForm):
        super().__init__(form.name)
        self.form = form


@dataclass(frozen=True, slots=True)
class Piece:
    """What one chunk, or a whole response, holds."""

    text: str = ""
    reasoning: str = ""
    ended: EndState | None = None
    usage: Usage | None = None


def arguments(litellm: Any, route: Route, request: Request, form: SchemaForm, *, seconds: float) -> dict[str, Any]:
    """The keyword arguments of a call."""
    call: dict[str, Any] = {
        "model": route.litellm_name,
        "messages": [message.on_the_wire for message in request.messages],
        "max_tokens": allowed_tokens(litellm, route, request),
        "temperature": request.temperature,
        "timeout": seconds,
        "drop_params": True,
        "max_retries": 0,
        "num_retries": 0,
    }
    if route.base:
        call |= {"api_base": route.base.url, "api_key": route.key or NO_KEY}
    elif route.key:
        call["api_key"] = route.key
    if request.seed is not None:
        call["seed"] = request.seed
    if request.schema is not None and form is not SchemaForm.WORDS:
        call["response_format"] = _response_format(request.schema, form)
    if _reasons(litellm, route):
        call["reasoning_effort"] = route.provider.effort
    if route.provider.caches and _long_instructions(request.messages):
        call["cache_control_injection_points"] = [{"location": "message", "role": "system"}]
    return call


def allowed_tokens(litellm: Any, route: Route, request: Request) -> int:
    """The tokens of a reply, with room to think where the model reasons."""
    return request.max_tokens + (route.provider.headroom if _reasons(litellm, route) else 0)


def schema_refused(status: int | None, text: str, family: str, *, own_server: bool) -> bool:
    """Whether a failure is about the form of the schema rather than about the call."""
    if _SPOILT in text or re.search(NO_CONNECTION, text, re.IGNORECASE):
        return False
    if own_server and status in (500, 501):
        return True
    return status in (400, 422) and _SCHEMA_WORDS.search(text) is not None and "ContextWindow" not in family


def insist_on_provider(litellm: Any, route: Route) -> None:
    """Nothing, if litellm knows the provider.

    Raises:
        NotConfigured: it does not.
    """
    try:
        litellm.get_llm_provider(model=route.litellm_name)
    except Exception:  # noqa: BLE001 - told in several ways
        known = False
    else:
        known = True
    if not known:
        raise unknown_provider(route.name)


def read_chunk(chunk: Any) -> Piece:
    """What a chunk of a stream holds. The last one may bring only the counts."""
    choices = getattr(chunk, "choices", None) or []
    piece = _read(choices[0], "delta") if choices else Piece()
    return replace(piece, usage=_usage(getattr(chunk, "usage", None)))


def read_response(response: Any) -> Piece:
    """What a whole response holds."""
    choices = getattr(response, "choices", None) or []
    piece = _read(choices[0], "message") if choices else Piece(ended=EndState.COMPLETE)
    return replace(piece, usage=_usage(getattr(response, "usage", None)))


def finish_was_sent(stream: Any, *, silent_cut: bool) -> bool:
    """Whether the provider itself said that the reply was over; litellm may have made the marker up."""
    return silent_cut or getattr(stream, "received_finish_reason", "stop") is not None


def is_missing_finish(error: Exception) -> bool:
    """Whether litellm complains that a stream just ended. 1.106 makes a finish marker up instead."""
    return "before a finish_reason" in str(error)


def counts_are_real(stream: Any) -> bool:
    """Whether the provider counted the tokens; where it does not, litellm makes the counts up."""
    return any(getattr(chunk, "usage", None) for chunk in getattr(stream, "chunks", ()))


def looks_cut(text: str) -> bool:
    """Whether a text stops like one that was cut: in a word, with no mark after it."""
    return text.rstrip()[-1:].isalnum()


def price(litellm: Any, route: Route, usage: Usage) -> float | None:
    """US dollars; 0 on this machine, None when the price is unknown."""
    if route.local:
        return 0.0
    try:
        prompt, completion = litellm.cost_per_token(
            model=route.litellm_name,
            prompt_tokens=usage.prompt_tokens or 0,
            completion_tokens=usage.completion_tokens or 0,
        )
    except Exception:  # noqa: BLE001 - an unknown model, told in several ways
        return None
    return float(prompt + completion) or None


def context(litellm: Any, route: Route) -> int | None:
    """Tokens that a prompt may have, from litellm's own table; None for a model that is not in it."""
    try:
        length = litellm.get_model_info(route.litellm_name)["max_input_tokens"]
    except Exception:  # noqa: BLE001 - an unknown model, told in several ways
        return None
    return length if isinstance(length, int) else None


_loop: weakref.ref[asyncio.AbstractEventLoop] | None = None


def use_this_loop(litellm: Any) -> None:
    """Makes litellm forget connections that belong to another event loop; it would use them and fail."""
    global _loop
    loop = asyncio.get_running_loop()
    if _loop is None or _loop() is not loop:
        forget_clients(litellm)
        _loop = weakref.ref(loop)


async def close(litellm: Any) -> None:
    """Closes litellm's connections and forgets them; whoever calls next gets new ones."""
    await litellm.close_litellm_async_clients()
    forget_clients(litellm)


def forget_clients(litellm: Any) -> None:
    """Makes litellm open new connections from now on; calls that are under way keep theirs."""
    litellm.in_memory_llm_clients_cache.flush_cache()
    vars(litellm).pop("module_level_aclient", None)


def _response_format(schema: Any, form: SchemaForm) -> dict[str, Any]:
    if form is SchemaForm.OBJECT:
        return {"type": "json_object", "schema": dict(schema)}
    return {"type": "json_schema", "json_schema": {"name": "reply", "strict": True, "schema": dict(schema)}}


def _long_instructions(messages: Sequence[Message]) -> bool:
    return sum(len(message.content) for message in messages if message.role == "system") >= _CACHE_FROM


def _reasons(litellm: Any, route: Route) -> bool:
    if not route.provider.effort:
        return False
    try:
        return bool(litellm.supports_reasoning(model=route.litellm_name))
    except Exception:  # noqa: BLE001 - an unknown model, told in several ways
        return False


_ENDS = {"stop": EndState.COMPLETE, "length": EndState.LENGTH, "content_filter": EndState.FILTERED}


def _read(choice: Any, part: str) -> Piece:
    message = getattr(choice, part, None)
    text = getattr(message, "content", None) or ""
    finish = getattr(choice, "finish_reason", None)
    ended = _ENDS.get(finish, EndState.COMPLETE) if finish else None
    if _declined(message):
        ended = EndState.FILTERED
    return Piece(text=text, reasoning=getattr(message, "reasoning_content", None) or "", ended=ended)


def _declined(message: Any) -> bool:
    extra = getattr(message, "provider_specific_fields", None) or {}
    return bool(getattr(message, "refusal", None) or extra.get("refusal"))


def _usage(counts: Any) -> Usage | None:
    prompt, completion = getattr(counts, "prompt_tokens", None), getattr(counts, "completion_tokens", None)
    if not prompt and not completion:
        return None
    return Usage(prompt_tokens=prompt, completion_tokens=completion)
