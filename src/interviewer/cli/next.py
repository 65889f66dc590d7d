"""`interviewer next`: the next three exercises with reasons; at the keyboard one key starts one."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import click

from ..bank.library import Bank
from ..report.exercises import Exercise
from ..report.naming import question_title
from . import options, past, sitting
from .delivering import json_text
from .desk import Desk
from .plain import sheet_width
from .wishing import wishes_of


@click.command("next")
@options.interviewing_model
@options.local_only
@options.plain
@click.option("--list", "only_list", is_flag=True, help="Only say what they are.")
@click.option("--json", "as_json", is_flag=True, help="Print them as one JSON document.")
def command(only_list: bool, as_json: bool, **flags: Any) -> None:
    """Offer the three exercises that are most worth it now, with reasons, and start the one you choose.

    Questions that are due again, weak dimensions, flags that recur and kinds never practised take turns.
    """
    desk = Desk.open(flags)
    with desk.store() as store:
        exercises = past.upcoming(past.record(store, desk.bank), desk.bank)
    if as_json:
        from ..report.progress_document import exercise_lines

        click.echo(json_text({"schema": 1, "next": exercise_lines(exercises)}))
    elif only_list or not (sys.stdin.isatty() and sys.stdout.isatty()):
        for number, each in enumerate(exercises, 1):
            click.echo(f"{_told(number, each, desk.bank)}\n   interviewer {each.question}")
    else:
        wishes = wishes_of(desk)
        click.echo("\n".join(_told(number, each, desk.bank) for number, each in enumerate(exercises, 1)))
        wishes = replace(wishes, questions=(_chosen(exercises, desk),))
        sitting.hold_new(desk, wishes, sitting.Manner(None, as_json=False))


def _chosen(exercises: Sequence[Exercise], desk: Desk) -> str:
    from ..terminal.picker import pick

    options = {each.question: question_title(desk.bank, each.question) for each in exercises}
    return pick("What next? Enter starts it.", options, exercises[0].question, desk.screen())


def _told(number: int, exercise: Exercise, bank: Bank) -> str:
    """The exercise with its reason, its further lines under its first."""
    told = f"{number}. {question_title(bank, exercise.question)}. {exercise.reason}"
    return textwrap.fill(told, sheet_width(), subsequent_indent="   ")
