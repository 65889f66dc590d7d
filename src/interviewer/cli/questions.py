"""`interviewer questions`: find, read and check what the bank holds.

Listing reads the cards alone and needs neither pydantic nor rich, so that it comes at once; the other commands import
what they need when they run.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from ..bank.card import Card
from ..bank.catalogue import PROFILES, Catalogue
from ..bank.problems import Problem
from ..places import find_paths
from ..report.wording import kind_name
from ..settings import SENIORITIES
from ..text import clean_line, plural
from . import options
from .plain import columns, screen_width, show_sheet
from .preparing import COMMANDS


class ListFirst(click.Group):
    """A group whose options alone mean `list`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Puts `list` in front where no command is named."""
        if not args or (args[0].startswith("-") and args[0] not in ctx.help_option_names):
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group(cls=ListFirst, context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """List, show and check questions, and read what else the bank holds.

    Without a command it lists all questions.
    """


@command.command("list")
@click.option("--kind", help="stance, behavioural, technical, scenario, design, debate or motivation.")
@click.option("--topic", help="A topic, or a part of its name.")
@click.option("--company", help="Questions that this company may ask: the id of a profile.")
@click.option("--level", help="entry, mid, senior or staff.")
@click.option("--source", help="The document or pack it comes from.")
@click.option("--role", help="A role, or a part of its name.")
@click.option("--text", help="Words in the title, the wording or the topics.")
@options.as_json
def list_questions(as_json: bool, **filters: str | None) -> None:
    """List questions, one a line: id, kind, title, topics."""
    catalogue = Catalogue.open(find_paths().packs)
    cards = list(catalogue.cards.values())
    filters["kind"] = filters["kind"] and _kind(filters["kind"])
    _refuse_unknown(catalogue, cards, filters)
    found = [card for card in cards if _fits(card, filters)]
    if as_json:
        click.echo(json.dumps({"questions": [_as_data(card) for card in found]}, indent=2))
    else:
        rows = ((card.id, _kind(card.kind), card.title, ", ".join(card.topics)) for card in found)
        for line in columns(rows, screen_width()):
            click.echo(line)
        if sys.stdout.isatty():
            click.echo(f"\n{plural(len(found), 'question')}; read one with `interviewer questions show ID`.")
    if catalogue.problems:
        files = plural(len({problem.file for problem in catalogue.problems}), "file or folder", "files or folders")
        click.echo(f"Left out: {files} with faults; see `interviewer questions check`.", err=True)


def _kind(named: str) -> str:
    """A kind as lists show it, and as it may be asked for; its id in the files of the bank counts as its name."""
    return kind_name(named.casefold()).casefold()


def _refuse_unknown(catalogue: Catalogue, cards: Sequence[Card], filters: dict[str, str | None]) -> None:
    known: dict[str, Iterable[str]] = {
        "kind": {_kind(card.kind) for card in cards},
        "company": catalogue.names(PROFILES),
        "level": SENIORITIES,
        "source": {card.source for card in cards},
    }
    for name, values in known.items():
        if (value := filters[name]) and value.casefold() not in values:
            raise click.UsageError(f"There is no {name} {clean_line(value)!r}; there are {', '.join(sorted(values))}.")


def _fits(card: Card, filters: dict[str, str | None]) -> bool:
    wanted = {name: value.casefold() for name, value in filters.items() if value}
    tests: dict[str, Callable[[str], bool]] = {
        "kind": lambda value: value == _kind(card.kind),
        "topic": lambda value: _within(value, card.topics),
        "company": lambda value: not card.companies or value in card.companies,
        "level": lambda value: value in card.seniority,
        "source": lambda value: value == card.source,
        "role": lambda value: _within(value, card.roles),
        "text": lambda value: all(_within(word, (card.title, card.ask, *card.topics)) for word in value.split()),
    }
    return all(tests[name](value) for name, value in wanted.items())


def _within(value: str, texts: Iterable[str]) -> bool:
    return any(value in text.casefold() for text in texts)


def _as_data(card: Card) -> dict[str, Any]:
    return {
        "id": card.id,
        "title": card.title,
        "ask": card.ask.strip(),
        "kind": card.kind,
        "topics": card.topics,
        "roles": card.roles,
        "levels": card.seniority,
        "companies": card.companies,
        "source": card.source,
        "weights": dict(card.weights),
    }


@command.command("show")
@click.argument("name", metavar="ID")
@click.option("--spoilers", is_flag=True, help="Also what it tests, points, red flags, probes, hints, outline.")
@options.as_json
def show(name: str, spoilers: bool, as_json: bool) -> None:
    """Show a question as a candidate may see it; with --spoilers, all of it."""
    from ..bank.library import Bank
    from .sheets import question_card, question_spoilers

    bank = Bank.open(find_paths().packs)
    question = bank.question(name)
    if as_json:
        card = _as_data(Card(**{field: getattr(question, field) for field in Card.__slots__}))
        click.echo(json.dumps(question.model_dump(mode="json") if spoilers else card, indent=2))
        return
    show_sheet(question_card(bank, question))
    if spoilers:
        show_sheet("\n" + question_spoilers(question))
    elif sys.stdout.isatty():
        click.echo(f"\nPractise it with `interviewer start {name}`; `--spoilers` shows what an interviewer knows.")


@command.command("check")
@click.argument("path", required=False, type=click.Path(exists=True, path_type=Path))
@options.as_json
@click.pass_context
def check(ctx: click.Context, path: Path | None, as_json: bool) -> None:
    """Check a content file, a pack's folder or, without PATH, the whole bank.

    Each fault is told with its file, line and field, and what was expected there. Exit code 1 when there is any.
    """
    from ..bank.checking import check_everything, check_path
    from ..interview.single_files import SINGLE_FILES

    report = check_path(path, SINGLE_FILES) if path else check_everything(find_paths().packs, SINGLE_FILES)
    if as_json:
        faults = [_problem_as_data(problem) for problem in report.problems]
        click.echo(json.dumps({"files": report.files, "problems": faults}, indent=2))
    else:
        for problem in report.problems:
            click.echo(clean_line(str(problem)))
        click.echo(f"{plural(len(report.problems), 'fault')} in {plural(report.files, 'file')}.")
    ctx.exit(1 if report.problems else 0)


def _problem_as_data(problem: Problem) -> dict[str, Any]:
    return {
        "file": str(problem.file),
        "line": problem.line,
        "field": problem.field,
        "expected": problem.expected,
    }


for reading_command in COMMANDS:
    command.add_command(reading_command)
