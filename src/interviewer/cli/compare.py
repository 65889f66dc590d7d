"""`interviewer compare`: two interviews, or two answers to one question, side by side."""

from __future__ import annotations

from pathlib import Path

import click

from ..errors import PlainError
from ..rating.scorecard import ThreadCard
from ..report.side_by_side import Side, page, text, view
from ..session.store import Store
from ..session.transcript import fold
from ..text import plural
from . import options
from .delivering import deliver, show_page
from .desk import Desk, card_of
from .plain import screen_width


class NoSuchAnswer(PlainError):
    """The interview has no answer of that number."""

    exit_code = 2


@click.command("compare")
@click.argument("left", metavar="A")
@click.argument("right", metavar="B")
@options.html
@options.open_it
def command(left: str, right: str, html: Path | None, open_it: bool) -> None:
    """Set A beside B: two interviews, or, with a number after a colon, one answer of each, as in quiet-otter:2.

    It shows the questions that both answered: the levels, what only one of them met, and what was said. Two answers
    to the same question in one interview are A:1 and A:2.
    """
    desk = Desk.open()
    with desk.store() as store:
        seen = view(_side(left, store, desk), _side(right, store, desk), desk.bank)
    if open_it:
        show_page(page(seen), html or desk.paths.page_file(f"{seen.left} {seen.right}".replace(":", "-")))
    elif html:
        deliver(page(seen), html)
    else:
        click.echo(text(seen, screen_width()), nl=False)


def _side(said: str, store: Store, desk: Desk) -> Side:
    """The interview or the answer that is meant.

    Raises:
        NoSuchSession: no interview goes by that name.
        NoSuchAnswer: it has no answer of that number.
    """
    name, _, number = said.partition(":")
    session = store.find(name)
    card = card_of(fold(store.events(session)), desk)
    if not number:
        return Side(session, card.threads, card.by_dimension)
    if not number.isdecimal() or not 1 <= int(number) <= len(card.threads):
        error = NoSuchAnswer(f"{session} has no answer “{number}”.")
        error.next_step = f"It has {plural(len(card.threads), 'answer')}, numbered from 1."
        raise error
    thread = card.threads[int(number) - 1]
    return Side(f"{session}:{number}", (thread,), _levels(thread))


def _levels(thread: ThreadCard) -> dict[str, float]:
    return {line.dimension: float(line.level) for line in thread.lines if line.level is not None}
