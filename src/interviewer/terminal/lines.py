"""Lines of text with roles, and text folded to a width in columns. Pure; knows neither screen nor library."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..text import WIDEST, cells
from .look import Role

_WORDS = re.compile(r"(\s*)(\S+)")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line."""

    text: str
    role: Role = Role.TEXT


Spans = tuple[Span, ...]
"""A line, or a piece of one, in its roles."""


def line(text: str, role: Role = Role.TEXT) -> Spans:
    """A line of one piece."""
    return (Span(text, role),)


def clause(text: str) -> str:
    """The text without a full stop at its end, for a sentence that goes on."""
    return text.rstrip().removesuffix(".")


def sentence(text: str) -> str:
    """The text with a full stop at its end, unless it ends as a sentence does."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


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
    rows: list[str] = []
    current = ""
    for spaces, word in _WORDS.findall(indent + paragraph.lstrip()):
        if cells(current + spaces + word) <= width:
            current += spaces + word
            continue
        if current:
            rows.append(current)
        *whole, current = _cut(indent + word, width)
        rows.extend(whole)
    return [*rows, current]


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
