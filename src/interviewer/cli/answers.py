"""Answers that are not typed: from a file or a pipe."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..errors import reason_of

LARGEST = 16 * 1024 * 1024
"""Bytes of all the answers together."""


def prepared_answers(source: str | None, room: int | None = None) -> list[str] | None:
    """The answers of a file, of standard input ("-", or when it is no terminal); None at the keyboard.

    Says on the standard error where blank lines were taken for the ends of answers, for an answer may have some; where
    that would make more answers than can be asked for, the text is one.

    Args:
        room: how many answers can be asked for; None where nobody knows.

    Raises:
        click.UsageError: the file cannot be read, is not UTF-8 or too large, an answer is, or nothing came in.
    """
    from ..terminal.asking import LONGEST_ANSWER, too_long

    if source is None and sys.stdin.isatty():
        return None
    name, text = _given(source)
    answers = _parted(text, room)
    for answer in answers:
        if len(answer) > LONGEST_ANSWER:
            raise click.UsageError(too_long(answer))
    if not answers:
        none_came = "There is no terminal and no answer came in. Run it in a terminal, or give --answers FILE."
        raise click.UsageError(none_came if source in (None, "-") else f"{name} holds no answer.")
    return answers


def _given(source: str | None) -> tuple[str, str]:
    """What the answers are called, where they cannot be used, and their text."""
    if source == "":
        raise click.UsageError("--answers names no file; perhaps a variable is empty.")
    name = "What came in" if source in (None, "-") else str(source)
    raw = sys.stdin.buffer.read(LARGEST + 1) if source in (None, "-") else _read(str(source))
    if len(raw) > LARGEST:
        raise click.UsageError(f"{name} is larger than {LARGEST // 1024 // 1024} MB.")
    return name, _text(raw, name)


def _parted(text: str, room: int | None) -> list[str]:
    """The answers in it; says so where its paragraphs had to be taken for answers, or for one."""
    from ..terminal.pipe import has_separators, split_answers

    answers = split_answers(text)
    if len(answers) < 2 or has_separators(text):
        return answers
    if room is not None and len(_spoken(answers)) > room:
        told = f"Its {len(answers)} paragraphs were taken as one answer; lines of --- would part them."
        click.echo(told, err=True)
        return [text.strip()]
    click.echo(
        f"Blank lines were taken for the ends of {len(answers)} answers. Where an answer has paragraphs, "
        "part answers by a line of --- instead (one at the end will do).",
        err=True,
    )
    return answers


def _spoken(pieces: list[str]) -> list[str]:
    """The pieces that would be answers: no commands, and no questions that are put back."""
    return [piece for piece in pieces if not piece.startswith("/") and not piece.endswith("?")]


def tell_of_unheard(left: int) -> None:
    """Says on the standard error how many prepared answers no question was left for."""
    if left:
        said = f"The last {left} answers were not needed." if left > 1 else "The last answer was not needed."
        click.echo(said, err=True)


def _read(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise click.UsageError(f"{path} cannot be read ({reason_of(error)}).") from None


def _text(raw: bytes, name: str) -> str:
    """The bytes as text, without the mark that some editors begin a file with.

    An answer with letters missing would be rated, and quoted, as if it had been given so.
    """
    try:
        return raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise click.UsageError(
            f"{name} is not UTF-8 text (byte {error.start + 1}, in line {line}); save it as UTF-8."
        ) from None
