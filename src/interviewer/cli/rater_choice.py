"""Who rates when a command does not say: the judge of the settings, else the model, else the last one used."""

from __future__ import annotations

from ..session.events import OFFLINE
from ..state import last_model
from .desk import Desk


def chosen_rater(desk: Desk, name: str | None) -> str:
    """The rater's name: as given, else by the settings, else as last time, else offline."""
    settings = desk.settings
    return name or settings.judge or settings.model or last_model(paths=desk.paths) or OFFLINE
