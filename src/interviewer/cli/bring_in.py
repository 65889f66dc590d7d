"""`interviewer import`: takes interviews in that `export` wrote."""

from __future__ import annotations

from functools import partial
from typing import IO

import click

from ..errors import PlainError, reason_of
from ..places import find_paths
from ..report.archive import ArchivedSession, read_archive
from ..text import clean_line, plural

LONGEST_INTERVIEW = 64 * 1024 * 1024
"""Characters of one interview; a month of talk has less."""


class Unreadable(PlainError):
    """The file cannot be read as text."""

    next_step = "Name a file that `interviewer export` wrote."


@click.command("import")
@click.argument("file", metavar="FILE|-", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
def command(file: str) -> None:
    """Take in the interviews of FILE, which `interviewer export` wrote: all of them, or none if a line is broken.

    An interview that is here already is passed over; one whose name is taken by another gets a new name.
    """
    from ..session.store import Store

    sessions = _read(file)
    with Store.open(find_paths().sessions_file) as store:
        taken = store.take_in((each.name, [(entry.event, entry.at) for entry in each.entries]) for each in sessions)
    for each, name in zip(sessions, taken, strict=True):
        if name and name != each.name:
            click.echo(f"{clean_line(each.name)} is now {name}.", err=True)
    new = sum(name is not None for name in taken)
    known = f", {len(taken) - new} here already" if new < len(taken) else ""
    click.echo(f"{plural(new, 'interview')} taken in{known}.")


def _read(file: str) -> list[ArchivedSession]:
    try:
        with click.open_file(file, encoding="utf-8-sig") as lines:  # some editors begin a file with a mark
            return list(read_archive(iter(partial(_line, lines), "")))
    except UnicodeDecodeError:
        raise Unreadable(f"{file} is not text.") from None
    except OSError as error:
        raise Unreadable(f"{file} cannot be read ({reason_of(error)}).") from None


def _line(lines: IO[str]) -> str:
    line = lines.readline(LONGEST_INTERVIEW + 1)
    if len(line) > LONGEST_INTERVIEW:
        raise Unreadable(f"A line is longer than an interview can be ({LONGEST_INTERVIEW // 1024 // 1024} MB).")
    return line
