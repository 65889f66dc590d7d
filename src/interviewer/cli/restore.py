"""`interviewer restore`: puts a backup in the place of all stored interviews."""

from __future__ import annotations

from pathlib import Path

import click

from ..places import find_paths
from ..text import plural
from . import options
from .asking import confirm


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@options.unasked
def command(file: Path, yes: bool) -> None:
    """Replace all stored interviews with those of FILE, which `interviewer backup` made.

    Those of now are copied aside first, beside the store. `interviewer forget` takes what it erases out of such copies
    too, and with --all it removes them.
    """
    from ..session.store import Store

    with Store.open(find_paths().sessions_file) as store:
        if there := len(store.sessions()):
            confirm(f"Replace what is stored now ({plural(there, 'interview')}) with the backup?", yes)
        aside = store.restore(file)
        count = len(store.sessions())
    click.echo(f"{plural(count, 'interview')} restored; what was stored before is in {aside}.")
