"""Answers that are not typed: from a file or a pipe."""

from __future__ import annotations

import sys
from pathlib import Path

import click


def prepared_answers(source: str | None) -> list[str] | None:
    """The answers of a file, of standard input ("-", or when it is no terminal); None at the keyboard.

    Raises:
        click.UsageError: the file cannot be read, is not UTF-8, or nothing came in.
    """
    from ..terminal.pipe import split_answers

    if source is None and sys.stdin.isatty():
        return None
    raw = sys.stdin.buffer.read() if source in (None, "-") else _read(str(source))
    answers = split_answers(_text(raw, "What came in" if source in (None, "-") else str(source)))
    if not answers:
        raise click.UsageError(
            "There is no terminal and no answer came in. Run it in a terminal, or give --answers FILE."
        )
    return answers


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise click.UsageError(f"{path} cannot be read ({(error.strerror or 'unknown').lower()}).") from None


def _text(raw: bytes, name: str) -> str:
    """The bytes as text; an answer with letters missing would be rated, and quoted, as if it had been given so."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise click.UsageError(
            f"{name} is not UTF-8 text (byte {error.start + 1}, in line {line}); save it as UTF-8."
        ) from None
