"""Answers by the line, for terminals that can do no more and for streams that are none: no keys, no redraws."""

from __future__ import annotations

import asyncio
import os
import threading
from typing import TextIO

from ..interview.candidate import Situation
from .asking import SAVED, Asking
from .interrupts import on_interrupt
from .lines import line
from .screen import Screen
from .tour import LINE_KEYS
from .writing import Draft, DraftKeeper

END = "."
"""A line that holds nothing else sends the answer; an empty line would end a pasted one too early."""
LONGEST_TERMINAL_LINE = 4095
"""Bytes after which a terminal that edits its lines itself drops the rest (Linux, N_TTY)."""


class LineReader:
    """Reads lines without holding up the event loop; a wait that is given up takes nothing from the stream."""

    def __init__(self, stream: TextIO):
        self._descriptor = stream.fileno()
        self.terminal = stream.isatty()
        """Whether somebody sits at the other end."""
        self._bytes = b""
        self.cut = False
        """Whether the terminal may have dropped the end of the last line."""

    async def line(self) -> str | None:
        """The next line without its end; None at the end of the stream, or after Ctrl-D on an empty line."""
        ended = False
        while b"\n" not in self._bytes and not ended:
            chunk = await self._more()
            ended = not chunk
            self._bytes += chunk
        row, newline, self._bytes = self._bytes.partition(b"\n")
        self.cut = self.terminal and len(row) >= LONGEST_TERMINAL_LINE - 1
        return row.decode("utf-8", "replace").rstrip("\r") if row or newline else None

    async def _more(self) -> bytes:
        loop = asyncio.get_running_loop()
        ready: asyncio.Future[bytes] = loop.create_future()

        def read() -> None:
            if not ready.done():
                ready.set_result(_read(self._descriptor))

        try:
            loop.add_reader(self._descriptor, read)
        except PermissionError:
            return _read(self._descriptor)  # an ordinary file, which never keeps anybody waiting
        except NotImplementedError:
            return await self._in_thread(ready)
        try:
            return await ready
        finally:
            loop.remove_reader(self._descriptor)

    async def _in_thread(self, ready: asyncio.Future[bytes]) -> bytes:
        """For Windows, whose event loop cannot watch a console."""
        loop = asyncio.get_running_loop()

        def deliver(chunk: bytes) -> None:
            if not ready.done():
                ready.set_result(chunk)

        def wait() -> None:
            chunk = _read(self._descriptor)
            if not loop.is_closed():
                loop.call_soon_threadsafe(deliver, chunk)

        threading.Thread(target=wait, daemon=True).start()
        return await ready


def _read(descriptor: int) -> bytes:
    """What is there; nothing when the stream has ended or the terminal is gone."""
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""


class LineWriter:
    """Collects lines until one says that the answer is complete."""

    def __init__(self, screen: Screen, keeper: DraftKeeper, stream: TextIO):
        self.screen = screen
        self.keeper = keeper
        self.asking = Asking()
        self.interrupted = False
        """Whether Ctrl-C twice ended the last `write`."""
        self.keys_told = LINE_KEYS
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
        with on_interrupt(self._interrupt):
            while (sent := self._sent(written, await self._next())) is None:
                pass
            return sent

    def _sent(self, written: list[str], row: str | None) -> str | None:
        """The answer that the row completes, if it does; otherwise the row is kept, or asked about."""
        text = "\n".join(written)
        if row is None and not text.strip():
            self._end()
        elif row is None:
            return text
        elif row.startswith("/") and not written:
            return row
        elif row.strip() != END:
            self._take(written, row)
        elif self.asking.may_send(text):
            return text
        else:
            self.screen.say(f"note: {self.asking.message}")
        return None

    def _end(self) -> None:
        """The stream has ended, or a terminal says so for the first time and is asked."""
        if not self._reader.terminal or self.asking.ended():
            raise EOFError
        self.screen.say(f"\nnote: {self.asking.message}")

    def leave(self) -> None:
        """Ends `write` with EOFError, the draft stored."""
        self.keeper.save()
        self._leaving = True
        if self._reading:
            self._reading.cancel()

    def _explain(self, situation: Situation) -> None:
        if not self._explained:
            self._explained = True
            length = f", {situation.length.said} of speech" if situation.length else ""
            self.screen.say(
                f"note: Write as many lines as you like{length}; a line with a single full stop (.) sends the answer. "
                "/help lists the commands."
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
        try:
            return await self._reading
        except asyncio.CancelledError:
            if self._leaving:
                raise EOFError from None
            raise
        finally:
            self._reading = None

    def _interrupt(self) -> None:
        if self.asking.interrupted(self.keeper.trouble or SAVED):
            self.interrupted = True
            self.leave()
        else:
            self.screen.say(f"\nnote: {self.asking.message}")
            self.screen.put(line("you: "))
