"""Keys typed while nobody is asked: not echoed into what is being said, and kept for the next answer."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


@contextmanager
def held_keys(stream: TextIO) -> Iterator[None]:
    """Within the block the terminal echoes nothing and holds keys back; Ctrl-C stays a signal.

    What is left over at the end is dropped, so that no half answer runs in the shell. Does nothing where there is no
    terminal, and on Windows, whose consoles echo nothing unasked.
    """
    if sys.platform == "win32" or not stream.isatty():
        yield
        return
    import termios

    descriptor = stream.fileno()
    before = termios.tcgetattr(descriptor)
    quiet = list(before)
    quiet[3] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(descriptor, termios.TCSANOW, quiet)
    try:
        yield
    finally:
        try:
            termios.tcsetattr(descriptor, termios.TCSAFLUSH, before)
        except termios.error:
            return  # the terminal is gone


@contextmanager
def echoed_keys(stream: TextIO) -> Iterator[None]:
    """Within the block the terminal edits and echoes lines itself, whatever `held_keys` asked for."""
    if sys.platform == "win32" or not stream.isatty():
        yield
        return
    import termios

    descriptor = stream.fileno()
    before = termios.tcgetattr(descriptor)
    cooked = list(before)
    cooked[3] |= termios.ECHO | termios.ICANON | termios.ISIG
    termios.tcsetattr(descriptor, termios.TCSANOW, cooked)
    try:
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSANOW, before)
