"""Answers by the line, for terminals that can do no more and for streams that are none: no keys, no redraws."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from typing import TextIO

from ..interview.candidate import Situation
from .asking import Asking
from .interrupts import on_interrupt
from .lines import line
from .screen import Screen
from .toolbar import aim
from .writing import Draft, DraftKeeper

END = "."
"""A line that holds nothing else sends the answer; an empty line would end a pasted one too early."""
LONGEST_TERMINAL_LINE = 4095
"""Bytes after which a terminal that edits its lines itself drops the rest (Linux, N_TTY)."""


class LineReader:
    """Reads lines without holding up the event loop, and without a lock that could hold up the end of the program."""

    def __init__(self, stream: TextIO):
        self._descriptor = stream.fileno()
        self._terminal = stream.isatty()
        self._bytes = b""
        self._ended = False
        self.cut = False
        """Whether the terminal may have dropped the end of the last line."""

    async def line(self) -> str | None:
        """The next line without its end; None at the end of the stream."""
        loop = asyncio.get_running_loop()
        arrived: asyncio.Future[bytes | None] = loop.create_future()

        def deliver(line: bytes | None) -> None:
            if not arrived.done():
                arrived.set_result(line)

        def wait() -> None:
            line = self._read()
            if not loop.is_closed():
                loop.call_soon_threadsafe(deliver, line)

        threading.Thread(target=wait, daemon=True).start()
        line = await arrived
        self.cut = self._terminal and line is not None and len(line) >= LONGEST_TERMINAL_LINE - 1
        return None if line is None else line.decode("utf-8", "replace").rstrip("\r\n")

    def _read(self) -> bytes | None:
        while b"\n" not in self._bytes and not self._ended:
            try:
                chunk = os.read(self._descriptor, 65536)
            except OSError:
                chunk = b""
            self._ended = not chunk
            self._bytes += chunk
        line, newline, self._bytes = self._bytes.partition(b"\n")
        if self._ended and not self._terminal and not newline and not line:
            return None
        if not newline and not line:
            self._ended = False  # Ctrl-D on a terminal ends one line, not the stream
            return None
        return line


class LineWriter:
    """Collects lines until one says that the answer is complete."""

    def __init__(self, screen: Screen, keeper: DraftKeeper, stream: TextIO):
        self.screen = screen
        self.keeper = keeper
        self.asking = Asking()
        self.interrupted = False
        """Whether Ctrl-C twice ended the last `write`."""
        self._reader = LineReader(stream)
        self._explained = False
        self._reading: asyncio.Task[str | None] | None = None
        self._leaving = False

    async def write(self, situation: Situation, draft: Draft) -> str:
        """The text that was sent.

        Raises:
            EOFError: there is nothing more to come, or the candidate leaves.
        """
        self._explain(situation)
        self.asking.typed()
        written = draft.text.split("\n") if draft.text else []
        for said in written:
            self.screen.say(f"you: {said}")
        while True:
            row = await self._next()
            text = "\n".join(written)
            if row is None and not text.strip():
                raise EOFError
            if row is None:
                return text
            if row.startswith("/") and not written:
                return row
            if row.strip() != END:
                self._take(written, row)
            elif self.asking.may_send(text):
                return text
            else:
                self.screen.say(f"note: {self.asking.message}")

    def leave(self) -> None:
        """Ends `write` with EOFError, the draft stored."""
        self.keeper.save()
        self._leaving = True
        if self._reading:
            self._reading.cancel()

    def _explain(self, situation: Situation) -> None:
        if not self._explained:
            self._explained = True
            self.screen.say(
                f"note: Write as many lines as you like, {aim(situation.probe)} of speech; a line with a single full "
                "stop (.) sends the answer. /help lists the commands."
            )

    def _take(self, written: list[str], row: str) -> None:
        self.asking.typed()
        written.append(row)
        text = "\n".join(written)
        self.keeper.changed(Draft(text, len(text)))
        if self._reader.cut:
            self.screen.say("note: That line was longer than this terminal takes; its end may be missing.")

    async def _next(self) -> str | None:
        self.screen.put(line("you: "))
        self._reading = asyncio.ensure_future(self._reader.line())
        with on_interrupt(self._interrupt):
            try:
                return await self._reading
            except asyncio.CancelledError:
                if self._leaving:
                    raise EOFError from None
                raise
            finally:
                self._reading = None

    def _interrupt(self) -> None:
        if self.asking.interrupted(time.monotonic(), cleared=False):
            self.interrupted = True
            self.leave()
        else:
            self.screen.say(f"\nnote: {self.asking.message}")
            self.screen.put(line("you: "))
