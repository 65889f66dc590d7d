"""Who gave the levels: a model that was asked, or the offline reader by its rules. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ..session.events import OFFLINE
from .rater import Flag, FlagKind, ThreadRating


def by_rules(flags: Sequence[Flag]) -> bool:
    """Whether the judge was not asked, so that the levels are the offline reader's (`judge/beforehand.py`)."""
    return any(flag.kind == FlagKind.FLOOR for flag in flags)


def is_offline(rated: ThreadRating | None) -> bool:
    """Whether the levels are the offline reader's."""
    return rated is not None and (rated.rater.model == OFFLINE or by_rules(rated.flags))
