"""`interviewer rescore`: rates a past interview again, keeps both ratings, and shows where they differ."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

import click

from ..bank.library import Bank
from ..errors import PlainError
from ..interview.unrated import rules_of
from ..rating.lines import rating_line
from ..rating.rescoring import Difference, Rescored, rescore
from ..rating.scorecard import chosen_ratings
from ..report.comparison import Contrast, compare
from ..report.naming import question_title
from ..report.side_by_side import contrast_lines
from ..session.events import Rated
from ..text import clean_line
from . import options
from .delivering import json_text
from .desk import Desk
from .plain import sheet_width, show_sheet
from .progress_line import Progress
from .rater_choice import require_rated

if TYPE_CHECKING:
    from ..session.log import SessionLog


class NothingToRate(PlainError):
    """The interview holds no answer."""

    next_step = "Go on with it first: interviewer resume"


@click.command("rescore")
@click.argument("session", metavar="[INTERVIEW]", default="latest")
@click.option("--judge", metavar="NAME", required=True, help="Who rates now: offline, ollama/<tag>, or provider/model.")
@options.samples
@options.base_url
@options.local_only
@options.as_json
def command(
    session: str, judge: str, samples: int, base_url: str | None, local_only: bool | None, as_json: bool
) -> int:
    """Rate INTERVIEW again, with another judge, today's rubric or more samples. Both ratings stay on record.

    Where an answer could not be rated the reason stands beside it, and the exit code is 1.
    """
    desk = Desk.open({"local_only": local_only}, base_url=base_url)
    with desk.store() as store, closing(store.resume(store.find(session))) as log:
        desk = desk.bound_by(log.transcript.started, local_only=local_only)
        found = asyncio.run(_rescored(desk, log, judge, samples))
        read = [each for each in found if not each.after.why_unread]
        counts = what_counts(log, read)
    if as_json:
        click.echo(json_text(_document(log.id, found)))
    else:
        show_sheet("\n".join([*lines(found, desk.bank), counts]))
    return 0 if read == found else 1


async def _rescored(desk: Desk, log: SessionLog, judge: str, samples: int) -> list[Rescored]:
    """Each thread is stored as soon as it is rated, so that nothing paid for is lost.

    Raises:
        NothingRated: none could be.
    """
    answered = sum(bool(state.thread.answers) for state in log.transcript.threads)
    if not answered:
        raise NothingToRate("This interview holds no answer yet.")
    progress, found = Progress("answers", answered), []
    try:
        async with desk.rater(judge, samples=samples) as rater:
            async for each in rescore(log.transcript, rater, desk.bank, rules_of(desk.bank)):
                found.append(each)
                progress.advance()
                if not each.after.why_unread:
                    log.append(Rated(thread=each.thread, stage="rescore", line=rating_line(each.after)))
    finally:
        progress.clear()
    require_rated([each.after for each in found])
    return found


def _document(session: str, found: list[Rescored]) -> dict[str, Any]:
    return {"schema": 1, "session": session, "threads": [thread_document(each) for each in found]}


def thread_document(each: Rescored) -> dict[str, Any]:
    """The two ratings of a thread and their differences as plain data (see docs/formats.md)."""
    return {
        "thread": each.thread,
        "question_id": each.question_id,
        "before": rating_line(each.before) if each.before else None,
        "after": rating_line(each.after),
        "differences": [
            {
                "dimension": found.dimension,
                "before": found.before.level if found.before else None,
                "after": found.after.level,
                "change": found.change,
                "gained": list(found.gained),
                "lost": list(found.lost),
            }
            for found in each.differences
        ],
    }


def lines(
    found: list[Rescored], bank: Bank, shown: Callable[[Contrast], bool] = lambda contrast: True
) -> Iterator[str]:
    """The levels side by side, a block a question: + is met now only, - was met before only."""
    width = sheet_width()
    for each in found:
        before = each.before.ratings if each.before else {}
        read = clean_line(each.before.rater.model) if each.before else "not rated"
        yield f"{question_title(bank, each.question_id)}: {read} → {clean_line(each.after.rater.model)}"
        for contrast in compare(before, each.after.ratings, bank.dimension_or_bare):
            if shown(contrast):
                yield from contrast_lines(contrast, width)
        yield ""


def _differs(found: Difference) -> bool:
    return (found.before.level if found.before else None) != found.after.level


def what_counts(log: SessionLog, found: list[Rescored]) -> str:
    """Which of the ratings the scorecard shows now: a model's goes before the offline reader's."""
    threads = log.transcript.threads
    kept = [each for each in found if chosen_ratings(threads[each.thread])[0] != each.after]
    look = f"Look at it with: interviewer review {log.id} --full"
    if not any(_differs(difference) for each in found for difference in each.differences):
        return f"No level changed; all readings stay on record. {look}"
    if not kept:
        return f"The scorecard shows the new levels; the earlier ones stay on record. {look}"
    raters = dict.fromkeys(clean_line(each.before.rater.model) for each in kept if each.before)
    return (
        f"The scorecard goes on showing what {' and '.join(raters)} found, which counts for more; "
        f"the new levels stay on record. {look}"
    )
