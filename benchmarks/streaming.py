"""What a reply of 200 tokens a second costs while it is shown, and what a key costs with 2,000 words in the buffer.

Processor time by the kernel's account, so that a busy machine changes little. For the reply the whole way is counted:
the socket, the model's protocol, the screen of a real terminal.
"""

from __future__ import annotations

import asyncio
import os
import select
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from tests.doubles import ollama, openai
from tests.doubles.server import Exchange
from tests.terminal.harness import Terminal

from .figures import Figure, of_runs, percentile
from .processes import alone

RATE = 200
"""Tokens a second."""
SECONDS = 5
RUNS = 5
WORDS = 2_000
KEYS = 150
GAP = 0.05
"""Seconds between keys: what a key costs is over by then."""
SPEECH = (
    "So you used List<Foo> there, and the 安全 scan said 212 of 40,000. "
    "Let me push back on that a little, because a filter that misses one in seven is no filter at all.\n\n"
    "```\nfor name in names:\n    check(name)\n```\n"
)
TOKENS = [SPEECH[at : at + 4] for at in range(0, len(SPEECH), 4)]
PROGRAM = str(Path(sys.executable).with_name("interviewer"))


class SteadyOllama(ollama.OllamaDouble):
    """Its model `slow` says a token every 5 ms."""

    async def _case_slow(self, exchange: Exchange) -> None:
        await exchange.head(200, "application/x-ndjson")
        async for token in _steady():
            await exchange.chunk(ollama.frame(token))
        await exchange.chunk(ollama.last(count=RATE * SECONDS))
        await exchange.end()


class SteadyOpenAI(openai.OpenAIDouble):
    """The same in OpenAI's protocol."""

    async def _case_slow(self, exchange: Exchange) -> None:
        await exchange.head(200, "text/event-stream")
        async for token in _steady():
            await exchange.chunk(openai.event(openai.delta({"content": token})))
        await self._finish(exchange)


async def _steady() -> AsyncIterator[str]:
    """Tokens by the clock, whatever the machine does meanwhile."""
    began = time.monotonic()
    for number in range(RATE * SECONDS):
        await asyncio.sleep(max(0.0, began + number / RATE - time.monotonic()))
        yield TOKENS[number % len(TOKENS)]


def run() -> list[Figure]:
    """Shares of a core, and milliseconds of processor time a key."""
    here = "from benchmarks.streaming import SteadyOllama, SteadyOpenAI"
    with alone("SteadyOllama()", here) as local, alone("SteadyOpenAI()", here) as gateway:
        ollama_shares = [_share("ollama/slow", local) for _ in range(RUNS)]
        gateway_shares = [_share("slow", f"{gateway}/v1") for _ in range(RUNS)]
    keys = sorted(_keys())
    return [
        of_runs(f"a reply at {RATE} tokens a second, Ollama", ollama_shares, "% of a core", "<= 30"),
        of_runs(f"a reply at {RATE} tokens a second, litellm", gateway_shares, "% of a core", "<= 30"),
        Figure(f"a key with {WORDS:,} words in the buffer, p50", percentile(keys, 0.5), "ms of CPU", target="<= 10"),
        Figure(f"a key with {WORDS:,} words in the buffer, p99", percentile(keys, 0.99), "ms of CPU", target="<= 20"),
    ]


def _share(name: str, url: str) -> float:
    command = ["python", "-m", "benchmarks.streaming", name, url]
    with Terminal(command, columns=90, rows=40, cwd=Path(__file__).parents[1]) as terminal:
        said = terminal.wait_for("% of a core", patience=60)[-1]
        return float(said.partition("%")[0])


def _keys() -> Iterator[float]:
    """Milliseconds of processor time from each key to when nothing more is done for it."""
    command = [PROGRAM, "disagreement", "--exam", "--model", "offline"]
    with (
        tempfile.TemporaryDirectory() as home,
        Terminal(command, columns=90, rows=40, env={"INTERVIEWER_HOME": home}) as terminal,
    ):
        terminal.wait_for("In your own words")
        terminal.paste("word " * WORDS)
        terminal.wait_for(f"{WORDS} words")
        for number in range(KEYS):
            before = _spent(terminal.process)
            os.write(terminal.descriptor, b"QVYZ"[number % 4 :][:1])
            end = time.monotonic() + GAP
            while (left := end - time.monotonic()) > 0:
                if select.select([terminal.descriptor], [], [], left)[0]:
                    os.read(terminal.descriptor, 65536)
            yield _spent(terminal.process) - before


def _spent(process: int) -> float:
    """Milliseconds that a process has run on a core so far."""
    return int(Path(f"/proc/{process}/schedstat").read_text("ascii").split()[0]) / 1e6


async def _heard(name: str, url: str) -> None:
    """In the program on the terminal: hears one reply and says what that cost."""
    from interviewer.interview.candidate import Purpose
    from interviewer.models.model import Message, Request
    from interviewer.models.opening import open_model
    from interviewer.terminal.chat import TerminalCandidate
    from interviewer.terminal.screen import Screen

    model = open_model(name, base_url=url)
    await model.warm_up()

    async def pieces() -> AsyncIterator[str]:
        async for piece in model.stream(Request((Message("user", "Argue."),), max_tokens=RATE * SECONDS)):
            if isinstance(piece, str):
                yield piece

    screen = Screen.open()
    with TerminalCandidate(screen) as candidate:
        began, spent = time.monotonic(), time.process_time()
        await candidate.listen(Purpose.DEBATE, pieces())
        share = (time.process_time() - spent) / (time.monotonic() - began)
    await model.close()
    screen.say(f"{100 * share:.2f}% of a core")


if __name__ == "__main__":
    asyncio.run(_heard(*sys.argv[1:]))
