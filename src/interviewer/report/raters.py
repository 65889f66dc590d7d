"""Who has read an interview, in the same words on every scorecard. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from ..rating.by_rules import by_rules
from ..rating.lines import readings
from ..rating.rater import ThreadRating
from ..rating.scorecard import Scorecard, ThreadCard
from ..session.events import OFFLINE
from ..text import clean_line


def reader_of(card: ThreadCard) -> str:
    """The model whose rating of the thread counts, or "offline" where rules alone have read; empty where nobody has."""
    if card.rater is None:
        return ""
    return OFFLINE if by_rules(card.flags) else clean_line(card.rater.model)


def gave_no_level(card: Scorecard) -> str:
    """Sentences about judges that are not among those whose levels count: those that could say nothing of any answer,
    with the reason, and those that gave no level; empty without any."""
    if not card.scored:
        return ""
    silent = [rated for thread in card.threads for rated in _without_level(thread) if _name(rated) not in card.raters]
    read = dict.fromkeys(_name(rated) for rated in silent if not rated.why_unread)
    unread = {_name(rated): clean_line(rated.why_unread) for rated in silent if _name(rated) not in read}
    told = [f"{name} has rated none of it: {reason}" for name, reason in unread.items()]
    return " ".join([*told, *([f"{', '.join(read)} read it too, and gave no level that counts."] if read else [])])


def _without_level(card: ThreadCard) -> Iterator[ThreadRating]:
    """The judges' ratings of the whole thread that have no level."""
    for event, rated in readings(card.state.ratings):
        levels = [rating.level for rating in rated.ratings.values() if rating.level is not None]
        if event.stage != "first" and rated.rater.model != OFFLINE and not levels:
            yield rated


def _name(rated: ThreadRating) -> str:
    return clean_line(rated.rater.model)
