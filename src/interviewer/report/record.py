"""All that was practised: sums over everything, and the latest answers one by one. Pure.

Levels fade: what was said a thousand answers ago tells nothing of the present. So only the latest answers are looked
at one by one, and the time that takes stays the same however long the record is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import chain
from operator import attrgetter

from ..session.history import SessionHead
from .attempts import Attempt, attempts_of_head

LATEST = 500
"""Answers looked at one by one, and beyond them the last interview with each other question and company."""


@dataclass(frozen=True, slots=True)
class Record:
    """What earlier interviews say."""

    interviews: int = 0
    """Those with an answer that was read."""
    answers: int = 0
    estimated: int = 0
    """Answers that no judge has given a level."""
    seconds: float = 0.0
    """Spent on answers."""
    days: frozenset[date] = frozenset()
    """With practice, by the user's calendar."""
    asked: Mapping[str, int] = field(default_factory=dict)
    """How often each question was asked."""
    latest: tuple[Attempt, ...] = ()
    """Oldest first."""


def record_of(heads: Iterable[SessionHead], kind_of: Callable[[str], str], now: datetime) -> Record:
    """The record of these interviews.

    Args:
        heads: the latest interview first.
        kind_of: the kind of a question by its id, "" where it is not known.
        now: no interview was held later, whatever the clock said then: such a one is put where the store's order has
            it, and its day is none of practice.
    """
    heads = [head for head in heads if head.answers]
    practised, today = list(_none_later(heads, now)), now.astimezone().date()
    return Record(
        interviews=len(practised),
        answers=sum(head.answers for head in practised),
        estimated=sum(head.estimated for head in practised),
        seconds=sum(head.seconds for head in practised),
        days=frozenset(day for head in heads if (day := head.started.astimezone().date()) <= today),
        asked=Counter(chain.from_iterable(head.questions for head in practised)),
        latest=tuple(sorted(_latest(practised, kind_of), key=attrgetter("held"))),
    )


def _none_later(heads: Iterable[SessionHead], now: datetime) -> Iterator[SessionHead]:
    """The same; one of the future was held a moment before the one that came after it, or before now."""
    later = now
    for head in heads:
        told = head if head.started <= now else replace(head, started=later - timedelta.resolution)
        later = told.started
        yield told


def _latest(practised: Iterable[SessionHead], kind_of: Callable[[str], str]) -> list[Attempt]:
    attempts: list[Attempt] = []
    met: set[str] = set()
    for head in practised:
        names = (*head.questions, f"at {head.company}")
        if len(attempts) < LATEST or not met.issuperset(names):
            attempts += attempts_of_head(head, kind_of)
            met.update(names)
    return attempts
