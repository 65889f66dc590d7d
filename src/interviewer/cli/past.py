"""What earlier interviews say: attempts out of the list of sessions, and what is best practised next."""

from __future__ import annotations

from datetime import UTC, datetime

from ..bank.library import Bank
from ..interview.planning import Practice
from ..report import exercises
from ..report.attempts import Attempt, attempts_of_head
from ..report.exercises import Exercise
from ..report.naming import dimension_name
from ..session.history import made_in_bulk
from ..session.store import Store


def attempts(store: Store, bank: Bank) -> list[Attempt]:
    """All answers on record, the latest interview first. No event is read."""

    def kind_of(question: str) -> str:
        return bank.cards[question].kind if question in bank.cards else ""

    heads = store.sessions()
    with made_in_bulk():
        return [attempt for head in heads for attempt in attempts_of_head(head, kind_of)]


def practice(store: Store, bank: Bank) -> Practice:
    """What the planning of an interview needs to know of them."""
    return exercises.practice(attempts(store, bank))


def upcoming(past: list[Attempt], bank: Bank) -> tuple[Exercise, ...]:
    """The next exercises, as of now."""
    dimensions = {name for attempt in past for name in attempt.levels}
    names = {name: dimension_name(bank, name) for name in dimensions}
    return exercises.next_exercises(past, bank.cards, names, datetime.now(UTC))
