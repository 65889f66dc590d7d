"""`interviewer ask`: an interview on a question of the user's own, which is kept as a small pack of theirs."""

from __future__ import annotations

import sys
from typing import Any

import click

from ..bank.schema import Kind
from ..bank.yours import keep
from ..report.wording import kind_name
from .desk import Desk
from .plain import sheet_width, wrapped
from .start import command as start

KINDS = ("behavioural", "motivation", "technical", "stance")
NOT_HERE = ("question_ids", "format_", "company", "role", "seniority", "minutes")
"""What a single question that is named does not need."""


@click.command("ask")
@click.argument("words", nargs=-1, required=True, metavar="QUESTION")
@click.option("--kind", type=click.Choice(KINDS), help="What it asks for; its words tell when not given.")
@click.pass_context
def command(ctx: click.Context, /, words: tuple[str, ...], kind: str | None, **flags: Any) -> None:
    """Hold an interview on a QUESTION of your own, as: interviewer ask "Why do you want to leave your job?"

    It is rated by what fits its kind, and kept on this machine in the pack `mine`, so that it can be asked again.
    """
    desk = Desk.open()
    wished = Kind(kind.replace("behavioural", "behavioral")) if kind else None
    name = keep(" ".join(words), wished, desk.bank, desk.paths.packs)
    taken = kind_name(Desk.open().bank.question(name).kind).lower()
    told = f"Taken as a {taken} question and kept; `interviewer {name}` asks it again, --kind takes it otherwise."
    click.echo(wrapped(told, sheet_width()) if sys.stderr.isatty() else told, err=True)
    ctx.invoke(start, question_ids=(name,), **flags)


command.params += [each for each in start.params if each.name not in NOT_HERE]
