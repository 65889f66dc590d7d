"""Lines of text with roles, and text folded to a width in columns. Pure; knows neither screen nor library."""

from __future__ import annotations

from dataclasses import dataclass

from ..text import cells
from .look import Role

WIDEST = 96
"""Columns of running text: longer lines are hard to read."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line."""

    text: str
    role: Role = Role.TEXT


Line = tuple[Span, ...]


def line(text: str, role: Role = Role.TEXT) -> Line:
    """A line of one piece."""
    return (Span(text, role),)


def plain(lines: list[Line]) -> list[str]:
    """The lines without their roles."""
    return ["".join(span.text for span in spans) for spans in lines]


def measure(width: int) -> int:
    """Columns that running text takes on a screen of this width; one is left free, so that no terminal wraps."""
    return max(20, min(width - 1, WIDEST))


def fold(text: str, width: int) -> list[str]:
    """Clean text in lines of at most `width` columns: broken at spaces, its own lines and indents kept."""
    return [piece for paragraph in text.split("\n") for piece in _folded(paragraph.rstrip(), max(width, 2))]


def _folded(paragraph: str, width: int) -> list[str]:
    if cells(paragraph) <= width:
        return [paragraph]
    indent = paragraph[: len(paragraph) - len(paragraph.lstrip())][: width // 2]
    lines: list[str] = []
    current = indent
    for word in paragraph.split():
        joined = f"{current}{'' if current.strip() == '' else ' '}{word}"
        if cells(joined) <= width:
            current = joined
            continue
        if current.strip():
            lines.append(current)
        *whole, current = _cut(indent + word, width)
        lines.extend(whole)
    return [*lines, current]


def _cut(word: str, width: int) -> list[str]:
    """A word too long for a line in pieces; most are one piece."""
    if cells(word) <= width:
        return [word]
    pieces, current, used = [], "", 0
    for char in word:
        size = cells(char)
        if used + size > width:
            pieces.append(current)
            current, used = "", 0
        current += char
        used += size
    return [*pieces, current]


def row_up_or_down(text: str, column: int, width: int, rows: int) -> int | None:
    """Where a cursor in a line that is wrapped after each `width` columns comes to, moved by one row.

    Args:
        column: the cursor's place, in characters.
        rows: -1 for up, 1 for down.

    Returns:
        The new place in characters; None where the line has no such row.
    """
    starts = _row_starts(text, width)
    row = sum(start <= column for start in starts) - 1
    if not 0 <= row + rows < len(starts):
        return None
    start = starts[row + rows]
    last = starts[row + rows + 1] - 1 if row + rows + 1 < len(starts) else len(text)
    return min(start + column - starts[row], last)


def _row_starts(text: str, width: int) -> list[int]:
    starts, used = [0], 0
    for index, char in enumerate(text):
        size = cells(char)
        if used + size > width:
            starts.append(index)
            used = 0
        used += size
    return starts
