"""`interviewer history`: lists past interviews, the latest first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from ..places import find_paths
from ..report.attempts import overall_of_head
from ..report.wording import figure
from ..text import shorten
from . import options
from .delivering import json_text
from .plain import columns, screen_width

if TYPE_CHECKING:
    from ..session.history import SessionHead


NARROW = 64
"""Columns under which the questions stand on a line of their own."""
ORDERS: dict[str, Callable[[SessionHead], Any]] = {
    "last": lambda head: head.last,
    "started": lambda head: head.started,
    "level": lambda head: overall_of_head(head) or 0.0,
}
"""What a list is sorted by, the highest first."""


@click.command("history")
@click.argument("words", nargs=-1)
@click.option("--question", metavar="ID", help="Only interviews with this question.")
@click.option("--open", "only_open", is_flag=True, help="Only those that are still open.")
@click.option("--text", metavar="WORDS|-", type=options.words, help="Only those in which these words were said.")
@click.option("--sort", type=click.Choice(tuple(ORDERS)), default="last", show_default=True, help="What comes first.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many.")
@options.as_json
def command(words: tuple[str, ...], question: str | None, only_open: bool, text: str | None, sort: str, limit: int,
            as_json: bool) -> None:  # fmt: skip
    """List past interviews, the latest first. WORDS narrow it down by id, question or format."""
    everything, found = _sessions(text)
    heads = [
        head
        for head in sorted(found, key=ORDERS[sort], reverse=True)
        if (not question or question in head.questions)
        and (not only_open or head.ended is None)
        and all(word.casefold() in _searched(head) for word in words)
    ]
    if as_json:
        click.echo(json_text([_row(head) for head in heads[:limit]]))
    elif not everything:
        click.echo("No interview yet. Start one with: interviewer")
    elif not heads:
        none = f"None of your {everything} interviews fits." if everything > 1 else "Your one interview does not fit."
        click.echo(f"{none} To see what is there: interviewer history")
    else:
        _print(heads, limit)


def _sessions(text: str | None) -> tuple[int, list[SessionHead]]:
    """How many sessions there are, and all of them, or those in which the text was said."""
    path = find_paths().sessions_file
    if not path.exists():
        return 0, []
    from ..session.store import Store

    with Store.open(path) as store:
        heads = store.sessions()
        if text is None:
            return len(heads), heads
        found = store.mentioning(text)
        return len(heads), [head for head in heads if head.id in found]


def _searched(head: SessionHead) -> str:
    return " ".join((head.id, head.format, head.model, *head.questions)).casefold()


def _row(head: SessionHead) -> dict[str, Any]:
    return {
        "session": head.id,
        "started": head.started.isoformat(),
        "last": head.last.isoformat(),
        "format": head.format,
        "mode": head.mode,
        "model": head.model,
        "questions": head.questions,
        "ended": head.ended,
        "mean_level": overall_of_head(head),
    }


def _print(heads: list[SessionHead], limit: int) -> None:
    """One line a session under its heading; the level is the scorecard's overall one, of 5."""
    rows = [("Interview", "Level", "Format", "Questions"), *map(row_of, heads[:limit])]
    width = screen_width()
    if width < NARROW:
        for *first, questions in rows[1:]:
            click.echo(f"{shorten(' '.join(first), width)}\n   {shorten(questions, width - 3)}")
    else:
        click.echo("\n".join(columns(rows, width)))
    if len(heads) > limit:
        click.echo(f"… and {len(heads) - limit} more: --limit {len(heads)}")
    if any(head.ended is None for head in heads[:limit]):
        click.echo("Go on with an open one: interviewer resume NAME")
    click.echo(f"Look at one: interviewer review NAME; the end of a name will do, as {_end_of(heads[0].id)}.")


def _end_of(name: str) -> str:
    """The two words of a name, without its date."""
    return "-".join(name.split("-")[-2:])


def row_of(head: SessionHead) -> tuple[str, str, str, str]:
    """Its name, its overall level ("open" while it can be gone on with), its format and its questions."""
    level = figure(overall_of_head(head)) if head.ended else "open"
    return head.id, level, head.format, ", ".join(dict.fromkeys(head.questions)) or "no question yet"
