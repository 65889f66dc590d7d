"""Who rates when a command does not say, and what to do where nothing came of it."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import PlainError
from ..rating.rater import ThreadRating
from ..session.events import OFFLINE
from ..state import last_model
from .desk import Desk

ANSWERS_AT_ONCE = 8
"""Under way where nothing is said; how many calls to the model that makes is the judge's setting."""


def chosen_rater(desk: Desk, name: str | None) -> str:
    """The rater's name: as given, else by the settings, else as last time, else offline."""
    settings = desk.settings
    return name or settings.judge or settings.model or last_model(paths=desk.paths) or OFFLINE


class NothingRated(PlainError):
    """The rater could say nothing of any answer."""

    next_step = "Nothing of it is stored."


def require_rated(ratings: Sequence[ThreadRating]) -> None:
    """Nothing, where the rater said something of an answer.

    Raises:
        NothingRated: it could not be reached, or gave nothing that can be used, every time.
    """
    if ratings and all(rated.why_unread for rated in ratings):
        raise NothingRated(f"No answer was rated. {ratings[0].why_unread}")
