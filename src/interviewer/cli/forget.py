"""`interviewer forget`: erases an interview, or all of them."""

from __future__ import annotations

from pathlib import Path

import click

from ..places import Paths, find_paths
from ..state import backups
from ..text import clean_line
from . import options
from .asking import confirm


@click.command("forget")
@click.argument("session", metavar="[INTERVIEW]", required=False)
@click.option("--all", "everything", is_flag=True, help="Erase every interview, draft and copy.")
@options.unasked
def command(session: str | None, everything: bool, yes: bool) -> None:
    """Erase INTERVIEW from this machine, so that no byte of it remains in any file of ours.

    Copies that you made yourself, and what a disk keeps of deleted files, are out of reach.
    """
    if (session is None) == (not everything):
        raise click.UsageError("Say which interview to forget, or --all. `interviewer history` lists them.")
    from ..session.copies import traces_of
    from ..session.store import Store

    paths = find_paths()
    with Store.open(paths.sessions_file) as store:
        name = None if session is None else store.find(session)
        confirm(f"Erase {name or 'every interview'} for good?", yes)
        if name is None:
            store.forget_all(lambda: _remove_traces(paths, None))
        else:
            store.forget(name, lambda: _remove_traces(paths, name))
    click.echo(f"Forgotten: {name or 'everything'}.")
    if left := [trace for file in backups(paths=paths) for trace in traces_of(file)]:
        click.echo(f"Backups made before may hold it still: {', '.join(clean_line(str(file)) for file in left)}.")


def _remove_traces(paths: Paths, name: str | None) -> None:
    """Removes what an editor left behind, the pages that name the interview, those of progress, and what a kill left
    unfinished of any of them or of a backup."""
    from ..session.copies import remove_left_behind
    from ..terminal import own_editor

    own_editor.remove_left_behind()
    for file in backups(paths=paths):
        remove_left_behind(file)
    for page in paths.page_file("").parent.glob("*"):
        if page.is_file() and (name is None or name in page.name or _tells_of(page, name)):
            page.unlink()


def _tells_of(page: Path, name: str) -> bool:
    return page.name.startswith(("progress", ".progress")) or name in page.read_text(encoding="utf-8", errors="replace")
