"""The options that several commands take, each with its words of help once."""

from __future__ import annotations

from pathlib import Path

import click

_FILE_TO_WRITE = click.Path(dir_okay=False, path_type=Path)

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
out = click.option("--out", type=_FILE_TO_WRITE, help="Write to this file.")
html = click.option("--html", type=_FILE_TO_WRITE, help="Write a page to this file.")
open_it = click.option("--open", "open_it", is_flag=True, help="Open the page in your browser.")
unasked = click.option("--yes", is_flag=True, help="Do not ask first.")
