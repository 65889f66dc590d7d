"""A line typed in reply to a question, where no interview runs; the same in every look."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from typing import TypeVar

from ..errors import PlainError
from ..text import clean_line
from .held import echoed_keys
from .interrupts import on_interrupt
from .linemode import LineReader
from .lines import line
from .screen import Screen

T = TypeVar("T")


def ask(question: str, understand: Callable[[str], T], screen: Screen) -> T:
    """What was understood of the reply; the question is put again as long as there is something wrong with it.

    Args:
        understand: makes something of the line; its `PlainError` says what is wrong.

    Raises:
        KeyboardInterrupt: Ctrl-C.
        EOFError: Ctrl-D.
    """
    reader = LineReader(sys.stdin)
    screen.say(question)
    while True:
        prompt = screen.look.mark("› ", "> ") if not screen.look.plain else "you: "
        row = asyncio.run(typed_line(reader, screen, prompt))
        if row is None:
            raise EOFError
        try:
            return understand(clean_line(row))
        except PlainError as error:
            screen.say(str(error))


async def typed_line(reader: LineReader, screen: Screen, prompt: str) -> str | None:
    """The next line; None at the end. Raises KeyboardInterrupt at Ctrl-C, which is heard once the prompt is seen."""
    reading = asyncio.ensure_future(reader.line())
    stopped = False

    def stop() -> None:
        nonlocal stopped
        stopped = True
        reading.cancel()

    with echoed_keys(sys.stdin), on_interrupt(stop):
        screen.put(line(prompt))
        try:
            return await reading
        except asyncio.CancelledError:
            if stopped:
                screen.say("")  # what comes next does not stand behind the ^C
                raise KeyboardInterrupt from None
            raise
