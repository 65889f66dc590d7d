"""How long a key takes to be seen: in a real terminal, while litellm loads, and with 2,000 words in the buffer.

The program runs on a pseudo-terminal. Each key is sent alone, and the time until the program has written what the key
changed is taken, which is what somebody at the keyboard waits for besides their terminal's own drawing.
"""

from __future__ import annotations

import os
import select
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.terminal.harness import Terminal

TARGETS = {"loading_p99_ms": "<= 50", "long_p99_ms": "<= 20"}
PROGRAM = str(Path(sys.executable).with_name("interviewer"))
LONG = 2_000
"""Words."""
KEYS = 150
ROUNDS = 3
PAUSE = 0.02
"""Seconds between keys: a very fast typist, so that many keys fall into the two seconds of loading."""
LOST = 5.0
"""Seconds after which a key counts as lost."""
READY = "In your own words"


def run() -> dict[str, Any]:
    """Milliseconds from key to echo: median and 99th percentile of three runs taken together."""
    loading, idle, long = [], [], []
    for _ in range(ROUNDS):
        loading += _typed("--model", "openai/gpt-5-mini", words=0)
        idle += _typed("--model", "offline", words=0)
        long += _typed("--model", "offline", words=LONG)
    return {
        **_figures("loading", loading),
        **_figures("idle", idle),
        **_figures("long", long),
        "targets": TARGETS,
    }


def _typed(*arguments: str, words: int) -> list[float]:
    """Seconds from each key to its echo."""
    with tempfile.TemporaryDirectory() as home:
        env = {"INTERVIEWER_HOME": home, "OPENAI_API_KEY": "sk-none-0123456789abcdef"}
        with Terminal([PROGRAM, "disagreement", "--exam", *arguments], columns=90, rows=40, env=env) as terminal:
            terminal.wait_for(READY)
            if words:
                terminal.paste("word " * words)
                terminal.wait_for(f"{words:,} words" if words < 1000 else f"{words} words")
            return [_echo(terminal, "abcdefghijklmnopqrst"[index % 20]) for index in range(KEYS)]


def _echo(terminal: Terminal, key: str) -> float:
    """Seconds until the program has written something after the key."""
    time.sleep(PAUSE)
    descriptor = terminal.descriptor
    while select.select([descriptor], [], [], 0)[0]:
        os.read(descriptor, 65536)
    began = time.perf_counter()
    os.write(descriptor, key.encode())
    while select.select([descriptor], [], [], LOST)[0]:
        if key.encode() in os.read(descriptor, 65536):
            return time.perf_counter() - began
    raise AssertionError(f"{key!r} was not echoed")


def _figures(name: str, seconds: list[float]) -> dict[str, float]:
    ordered = sorted(seconds)
    return {
        f"{name}_p50_ms": round(1000 * ordered[len(ordered) // 2], 2),
        f"{name}_p99_ms": round(1000 * ordered[int(len(ordered) * 0.99)], 2),
        f"{name}_worst_ms": round(1000 * ordered[-1], 2),
    }


if __name__ == "__main__":
    print(run())
