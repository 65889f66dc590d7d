"""Answers that are not typed: from a file or a pipe."""

from __future__ import annotations

import sys
from pathlib import Path

import click


def prepared_answers(source: str | None) -> list[str] | None:
    """The answers of a file, of standard input ("-", or when it is no terminal); None at the keyboard.

    Raises:
        click.UsageError: the file cannot be read, or nothing came in.
    """
    from ..terminal.pipe import split_answers

    if source is None and sys.stdin.isatty():
        return None
    raw = sys.stdin.buffer.read() if source in (None, "-") else _read(str(source))
    answers = split_answers(raw.decode("utf-8", errors="replace"))
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
