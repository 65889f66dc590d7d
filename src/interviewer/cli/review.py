"""`interviewer review`: shows the scorecard of a past interview, on the screen or as a document."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..session.transcript import Transcript, fold
from .delivering import deliver, show_page
from .desk import Desk, as_document, card_of, show

if TYPE_CHECKING:
    from ..session.history import SessionHead
    from ..session.store import Store

RENDERERS = {"text": "plain", "md": "markdown", "html": "page"}
FORMATS = (*RENDERERS, "json", "csv")


@click.command("review", short_help="Show a past scorecard.")
@click.argument("session", required=False)
@click.option("--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--json", "format_", flag_value="json", help="The same as --format json.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.option("--open", "open_it", is_flag=True, help="Open the page in your browser.")
@click.option("--full", is_flag=True, help="With the whole thread, quotes marked, and all parts met and missing.")
@click.option("--plain", is_flag=True, default=None, help="Plain lines in reading order, for screen readers.")
def command(session: str | None, format_: str, out: Path | None, open_it: bool, full: bool,
            plain: bool | None) -> None:  # fmt: skip
    """Show the scorecard of SESSION; without a name the latest, or a list to pick from where there are several."""
    desk = Desk.open({"plain": plain})
    with desk.store() as store:
        name = store.find(session) if session else _picked(store, desk)
        head = store.head(name)
        transcript = fold(store.events(name))
    if open_it:
        show_page(_document("html", transcript, desk, head), out or desk.paths.page_file(name))
    elif format_ == "text" and out is None:
        _show(transcript, desk, head, full)
    else:
        deliver(_document(format_, transcript, desk, head), out)


def _show(transcript: Transcript, desk: Desk, head: SessionHead, full: bool) -> None:
    """The scorecard on the screen, short or to study."""

    screen = desk.screen()
    if not full:
        show(screen, transcript, desk, None)
        screen.say(f"All of it, with your answers: interviewer review {head.id} --full")
        return
    from ..report.viewing import view
    from ..terminal.card import render
    from ..terminal.study import Study

    card = card_of(transcript, desk)
    seen = view(transcript, card, desk.bank, session=head.id, held=head.started)
    screen.print(Study(render(card, screen.look, desk.bank.scale(), desk.bank.dimension), seen))


def _picked(store: Store, desk: Desk) -> str:
    """The latest interview, or the one picked from the list at the keyboard."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return store.find("latest")
    heads = sorted(store.sessions(), key=lambda head: head.last, reverse=True)
    if len(heads) < 2:
        return store.find("latest")
    from ..terminal.picker import pick

    options = {head.id: f"{head.id}  {head.format}  {', '.join(dict.fromkeys(head.questions))}" for head in heads}
    return pick("Which interview?", options, heads[0].id, desk.screen())


def _document(format_: str, transcript: Transcript, desk: Desk, head: SessionHead) -> str:
    if format_ == "json":
        return as_document(head.id, transcript, desk)
    if format_ == "csv":
        from ..report.tables import Sheet
        from ..report.tables import render as table

        return table([Sheet(transcript, card_of(transcript, desk), head.id, head.started)])
    renderer = import_module(f"..report.{RENDERERS[format_]}", __package__)
    text: str = renderer.render(transcript, card_of(transcript, desk), desk.bank, session=head.id, held=head.started)
    return text
