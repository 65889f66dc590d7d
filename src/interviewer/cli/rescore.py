"""`interviewer rescore`: rates a past interview again, keeps both ratings, and shows where they differ."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from ..errors import PlainError
from ..rating.lines import rating_line
from ..rating.opening import open_rater
from ..rating.rater import Rating
from ..rating.rescoring import Difference, Rescored, rescore
from ..session.events import Rated
from ..text import clean_line
from .desk import Desk
from .progress import Progress

if TYPE_CHECKING:
    from ..session.log import SessionLog


class NothingToRate(PlainError):
    """The interview holds no answer."""

    next_step = "Go on with it first: interviewer resume"


@click.command("rescore", short_help="Rate a past interview again.")
@click.argument("session", default="latest")
@click.option("--judge", metavar="NAME", required=True, help="Who rates now: offline, ollama/<tag>, or provider/model.")
@click.option("--samples", type=click.IntRange(1, 25), default=1, help="How often a model reads each answer.")
@click.option("--base-url", metavar="URL", help="A local server that speaks OpenAI's API.")
@click.option("--local-only", is_flag=True, default=None, help="Refuse whatever would leave this machine.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(
    session: str, judge: str, samples: int, base_url: str | None, local_only: bool | None, as_json: bool
) -> None:
    """Rate SESSION again, with another judge, the rubric of today or more samples. Both ratings stay on record."""
    desk = Desk.open({"local_only": local_only}, base_url=base_url)
    with desk.store() as store:
        log = store.resume(store.find(session))
        found = asyncio.run(_rescored(desk, log, judge, samples))
    if as_json:
        click.echo(json.dumps(_document(log.id, found), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(lines(log.id, found)))


async def _rescored(desk: Desk, log: SessionLog, judge: str, samples: int) -> list[Rescored]:
    """Each thread is stored as soon as it is rated, so that nothing paid for is lost."""
    answered = sum(bool(state.thread.answers) for state in log.transcript.threads)
    if not answered:
        raise NothingToRate("This interview holds no answer yet.")
    progress, found = Progress("answers", answered), []
    try:
        async with open_rater(judge, desk.bank, samples=samples, opened=desk.model) as rater:
            async for each in rescore(log.transcript, rater, desk.bank):
                log.append(Rated(thread=each.thread, stage="rescore", line=rating_line(each.after)))
                found.append(each)
                progress.advance()
    finally:
        progress.clear()
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


def lines(session: str, found: list[Rescored]) -> Iterator[str]:
    """The levels side by side, a block a question."""
    for each in found:
        before = clean_line(each.before.rater.model) if each.before else "not rated"
        yield f"{clean_line(each.question_id)}: {before} → {clean_line(each.after.rater.model)}"
        yield from map(_line, each.differences)
        yield ""
    yield f"Both ratings are kept. Look at it with: interviewer review {session}"


def _line(found: Difference) -> str:
    change = "" if found.change is None else f"{found.change:+d}" if found.change else "same"
    parts = [f"now {', '.join(found.gained)}"] if found.gained else []
    parts += [f"no longer {', '.join(found.lost)}"] if found.lost else []
    row = f"  {found.dimension:<18}{_level(found.before):>3} → {_level(found.after)}  {change:<5} {'; '.join(parts)}"
    return row.rstrip()


def _level(rating: Rating | None) -> str:
    return "–" if rating is None or rating.level is None else str(rating.level)
