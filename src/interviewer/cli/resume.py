"""`interviewer resume`: goes on with an interview that was left or cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ..errors import PlainError
from . import options, sitting
from .answers import prepared_answers
from .desk import Desk

if TYPE_CHECKING:
    from ..session.store import Store


class NothingOpen(PlainError):
    """There is an interview, and none to go on with."""


@click.command("resume")
@click.argument("session", metavar="[INTERVIEW]", default="latest")
@click.option("--model", metavar="NAME", help="A different model from before.")
@click.option("--judge", metavar="NAME", help="A different judge from before.")
@options.local_only
@options.base_url
@click.option("--budget", type=float, metavar="DOLLARS", help="Save and stop when this much is spent in all.")
@options.answers
@options.plain
@options.as_json_at_the_end
def command(session: str, answers: str | None, base_url: str | None, as_json: bool, model: str | None,
            judge: str | None, **flags: Any) -> None:  # fmt: skip
    """Go on with INTERVIEW, or with the latest that is neither over nor open elsewhere. What was typed is there."""
    desk = Desk.open(flags, base_url=base_url)
    with desk.store() as store:
        session = _open_one(store, session)  # before answers are asked for: there may be nothing to answer
    manner = sitting.Manner(prepared_answers(answers), as_json)
    sitting.hold_again(desk, session, manner, model=model, judge=judge, local_only=flags["local_only"])


def _open_one(store: Store, name: str) -> str:
    """The id of the interview to go on with; by "latest" the last held of those that are open and in no terminal.

    Raises:
        NoSuchSession: none goes by that name.
        NothingOpen: it is over, or all are.
    """
    from ..session.finding import LATEST

    found = store.find(name)
    if name.strip().lower() == LATEST:
        return _latest_open(store)
    if store.head(found).ended is None:
        return found
    error = NothingOpen(f"The interview {found} is over; there is nothing to go on with.")
    error.next_step = f"Its scorecard: interviewer review {found}. A new one: interviewer start"
    raise error


def _latest_open(store: Store) -> str:
    """The last held of those that are open. One that another terminal has is left to it, where there is a free one."""
    still_open = [head.id for head in store.sessions() if head.ended is None]
    if not still_open:
        error = NothingOpen("Nothing is open: all your interviews are over.")
        error.next_step = "The last scorecard: interviewer review. A new interview: interviewer start"
        raise error
    latest = still_open[0]
    free = next((name for name in still_open if not store.is_held(name)), latest)
    if free != latest:
        click.echo(f"The interview {latest} is open in another terminal; going on with {free}.", err=True)
    return free
