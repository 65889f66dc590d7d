"""`interviewer review`: shows the scorecard of a past interview, on the screen or as a document."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import PlainError
from ..report.attempts import overall_of_head
from ..session.transcript import Transcript, fold
from . import options
from .delivering import deliver, show_page
from .desk import Desk, card_of, show, tell_of_owed_readings
from .documents import FORMATS, document
from .history import row_of
from .plain import UNBOUNDED, columns

if TYPE_CHECKING:
    from ..session.history import SessionHead
    from ..session.store import Store


class NoneFinished(PlainError):
    """There is an interview, and none that is over."""


@click.command("review")
@click.argument("session", metavar="[INTERVIEW]", required=False)
@click.option("--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--json", "format_", flag_value="json", help="The same as --format json.")
@options.out
@options.open_it
@click.option("--full", is_flag=True, help="With the whole thread, quotes marked, and all parts met and missing.")
@options.plain
def command(session: str | None, format_: str, out: Path | None, open_it: bool, full: bool,
            plain: bool | None) -> None:  # fmt: skip
    """Show the scorecard of INTERVIEW; without a name the latest that is over.

    In a terminal there is a list to pick from, where the scorecard is to be shown there.
    """
    desk = Desk.open({"plain": plain})
    shown_here = format_ == "text" and out is None and not open_it
    with desk.store() as store:
        if session is not None:
            name = store.find(session)
        else:
            name = _picked(store, desk) if shown_here else _latest_over(store)
        head = store.head(name)
        transcript = fold(store.events(name))
        latest = store.head(store.find("latest")) if session is None else head
    if open_it:
        show_page(document("html", transcript, desk, name, head.started), out or desk.paths.page_file(name))
    elif shown_here:
        _show(transcript, desk, head, full)
        _tell_what_is_open(desk, head, latest)
    else:
        deliver(document(format_, transcript, desk, name, head.started), out)


def _show(transcript: Transcript, desk: Desk, head: SessionHead, full: bool) -> None:
    """The scorecard on the screen, short or to study."""
    screen = desk.screen()
    if not full:
        show(screen, transcript, desk, None)
        screen.say(f"All of it, with your answers: interviewer review {head.id} --full")
        if not tell_of_owed_readings(screen, transcript, head.id) and head.answers and overall_of_head(head) is None:
            screen.say(f"To have a model read it: interviewer rescore {head.id} --judge NAME")
        return
    from ..report.viewing import view
    from ..terminal.card import CardView
    from ..terminal.study import Study

    card = card_of(transcript, desk)
    seen = view(transcript, card, desk.bank, session=head.id, held=head.started)
    summary = CardView(card, screen.look, desk.bank.scale(), desk.bank.dimension_or_bare, screen.height)
    screen.print(Study(summary, seen))


def _tell_what_is_open(desk: Desk, head: SessionHead, latest: SessionHead) -> None:
    """That the interview shown is not over, or that a later one is not."""
    if head.ended is None:
        desk.screen().say(f"This interview is still open. Go on with it: interviewer resume {head.id}")
    elif latest.ended is None:
        desk.screen().say(f"A later one is still open. Go on with it: interviewer resume {latest.id}")


def _picked(store: Store, desk: Desk) -> str:
    """The interview picked from the list at the keyboard; where there is nothing to pick, the latest that is over.

    Raises:
        NoneFinished: nobody can pick, and none is over.
    """
    at_keyboard = sys.stdin.isatty() and sys.stdout.isatty()
    heads = store.sessions() if at_keyboard else []
    if len(heads) < 2:
        return _latest_over(store)
    return _chosen(heads, next((head.id for head in heads if head.ended), store.find("latest")), desk)


def _latest_over(store: Store) -> str:
    """The latest interview that is over.

    Raises:
        NoneFinished: none is.
    """
    if over := store.latest_over():
        return over
    error = NoneFinished("Your latest interview is still open, and no other is finished.")
    as_it_stands = f"interviewer review {store.find('latest')}"
    error.next_step = f"Go on with it: interviewer resume. As it stands: {as_it_stands}"
    raise error


def _chosen(heads: Sequence[SessionHead], usual: str, desk: Desk) -> str:
    from ..terminal.picker import pick

    rows = columns([row_of(head) for head in heads], UNBOUNDED)
    options = {head.id: row for head, row in zip(heads, rows, strict=True)}
    return pick(f"Which interview? There are {len(heads)}, the latest first.", options, usual, desk.screen())
