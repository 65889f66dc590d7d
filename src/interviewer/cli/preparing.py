"""What there is to read before an interview, as commands of `interviewer questions`: cards, checklist, stories, values.

Reading spoils nothing: concepts and advice name no points of a question.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..places import find_paths
from ..settings import SENIORITIES
from .plain import columns, screen_width, show_sheet

if TYPE_CHECKING:
    from ..bank.library import Bank


def _bank() -> Bank:
    from ..bank.library import Bank

    return Bank.open(find_paths().packs)


@click.command()
@click.argument("name", metavar="[ID]", required=False)
def concepts(name: str | None) -> None:
    """Read a concept card; without ID, list them."""
    from ..bank.catalogue import CONCEPTS
    from .sheets import concept_card

    bank = _bank()
    if name:
        show_sheet(concept_card(bank.concept(name)))
        return
    cards = [bank.concept(each) for each in bank.catalogue.names(CONCEPTS)]
    _table((card.id, card.sort, card.name) for card in cards)


@click.command()
@click.argument("name", metavar="[ID]", required=False)
def companies(name: str | None) -> None:
    """Read how a company interviews; without ID, list them."""
    from ..bank.catalogue import PROFILES
    from .sheets import company_page

    bank = _bank()
    if name:
        show_sheet(company_page(bank.profile(name)))
        return
    _table((each, bank.profile(each).name) for each in bank.catalogue.names(PROFILES))


@click.command()
@click.argument("name", metavar="[LEVEL]", required=False)
def levels(name: str | None) -> None:
    """Read what strong answers hold at a level of experience; without LEVEL, list them."""
    from .sheets import level_page

    bank = _bank()
    if name:
        show_sheet(level_page(bank.expectation(name)))
        return
    _table((each, bank.expectation(each).name) for each in SENIORITIES)


@click.command()
def checklist() -> None:
    """Read what you should be able to do before the interview."""
    from .sheets import checklist as sheet

    show_sheet(sheet(_bank().preparation()))


@click.command()
def stories() -> None:
    """Read which stories to have ready, and what each must hold."""
    from .sheets import stories as sheet

    show_sheet(sheet(_bank().preparation()))


@click.command()
def values() -> None:
    """Read how value words turn into engineering."""
    from .sheets import values as sheet

    show_sheet(sheet(_bank().preparation()))


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def schemas(folder: Path) -> None:
    """Write JSON Schemas of pack files into FOLDER, by which an editor completes and checks."""
    from ..bank.json_schemas import schema_files

    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schema_files().items():
        (folder / name).write_text(text, encoding="utf-8")


def _table(rows: Iterable[tuple[str, ...]]) -> None:
    for line in columns(rows, screen_width()):
        click.echo(line)


COMMANDS = (concepts, checklist, stories, values, companies, levels, schemas)
