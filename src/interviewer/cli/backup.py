"""`interviewer backup`: copies all stored interviews to a file."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from ..places import find_paths
from ..state import backups, remember_backups
from ..text import plural


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
def command(file: Path) -> None:
    """Copy all interviews to FILE, which only you may read. A file that is there already is never written over."""
    from ..session.copies import traces_of
    from ..session.store import Store

    paths = find_paths()
    with Store.open(paths.sessions_file) as store:
        count = len(store.sessions())
        known = [each for each in backups(paths=paths) if traces_of(each)]
        remember_backups([*known, file.expanduser().absolute()], paths=paths)  # first: of a kill's traces too
        where = store.backup(file)
    click.echo(f"{plural(count, 'interview')} copied to {where}. Bring them back with: "
               f"interviewer restore {shlex.quote(str(where))}")  # fmt: skip
