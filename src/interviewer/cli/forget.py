"""`interviewer forget`: erases an interview, or all of them."""

from __future__ import annotations

import click

from ..places import find_paths
from .asking import confirm


@click.command("forget", short_help="Erase an interview.")
@click.argument("session", required=False)
@click.option("--all", "everything", is_flag=True, help="Erase every interview, draft and copy.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
def command(session: str | None, everything: bool, yes: bool) -> None:
    """Erase SESSION from this machine, so that no byte of it remains in any file of ours.

    Copies that you made yourself, and what a disk keeps of deleted files, are out of reach.
    """
    if (session is None) == (not everything):
        raise click.UsageError("Say which interview to forget, or --all. `interviewer history` lists them.")
    from ..session.store import Store

    paths = find_paths()
    with Store.open(paths.sessions_file) as store:
        name = store.find(session) if session else None
        confirm(f"Erase {name or 'every interview'} for good?", yes)
        if name:
            store.forget(name)
        else:
            store.forget_all()
    for page in paths.page_file("").parent.glob(f"*{name}*.html" if name else "*.html"):
        page.unlink()
    click.echo(f"Forgotten: {name or 'everything'}.")
