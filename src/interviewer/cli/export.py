"""`interviewer export`: one interview or all of them as a file for a spreadsheet, a reader, or another machine."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..report.archive import ArchivedSession, Entry, archive_line
from ..report.redaction import Marks, is_number, parted
from ..session.records import Stored
from ..session.transcript import fold
from . import options
from .delivering import deliver
from .desk import Desk
from .documents import OF_ALL, OF_FILES, document, rated, table

if TYPE_CHECKING:
    from ..session.store import Store


@click.command("export")
@click.argument("session", metavar="[INTERVIEW]", required=False)
@click.option("--all", "everything", is_flag=True, help="Every interview; as jsonl or csv.")
@click.option("--format", "format_", type=click.Choice(OF_FILES), default="jsonl", show_default=True,
              help="jsonl is whole, for `import` and `rate`; csv is all ratings as a table.")  # fmt: skip
@click.option(
    "--share",
    is_flag=True,
    help="Take out the names, companies and numbers you mark; asks, and shows the result first.",
)
@click.option("--hide", metavar="WORDS|-", multiple=True, type=options.words,
              help="With --share: take out this name or number.")  # fmt: skip
@click.option("--hide-company", metavar="WORDS|-", multiple=True, type=options.words,
              help="With --share: take out this company.")  # fmt: skip
@click.option("--yes", is_flag=True, help="With --share: write without showing and asking.")
@options.out
def command(session: str | None, everything: bool, format_: str, share: bool, hide: tuple[str, ...],
            hide_company: tuple[str, ...], yes: bool, out: Path | None) -> None:  # fmt: skip
    """Write INTERVIEW, the latest finished one when none is named, or all interviews, to a file or the standard output.

    Words that --share takes out are replaced by the same sign each time, in answers, probes and quotes; notes to
    yourself are left out. Nothing is found automatically: read what is shown before you say yes.
    """
    _check(session, everything, format_, share)
    if (hide or hide_company) and not share:
        raise click.UsageError(f"--hide{'' if hide else '-company'} goes with --share.")
    _refuse_screen(format_, out)
    desk = Desk.open()
    with desk.store() as store:
        names = _all(store) if everything else [_latest(store) if session is None else store.find(session)]
        archived: Iterator[ArchivedSession] = (_archived(name, store.stored(name)) for name in names)
        if share:
            from .sharing import made_fit

            archived = iter([made_fit(next(archived), desk, _marks(hide, hide_company), yes)])
        text = _document(format_, archived, desk)
    deliver(text, out)


def _all(store: Store) -> list[str]:
    """Every id, the oldest first. Raises NoSuchSession where there is none."""
    store.find("latest")
    return [head.id for head in reversed(store.sessions())]


def _latest(store: Store) -> str:
    """The latest that is over; where none is, the latest. Raises NoSuchSession where there is none at all."""
    latest, over = store.find("latest"), store.latest_over()
    if over == latest:
        return latest
    which = f"a later one is still open: {latest}" if over else "it is still open"
    click.echo(f"This is {over or latest}; {which}.", err=True)
    return over or latest


def _refuse_screen(format_: str, out: Path | None) -> None:
    """Raises UsageError where what only programs read would fill somebody's screen."""
    if out is None and format_ not in ("md", "csv") and sys.stdout.isatty():
        raise click.UsageError(f"{format_} is for programs to read: say where it goes with --out FILE.")


def _check(session: str | None, everything: bool, format_: str, share: bool) -> None:
    """Raises UsageError where the options do not go together."""
    if everything and session is not None:
        raise click.UsageError("Name one interview, or say --all.")
    if everything and format_ not in OF_ALL:
        raise click.UsageError(f"--all goes with --format {' or '.join(OF_ALL)}.")
    if everything and share:
        raise click.UsageError("--share takes one interview at a time, for you to read it first.")


def _marks(hide: tuple[str, ...], hide_company: tuple[str, ...]) -> Marks:
    words, companies = (tuple(chain.from_iterable(map(parted, typed))) for typed in (hide, hide_company))
    numbers = tuple(filter(is_number, words))
    return Marks(tuple(word for word in words if word not in numbers), companies, numbers)


def _archived(name: str, stored: list[Stored]) -> ArchivedSession:
    return ArchivedSession(name, tuple(Entry(each.event, each.at) for each in stored))


def _document(format_: str, sessions: Iterator[ArchivedSession], desk: Desk) -> str:
    """The first of the sessions, or all of them where the form has room for more than one."""
    if format_ == "jsonl":
        return "".join(f"{archive_line(each)}\n" for each in sessions)
    if format_ == "csv":
        return table(rated(fold(each.events), desk, each.name, each.entries[0].at) for each in sessions)
    one = next(sessions)
    return document(format_, fold(one.events), desk, one.name, one.entries[0].at)
