from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from interviewer.models.listening import listen
from interviewer.models.model import EndState, QuotaExceeded, Reply
from interviewer.models.scripted import Line, ScriptedModel
from tests.doubles.ollama import OllamaDouble

from .conftest import QUICK, opened, request


def test_each_piece_is_said_as_it_comes_and_the_reply_returned() -> None:
    said: list[str] = []

    async def run() -> Reply:
        model = ScriptedModel([Line(pieces=("Tell ", "me."))])
        return await listen(model, request(), said.append, asyncio.Event())

    reply = asyncio.run(run())
    assert said == ["Tell ", "me."]
    assert (reply.text, reply.state) == ("Tell me.", EndState.COMPLETE)


def test_stop_keeps_what_was_said_and_frees_the_server(ollama: OllamaDouble) -> None:
    async def run() -> Reply:
        model = opened("ollama/stall", base_url=ollama.url, limits=replace(QUICK, gap=30, total=60))
        stop = asyncio.Event()
        words: list[str] = []

        def say(piece: str) -> None:
            words.append(piece)
            if "".join(words) == "Tell me more ":
                stop.set()

        reply = await listen(model, request(), say, stop)
        assert await asyncio.to_thread(ollama.wait_for_disconnect)
        await model.close()
        return reply

    reply = asyncio.run(run())
    assert (reply.text, reply.state, reply.usage.estimated) == ("Tell me more ", EndState.CANCELLED, True)
    assert reply.host == f"127.0.0.1:{ollama.port}"


def test_a_model_s_error_reaches_whoever_listens() -> None:
    async def run() -> None:
        model = ScriptedModel([QuotaExceeded("Enough.")])
        await listen(model, request(), lambda _: None, asyncio.Event())

    with pytest.raises(QuotaExceeded):
        asyncio.run(run())


def test_cancelling_the_listener_cancels_the_call(ollama: OllamaDouble) -> None:
    async def run() -> None:
        model = opened("ollama/stall", base_url=ollama.url, limits=replace(QUICK, gap=30, total=60))
        begun = asyncio.Event()
        task = asyncio.ensure_future(listen(model, request(), lambda _: begun.set(), asyncio.Event()))
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await asyncio.to_thread(ollama.wait_for_disconnect)
        await model.close()

    asyncio.run(run())
