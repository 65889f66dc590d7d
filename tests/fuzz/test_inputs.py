"""Whatever comes in, from files, models or a keyboard, is taken or refused in a sentence; never a traceback.

Each target is tried a little in the normal run and for minutes under `make soak`. What crashes is written to
`fixtures/crashes/<target>/`, and what lies there is tried first, every time.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .targets import ROOT, TARGETS

CRASHES = ROOT / "fixtures" / "crashes"
ODD = [
    *(b"\x00", b"\xff", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\x1b]0;", b"\x9b", b"\xf0\x9f\x91\xa9", b"\n", b"\\"),
    *(b"{", b"}", b"[" * 80, b'"', b"\\ud800", b"NaN", b"1e999", b"9" * 5000, b"null", b"true", b"```", b"<think>"),
    *(b"[]", b"{}", b"-1", b'""', b"1e400", b"\r\n", b"data: ", b"event: ", b"!", b"5", b"*a", b"!!int", b": "),
]
MINUTES = float(os.environ.get("INTERVIEWER_FUZZ_MINUTES", "10"))
"""Of fuzzing under `make soak`, all targets together."""


ODD_VALUES: list[Any] = [
    *(None, True, 0, -1, 2.5, 1e308, 10**400, float("nan"), float("-inf"), "", "\ud800", "\x00\x1b]0;", "x" * 9000),
    *([], {}, [[]], [None], {"": {}}, {"a": None}, ["text"], "null", "9999-99-99T99:99", "lost", "1e999"),
]


def spoiled(seeds: list[bytes]) -> st.SearchStrategy[bytes]:
    """A seed with its bytes or its JSON spoiled; now and then something else altogether."""
    return _bytes_spoiled(seeds) | _values_spoiled(seeds) | st.binary(max_size=80)


@st.composite
def _values_spoiled(draw: st.DrawFn, seeds: list[bytes]) -> bytes:
    """A seed with values exchanged, taken out or doubled in the JSON objects that stand on its lines."""
    lines = draw(st.sampled_from(seeds)).splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        before, brace, rest = lines[at].partition(b"{")
        with suppress(ValueError, UnicodeDecodeError, RecursionError):
            body = json.loads(brace + rest)
            _spoil(draw, body)
            end = rest[len(rest.rstrip()) :]
            lines[at] = before + json.dumps(body).encode() + end
    return b"".join(lines)


def _spoil(draw: st.DrawFn, body: Any) -> None:
    """Walks down to some value and changes it."""
    while body:
        key = draw(st.sampled_from(sorted(body) if isinstance(body, dict) else range(len(body))))
        if isinstance(body[key], dict | list) and body[key] and draw(st.integers(0, 3)):
            body = body[key]
            continue
        change = draw(st.integers(0, 7))
        if change == 0:
            del body[key]
        elif change == 1 and isinstance(body, list):
            body.insert(key, body[key])
        else:
            body[key] = draw(st.sampled_from(ODD_VALUES))
        return


def _bytes_spoiled(seeds: list[bytes]) -> st.SearchStrategy[bytes]:
    """A seed with pieces cut out, doubled, or something odd put in."""

    @st.composite
    def made(draw: st.DrawFn) -> bytes:
        data = draw(st.sampled_from(seeds))
        for _ in range(draw(st.integers(1, 4))):
            at = draw(st.integers(0, len(data)))
            cut = draw(st.sampled_from([0, 0, 1, 2, 4, 7, 60]))
            again = data[at : at + draw(st.integers(1, 80))]
            put = draw(st.sampled_from(ODD) | st.binary(max_size=6) | st.just(again))
            data = data[:at] + put + data[at + cut :]
        return data

    return made()


def tried(name: str, data: bytes, folder: Path) -> None:
    with suppress(UnicodeDecodeError):  # what is no text at all is refused before it comes here
        TARGETS[name].take(data, folder)


def fuzz(name: str, folder: Path, times: int) -> None:
    """Tries the target; the smallest input that crashes it is kept."""
    failing: list[bytes] = []

    @settings(max_examples=times, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(spoiled(TARGETS[name].seeds))
    def attempt(data: bytes) -> None:
        try:
            tried(name, data, folder)
        except BaseException:
            failing.append(data)
            raise

    try:
        attempt()
    except Exception:
        smallest = min(failing, key=len)
        kept = CRASHES / name / sha256(smallest).hexdigest()[:12]
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(smallest)
        raise


@pytest.mark.parametrize("name", TARGETS)
def test_spoiled_input_is_taken_or_refused(name: str, tmp_path: Path) -> None:
    for crash in sorted((CRASHES / name).glob("*")):
        tried(name, crash.read_bytes(), tmp_path)
    fuzz(name, tmp_path, TARGETS[name].times)


@pytest.mark.soak
@pytest.mark.parametrize("name", TARGETS)
def test_a_long_run_of_spoiled_input_is_taken_or_refused(
    name: str, tmp_path: Path, record_property: Callable[[str, Any], None]
) -> None:
    began, count = time.monotonic(), 0
    while time.monotonic() - began < 60 * MINUTES / len(TARGETS):
        fuzz(name, tmp_path, 10 * TARGETS[name].times)
        count += 10 * TARGETS[name].times
    record_property("figure", f"{name.replace('-', ' ')} {count:,}, crashes 0")


@pytest.mark.parametrize("name", TARGETS)
def test_the_seeds_are_taken_as_they_are(name: str, tmp_path: Path) -> None:
    for seed in TARGETS[name].seeds:
        TARGETS[name].take(seed, tmp_path)
