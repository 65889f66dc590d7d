"""Before an interview is given to others: asks what to hide, shows what is left, and goes on only after a yes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace

import click

from ..report import plain
from ..report.archive import ArchivedSession, Entry
from ..report.redaction import Marks, parted
from ..report.share import is_private, never_told, perhaps_told, shared, still_told, suggestions
from ..session.transcript import ThreadState, fold
from ..text import clean, clean_line
from .asking import confirm
from .desk import Desk, card_of

SUGGESTED = 24
"""Words named at once."""


def made_fit(session: ArchivedSession, desk: Desk, marks: Marks, yes: bool) -> ArchivedSession:
    """The interview without what is marked, once the user has seen it and said yes.

    What is shown and asked goes to the error stream: the standard output is for the document.

    Args:
        yes: whether they have said so already.

    Raises:
        click.Abort: the user says no.
        click.UsageError: there is nobody to ask.
    """
    if not yes and sys.stdin.isatty():
        marks = _asked(session, marks)
    if unsaid := never_told(session.events, marks):
        click.echo(f"Not in your answers, so nothing was hidden for it: {clean_line(', '.join(unsaid))}.", err=True)
    fit = _without(session, marks)
    transcript = fold(fit.events)
    text = plain.render(transcript, card_of(transcript, desk), desk.bank, session=fit.name)
    if not yes:
        click.echo(clean(text), err=True)
        _sum_up(session, marks)
    ids = [*(transcript.started.plan if transcript.started else ()), *map(_question, transcript.threads)]
    if left := still_told("\n".join([text, *ids]), marks):
        where = "where a title, an id or another text of the bank has it"
        click.echo(f"Not hidden: {clean_line(', '.join(left))}, {where}.", err=True)
    if within := perhaps_told(fit.events, marks):
        click.echo(f"Perhaps still there: {_listed(within)}.", err=True)
    try:
        confirm("Read it closely. May others see all of this?", yes)
    except click.Abort:
        click.echo("Nothing was written.", err=True)
        raise
    return fit


def _sum_up(session: ArchivedSession, marks: Marks) -> None:
    """Says at the end, where it is read, what is hidden and what looks like a name and is not."""
    hidden = (*marks.names, *marks.companies, *marks.numbers)
    click.echo(f"Hidden: {clean_line(', '.join(hidden)) or 'nothing'}.", err=True)
    if left := suggestions(session.events, marks).words:
        click.echo(f"Not hidden, and perhaps a name: {_listed(left)}.", err=True)


def _listed(words: Sequence[str]) -> str:
    more = f" and {len(words) - SUGGESTED} more" if len(words) > SUGGESTED else ""
    return f"{clean_line(', '.join(words[:SUGGESTED]))}{more}"


def _without(session: ArchivedSession, marks: Marks) -> ArchivedSession:
    kept = [entry.at for entry in session.entries if not is_private(entry.event)]
    events = shared(session.events, marks)
    return ArchivedSession(session.name, tuple(Entry(event, at) for event, at in zip(events, kept, strict=True)))


def _question(state: ThreadState) -> str:
    return state.thread.question_id or ""


def _asked(session: ArchivedSession, marks: Marks) -> Marks:
    """The marks with those that the user adds, until they add no more."""
    for sort, asked in (("names", "Names to hide"), ("companies", "Companies to hide"), ("numbers", "Numbers to hide")):
        found = suggestions(session.events, marks)
        candidates = found.numbers if sort == "numbers" else found.words
        if candidates:
            click.echo(f"Perhaps: {clean_line(' · '.join(candidates[:SUGGESTED]))}", err=True)
        said = click.prompt(f"{asked}, separated by commas (Enter: none)", default="", show_default=False, err=True)
        marks = replace(marks, **{sort: (*getattr(marks, sort), *parted(said))})
    return marks
