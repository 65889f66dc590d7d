"""The first run: three questions at most, each with a default that Enter takes. Which model, for which company, role
and level, and which key sends. What flags, environment or config say is not asked.

To find models it knocks at a port and reads the environment.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..bank.catalogue import PROFILES
from ..bank.library import Bank, NotInBank
from ..errors import PlainError
from ..interview.planning import Wishes
from ..models.discovery import Offer, how_to_get_better, keyed_offers, ollama_offers, redirected_offers
from ..models.model import ModelError
from ..models.ollama_host import parse_host
from ..session.events import OFFLINE
from ..settings import SENIORITIES, is_set, write_setting
from . import offers

if TYPE_CHECKING:
    from ..terminal.screen import Screen
    from .desk import Desk

GLANCE = 0.15
"""Seconds that a local Ollama gets to answer the knock."""
WELCOME = "Welcome. Interviewer is for practice, not for use during a real interview."
NO_COMPANY = "neutral"
"""The profile that stands for no company in particular; Enter means the same."""
BESIDE = ("please", "level", "at", "for", "and")
"""Words beside company and level that say nothing of either."""


class NoSuchAim(PlainError):
    """A word of the reply is no company, role or level."""

    def __init__(self, word: str):
        super().__init__(
            f"{word!r} is no company, role or level that is named above; leave it out, or put it as there."
        )


def settle(desk: Desk, wishes: Wishes) -> tuple[Desk, Wishes]:
    """Desk and wishes with what was answered, kept for later runs.

    Raises:
        KeyboardInterrupt: Ctrl-C; nothing is kept, so that the next run asks again. The same for `EOFError`.
    """
    from ..terminal.look import Role

    screen = desk.screen()
    screen.say(WELCOME, Role.QUIET)
    model = pick_model(desk)
    answered: Mapping[str, Any] = {**_aim(desk, wishes, screen), **_submit_key(desk, screen)}
    _keep(answered, desk, screen)
    if answered:
        screen.say("`interviewer config set` changes this later.\n", Role.QUIET)
    settings = replace(desk.settings, model=model, **answered)
    aim = replace(wishes, company=settings.company, role=settings.role, seniority=settings.seniority)
    return replace(desk, settings=settings), aim


def pick_model(desk: Desk) -> str:
    """What the candidate picks; offline, with a line on how to get better, when there is nothing to pick from."""
    from ..terminal.picker import pick

    screen = desk.screen()
    rows = offers.rows(desk, _at_hand(desk))
    if len(rows) == 1:
        screen.say(how_to_get_better(os.environ, ollama=shutil.which("ollama")))
        return OFFLINE
    options = {row.offer.name: f"{row.offer.name}: {row.line}" for row in rows}
    return pick("Who shall interview you? --model changes it at any time.", options, OFFLINE, screen)


def _at_hand(desk: Desk) -> list[Offer]:
    """Ollama's models, where one answers the knock, and providers whose key is set."""
    try:
        local = asyncio.run(ollama_offers(os.environ)) if _ollama_answers() else ()
        own = asyncio.run(redirected_offers(os.environ))
        return [*local, *own, *keyed_offers(desk.keys, os.environ)]
    except ModelError:
        return []


def _ollama_answers() -> bool:
    """Whether something listens at OLLAMA_HOST; a look that loads no network library."""
    address = parse_host(os.environ.get("OLLAMA_HOST", ""))
    try:
        socket.create_connection((address.host, address.port), GLANCE).close()
    except OSError:
        return False
    return True


def _aim(desk: Desk, wishes: Wishes, screen: Screen) -> Mapping[str, str]:
    """Company, role and level, one question for all; not asked where one is said, or the questions are."""
    if wishes.company or wishes.role or wishes.seniority or wishes.questions:
        return {}
    from ..terminal.typed import ask

    companies = ", ".join(name for name in desk.bank.catalogue.names(PROFILES) if name != NO_COMPANY)
    question = (
        "Which company, role and level? Type what you know, as: anthropic research engineer senior. "
        "Enter leaves it open.\n"
        f"Companies: {companies}. Levels: {', '.join(SENIORITIES)}. Roles: {', '.join(_roles(desk.bank))}."
    )
    return ask(question, lambda said: understood(said, desk.bank), screen)


def _roles(bank: Bank) -> list[str]:
    """The roles that there are questions for."""
    return sorted({role for card in bank.cards.values() for role in card.roles})


def understood(said: str, bank: Bank) -> Mapping[str, str]:
    """The settings that a reply of company, role and level means: all, some or none of them.

    Raises:
        NotInBank: a word is none of these; the message names the nearest company, or level where the company is clear.
    """
    said = f" {' '.join(said.lower().replace(',', ' ').split())} "
    role = next((each for each in _roles(bank) if f" {each.casefold()} " in said), None)
    aim = _company_and_level(said.replace(f" {role.casefold()} ", " ") if role else said, bank)
    return {**aim, **({"role": role} if role else {})}


def _company_and_level(said: str, bank: Bank) -> Mapping[str, str]:
    words = [word for word in said.split() if word.strip(".!") not in BESIDE]
    leveled = next((word for word in words if word.startswith(SENIORITIES)), "")
    level = next((each for each in SENIORITIES if leveled.startswith(each)), None)
    rest = [word for word in words if word != leveled]
    known = frozenset(bank.catalogue.names(PROFILES))
    if len(rest) > 1 and not level and known.intersection(rest):
        word = next(word for word in rest if word not in known)
        raise NotInBank("level", word, SENIORITIES) if _is_like(word, SENIORITIES) else NoSuchAim(word)
    company = "-".join(rest)
    return {
        **({"seniority": level} if level else {}),
        **({"company": bank.profile(company).id} if company else {}),
    }


def _is_like(word: str, known: Iterable[str]) -> bool:
    from difflib import get_close_matches

    return bool(get_close_matches(word, list(known), n=1))


def _submit_key(desk: Desk, screen: Screen) -> Mapping[str, str]:
    """Which key sends; not asked where it is set, or where answers are written by the line."""
    from ..terminal.look import is_dumb
    from ..terminal.picker import pick
    from ..terminal.writing import REMINDERS

    if is_set("submit_key", paths=desk.paths) or is_dumb(os.environ):
        return {}
    keys = {"enter": REMINDERS["sends"], "alt-enter": REMINDERS["breaks"]}
    return {"submit_key": pick("Which key sends an answer?", keys, desk.settings.submit_key, screen)}


def _keep(answered: Mapping[str, str], desk: Desk, screen: Screen) -> None:
    """Writes what was answered to the config file; where that fails, it holds for this time."""
    try:
        for name, value in answered.items():
            write_setting(name, value, paths=desk.paths)
    except PlainError as error:
        screen.say(str(error))
