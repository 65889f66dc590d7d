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
    """Go on with INTERVIEW, or with the latest interview that is not over. What was typed is still there."""
    desk = Desk.open(flags, base_url=base_url)
    with desk.store() as store:
        session = _open_one(store, session)  # before answers are asked for: there may be nothing to answer
    manner = sitting.Manner(prepared_answers(answers), as_json)
    sitting.hold_again(desk, session, manner, model=model, judge=judge)


def _open_one(store: Store, name: str) -> str:
    """The id of the interview to go on with; by "latest" the last held of those that are open.

    Raises:
        NoSuchSession: none goes by that name.
        NothingOpen: it is over, or all are.
    """
    from ..session.store import LATEST

    found = store.find(name)
    if store.head(found).ended is None:
        return found
    if name.strip().lower() != LATEST:
        error = NothingOpen(f"The interview {found} is over; there is nothing to go on with.")
        error.next_step = f"Its scorecard: interviewer review {found}. A new one: interviewer start"
        raise error
    still_open = next((head.id for head in store.sessions() if head.ended is None), None)
    if still_open is None:
        error = NothingOpen("Nothing is open: all your interviews are over.")
        error.next_step = "The last scorecard: interviewer review. A new interview: interviewer start"
        raise error
    return still_open
