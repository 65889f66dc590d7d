"""Makes the man page from the commands themselves: `python -m tools.man_page` (or `make man`).

A page of its own for each command, as click-man makes, would part what is looked up together; and it would be one more
package for a hundred lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from interviewer.cli.group import commands
from interviewer.settings import KINDS, PREFIX
from interviewer.version import __version__

PAGE = Path(__file__).parents[1] / "docs" / "interviewer.1"
PROGRAM = "interviewer"


def page() -> str:
    """The page in roff, the same for the same commands."""
    top = click.Context(commands, info_name=PROGRAM, **commands.context_settings)
    lines = [
        f'.TH {PROGRAM.upper()} 1 "" "{PROGRAM} {__version__}"',
        ".SH NAME",
        _text(f"{PROGRAM} - a mock interviewer for AI-lab safety and behavioural interviews"),
        ".SH SYNOPSIS",
        f".B {PROGRAM}",
        _text("[COMMAND] [OPTIONS] [ARGUMENTS]"),
        ".SH DESCRIPTION",
        *_paragraphs(commands.help or ""),
        *_options(top),
        ".SH COMMANDS",
        *(line for ctx in _below(top) for line in _command(ctx)),
        ".SH ENVIRONMENT",
        *_environment(),
        ".SH FILES",
        _text("`interviewer config path` says where settings, interviews and packs lie."),
        ".SH EXIT STATUS",
        _text("0 when all went well, 1 when something failed, 2 when something was asked for that does not exist, "
              "130 after Ctrl-C."),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _below(ctx: click.Context) -> Iterator[click.Context]:
    """The commands of a group and those below them, in the order of the help page."""
    group = ctx.command
    if not isinstance(group, click.Group):
        return
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        if command is not None and not command.hidden:
            inner = click.Context(command, info_name=name, parent=ctx, **command.context_settings)
            yield inner
            yield from _below(inner)


def _command(ctx: click.Context) -> Iterator[str]:
    usage = " ".join([ctx.command_path, *ctx.command.collect_usage_pieces(ctx)])
    yield f'.SS "{_escaped(usage)}"'
    yield from _paragraphs(ctx.command.help or "")
    yield from _options(ctx)


def _options(ctx: click.Context) -> Iterator[str]:
    for parameter in ctx.command.get_params(ctx):
        record = parameter.get_help_record(ctx)
        if record and record[1]:
            yield ".TP"
            yield f".B {_escaped(record[0])}"
            yield _text(record[1])


def _environment() -> Iterator[str]:
    for name, kind in KINDS.items():
        yield ".TP"
        yield f".B {PREFIX}{name.upper()}"
        yield _text(f"{kind.expected[0].upper()}{kind.expected[1:]}.")
    yield ".TP"
    yield ".B INTERVIEWER_HOME"
    yield _text("A directory for everything that is kept, in place of the usual ones.")


def _paragraphs(text: str) -> Iterator[str]:
    for number, paragraph in enumerate(text.replace("\b", "").split("\n\n")):
        if number:
            yield ".PP"
        yield _text(" ".join(paragraph.split()))


def _text(text: str) -> str:
    """A line of running text; one that begins like a request does not become one."""
    escaped = _escaped(text)
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


def _escaped(text: str) -> str:
    return text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"The man page is {PAGE}.")
