"""Doubles as fixtures, quick budgets, and litellm loaded once for all tests that need it."""

from __future__ import annotations

import asyncio
import gc
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

from interviewer.models import hygiene
from interviewer.models.deadlines import Deadlines
from interviewer.models.model import Message, ModelError, ReadyModel, Reply, Request
from interviewer.models.opening import open_model
from interviewer.models.retry import Patience
from tests.doubles.anthropic import AnthropicDouble
from tests.doubles.gemini import GeminiDouble
from tests.doubles.ollama import OllamaDouble
from tests.doubles.openai import OpenAIDouble

STORY = "CANARY-STORY-5512"
KEY = "sk-canary-key-0123456789abcdef"
QUICK = Deadlines(connect=2, first=0.4, gap=0.4, total=5)
BRISK = Patience(attempts=2, first_wait=0.01, longest_wait=0.1)


def request(**more: Any) -> Request:
    return Request([Message("system", "Be brief."), Message("user", f"I once {STORY} at work.")], max_tokens=50, **more)


def opened(name: str, **more: Any) -> ReadyModel:
    """A model with budgets fit for a test, and nothing of this machine's environment."""
    return open_model(name, **{"environment": {}, "limits": QUICK, "patience": BRISK, **more})


async def _hear(model: ReadyModel, asked: Request) -> tuple[list[str], Reply | ModelError]:
    pieces: list[str] = []
    try:
        async for piece in model.stream(asked):
            if isinstance(piece, Reply):
                return pieces, piece
            pieces.append(piece)
    except ModelError as error:
        return pieces, error
    raise AssertionError("the stream ended without a reply")


def hear(model: ReadyModel, asked: Request | None = None) -> tuple[list[str], Reply | ModelError]:
    """The pieces of a stream, and what it ended in."""

    async def run() -> tuple[list[str], Reply | ModelError]:
        try:
            return await _hear(model, asked or request())
        finally:
            await model.close()

    return asyncio.run(run())


def ask(model: ReadyModel, asked: Request | None = None) -> Reply | ModelError:
    """What a call that is not streamed ended in."""

    async def run() -> Reply | ModelError:
        try:
            return await model.complete(asked or request())
        except ModelError as error:
            return error
        finally:
            await model.close()

    return asyncio.run(run())


def outcome(end: Reply | ModelError) -> str:
    """The state of a reply, or the kind of an error, as the tables write it."""
    return end.state.value if isinstance(end, Reply) else end.kind


def said(error: ModelError) -> str:
    """Everything of an error that a user or a log could see."""
    assert error.__cause__ is None
    assert error.__context__ is None, "the library's own error, with its text, hangs on to ours"
    return f"{error} {error!r} {error.next_step} {error.args}"


@pytest.fixture
def ollama() -> Iterator[OllamaDouble]:
    with OllamaDouble() as double:
        yield double


@pytest.fixture
def openai() -> Iterator[OpenAIDouble]:
    with OpenAIDouble() as double:
        yield double


@pytest.fixture
def anthropic() -> Iterator[AnthropicDouble]:
    with AnthropicDouble() as double:
        yield double


@pytest.fixture
def gemini() -> Iterator[GeminiDouble]:
    with GeminiDouble() as double:
        yield double


@pytest.fixture(scope="session")
def _loaded() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        loaded = hygiene.litellm()
        for name in ("openai/ok", "hosted_vllm/ok", "anthropic/ok", "gemini/ok"):  # else a first call outlasts `QUICK`
            hygiene.rehearse({"model": name, "messages": [{"role": "user", "content": "."}], "max_retries": 0})
        return loaded


@pytest.fixture(scope="module", autouse=True)
def _swept() -> Iterator[None]:
    """Coroutines that litellm leaves behind when it is cancelled are swept up here, not in somebody else's test."""
    yield
    if hygiene.is_loaded():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            gc.collect()


@pytest.fixture
def litellm(_loaded: Any) -> Iterator[Any]:
    """The library, ready, with its habits of warning overlooked as they are in the product."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield _loaded
