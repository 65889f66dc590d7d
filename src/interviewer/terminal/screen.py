"""The one place where text reaches the screen: whatever comes, only our own styling leaves.

Every piece of text is cleaned here, whoever made it, and nothing is ever read as markup.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TextIO

from ..text import clean
from .lines import Spans, fold, measure
from .look import Look, Role, Theme, look_for

NARROWEST = 20
"""Columns that are written into at least."""
_GONE = (errno.EIO, errno.EPIPE, errno.ENXIO, errno.EBADF)


class Screen:
    """A stream with a look. A terminal that has gone away swallows what is written: the interview is kept."""

    def __init__(self, look: Look, out: TextIO, width: int | None = None):
        """Args:
        width: in columns, for tests and files; the terminal's own, asked each time, when None.
        """
        self.look = look
        self._out = out
        self._width = width

    @classmethod
    def open(cls, *, plain: bool = False, theme: Theme = "auto", out: TextIO | None = None) -> Screen:
        """The screen of this process."""
        out = out or sys.stdout
        look = look_for(os.environ, terminal=out.isatty(), encoding=out.encoding or "ascii", plain=plain, theme=theme)
        return cls(look, out)

    @property
    def width(self) -> int:
        """Columns at the moment; 80 where nobody knows."""
        if self._width is not None:
            return self._width
        try:
            columns = os.get_terminal_size(self._out.fileno()).columns
        except (OSError, ValueError):
            columns = int(os.environ.get("COLUMNS", "0")) if os.environ.get("COLUMNS", "").isdigit() else 0
        return max(columns or 80, NARROWEST)

    @property
    def height(self) -> int | None:
        """Lines at the moment; None where nothing scrolls out of sight: files, pipes, and text read in its order."""
        if self.look.plain or not self._out.isatty():
            return None
        try:
            return os.get_terminal_size(self._out.fileno()).lines or None
        except (OSError, ValueError):
            return None

    def show(self, lines: Iterable[Spans]) -> None:
        """Writes the lines."""
        for spans in lines:
            self._write("".join(self.look.paint(_inline(span.text), span.role) for span in spans) + "\n")
        self._flush()

    def say(self, text: str, role: Role = Role.TEXT) -> None:
        """Writes the text, folded to the width of a terminal; other streams get its own lines."""
        safe = clean(text)
        for row in fold(safe, measure(self.width)) if self._out.isatty() else safe.split("\n"):
            self._write(self.look.paint(row, role) + "\n")
        self._flush()

    def put(self, spans: Spans) -> None:
        """Writes pieces of lines as they come, at once; line breaks in them are written too."""
        for span in spans:
            rows = clean(span.text).split("\n")
            self._write("\n".join(self.look.paint(row, span.role) for row in rows))
        self._flush()

    def renew(self, text: str, role: Role = Role.TEXT) -> None:
        """Writes the text over the line written last by `renew`; a line of its own in a plain look."""
        if self.look.plain:
            self.say(text, role)
            return
        self._write("\r\x1b[K" + self.look.paint(_inline(text), role))
        self._flush()

    def clear(self) -> None:
        """Takes away the line written last by `renew`; a plain look leaves what was said."""
        if not self.look.plain:
            self._write("\r\x1b[K")
            self._flush()

    def _write(self, text: str) -> None:
        encoding = self._out.encoding or "utf-8"
        with _unless_gone():
            self._out.write(text.encode(encoding, "replace").decode(encoding))

    def _flush(self) -> None:
        with _unless_gone():
            self._out.flush()


@contextmanager
def _unless_gone() -> Iterator[None]:
    """Lets pass that the terminal is no longer there."""
    try:
        yield
    except OSError as error:
        if error.errno not in _GONE:
            raise


def _inline(text: str) -> str:
    """Clean text without line breaks; its spaces stay, for they align."""
    return clean(text).replace("\n", " ")
