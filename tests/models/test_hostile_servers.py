"""A server that means harm, or is broken beyond belief, ends in one of our sentences: soon, and with little memory."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field, replace

import pytest

from interviewer.models import hearing
from interviewer.models.deadlines import Deadlines
from interviewer.models.model import Message, NotConfigured, Reply, Request
from interviewer.models.ollama_host import parse_host
from interviewer.models.ollama_wire import BadFrame, read_object, read_version
from tests.doubles.anthropic import AnthropicDouble
from tests.doubles.gemini import GeminiDouble
from tests.doubles.ollama import OllamaDouble
from tests.doubles.openai import OpenAIDouble
from tests.doubles.server import Double, Exchange

from .conftest import KEY, ask, hear, opened, outcome, said

LIMIT = 1 << 25
IMPATIENT = Deadlines(connect=0.3, first=2, gap=2, total=5)
PATIENT = replace(IMPATIENT, connect=4)
"""For what ends by itself, also on a machine that is busy; a list may take five times `connect`."""


@dataclass
class Hostile(OllamaDouble):
    """Answers one path in its own way, until the client has had enough."""

    path: str = "/api/tags"
    how: str = "endless"
    sent: int = field(default=0)

    async def answer(self, exchange: Exchange) -> None:
        if exchange.request.path != self.path:
            await super().answer(exchange)
        else:
            await getattr(self, self.how)(exchange)

    async def endless(self, exchange: Exchange) -> None:
        await exchange.head()
        while self.sent < LIMIT:
            self.sent += 1 << 16
            await exchange.chunk(b" " * (1 << 16))
        await exchange.end()

    async def drips(self, exchange: Exchange) -> None:
        await exchange.head()
        while True:
            await exchange.chunk(b" ")
            await exchange.pause(0.05)

    async def bomb(self, exchange: Exchange) -> None:
        await exchange.whole(200, gzip.compress(b" " * LIMIT), "application/json", "Content-Encoding: gzip")

    async def no_gzip(self, exchange: Exchange) -> None:
        await exchange.whole(200, b"plain", "application/json", "Content-Encoding: gzip")

    async def deep(self, exchange: Exchange) -> None:
        await exchange.whole(200, b'{"models":' + b"[" * 100_000 + b"]" * 100_000 + b"}")

    async def wrong_length(self, exchange: Exchange) -> None:
        await exchange.head(200, "application/json", "Content-Length: 5000", chunked=False)
        await exchange.raw(b"{}")
        exchange.cut()

    async def huge_header(self, exchange: Exchange) -> None:
        await exchange.head(200, "application/json", "X-Much: " + "x" * 1_000_000)

    async def early_hints(self, exchange: Exchange) -> None:
        for _ in range(3):
            await exchange.raw(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")
        await super().answer(exchange)

    async def babbles(self, exchange: Exchange) -> None:
        await exchange.head(200, "application/x-ndjson")
        frame = json.dumps({"message": {"content": "word " * 200}, "done": False}).encode() + b"\n"
        while self.sent < LIMIT:
            self.sent += len(frame)
            await exchange.chunk(frame)


@pytest.mark.parametrize(
    ("how", "end"),
    [
        ("endless", {"broken"}),
        ("bomb", {"broken"}),
        ("no_gzip", {"unreachable", "broken"}),
        ("deep", {"broken"}),
        ("wrong_length", {"unreachable"}),
        ("huge_header", {"unreachable"}),
        ("early_hints", {"complete"}),
    ],
)
def test_a_list_that_never_ends_bursts_or_breaks_off_is_told(how: str, end: set[str]) -> None:
    with Hostile(how=how) as server:
        _, ended = hear(opened("ollama/ok", base_url=server.url, limits=PATIENT))
        assert outcome(ended) in end
        assert isinstance(ended, Reply) or said(ended)
        assert server.sent < LIMIT


def test_a_list_that_drips_is_waited_for_no_longer_than_any_other() -> None:
    with Hostile(how="drips") as server:
        _, ended = hear(opened("ollama/ok", base_url=server.url, limits=IMPATIENT))
        assert outcome(ended) == "unreachable"
        assert not isinstance(ended, Reply)
        assert said(ended)


def test_speech_without_end_is_cut_off_and_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hearing, "LONGEST", 50_000)
    with Hostile(path="/api/chat", how="babbles") as server:
        pieces, ended = hear(opened("ollama/ok", base_url=server.url))
    assert outcome(ended) == "cut"
    assert 50_000 < len("".join(pieces)) < LIMIT // 10
    assert server.sent < LIMIT


@pytest.mark.usefixtures("litellm")
def test_speech_without_end_from_a_server_of_ones_own_is_cut_off_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hearing, "LONGEST", 5)
    with OpenAIDouble() as server:
        pieces, ended = hear(opened("ok", base_url=f"{server.url}/v1"))
    assert outcome(ended) == "cut"
    assert len(pieces) < 8


@pytest.mark.parametrize("content", ["I \ud800 stopped \udcff it", "\x00 and \u2028"])
def test_an_answer_that_is_no_proper_text_is_sent_all_the_same(content: str, ollama: OllamaDouble) -> None:
    _, ended = hear(opened("ollama/ok", base_url=ollama.url), Request([Message("user", content)], max_tokens=50))
    assert outcome(ended) == "complete"
    assert ollama.bodies("/api/chat")[-1]["messages"][0]["content"] == content.encode("utf-8", "replace").decode()


@pytest.mark.parametrize("data", [b"[" * 200_000, b'{"a":' * 200_000, b'{"n":' + b"9" * 10_000 + b"}"])
def test_json_that_python_cannot_bear_is_no_frame(data: bytes) -> None:
    with pytest.raises(BadFrame):
        read_object(data)


@pytest.mark.parametrize("text", ["\u00b2.\u0663.1", "9" * 6000, "", "x"])
def test_a_version_that_is_none_is_taken_for_none(text: str) -> None:
    assert read_version(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "my host",
        "\x1b[31mhost",
        "http://\u202ehost",
        "ü..x",
        "a" * 70,
        "[::1",
        "http://host\n",
        "h\x00st",
        "host/\x1b[0m",
    ],
)
def test_an_address_that_no_machine_can_have_is_told_or_read_as_one(text: str) -> None:
    told = ""
    try:
        told = parse_host(text).url
    except NotConfigured as error:
        told = f"{error} {error.next_step}"
    assert told.isprintable()


@dataclass
class SendsOn(Double):
    """Points to another address, whatever it is asked."""

    to: str = ""

    async def answer(self, exchange: Exchange) -> None:
        await exchange.whole(307, b"", "text/plain", f"Location: {self.to}{exchange.request.path}")


@pytest.mark.parametrize(
    ("model", "elsewhere", "variable", "path"),
    [
        ("openai/ok", OpenAIDouble, "OPENAI_BASE_URL", "/v1"),
        ("anthropic/claude-ok", AnthropicDouble, "ANTHROPIC_API_BASE", ""),
        ("gemini/gemini-ok", GeminiDouble, "GEMINI_API_BASE", "/v1beta"),
        ("ollama/ok", OllamaDouble, "OLLAMA_HOST", ""),
    ],
)
def test_a_server_that_points_to_another_address_is_not_followed(
    model: str, elsewhere: type[Double], variable: str, path: str
) -> None:
    """The words would go to a host that was not named, and with them the keys of Anthropic and Gemini."""
    with elsewhere(host="127.0.0.2") as far, SendsOn(to=far.url) as near:
        environment = {variable: near.url + path}
        environment |= dict.fromkeys(("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GEMINI_API_KEY"), KEY)
        for call in (ask, lambda opened: hear(opened)[1]):
            end = call(opened(model, environment=environment, limits=IMPATIENT))
            assert not isinstance(end, Reply)
            assert str(end).endswith("points to another address, and your words were not sent there.")
        assert near.requests
        assert far.requests == []
