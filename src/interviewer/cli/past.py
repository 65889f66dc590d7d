"""What earlier interviews say: the record of them out of the list of sessions, and what is best practised next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from ..bank.card import Card
from ..bank.library import Bank
from ..interview.planning import Practice, Wishes, fitting
from ..report import exercises
from ..report.exercises import Exercise
from ..report.naming import dimension_name
from ..report.record import Record, record_of
from ..session.store import Store


def record(store: Store, bank: Bank) -> Record:
    """Of all interviews in the store. No event is read."""

    def kind_of(question: str) -> str:
        return bank.cards[question].kind if question in bank.cards else ""

    return record_of(store.sessions(), kind_of, datetime.now(UTC))


def practice(store: Store, bank: Bank, wishes: Wishes) -> Practice:
    """What the planning of an interview needs to know of them."""
    found = record(store, bank)
    cards = {card.id: card for card in fitting(bank, wishes)}
    return exercises.practice(found, bank.scale(), _exercises(found, bank, cards))


def upcoming(found: Record, bank: Bank) -> tuple[Exercise, ...]:
    """The next exercises, as of now."""
    return _exercises(found, bank, bank.cards)


def _exercises(found: Record, bank: Bank, cards: Mapping[str, Card]) -> tuple[Exercise, ...]:
    dimensions = {name for attempt in found.latest for name in attempt.levels}
    names = {name: dimension_name(bank, name) for name in dimensions}
    return exercises.next_exercises(found, bank.scale(), cards, names, datetime.now(UTC))
