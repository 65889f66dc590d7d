"""The options that several commands take, each with its words of help once."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from ..places import find_paths

LONGEST_WORDS = 1 << 20
"""Bytes read for an option."""


class _FileToWrite(click.Path):
    """A file of the user's own in a folder that is there: whatever else is named is refused before anything is done."""

    def __init__(self) -> None:
        super().__init__(dir_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if not str(value) or str(value) == "-" or (path.exists() and not path.is_file()):
            raise click.UsageError(f"“{value}” is not a file; name one, or leave {_name(param)} away.")
        if find_paths().is_ours(path):
            raise click.UsageError(f"{path} is a file of Interviewer's own, and is not written over; choose another.")
        if not path.parent.is_dir():
            raise click.UsageError(f"There is no folder {path.parent}; make it, or choose another file.")
        return path


def _name(param: click.Parameter | None) -> str:
    return param.opts[0] if param else "it"


class _Words(click.types.StringParamType):
    """Words of the user's own. "-" takes them from the keyboard or a pipe: a command line stands in `ps` and in the
    history of the shell."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value != "-":
            return value
        option = _name(param)
        if sys.stdin.isatty():
            return click.prompt(option, err=True)
        try:
            words = sys.stdin.buffer.read(LONGEST_WORDS).decode("utf-8-sig").strip()
        except UnicodeDecodeError:
            raise click.UsageError(f"What came in for {option} is not UTF-8 text; save it as UTF-8.") from None
        if not words:
            raise click.UsageError(f"Nothing came in for {option}.")
        return words


file_to_write = _FileToWrite()
words = _Words()

interviewing_model = click.option("--model", metavar="NAME",
                                  help="Who interviews: offline, ollama/<tag>, or provider/model.")  # fmt: skip
rating_model = click.option("--model", metavar="NAME", help="Who rates: offline, ollama/<tag>, or provider/model.")
samples = click.option("--samples", type=click.IntRange(1, 25), default=1, help="How often a model reads each answer.")
base_url = click.option("--base-url", metavar="URL", help="A local server that speaks OpenAI's API.")
local_only = click.option("--local-only/--no-local-only", default=None,
                          help="Refuse whatever would leave this machine; an interview begun so stays so.")  # fmt: skip
answers = click.option("--answers", metavar="FILE|-", help="Take the answers from a file instead of the keyboard.")
plain = click.option("--plain", is_flag=True, default=None, help="Plain lines in reading order, for screen readers.")

as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
as_json_at_the_end = click.option("--json", "as_json", is_flag=True,
                                  help="Print one JSON document at the end and nothing else.")  # fmt: skip
out = click.option("--out", type=file_to_write, help="Write to this file, in place of what is there.")
html = click.option("--html", type=file_to_write, help="Write a page to this file, in place of what is there.")
open_it = click.option("--open", "open_it", is_flag=True, help="Open the page in your browser.")
unasked = click.option("--yes", is_flag=True, help="Do not ask first.")
