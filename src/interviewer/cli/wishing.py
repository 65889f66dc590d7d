"""From the settings in force to what an interview is planned by. What does not exist ends the run before anything is
asked for."""

from __future__ import annotations

import random
from collections.abc import Collection

from ..bank.library import NotInBank
from ..errors import PlainError
from ..interview.planning import Wishes
from ..settings import where_set
from .desk import Desk


class NoSuchRole(PlainError):
    """No question is for a role of that name."""

    exit_code = 2


def wishes_of(
    desk: Desk, questions: tuple[str, ...] = (), *, seed: int | None = None, named: Collection[str] = ()
) -> Wishes:
    """What the settings wish for, with these questions.

    Args:
        seed: drawn by lot when not given.
        named: settings given on the command line, where the user sees them; of others an error says where they are set.

    Raises:
        NotInBank: the company does not exist.
        NoSuchRole: no question is for the role.
    """
    settings = desk.settings
    if settings.company is not None:
        _require_company(settings.company, desk, _origin("company", desk, named))
    if settings.role is not None:
        _require_role(settings.role, desk, _origin("role", desk, named))
    return Wishes(
        format=settings.format,  # type: ignore[arg-type]
        questions=questions,
        company=settings.company,
        role=settings.role,
        seniority=settings.seniority,
        minutes=settings.minutes,
        seed=random.randrange(2**31) if seed is None else seed,
    )


def _require_company(company: str, desk: Desk, origin: str) -> None:
    try:
        desk.bank.profile(company)
    except NotInBank as error:
        error.next_step = origin
        raise


def _require_role(role: str, desk: Desk, origin: str) -> None:
    """A part of a role's name will do: "engineer"."""
    roles = {known.casefold(): known for card in desk.bank.cards.values() for known in card.roles}
    if any(role.casefold() in known for known in roles):
        return
    from difflib import get_close_matches

    near = [roles[name] for name in get_close_matches(role.casefold(), roles, n=2, cutoff=0.5)]
    meant = f"Did you mean {' or '.join(near)}?" if near else f"The roles are {', '.join(sorted(roles.values()))}."
    error = NoSuchRole(f"No question is for the role {role!r}. {meant}")
    error.next_step = origin
    raise error


def _origin(setting: str, desk: Desk, named: Collection[str]) -> str:
    return "" if setting in named else f"It comes from {where_set(setting, paths=desk.paths)}."
