"""A question before something that cannot be undone."""

from __future__ import annotations

import sys

import click


def confirm(ask: str, yes: bool) -> None:
    """Nothing, when the user says yes, or has said so by `--yes`.

    Raises:
        click.Abort: the user says no.
        click.UsageError: there is nobody to ask.
    """
    if yes:
        return
    if not sys.stdin.isatty():
        raise click.UsageError("There is nobody to ask; say --yes to do it without asking.")
    click.confirm(ask, abort=True)
