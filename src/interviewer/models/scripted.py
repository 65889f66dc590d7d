"""A model whose replies are written beforehand, for demonstrations and for tests that need no server.

A script is a YAML list, one entry a call, and starts over at its end unless `once` says otherwise. An entry is a text,
or a mapping with any of: `say` (text, or a list of pieces), `think`, `end` (an `EndState`, "complete" by default),
`wait` (seconds before the first piece), `pause` (seconds before each further piece), and `fail` (one of the eight
kinds, as "quota"; raised after what it says), and `cost` (US dollars of the call, for trying budgets).
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..places import read_own
from .listening import whole
from .model import EndState, Meaningless, ModelError, QuotaExceeded, Reply, Request, Usage

_KINDS: dict[str, type[ModelError]] = {kind.kind: kind for kind in ModelError.__subclasses__()}


@dataclass(frozen=True, slots=True)
class Line:
    """What one call gives."""

    pieces: tuple[str, ...] = ()
    think: str = ""
    end: EndState = EndState.COMPLETE
    wait: float = 0.0
    """Seconds before the first piece."""
    pause: float = 0.0
    """Seconds before each further piece."""
    fail: ModelError | None = None
    """Raised after the pieces."""
    cost: float = 0.0
    """US dollars."""


Script = Sequence[Line | str | ModelError | Callable[[Request], str]]


class ScriptedModel:
    """Says what its script says, call after call; after the last line the first comes again."""

    host = "this process"
    local = True

    def __init__(self, script: Script, *, name: str = "scripted/demo", once: bool = False):
        self.name = name
        self.requests: list[Request] = []
        """What it was asked, in order."""
        self._script = script
        self._once = once

    async def locate(self) -> None:
        """Nothing to learn."""

    async def warm_up(self) -> None:
        """Nothing to do."""

    async def price(self, usage: Usage) -> float | None:
        """Nothing."""
        return 0.0

    async def complete(self, request: Request) -> Reply:
        """The next line as a whole."""
        return await whole(self, request)

    async def stream(self, request: Request) -> AsyncGenerator[str | Reply, None]:
        """The pieces of the next line, and its reply."""
        line = self._next(request)
        began = time.monotonic()
        first: float | None = None
        for number, piece in enumerate(line.pieces):
            await asyncio.sleep(line.pause if number else line.wait)
            first = first if first is not None else time.monotonic() - began
            yield piece
        if line.fail is not None:
            raise line.fail
        text = "".join(line.pieces)
        asked = sum(len(message.content.split()) for message in request.messages)
        yield Reply(
            text=text,
            state=line.end,
            thinking=line.think,
            usage=Usage(prompt_tokens=asked, completion_tokens=len(text.split()), estimated=True, cost=line.cost),
            model=self.name,
            host=self.host,
            seconds=time.monotonic() - began,
            first_token_seconds=first,
        )

    async def close(self) -> None:
        """Nothing to let go of."""

    def _next(self, request: Request) -> Line:
        number = len(self.requests)
        self.requests.append(request)
        if self._once and number >= len(self._script):
            raise QuotaExceeded("The script of this model is at its end.", "Choose another model.")
        line = self._script[number % len(self._script)]
        if isinstance(line, Line):
            return line
        if isinstance(line, ModelError):
            return Line(fail=line)
        return Line(pieces=(line if isinstance(line, str) else line(request),))


def read_script(file: str) -> ScriptedModel:
    """The model of a script file.

    Raises:
        Meaningless: there is no such file, or it is not a script.
    """
    import yaml

    try:
        entries = yaml.load(read_own(Path(file)), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        script = [_line(entry) for entry in entries] if isinstance(entries, list) else []
    except FileNotFoundError:
        raise Meaningless(f"There is no script {file}.", "Check the path after scripted/.") from None
    except (OSError, RecursionError, yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError):
        script = []
    if not script:
        raise Meaningless(f"{file} is not a script for a model.", "It must be a YAML list with an entry for each call.")
    return ScriptedModel(script, name=f"scripted/{file}")


def _line(entry: Any) -> Line:
    if isinstance(entry, str):
        return Line(pieces=(entry,))
    say = entry.get("say", ())
    fail = entry.get("fail")
    return Line(
        pieces=(say,) if isinstance(say, str) else tuple(str(piece) for piece in say),
        think=entry.get("think", ""),
        end=EndState(entry.get("end", "complete")),
        wait=_figure(entry, "wait"),
        pause=_figure(entry, "pause"),
        cost=_figure(entry, "cost"),
        fail=_KINDS[fail](f"The script says that the call failed: {fail}.", "Try again.") if fail else None,
    )


def _figure(entry: Any, name: str) -> float:
    figure = float(entry.get(name, 0))
    if not 0 <= figure < math.inf:
        raise ValueError(f"{name} is no figure")
    return figure
