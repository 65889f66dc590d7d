"""Reads a model's reply: JSON bare, in a fence, amid prose or after reasoning. Strict about what it says.

The last object that fits counts. It may not know the thread.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from ...models.thinking import ThinkFilter

LONGEST = 60_000
"""Characters of a reply that are looked at."""
_STARTS_TRIED = 400

Said = Annotated[str, BeforeValidator(lambda value: "" if value is None else value)]


class MarkedPart(BaseModel):
    """What the model says of one part."""

    model_config = ConfigDict(frozen=True)

    part: str
    quote: Said = ""
    met: bool


class JudgeReply(BaseModel):
    """The whole reply."""

    model_config = ConfigDict(frozen=True)

    notes: Said = ""
    parts: tuple[MarkedPart, ...]
    no_occasion: tuple[str, ...] = ()


class Unreadable(ValueError):
    """The reply is no reply to what was asked; the message says what is wrong with it, in the model's terms."""

    def __init__(self, fault: str, reply: str = ""):
        super().__init__(fault)
        self.reply = reply
        """The reply as it came."""


def read_reply(text: str, parts: Collection[str], known: Collection[str] = ()) -> JudgeReply:
    """What the model says of each of these parts, then of those it may add; the last word on a part counts.

    Args:
        known: parts that may stand beside them, or not.

    Raises:
        Unreadable: there is no JSON, it is of another shape, or a part is missing or unknown.
    """
    fault = "there is no JSON object in it"
    for content in reversed(list(_objects(_without_thinking(text[:LONGEST])))):
        try:
            return _complete(JudgeReply.model_validate(content), parts, known)
        except ValidationError as error:
            fault = _in_words(error)
        except Unreadable as error:
            fault = str(error)
    raise Unreadable(fault, text)


def _without_thinking(text: str) -> str:
    reasoning = ThinkFilter()
    reasoning.feed(text)
    reasoning.end()
    return reasoning.speech


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """Every JSON object in the text that could be a reply, and a bare list of parts as if it were in one."""
    decoder = json.JSONDecoder()
    at = tried = 0
    while (at := _next_start(text, at)) >= 0 and tried < _STARTS_TRIED:
        tried += 1
        try:
            content, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            at += 1
            continue
        if isinstance(content, list) and content and all(isinstance(entry, dict) for entry in content):
            content = {"parts": content}
        if isinstance(content, dict):
            yield content


def _next_start(text: str, at: int) -> int:
    starts = [start for start in (text.find("{", at), text.find("[", at)) if start >= 0]
    return min(starts, default=-1)


def _complete(reply: JudgeReply, parts: Collection[str], known: Collection[str]) -> JudgeReply:
    last = {marked.part: marked for marked in reply.parts}
    if unknown := sorted(last.keys() - {*parts, *known}):
        raise Unreadable(f"`parts` names {unknown[0][:60]!r}, which is not a part; the parts are {', '.join(parts)}")
    if missing := [part for part in parts if part not in last]:
        raise Unreadable(f"`parts` leaves out {', '.join(missing)}")
    beside = [part for part in known if part in last and part not in parts]
    return reply.model_copy(update={"parts": tuple(last[part] for part in (*parts, *beside))})


def _in_words(error: ValidationError) -> str:
    fault = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(map(str, fault["loc"]))
    return f"`{where}` is missing" if fault["type"] == "missing" else f"`{where}`: {fault['msg'].lower()}"
