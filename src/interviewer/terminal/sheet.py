"""Rows of text as they gather, folded to one width: what a scorecard is written on. It knows no scorecard."""

from __future__ import annotations

from ..text import cells, clean, clean_line
from .lines import Span, Spans, fold, line
from .look import Look, Role


class Sheet:
    """The rows so far. In a plain look nothing is folded, aligned or ruled."""

    def __init__(self, look: Look, width: int):
        self.look = look
        self.width = width
        self.lines: list[Spans] = []

    def blank(self) -> None:
        """An empty line."""
        self.lines.append(line(""))

    def heading(self, text: str) -> None:
        """A title over what follows."""
        if self.look.plain:
            self.lines.append(line(text))
            return
        rule = self.look.mark("─", "-") * max(0, self.width - cells(text) - 1)
        self.lines.append((Span(text, Role.STRONG), Span(f" {rule}", Role.QUIET)))

    def labelled(self, label: str, text: str, role: Role = Role.TEXT) -> None:
        """A line of the summary: the label in a column of its own."""
        if self.look.plain:
            self.folded(f"{label}: {text}" if label else text)
        else:
            self.marked(f"{label:<10}", text, role, mark_role=Role.QUIET)

    def marked(
        self, mark: str, text: str, role: Role, *, plain: str | None = None, mark_role: Role | None = None
    ) -> None:
        """Text behind a mark, its further rows under its first."""
        if self.look.plain:
            self.folded((mark.lstrip() if plain is None else plain) + clean_line(text))
            return
        rows = fold(clean_line(text), self.width - cells(mark))
        for number, row in enumerate(rows):
            before = mark if number == 0 else " " * cells(mark)
            self.lines.append((Span(before, mark_role or role), Span(row, role)))

    def folded(self, text: str, role: Role = Role.TEXT) -> None:
        """Text over the whole width."""
        rows = [clean(text)] if self.look.plain else fold(clean_line(text), self.width)
        self.lines.extend(line(row, role) for row in rows)

    def quoted(self, text: str) -> str:
        """The text in quotation marks."""
        left, right = ('"', '"') if self.look.ascii else ("“", "”")
        return f"{left}{clean_line(text)}{right}"
