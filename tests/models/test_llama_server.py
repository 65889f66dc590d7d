"""A real peer: llama.cpp's server with a random model, which says any bytes at all. See docs/testing.md."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from interviewer.bank.library import Bank
from interviewer.interview.candidate import ScriptedCandidate
from interviewer.interview.opening import Readers, begin
from interviewer.interview.planning import Wishes
from interviewer.models.model import Broken, EndState, ReadyModel, Reply, Request
from interviewer.models.opening import open_model
from interviewer.rating.judge import Judge
from interviewer.rating.opening import open_offline
from interviewer.rating.rater import ThreadRating
from interviewer.session.events import MemoryLog, ModelCalled, Rated
from interviewer.session.thread import Thread, Turn
from interviewer.text import clean

from .conftest import ask, hear, request

pytestmark = [pytest.mark.llama_server, pytest.mark.usefixtures("litellm")]

BINARY = os.environ.get("INTERVIEWER_LLAMA_SERVER", "")
ANSWER = "I stopped the release for two days because a scan of the data found 212 names of patients."
LONG_ANSWER = (
    "I stopped the release for two days because a scan of the training data found 212 names of patients. The product"
    " manager wanted to ship, so I wrote down what we would lose by waiting and what we would lose by a leak, and asked"
    " her to decide with me on the evidence. I measured the filter on a thousand records by hand, and it missed four"
    " in a hundred. We agreed on a rule: no release above one. I changed the filter, the rate fell to half a per cent,"
    " and we shipped on the third day. Since then the scan runs before every release, and I would start it earlier now."
)
SCHEMA = {
    "type": "object",
    "properties": {"met": {"type": "boolean"}, "level": {"type": "integer", "enum": [1, 2, 3, 4, 5]}},
    "required": ["met", "level"],
    "additionalProperties": False,
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if not Path(BINARY).is_file():
        pytest.skip("INTERVIEWER_LLAMA_SERVER names no binary of llama.cpp's server (docs/testing.md)")
    pytest.importorskip("gguf", reason="the package gguf writes the model (docs/testing.md)")
    from .tiny_gguf import CONTEXT, write

    folder = tmp_path_factory.mktemp("llama")
    write(folder / "tiny.gguf")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [BINARY, "-m", str(folder / "tiny.gguf"), "--alias", "tiny", "--host", "127.0.0.1", "--port", str(port)]
    with (folder / "log").open("w") as log:
        running = subprocess.Popen(
            [*command, "-c", str(CONTEXT), "-np", "1", "-t", "1", "--no-warmup", "--offline"], stdout=log, stderr=log
        )
    try:
        _wait_until_ready(f"http://127.0.0.1:{port}/health", running)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        running.kill()
        running.wait()


def _wait_until_ready(url: str, running: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end and running.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=1).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
        else:
            return
    raise AssertionError("llama.cpp's server did not start")


def tiny(server: str) -> ReadyModel:
    return open_model("tiny", base_url=server, environment={})


class Brief:
    """The same model with short replies: a random one seldom ends by itself."""

    def __init__(self, model: ReadyModel):
        self._model = model
        self.name, self.host, self.local = model.name, model.host, model.local
        self.stream, self.close = model.stream, model.close

    async def complete(self, asked: Request) -> Reply:
        return await self._model.complete(replace(asked, max_tokens=min(asked.max_tokens, 150)))


def test_a_schema_is_kept_to_by_the_server(server: str) -> None:
    whole = 0
    for seed in range(5):
        reply = ask(tiny(server), replace(request(schema=SCHEMA, seed=seed, temperature=1.0), max_tokens=600))
        assert isinstance(reply, Reply)
        if reply.state is EndState.COMPLETE:
            whole += 1
            said = json.loads(reply.text)
            assert isinstance(said["met"], bool)
            assert said["level"] in {1, 2, 3, 4, 5}
    assert whole >= 3


def test_whatever_bytes_it_says_arrive_and_can_be_shown(server: str) -> None:
    for seed in range(10):
        pieces, end = hear(tiny(server), request(seed=seed, temperature=1.5))
        if isinstance(end, Reply):
            assert end.state in (EndState.COMPLETE, EndState.LENGTH)
            assert "\x1b" not in clean(end.text)
            assert pieces
        else:
            assert isinstance(end, Broken)


def test_a_whole_interview_goes_through_it(server: str) -> None:
    async def held() -> MemoryLog:
        bank, log = Bank.open(), MemoryLog()
        readers = Readers(open_offline(bank), judge="tiny", model="tiny", opened=lambda name: Brief(tiny(server)))
        interview = begin(bank, log, readers, Wishes(questions=("disagreement",)))
        transcript = await interview.run(ScriptedCandidate([ANSWER] * 8))
        await interview.finish()
        assert transcript.ended == "finished"
        return log

    log = asyncio.run(held())
    calls = [event for event in log.events if isinstance(event, ModelCalled)]
    assert "probe" in {call.purpose for call in calls}
    assert any(call.state in ("complete", "length") for call in calls)
    assert all(call.error in (None, "broken") for call in calls)
    assert any(isinstance(event, Rated) and event.line["rater"]["model"] == "tiny" for event in log.events)


def test_an_answer_is_judged_by_it_and_its_invented_quotes_earn_nothing(server: str) -> None:
    async def rated() -> tuple[ThreadRating, list[ModelCalled]]:
        bank, calls = Bank.open(), list[ModelCalled]()
        model = open_model("tiny-1b", base_url=server, environment={})  # a name that says how small it is
        thread = Thread("Tell me of a disagreement.", (Turn("candidate", LONG_ANSWER),), "disagreement")
        judge = Judge(model, bank, on_call=calls.append)
        try:
            return await judge.rate(thread, [bank.dimension("evidence")]), calls
        finally:
            await model.close()

    rating, calls = asyncio.run(rated())
    assert calls[0].state == "complete", "the server held it to the schema to the end"
    evidence = rating.ratings["evidence"]
    assert evidence.level is not None or evidence.unscored
    assert not any(finding.met for finding in evidence.findings)
