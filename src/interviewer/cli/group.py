"""The commands by name, and how their failures are told."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

import click

from ..errors import PlainError, reason_of
from ..text import clean, clean_line
from ..version import __version__

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS = {
    "start": "Hold an interview; what `interviewer` alone does.",
    "ask": "Hold an interview on a question of your own.",
    "resume": "Go on with an interview that was left or cut off.",
    "review": "Show the scorecard of a past interview.",
    "history": "List past interviews.",
    "progress": "Show how your levels move over time.",
    "next": "Practise what will help you most now.",
    "demo": "Watch an interview with an invented candidate.",
    "rate": "Rate answers from a JSON-lines file.",
    "calibrate": "Measure a model's ratings against rated answers.",
    "rescore": "Rate a past interview again with another model.",
    "dispute": "Contest a rating, and have the answer read again.",
    "compare": "Set two interviews or answers side by side.",
    "questions": "List, show and check questions.",
    "models": "List the models that can be used here.",
    "doctor": "Check the set-up, and a model with real calls.",
    "backup": "Copy all interviews to a file.",
    "restore": "Bring back the interviews of a backup.",
    "export": "Write interviews as files: whole, as a table, as a page.",
    "import": "Take in exported interviews.",
    "forget": "Erase an interview, or all of them.",
    "config": "Show and change settings.",
}
DEFAULT = "start"
MODULES = {"import": "bring_in"}
"""Modules of commands whose name they cannot bear."""


class Commands(click.Group):
    """A group that imports a command when it is called; without a command's name it starts an interview."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order of the help page."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command, imported now."""
        if name not in COMMANDS:
            return None
        with _nothing_collected():
            command = import_module(f".{MODULES.get(name, name)}", __package__).command
        assert isinstance(command, click.Command)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Puts `start` in front where no command is named; a shell that completes has not named one yet."""
        if not args and ctx.resilient_parsing:
            return super().parse_args(ctx, args)
        if not args or args[0] not in {*COMMANDS, "--help", "-h", "--version", "-V"}:
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands, without importing any, and the options of `start`, which need not be named."""
        from click.shell_completion import CompletionItem

        named = [CompletionItem(name, help=does) for name, does in COMMANDS.items() if name.startswith(incomplete)]
        options = click.Command.shell_complete(self, ctx, incomplete)
        if incomplete.startswith("-") and (start := self.get_command(ctx, DEFAULT)):
            options += start.shell_complete(click.Context(start, parent=ctx), incomplete)
        return named + options

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="interviewer", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="Show where a failure came from; may stand anywhere.")
def commands(debug: bool) -> None:
    """A mock interviewer for AI-lab safety and behavioural interviews, in your terminal.

    Without a command it starts an interview: one question, your answer, up to two follow-ups, a scorecard.
    For practice; not for use during a real interview.
    """


def run(args: Sequence[str], *, debug: bool = False) -> NoReturn:
    """Runs a command line and exits with its code."""
    debug = debug or "--debug" in args
    rest = [arg for arg in args if arg != "--debug"]
    try:
        code: Any = commands.main(args=rest, prog_name="interviewer", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.ClickException as error:
        _fail(_usage(error), error, debug=False, code=error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        sys.exit(130)
    except PlainError as error:
        _fail(f"{error} {error.next_step}".strip(), error, debug, error.exit_code)
    except BrokenPipeError:
        sys.exit(1)
    except OSError as error:  # a place that nothing is known about, as a folder of somebody else's
        _fail(_refused(error), error, debug)
    except Exception as error:  # noqa: BLE001 (the last line of defence: never a traceback without --debug)
        _fail(f"Something went wrong inside the program ({type(error).__name__}). "
              "Run it again with --debug to see where, and please report it.", error, debug)  # fmt: skip


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Without the search for garbage, now or later: imports make none. It took 10 of 200 ms to the first question."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _usage(error: click.ClickException) -> str:
    """What is wrong with the command line, and where to look."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "interviewer"
    said = error.format_message()
    return f"{said if said.endswith(('?', '!')) else said.rstrip('.') + '.'} See: {path} --help"


def _refused(error: OSError) -> str:
    """What the system would not do."""
    named = error.filename
    what = clean_line(os.fsdecode(named)) if isinstance(named, str | bytes) else "Something needed here"
    check = "check whose it is and what may be done there, and the room on the disk."
    return f"{what} cannot be used ({reason_of(error)}); {check}"


def _fail(sentence: str, error: BaseException, debug: bool, code: int = 1) -> NoReturn:
    click.echo(_folded(clean(sentence)), err=True)
    if debug:
        from .tracing import redacted

        click.echo(redacted(error), err=True)
    sys.exit(code)


def _folded(sentence: str) -> str:
    """The sentence in lines that fit the terminal it is told in; as it is where that is none."""
    if not sys.stderr.isatty():
        return sentence
    from .plain import sheet_width, wrapped

    return wrapped(sentence, sheet_width())
