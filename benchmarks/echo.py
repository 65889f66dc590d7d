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
from collections.abc import Callable
from pathlib import Path

import pyte
from tests.terminal.harness import Terminal

from .figures import Figure, percentile

PROGRAM = str(Path(sys.executable).with_name("interviewer"))
MODELS = ("openai/gpt-5-mini", "anthropic/claude-sonnet-4-5")
"""One with an SDK of its own, one for which litellm builds its tokenizer: what takes longest."""
LONG = 2_000
"""Words."""
KEYS = 150
LETTERS = b"QVYZ"
"""Typed in turn; neither the bottom line nor the terminal's own codes have them."""
ROUNDS = 5
PAUSE = 0.02
"""Seconds between keys: a very fast typist, so that many keys fall into the second or two of loading."""
LOST = 5.0
"""Seconds after which a key counts as lost."""
PROMPT = "In your own words"
READY = "is set up"
COLUMNS, ROWS = 90, 40

Enough = Callable[[int, str], bool]
"""Whether to stop, by the number of keys and what the screen shows."""


def run() -> list[Figure]:
    """Milliseconds from key to echo; keys typed after litellm was ready do not count as typed while it loaded."""
    loading, idle, long = [], [], []
    for _ in range(ROUNDS):
        for model in MODELS:
            loading += _typed("--model", model, words=0, enough=lambda keys, screen: READY in screen)
        idle += _typed("--model", "offline", words=0, enough=lambda keys, screen: keys >= KEYS)
        long += _typed("--model", "offline", words=LONG, enough=lambda keys, screen: keys >= KEYS)
    return [
        *_figures("key to echo while litellm loads", loading, "<= 50"),
        *_figures(f"key to echo with {LONG:,} words in the buffer", long, "<= 20"),
        *_figures("key to echo", idle, ""),
    ]


def _typed(*arguments: str, words: int, enough: Enough) -> list[float]:
    """Seconds from each key to its echo, until it is enough."""
    keys = dict.fromkeys(("OPENAI_API_KEY", "ANTHROPIC_API_KEY"), "sk-none-0123456789abcdef")
    command = [PROGRAM, "disagreement", "--exam", *arguments]
    with tempfile.TemporaryDirectory() as home:
        env = {"INTERVIEWER_HOME": home, **keys}
        with Terminal(command, columns=COLUMNS, rows=ROWS, env=env) as terminal:
            terminal.wait_for(PROMPT)
            if words:
                terminal.paste("word " * words)
                terminal.wait_for(f"{words} words")
            return _echoes(terminal, enough)


def _echoes(terminal: Terminal, enough: Enough) -> list[float]:
    screen = pyte.Screen(COLUMNS, ROWS)
    shown = pyte.ByteStream(screen)
    shown.feed(terminal.raw)
    taken: list[float] = []
    while not enough(len(taken), "\n".join(screen.display)):
        time.sleep(PAUSE)
        seconds, written = _echo(terminal.descriptor, LETTERS[len(taken) % len(LETTERS) :][:1])
        shown.feed(written)
        taken.append(seconds)
    return taken


def _echo(descriptor: int, key: bytes) -> tuple[float, bytes]:
    """Seconds until the program has written the key, and everything it wrote meanwhile."""
    written = b""
    while select.select([descriptor], [], [], 0)[0]:
        written += os.read(descriptor, 65536)
    began = time.perf_counter()
    os.write(descriptor, key)
    while select.select([descriptor], [], [], LOST)[0]:
        chunk = os.read(descriptor, 65536)
        written += chunk
        if key in chunk:
            return time.perf_counter() - began, written
    raise AssertionError(f"{key!r} was not echoed")


def _figures(name: str, seconds: list[float], target: str) -> list[Figure]:
    taken = [1000 * each for each in seconds]
    return [
        Figure(f"{name}, p99", percentile(taken, 0.99), "ms", min(taken), max(taken), target),
        Figure(f"{name}, p50", percentile(taken, 0.5), "ms"),
    ]
