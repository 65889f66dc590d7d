"""Where a document goes: the standard output, a file that only its owner can read, or the browser."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from ..errors import reason_of
from ..places import write_private
from ..text import clean_json, clean_line

STDERR = 2
"""Its number, as programs that are started inherit it."""


def json_text(body: object) -> str:
    """One JSON document, as it may be shown on a terminal."""
    return clean_json(json.dumps(body, ensure_ascii=False, allow_nan=False, indent=1))


def deliver(text: str, out: Path | None) -> None:
    """To standard output, or into the file.

    Raises:
        click.UsageError: the file cannot be written.
    """
    if out is None:
        click.echo(text, nl=not text.endswith("\n"))
        return
    try:
        write_private(out, text)
    except OSError as error:
        raise click.UsageError(f"{out} cannot be written ({reason_of(error)}).") from None
    click.echo(f"Written to {clean_line(str(out))}.", err=True)


def show_page(text: str, out: Path) -> None:
    """Into the file, and in the browser; where there is none, it is said."""
    deliver(text, out)
    with _other_programs_unheard():
        opened = _opened(out)
    if not opened:
        click.echo(f"No browser was found; open {clean_line(str(out))} yourself.", err=True)


def _opened(page: Path) -> bool:
    import webbrowser

    try:
        return webbrowser.open(page.absolute().as_uri())
    except webbrowser.Error:
        return False


@contextmanager
def _other_programs_unheard() -> Iterator[None]:
    """What is started within writes nothing on our stderr: a browser complains there of all kinds of things."""
    try:
        ours = os.dup(STDERR)
    except OSError:  # there is none
        yield
        return
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), STDERR)
        yield
    finally:
        os.dup2(ours, STDERR)
        os.close(ours)
