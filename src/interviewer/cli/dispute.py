"""`interviewer dispute`: contests a rating with a note, and has the answer rated again; everything stays on record."""

from __future__ import annotations

import asyncio
from contextlib import closing

import click

from ..bank.library import Bank
from ..errors import PlainError
from ..interview.unrated import rules_of
from ..rating.lines import rating_line
from ..rating.rescoring import Rescored, rate_again
from ..rating.scorecard import chosen_ratings
from ..report.naming import dimension_name
from ..session.events import OFFLINE, Disputed, Rated
from ..session.log import SessionLog
from ..session.transcript import Transcript
from ..text import plural
from . import options
from .delivering import json_text
from .desk import Desk
from .plain import show_sheet
from .rater_choice import require_rated
from .rescore import lines, thread_document, what_counts

SAMPLES = 5
"""Readings that settle a dispute, where nothing is said."""


class NotRated(PlainError):
    """There is no such rating to dispute."""

    exit_code = 2


@click.command("dispute")
@click.argument("session", metavar="INTERVIEW")
@click.argument("dimension")
@click.option("--note", required=True, metavar="TEXT|-", type=options.words, help="Why the rating is wrong.")
@click.option("--question", type=click.IntRange(1), help="Its number on the scorecard, where more than one fits.")
@click.option("--judge", metavar="NAME", help="Who rates again; who rated before when not given.")
@click.option("--samples", type=click.IntRange(1, 25), default=SAMPLES, show_default=True, help="How many readings.")
@options.base_url
@options.local_only
@options.as_json
def command(session: str, dimension: str, note: str, question: int | None, judge: str | None, samples: int,
            base_url: str | None, local_only: bool | None, as_json: bool) -> None:  # fmt: skip
    """Say why the level of DIMENSION in INTERVIEW is wrong, and have that answer read again by more samples.

    Your note, the rating before and the new one all stay on record, and review shows them.
    """
    desk = Desk.open({"local_only": local_only}, base_url=base_url)
    with desk.store() as store, closing(store.resume(store.find(session))) as log:
        desk = desk.bound_by(log.transcript.started, local_only=local_only)
        dimension = _meant(dimension, log.transcript, desk.bank)
        thread = _disputed(log.transcript, dimension, question, desk.bank)
        found = asyncio.run(_rated_again(desk, log, thread, judge, samples))
        log.append(Disputed(thread=thread, dimension=dimension, note=note))
        log.append(Rated(thread=thread, stage="dispute", line=rating_line(found.after)))
        counts = what_counts(log, [found])
    if as_json:
        body = {"schema": 1, "session": log.id, "dimension": dimension, "note": note, **thread_document(found)}
        click.echo(json_text(body))
    else:
        name = dimension_name(desk.bank, dimension)
        told = lines([found], desk.bank, lambda contrast: contrast.name == name or bool(contrast.change))
        show_sheet("\n".join([*told, *_same_again(found), counts]))


def _same_again(found: Rescored) -> list[str]:
    """What to know where the offline reader has read its own reading again."""
    raters = {found.after.rater.model, found.before.rater.model if found.before else ""}
    if raters == {OFFLINE} and not any(each.change for each in found.differences):
        return ["Without a model the same words get the same levels; --judge NAME has a model read them."]
    return []


def _meant(said: str, transcript: Transcript, bank: Bank) -> str:
    """The id of the dimension that goes by that id or name, as "Risk reasoning"; what was said where none does."""
    asked = dict.fromkeys(name for state in transcript.threads for name in state.weights)
    fitting = (each for each in asked if _letters(said) in (_letters(each), _letters(dimension_name(bank, each))))
    return next(fitting, said)


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text)).casefold()


def _disputed(transcript: Transcript, dimension: str, question: int | None, bank: Bank) -> int:
    """The index of the thread whose rating is meant.

    Raises:
        NotRated: there is none, or more than one.
    """
    answered = [index for index, state in enumerate(transcript.threads) if state.turns]
    if question is not None and question > len(answered):
        error = NotRated(f"There is no question {question} in this interview.")
        error.next_step = f"It has {plural(len(answered), 'answered question')}."
        raise error
    numbered = {number: index for number, index in enumerate(answered, 1) if question in (None, number)}
    rated = {number: chosen_ratings(transcript.threads[index])[0] for number, index in numbered.items()}
    known = {dimension_name(bank, name): None for final in rated.values() if final for name in final.ratings}
    fitting = [number for number, final in rated.items() if final and dimension in final.ratings]
    if len(fitting) == 1:
        return numbered[fitting[0]]
    if fitting:
        numbers = ", ".join(map(str, fitting))
        error = NotRated(f"“{dimension_name(bank, dimension)}” is rated in questions {numbers} of this interview.")
        error.next_step = "Say which with --question."
        raise error
    error = NotRated(f"“{dimension}” is not rated there.")
    error.next_step = f"What is rated: {', '.join(known)}." if known else "Nothing is rated there yet."
    raise error


async def _rated_again(desk: Desk, log: SessionLog, thread: int, judge: str | None, samples: int) -> Rescored:
    state = log.transcript.threads[thread]
    before = chosen_ratings(state)[0]
    name = judge or (before.rater.model if before else OFFLINE)
    async with desk.rater(name, samples=samples) as rater:
        found = await rate_again(thread, state, rater, desk.bank, rules_of(desk.bank))
    require_rated([found.after])
    return found
