"""A real terminal for tests: a program on a pseudo-terminal, its screen emulated, its questions answered.

Nothing here sleeps: every wait ends when the text is on the screen, and fails with a picture of the screen if it
does not come in time.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pexpect
import pyte

KEYS: Mapping[str, str] = {
    "enter": "\r",
    "alt-enter": "\x1b\r",
    "tab": "\t",
    "escape": "\x1b",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "undo": "\x1f",
}
PATIENCE = 20.0
"""Seconds after which a wait fails; a passing test never waits so long."""


class NotSeen(AssertionError):
    """What was waited for did not come."""


class _Screen(pyte.HistoryScreen):
    """Answers what a program asks of its terminal."""

    answer: Callable[[str], object]

    def write_process_input(self, data: str) -> None:
        self.answer(data)


class Terminal:
    """One program in one terminal. Use as a context manager; what still runs at the end is ended."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ):
        """Args:
        command: the program; "python" stands for this interpreter.
        env: added to a bare environment without colours switched off.
        """
        program, *arguments = command
        self._child: Any = pexpect.spawn(
            sys.executable if program == "python" else program,
            arguments,
            dimensions=(rows, columns),
            env=_environment(env or {}),
            cwd=str(cwd) if cwd else None,
            echo=True,
        )
        self._child.delaybeforesend = None
        self._screen = _Screen(columns, rows, history=5000, ratio=0.5)
        self._screen.answer = self._child.send
        self._stream = pyte.ByteStream(self._screen)
        self.raw = b""
        """Every byte the program wrote."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._child.isalive():
            self._child.kill(signal.SIGKILL)
            self._child.wait()
        self._child.ptyproc.delayafterclose = 0  # it would sleep, in case that the program has not ended yet
        self._child.close()

    # --- to the program -----------------------------------------------------------------------------------

    def type(self, text: str) -> None:
        """Types characters."""
        self._child.send(text)

    def press(self, *keys: str) -> None:
        """Presses keys by name ("enter", "ctrl-c", "alt-enter")."""
        for key in keys:
            self._child.send(chr(ord(key[-1]) & 0x1F) if key.startswith("ctrl-") else KEYS[key])

    def paste(self, text: str) -> None:
        """Pastes as a terminal does that marks pastes."""
        self._child.send(f"\x1b[200~{text}\x1b[201~")

    def resize(self, columns: int, rows: int) -> None:
        """Changes the size of the window."""
        self._screen.resize(rows, columns)
        self._child.setwinsize(rows, columns)

    def signal(self, number: signal.Signals) -> None:
        """Sends the program a signal."""
        self._child.kill(number)

    def close_window(self) -> int:
        """Takes the terminal away, as a closed window or a lost connection does; the program's exit status."""
        self._child.ptyproc.fileobj.close()
        return self._status()

    # --- from the program ---------------------------------------------------------------------------------

    def screen(self) -> list[str]:
        """The lines on the screen, without spaces at their ends; empty ones at the bottom are left out."""
        return _trimmed(list(self._screen.display))

    def scrollback(self) -> list[str]:
        """Everything that was ever shown and scrolled up, and the screen."""
        above = [
            "".join(row[column].data for column in range(self._screen.columns)) for row in self._screen.history.top
        ]
        return _trimmed([*above, *self._screen.display])

    def cells(self) -> list[list[pyte.screens.Char]]:
        """The same with the look of every cell, for pictures."""
        rows = [*self._screen.history.top, *(self._screen.buffer[row] for row in range(self._screen.lines))]
        return [[row[column] for column in range(self._screen.columns)] for row in rows]

    @property
    def descriptor(self) -> int:
        """The terminal's end of the line, for who measures and reads by themselves."""
        return int(self._child.child_fd)

    @property
    def process(self) -> int:
        """The program's process id."""
        return int(self._child.pid)

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and row of the cursor, from 0."""
        return self._screen.cursor.x, self._screen.cursor.y

    def wait_for(self, text: str, *, patience: float = PATIENCE) -> list[str]:
        """Waits until the text is on the screen, however its words are folded; gives the screen."""
        words = " ".join(text.split())
        self.wait_until(lambda screen: words in _run_on(screen), f"{text!r} on the screen", patience=patience)
        return self.screen()

    def wait_gone(self, text: str) -> list[str]:
        """Waits until the text is no longer on the screen."""
        self.wait_until(lambda screen: text not in "\n".join(screen), f"{text!r} gone from the screen")
        return self.screen()

    def wait_until(
        self, seen: Callable[[list[str]], bool], what: str = "the condition", *, patience: float = PATIENCE
    ) -> None:
        """Waits until the screen is as it should be."""
        end = time.monotonic() + patience
        while not seen(self.screen()):
            if not self._read(end - time.monotonic()):
                picture = "\n".join(self.screen())
                raise NotSeen(f"waited for {what}; the screen is:\n{picture}")

    def wait_exit(self, *, patience: float = PATIENCE) -> int:
        """Waits until the program has ended; its exit status, or minus the signal that ended it."""
        end = time.monotonic() + patience
        while self._read(end - time.monotonic()):
            pass
        if time.monotonic() >= end:
            picture = "\n".join(self.screen())
            raise NotSeen(f"waited for the program to end; the screen is:\n{picture}")
        return self._status()

    def _status(self) -> int:
        self._child.wait()
        return int(-self._child.signalstatus if self._child.signalstatus else self._child.exitstatus)

    def _read(self, patience: float) -> bool:
        """Takes in what the program writes next; False when nothing more comes."""
        try:
            chunk = self._child.read_nonblocking(65536, timeout=max(patience, 0))
        except (pexpect.TIMEOUT, pexpect.EOF):
            return False
        self.raw += chunk
        self._stream.feed(chunk)
        return True


def _environment(extra: Mapping[str, str]) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    return {**kept, "TERM": "xterm-256color", "LANG": "C.UTF-8", "PYTHONUTF8": "1", **extra}


def _trimmed(rows: list[str]) -> list[str]:
    trimmed = [row.rstrip() for row in rows]
    while trimmed and not trimmed[-1]:
        trimmed.pop()
    return trimmed


def _run_on(screen: list[str]) -> str:
    """The screen as one line of words, frames and marks left out."""
    text = " ".join(screen)
    for mark in "│╭╮╰╯─▌┊":
        text = text.replace(mark, " ")
    return " ".join(text.split())
