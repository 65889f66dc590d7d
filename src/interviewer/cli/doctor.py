"""`interviewer doctor`: checks the set-up, and a model with real calls. Never an empty pass."""

from __future__ import annotations

import asyncio
import json
import platform
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from ..interview.expense import load_needs
from ..models.diagnosis import Step, diagnose, library
from ..models.notices import Notice
from ..models.privacy import blocked_attempts
from ..session.errors import Damaged, StoreError
from ..session.events import OFFLINE
from ..text import clean_json, clean_line, plural
from ..version import __version__
from . import options
from .desk import Desk

OnDamage = Callable[[Path, Sequence[str]], Step]
"""What is done about a store with these faults."""

MARKS = {"ok": "ok  ", "doubtful": "?   ", "failed": "NO  ", "not tried": "-   "}


@click.command("doctor")
@click.option("--model", metavar="NAME", help="Try this model: one structured call and one stream, for real.")
@options.base_url
@options.local_only
@click.option("--salvage", is_flag=True, help="Copy a damaged store aside and save what can still be read of it.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines.")
def command(model: str | None, base_url: str | None, local_only: bool | None, salvage: bool, as_json: bool) -> None:
    """Check versions, the bank and the stored interviews; with --model also the model, step by step.

    --salvage leaves an undamaged store alone, and never writes over a damaged one.
    """
    desk = Desk.open({"local_only": local_only}, base_url=base_url)
    name = model or desk.settings.model
    outcomes = asyncio.run(_report(desk, name, _salvaged if salvage else _damaged, as_json))
    if not name or name == OFFLINE:
        click.echo("No model was tried; name one with --model.", err=True)
    sys.exit(1 if "failed" in outcomes else 0)


async def _report(desk: Desk, name: str | None, on_damage: OnDamage, as_json: bool) -> list[str]:
    outcomes: list[str] = []
    async for step in _steps(desk, name, on_damage):
        outcomes.append(step.outcome)
        click.echo(clean_json(json.dumps(asdict(step), ensure_ascii=False)) if as_json else _line(step))
    return outcomes


def _line(step: Step) -> str:
    said = clean_line(f"{step.detail} {step.next_step}")
    return f"{MARKS[step.outcome]}{step.name:<18}{said}".rstrip()


async def _steps(desk: Desk, name: str | None, on_damage: OnDamage) -> AsyncIterator[Step]:
    yield Step("versions", "ok", f"interviewer {__version__}, Python {platform.python_version()}, "
                                 f"SQLite {sqlite3.sqlite_version}.")  # fmt: skip
    yield _bank(desk)
    yield _store(desk, on_damage)
    if name and name != OFFLINE:
        needs = load_needs(desk.bank)
        usages = {"a drill": needs.drill.together, "a round": needs.round.together}
        async for step in diagnose(lambda: desk.opened(name, _told), usages):
            yield step
    else:
        yield library()
    if desk.settings.local_only:
        yield _guard()


def _guard() -> Step:
    """What the guard of --local-only saw while all this was tried."""
    tried = dict.fromkeys(blocked_attempts())
    if tried:
        return Step("guard", "doubtful", f"Something tried to reach {', '.join(tried)}, and was kept from it.")
    return Step("guard", "ok", "Only this machine may be reached, and nothing tried to reach another.")


def _told(notice: Notice) -> None:
    """Loading may take minutes: whoever waits is told, beside the report."""
    if notice.kind != "ready":
        click.echo(clean_line(notice.sentence), err=True)


def _bank(desk: Desk) -> Step:
    cards, problems = desk.bank.cards, desk.bank.catalogue.problems
    packs = len(desk.bank.catalogue.packs)
    if problems:
        return Step("bank", "doubtful", f"{plural(len(cards), 'question')}; {plural(len(problems), 'faulty file')}.",
                    "See them with: interviewer questions check")  # fmt: skip
    return Step("bank", "ok", f"{plural(len(cards), 'question')} in {plural(packs, 'pack')}.")


def _store(desk: Desk, on_damage: OnDamage) -> Step:
    path = desk.paths.sessions_file
    if not path.exists():
        return Step("interviews", "ok", f"None stored yet; they will lie in {path}.")
    try:
        with desk.store() as store:
            faults = store.check()
            count = 0 if faults else len(store.sessions())
            notice = store.notice
    except Damaged as error:
        return on_damage(path, [str(error)])
    except StoreError as error:
        return Step("interviews", "failed", str(error), error.next_step)
    if faults:
        return on_damage(path, faults)
    return Step("interviews", "doubtful" if notice else "ok", f"{count} stored and whole, in {path}.", notice or "")


def _damaged(path: Path, faults: Sequence[str]) -> Step:
    more = f" Found besides: {plural(len(faults) - 1, 'fault')}." if len(faults) > 1 else ""
    return Step("interviews", "failed", f"{faults[0]}{more}")


def _salvaged(path: Path, faults: Sequence[str]) -> Step:
    """Saves what can be read. What is lost is named, all of it."""
    from ..session.salvage import salvage

    try:
        saved = salvage(path)
    except StoreError as error:
        return Step("interviews", "failed", str(error), error.next_step)
    found = f"{plural(saved.events, 'event')} of {plural(saved.sessions, 'interview')}"
    done = f"{found} saved; the damaged file lies in {saved.aside}."
    if not saved.lost:
        return Step("interviews", "ok", f"{done} Nothing was lost.")
    return Step("interviews", "doubtful", f"{done} {' '.join(saved.lost)}")
