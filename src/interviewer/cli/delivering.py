"""Where a document goes: the standard output, a file that only its owner can read, or the browser."""

from __future__ import annotations

from pathlib import Path

import click

from ..errors import reason_of
from ..places import write_private
from ..text import clean_line


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
    """Into the file, and in the browser."""
    deliver(text, out)
    click.launch(str(out))
