"""`interviewer models`: what can be used here, and where the words would go."""

from __future__ import annotations

import asyncio
import os
import shutil
from typing import TYPE_CHECKING

import click

from ..text import clean_line
from . import options
from .delivering import json_text
from .desk import Desk

if TYPE_CHECKING:
    from .offers import Row


@click.command("models")
@click.option("--servers", is_flag=True, help="Look for llama.cpp, LM Studio and vLLM on their usual ports too.")
@click.option("--local-only", is_flag=True, default=None, help="Only what stays on this machine.")
@options.as_json
def command(servers: bool, local_only: bool | None, as_json: bool) -> None:
    """List the models at hand: Ollama's, and one of each provider whose key is set. The last one used comes first.

    Each is shown with what `interviewer calibrate` said of it as a judge, if it was measured.
    """
    from ..models.discovery import how_to_get_better
    from . import offers

    desk = Desk.open({"local_only": local_only})
    found = asyncio.run(offers.find(desk, servers=servers))
    rows = offers.rows(desk, found)
    if as_json:
        click.echo(json_text([row.as_json() for row in rows]))
        return
    for row in rows:
        click.echo(_line(row))
    if len(rows) == 1:
        click.echo(clean_line(how_to_get_better(os.environ, ollama=shutil.which("ollama"))))


def _line(row: Row) -> str:
    return f"{clean_line(row.offer.name):<34} {clean_line(row.line)}"
