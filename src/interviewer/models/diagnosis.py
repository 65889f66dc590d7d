"""Tries a model for real, step by step: what `interviewer doctor` shows.

Never an empty pass: each step reports something that was seen, and what could not be tried is reported as such. The
words that are sent are ours, not the candidate's.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

from .hygiene import MALICIOUS, installed_version
from .listening import reading
from .model import (
    Broken,
    EndState,
    Message,
    ModelError,
    NoSuchModel,
    NotConfigured,
    ReadyModel,
    Reply,
    Request,
    Unauthorised,
    Unreachable,
    Usage,
)
from .privacy import where

Outcome = Literal["ok", "doubtful", "failed", "not tried"]

_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "met": {"type": "boolean"},
        "quote": {"type": "string"},
        "level": {"type": "integer", "enum": [1, 2, 3, 4, 5]},
    },
    "required": ["met", "quote", "level"],
    "additionalProperties": False,
}
_SAMPLE = "I measured the error rate before and after the change, and it fell from nine to two per cent."
_STRUCTURED = Request(
    messages=(
        Message(
            "system",
            "Decide whether the answer gives a measurement. Reply with JSON only: met (true or false), quote (the"
            " words that show it), level (1 to 5).",
        ),
        Message("user", _SAMPLE),
    ),
    max_tokens=200,
    schema=_SCHEMA,
)
_SPOKEN = Request(
    messages=(
        Message("system", "You interview for a safety team. Ask one short follow-up question."),
        Message("user", _SAMPLE),
    ),
    max_tokens=120,
    temperature=0.2,
)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was tried."""

    name: str
    outcome: Outcome
    detail: str
    """What was seen, in one sentence."""
    next_step: str = ""
    """What to do about it; empty when all is well."""
    seconds: float = 0.0


async def diagnose(
    open_it: Callable[[], ReadyModel], needs: Mapping[str, Usage] | None = None
) -> AsyncGenerator[Step, None]:
    """The steps as they are done.

    Args:
        open_it: opens the model, as `lambda: open_model(name)`; it is closed at the end.
        needs: tokens that things take, by name ("a drill"); what each would cost is the last step.
    """
    yield library()
    try:
        model = open_it()
    except ModelError as error:
        yield Step("opened", "failed", str(error), error.next_step)
        for name in ("host", *_CONTACT, *_CALLS, *(["price"] if needs else [])):
            yield Step(name, "not tried", "The model could not be opened.")
        return
    try:
        async for step in _try_all(model):
            yield step
        if needs:
            yield await _price(model, needs)
    finally:
        await model.close()


async def _try_all(model: ReadyModel) -> AsyncIterator[Step]:
    with suppress(ModelError):  # the first call tells of it
        await model.locate()
    yield Step("host", "ok", where(model.host, local=model.local, what="Test sentences"))
    first = await _first_call(model)
    for step in _contact(model, first):
        yield step
    if isinstance(first, ModelError):
        yield Step("context", "not tried", "The first call failed.")
        yield Step("structured reply", "failed", str(first), first.next_step)
        yield Step("streamed reply", "not tried", "The first call failed.")
        return
    yield _context(model)
    yield _structured(model, first)
    yield await _streamed(model)


async def _first_call(model: ReadyModel) -> Reply | ModelError:
    try:
        await model.warm_up()
        return await model.complete(_STRUCTURED)
    except ModelError as error:
        return error


_CONTACT = ("reachable", "key", "model")
_CALLS = ("context", "structured reply", "streamed reply")
_STOPS_AT: Mapping[type[ModelError], str] = {
    Unreachable: "reachable",
    Unauthorised: "key",
    NotConfigured: "model",
    NoSuchModel: "model",
    Broken: "model",
}
"""The step at which an error shows. One that is not here (out of credit, declined, too long) passes all three."""


def _contact(model: ReadyModel, first: Reply | ModelError) -> Iterator[Step]:
    """What one call says about the way to the model: all is well up to where the error is."""
    seen = {
        "reachable": f"{model.host} answers.",
        "key": "No key is needed." if model.local else "The key was accepted.",
        "model": f"{model.name} is there.",
    }
    stop = _STOPS_AT.get(type(first)) if isinstance(first, ModelError) else None
    failed = False
    for name in _CONTACT:
        if failed:
            yield Step(name, "not tried", "An earlier step failed.")
        elif name == stop and isinstance(first, ModelError):
            failed = True
            yield Step(name, "failed", str(first), first.next_step)
        else:
            yield Step(name, "ok", seen[name])


def library() -> Step:
    """Which litellm is installed, without importing it; a malicious release is a failure."""
    version = installed_version()
    if version is None:
        return Step("litellm", "doubtful", "litellm is not installed; only Ollama and offline work.")
    if version in MALICIOUS:
        return Step(
            "litellm",
            "failed",
            f"litellm {version} is a malicious release.",
            "Uninstall it, change every key this machine holds, then install a current one.",
        )
    return Step("litellm", "ok", f"litellm {version}.")


_ENOUGH = 12_000
"""Tokens: a round of forty-five minutes with the rubric beside it."""


def _context(model: ReadyModel) -> Step:
    tokens = getattr(model, "context", None)
    if tokens is None:
        return Step("context", "doubtful", f"{model.host} does not say how much context the model has.")
    if tokens < _ENOUGH:
        return Step(
            "context",
            "doubtful",
            f"{tokens:,} tokens of context; a long interview needs about {_ENOUGH:,}.",
            "Choose a model with more context for a whole round.",
        )
    return Step("context", "ok", f"{tokens:,} tokens of context.")


BROKE_OFF = "The reply broke off."
TRY_AGAIN = "Try again, or choose another model."


def _structured(model: ReadyModel, reply: Reply) -> Step:
    if reply.state is EndState.CUT:
        return Step("structured reply", "failed", BROKE_OFF, TRY_AGAIN, seconds=reply.seconds)
    took = f"{model.name} answered in {reply.seconds:.1f} s"
    if _obeys(reply.text):
        return Step("structured reply", "ok", f"{took} and kept to the schema{_cost(reply)}.", seconds=reply.seconds)
    return Step(
        "structured reply",
        "doubtful",
        f"{took} but did not keep to the schema{_cost(reply)}.",
        "Its ratings will need repair; see how it does with `interviewer calibrate`.",
        seconds=reply.seconds,
    )


def _obeys(text: str) -> bool:
    try:
        value = json.loads(text)
    except ValueError:
        return False
    return (
        isinstance(value, dict)
        and set(value) == set(_SCHEMA["required"])
        and isinstance(value["met"], bool)
        and isinstance(value["quote"], str)
        and value["level"] in _SCHEMA["properties"]["level"]["enum"]
    )


def _cost(reply: Reply) -> str:
    if reply.usage.cost is None:
        return ", at an unknown price"
    return f", for ${reply.usage.cost:.5f}" if reply.usage.cost else ""


async def _streamed(model: ReadyModel) -> Step:
    try:
        async with reading(model, _SPOKEN) as stream:
            *_, last = [piece async for piece in stream]
    except ModelError as error:
        return Step("streamed reply", "failed", str(error), error.next_step)
    if not isinstance(last, Reply) or last.state not in (EndState.COMPLETE, EndState.LENGTH):
        return Step("streamed reply", "failed", BROKE_OFF, TRY_AGAIN)
    first = last.first_token_seconds or 0.0
    speed = (last.usage.completion_tokens or 0) / max(last.seconds - first, 0.001)
    about = "about " if last.usage.estimated else ""
    return Step(
        "streamed reply",
        "ok",
        f"First words after {first:.1f} s, then {about}{speed:.0f} tokens a second.",
        seconds=last.seconds,
    )


async def _price(model: ReadyModel, needs: Mapping[str, Usage]) -> Step:
    """What things would cost, by the model's own price; known without a call, so it stands whatever failed before."""
    try:
        prices = {name: await model.price(usage) for name, usage in needs.items()}
    except ModelError as error:
        return Step("price", "not tried", str(error), error.next_step)
    known = {name: price for name, price in prices.items() if price is not None}
    if len(known) < len(prices):
        return Step(
            "price",
            "doubtful",
            f"The price of {model.name} is unknown.",
            "It cannot be held to a --budget; look it up at the provider's.",
        )
    if not any(known.values()):
        return Step("price", "ok", "Nothing: it runs on this machine.")
    return Step("price", "ok", f"{', '.join(f'{name} about {dollars(price)}' for name, price in known.items())}.")


def dollars(amount: float) -> str:
    """As "$0.03"; small amounts with two digits that count, as "$0.0041"."""
    return f"${amount:.2f}" if amount >= 0.1 else f"${amount:.2g}" if amount >= 0.0001 else "under $0.0001"
