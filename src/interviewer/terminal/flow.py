"""Speech as it streams in: whole words are written once and never touched again, so nothing flickers or doubles.

Only the last, unfinished word is held back; that is the cheapest correct way to show a stream, and the scrollback
stays true. No Markdown is read: `List<Foo>` stays. Pure; the screen is the caller's.
"""

from __future__ import annotations

from ..text import Sanitiser, cells
from .lines import Span, Spans, fold


class Flow:
    """Folds a stream of foreign text to a width, word by word."""

    def __init__(self, width: int, mark: Span):
        """Args:
        mark: begins every line.
        """
        self._mark = mark
        self.fit(width)
        self._sanitiser = Sanitiser()
        self._written: list[Span] = []
        self._word = ""
        self._spaces = ""
        self._column: int | None = None
        """Where the line stands; None before its first word."""
        self._begun = False

    def fit(self, width: int) -> None:
        """Folds to that width from here on: the window may change while somebody speaks."""
        self._width = max(width - cells(self._mark.text), 8)

    def feed(self, piece: str) -> Spans:
        """What may be written now."""
        for char in self._sanitiser.feed(piece):
            self._take(char)
        return self._out()

    def close(self) -> Spans:
        """What was still held back, and the end of the line."""
        for char in self._sanitiser.close():
            self._take(char)
        self._place()
        if self._begun:
            self._written.append(Span("\n"))
        return self._out()

    def _out(self) -> Spans:
        written, self._written = tuple(self._written), []
        return written

    def _take(self, char: str) -> None:
        if char == "\n":
            self._place()
            self._break()
        elif char == " ":
            self._place()
            self._spaces += char
        else:
            if cells(self._word + char) > self._width:
                self._place()
            self._word += char

    def _break(self) -> None:
        """Ends the line; empty lines before the first word are left out."""
        if self._begun:
            if self._column is None:
                self._written.append(self._mark)
            self._written.append(Span("\n"))
        self._column, self._spaces = None, ""

    def _place(self) -> None:
        """Writes the finished word, on this line or the next."""
        if not self._word:
            return
        word, spaces = self._word, self._spaces
        self._word = self._spaces = ""
        size = cells(word)
        if self._column is not None and self._column + len(spaces) + size > self._width:
            self._written.append(Span("\n"))
            self._column, spaces = None, ""
        if self._column is None:
            self._written.append(self._mark)
            self._column = 0
        self._begun = True
        self._column += len(spaces) + size
        self._written.append(Span(spaces + word))


class WholeLines:
    """Passes on whole lines, for a plain look: a screen reader speaks what is written, so no piece comes alone."""

    def __init__(self, width: int, label: str):
        self._label = label
        self._sanitiser = Sanitiser()
        self._held = ""
        self.fit(width)

    def fit(self, width: int) -> None:
        """Folds to that width from here on."""
        self._width = width

    def feed(self, piece: str) -> Spans:
        """The lines that are complete."""
        self._held += self._sanitiser.feed(piece)
        whole, newline, self._held = self._held.rpartition("\n")
        return self._labelled(whole + newline) if whole.strip() else ()

    def close(self) -> Spans:
        """The last line."""
        rest = (self._held + self._sanitiser.close()).strip("\n")
        self._held = ""
        return self._labelled(f"{rest}\n") if rest.strip() else ()

    def _labelled(self, text: str) -> Spans:
        label, self._label = self._label, ""
        return (Span("\n".join(fold(label + text, self._width))),)
