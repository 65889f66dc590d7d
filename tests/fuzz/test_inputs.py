"""Whatever comes in, from files, models or a keyboard, is taken or refused in a sentence; never a traceback.

Each target is tried a little in the normal run and for long under `make soak`. What once crashed lies in
`fixtures/crashes/<target>/` and is tried first, every time.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviewer.bank.library import Bank
from interviewer.models.model import ModelError, Reply
from interviewer.models.scripted import ScriptedModel
from interviewer.places import find_paths
from interviewer.rating.batch import encoded, read_answer
from interviewer.rating.judge import Judge
from interviewer.rating.offline.reader import OfflineRater
from interviewer.rating.opening import open_offline
from interviewer.session.thread import Thread, Turn
from interviewer.settings import SettingsError, load_settings
from interviewer.terminal.pipe import split_answers
from interviewer.text import cells, clean, shorten
from tests.doubles.ollama import OllamaDouble, frame, last
from tests.doubles.server import Exchange
from tests.models.conftest import hear, opened

ROOT = Path(__file__).parents[2]
CRASHES = ROOT / "fixtures" / "crashes"
GOLD = (ROOT / "fixtures" / "gold" / "dev.jsonl").read_bytes().splitlines()
REPLY = json.dumps({"notes": "Little.", "parts": [{"part": "measured", "quote": "30 incidents", "met": True}],
                    "no_occasion": []}).encode()  # fmt: skip
CONFIG = b'# mine\nmodel = "offline"\nminutes = 30\nbudget = 0.5\nlocal_only = true\nstyle = "warm"\n'
ODD = [
    *(b"\x00", b"\xff", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\x1b]0;", b"\x9b", b"\xf0\x9f\x91\xa9", b"\n", b"\\"),
    *(b"{", b"}", b"[" * 80, b'"', b"\\ud800", b"NaN", b"1e999", b"9" * 5000, b"null", b"true", b"```", b"<think>"),
]
THREAD = Thread(
    "How do you know?",
    (
        Turn(
            "candidate",
            "I replayed 30 incidents through it; it caught 26 of them, the old one 11, and none of those had been "
            "tuned for.",
        ),
    ),
)


@cache
def bank() -> Bank:
    return Bank.open()


@cache
def reader() -> OfflineRater:
    return open_offline(bank())


def config(data: bytes, folder: Path) -> None:
    """A config file."""
    paths = find_paths({"INTERVIEWER_HOME": str(folder)})
    paths.config_file.write_bytes(data)
    with suppress(SettingsError):
        load_settings(environ={}, paths=paths)


def transcript(data: bytes, folder: Path) -> None:
    """A line for `rate`, rated offline and written out."""
    with suppress(ValueError):
        answer = read_answer(data.replace(b"\n", b" "), bank())
        rated = asyncio.run(reader().rate(answer.thread, answer.dimensions))
        assert json.loads(encoded(answer, rated, None))["id"] == answer.id


SAID = [""]


@cache
def judge() -> Judge:
    """One whose model says what stands in `SAID`."""
    return Judge(ScriptedModel([lambda request: SAID[0]]), bank())


def judge_reply(data: bytes, folder: Path) -> None:
    """What a judge's model says."""
    SAID[0] = data.decode("utf-8", "surrogateescape")
    rated = asyncio.run(judge().rate(THREAD, [bank().dimension("evidence")])).ratings["evidence"]
    assert (rated.level is None) == bool(rated.unscored)
    for finding in rated.findings:
        assert not finding.met or finding.quote is not None


@dataclass
class Garbled(OllamaDouble):
    """Answers every chat with these bytes."""

    payload: bytes = b""

    async def _chat(self, exchange: Exchange) -> None:
        if not exchange.request.body["messages"]:
            return await super()._chat(exchange)
        await exchange.head(200, "application/x-ndjson")
        if self.payload:
            await exchange.chunk(self.payload)
        return await exchange.end()


@cache
def garbled() -> Garbled:
    """One server for all tries; its thread ends with the process."""
    return Garbled().__enter__()


def ollama_reply(data: bytes, folder: Path) -> None:
    """What comes over the wire from an Ollama server: pieces and a reply, or one of the eight errors."""
    garbled().payload = data
    garbled().requests.clear()
    pieces, end = hear(opened("ollama/ok", base_url=garbled().url))
    assert isinstance(end, Reply | ModelError)
    assert all(isinstance(piece, str) for piece in pieces)


def shown_text(data: bytes, folder: Path) -> None:
    """Anything that is shown."""
    text = data.decode("utf-8", "surrogatepass") if b"\xff" not in data else data.decode("utf-8", "surrogateescape")
    shown = clean(text)
    assert clean(shown) == shown
    shown.encode()
    assert cells(shorten(text, 20)) <= 20
    split_answers(text)


Target = Callable[[bytes, Path], None]
TARGETS: dict[str, tuple[Target, list[bytes]]] = {
    "config": (config, [CONFIG]),
    "transcript": (transcript, GOLD[:12]),
    "judge_reply": (judge_reply, [REPLY, b"```json\n" + REPLY + b"\n```", b"<think>x</think>" + REPLY]),
    "ollama_reply": (ollama_reply, [frame("What did ") + frame("you do?") + last()]),
    "shown_text": (shown_text, [b"A \x1b[31mred\x1b[0m word, \x1b]52;c;aGk=\x07 and \xe2\x80\xae more.", GOLD[0]]),
}


LONG = {"config": 20_000, "transcript": 3_000, "judge_reply": 2_000, "ollama_reply": 2_000, "shown_text": 20_000}
"""How often under `make soak`."""


def spoiled(seeds: list[bytes]) -> st.SearchStrategy[bytes]:
    """A seed with pieces cut out, doubled, or something odd put in; now and then something else altogether."""

    @st.composite
    def made(draw: st.DrawFn) -> bytes:
        data = draw(st.sampled_from(seeds))
        for _ in range(draw(st.integers(1, 4))):
            at = draw(st.integers(0, len(data)))
            cut = draw(st.sampled_from([0, 0, 1, 2, 7, 60]))
            put = draw(st.sampled_from(ODD) | st.binary(max_size=6))
            data = data[:at] + put + data[at + cut :]
        return data

    return made() | st.binary(max_size=80)


def tried(name: str, data: bytes, folder: Path) -> None:
    with suppress(UnicodeDecodeError):  # what is no text at all is refused before it comes here
        TARGETS[name][0](data, folder)


def fuzz(name: str, folder: Path, times: int) -> None:
    @settings(max_examples=times, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(spoiled(TARGETS[name][1]))
    def attempt(data: bytes) -> None:
        tried(name, data, folder)

    attempt()


@pytest.mark.parametrize("name", TARGETS)
def test_spoiled_input_is_taken_or_refused(name: str, tmp_path: Path) -> None:
    for crash in sorted((CRASHES / name).glob("*")):
        tried(name, crash.read_bytes(), tmp_path)
    fuzz(name, tmp_path, {"judge_reply": 40, "ollama_reply": 30}.get(name, 120))


@pytest.mark.soak
@pytest.mark.parametrize("name", TARGETS)
def test_a_long_run_of_spoiled_input_is_taken_or_refused(
    name: str, tmp_path: Path, record_property: Callable[[str, Any], None]
) -> None:
    fuzz(name, tmp_path, LONG[name])
    each = ", ".join(f"{key.replace('_', ' ')} {count:,}" for key, count in LONG.items())
    record_property("figure", f"inputs tried: {each}; crashes: 0")


def test_the_seeds_are_taken_as_they_are(tmp_path: Path) -> None:
    for target, seeds in TARGETS.values():
        for seed in seeds:
            target(seed, tmp_path)
