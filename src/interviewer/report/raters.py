"""Who has read an interview, in the same words on every scorecard. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from ..rating.by_rules import by_rules
from ..rating.lines import readings
from ..rating.scorecard import Scorecard, ThreadCard
from ..session.events import OFFLINE
from ..text import clean_line


def reader_of(card: ThreadCard) -> str:
    """The model whose rating of the thread counts, or "offline" where rules alone have read; empty where nobody has."""
    if card.rater is None:
        return ""
    return OFFLINE if by_rules(card.flags) else clean_line(card.rater.model)


def gave_no_level(card: Scorecard) -> str:
    """A sentence about judges that have read answers and are not among those whose levels count; empty without any."""
    if not card.scored:
        return ""
    names = dict.fromkeys(name for thread in card.threads for name in _without_level(thread) if name not in card.raters)
    return f"{', '.join(names)} read it too, and gave no level that counts." if names else ""


def _without_level(card: ThreadCard) -> Iterator[str]:
    """The judges whose ratings of the thread have no level."""
    for event, rated in readings(card.state.ratings):
        levels = [rating.level for rating in rated.ratings.values() if rating.level is not None]
        if event.stage != "first" and rated.rater.model != OFFLINE and not levels:
            yield clean_line(rated.rater.model)
