"""`interviewer forget`: erases an interview, or all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..places import Paths, find_paths
from ..state import backups
from ..text import clean_line, plural
from . import options
from .asking import confirm

if TYPE_CHECKING:
    from ..session.set_aside import SetAside


@click.command("forget")
@click.argument("session", metavar="[INTERVIEW]", required=False)
@click.option("--all", "everything", is_flag=True, help="Erase every interview, draft and copy.")
@options.unasked
def command(session: str | None, everything: bool, yes: bool) -> None:
    """Erase INTERVIEW from this machine, so that no byte of it remains in any file of ours.

    From what `restore` copied aside it is taken out and the other interviews stay; a damaged file put aside goes as a
    whole, which is said first. Copies that you made yourself, and what a disk keeps of deleted files, are out of reach.
    """
    if (session is None) == (not everything):
        raise click.UsageError("Say which interview to forget, or --all. `interviewer history` lists them.")
    from ..session.copies import traces_of
    from ..session.store import Store

    paths = find_paths()
    with Store.open(paths.sessions_file) as store:
        name = None if session is None else store.find_surely(session)
        for line in _of_copies(store.set_aside(), name):
            click.echo(line, err=True)
        confirm(f"Erase {name or 'every interview'} for good?", yes)
        if name is None:
            store.forget_all(lambda: _remove_traces(paths, None))
        else:
            store.forget(name, lambda: _remove_traces(paths, name))
    click.echo(f"Forgotten: {name or 'everything'}.")
    if left := [trace for file in backups(paths=paths) for trace in traces_of(file)]:
        click.echo(f"Backups made before may hold it still: {', '.join(clean_line(str(file)) for file in left)}.")


def _of_copies(copies: Iterable[SetAside], name: str | None) -> Iterator[str]:
    """What will become of the copies beside the store, where that is more than to lose the interview."""
    for copy in copies:
        where = clean_line(str(copy.path))
        if copy.interviews is None:
            yield f"Erased with it, as a whole, for nobody can tell what it holds: {where}."
        elif name is None:
            yield f"Erased with them: {where}, with {plural(len(copy.interviews), 'interview')}."
        elif name in copy.interviews and (others := copy.others(name)):
            yield f"Erased from {where} too, where {plural(len(others), 'other')} will stay."


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
