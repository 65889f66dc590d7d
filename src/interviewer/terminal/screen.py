"""The one place where text reaches the screen: whatever comes, only our own styling leaves.

Every piece of text is cleaned here, whoever made it, and nothing is ever read as markup. `rich` is loaded only when
something rich is printed, which is after the interview: the first question does not wait for it.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from ..text import clean
from .lines import Spans, fold, measure
from .look import Look, Role, Theme, look_for

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

NARROWEST, WIDEST_PRINT = 20, 120
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

    def print(self, renderable: RenderableType) -> None:
        """Writes something rich, as the scorecard."""
        from rich.segment import Segment, Segments

        console = self.console()
        shown = [
            Segment(clean(segment.text), segment.style and segment.style.update_link(None))
            for segment in console.render(renderable)
            if not segment.control
        ]
        with console.capture() as capture:
            console.print(Segments(shown), end="")
        self._write(capture.get())
        self._flush()

    def console(self) -> Console:
        """A rich console with this screen's look that reads nothing as markup."""
        from rich.console import Console

        return Console(
            file=io.StringIO(),
            width=min(self.width, WIDEST_PRINT),
            force_terminal=self.look.styled,
            color_system="standard" if self.look.styled else None,
            no_color=not self.look.colour,
            markup=False,
            emoji=False,
            highlight=False,
            legacy_windows=False,
            _environ={},
        )

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
