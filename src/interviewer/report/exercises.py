"""What to practise next, and why. Pure: decided from the record and the bank's cards, the same way each time.

Four reasons are taken in turn: a question is due again (spaced repetition, FSRS by py-fsrs), a dimension is weak, a
flag keeps coming back, a kind was never practised.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import zip_longest
from typing import Literal

from ..bank.card import Card
from ..bank.scale import Scale
from ..interview.planning import Practice
from ..rating.rater import FlagKind
from .attempts import Attempt
from .record import Record
from .trends import Trend, dimension_trends
from .wording import counted, figure, kind_name

Why = Literal["due", "weak", "flag", "new"]

HOW_MANY = 3
"""Exercises offered."""
REMEMBERED = 12
"""Latest attempts at a question that its schedule rests on."""
RECENT = 10
"""Latest answers in which a flag must recur."""
RECURS = 2
"""Times it must."""
HABITS: Mapping[str, str] = {
    FlagKind.THIN: "held too little to be rated higher",
    FlagKind.LIST: "strung terms together",
    FlagKind.STUFFED: "were mostly catchwords",
    FlagKind.COPY: "said the same sentences more than once",
    FlagKind.ECHO: "mostly repeated the question",
    FlagKind.RED_FLAG: "held what an interviewer holds against a candidate",
}
"""Flags that are a candidate's own habit, in words. The rest say something of the rater, or of one answer."""
HARD, GOOD, EASY = 2.5, 3.4, 4.4
"""Mean levels from which an answer counts as hard, good or easy for the schedule; below the first it comes again."""
RETENTION = 0.85
"""The chance of still doing well at which a question is due."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """A question with the reason to take it now."""

    question: str
    why: Why
    reason: str
    """One sentence."""


def practice(record: Record, scale: Scale, exercises: Iterable[Exercise]) -> Practice:
    """What `planning.plan` needs to know of earlier interviews; by lot as long as nothing was practised."""
    return Practice(
        seen=record.asked,
        weak=[trend.name for trend in dimension_trends(record, scale)],
        wanted={each.question: each.reason for each in exercises} if record.answers else {},
    )


def next_exercises(
    record: Record, scale: Scale, cards: Mapping[str, Card], names: Mapping[str, str], now: datetime
) -> tuple[Exercise, ...]:
    """The next three exercises; fewer when there are no more cards, and new kinds when nothing was practised yet.

    Args:
        scale: says how far a level may be off.
        cards: the questions to choose from, by id.
        names: of dimensions, by id.
    """
    past = [attempt for attempt in record.latest if attempt.question in cards]
    weakest = dimension_trends(record, scale)
    sources = (
        _due(past, now),
        _weak(weakest, cards, names, record.asked),
        _flagged(past),
        _new(cards, record.asked),
    )
    chosen: dict[str, Exercise] = {}
    for round_ in zip_longest(*sources):
        for exercise in round_:
            if exercise and exercise.question not in chosen:
                chosen[exercise.question] = exercise
    return tuple(chosen.values())[:HOW_MANY]


# --- due again --------------------------------------------------------------------------------------------


def _due(past: Sequence[Attempt], now: datetime) -> Iterator[Exercise]:
    """Questions whose time has come, the one most nearly forgotten first."""
    due = [(when, attempt.question, attempt) for attempt, when in due_dates(past) if when <= now]
    for *_, attempt in sorted(due, key=lambda entry: entry[:2]):
        days = (now - attempt.held).days
        last = f"{counted(days, 'day')} ago" if days else "earlier today"
        yield Exercise(attempt.question, "due", f"Due again: {last} you reached {figure(attempt.mean)} of 5.")


def due_dates(past: Sequence[Attempt]) -> list[tuple[Attempt, datetime]]:
    """The latest scored attempt at each question, and when the question is due again.

    Args:
        past: oldest first.
    """
    from fsrs import Card as Memory
    from fsrs import Rating, Scheduler

    scheduler = Scheduler(
        desired_retention=RETENTION, learning_steps=(), relearning_steps=(), maximum_interval=365, enable_fuzzing=False
    )
    by_question: dict[str, deque[Attempt]] = {}
    for attempt in reversed(past):
        answered = by_question.setdefault(attempt.question, deque())
        if len(answered) < REMEMBERED and attempt.mean is not None:
            answered.appendleft(attempt)
    dates: list[tuple[Attempt, datetime]] = []
    for number, answered in enumerate(filter(None, by_question.values()), 1):
        memory = Memory(card_id=number)
        for attempt in answered:
            memory, _ = scheduler.review_card(memory, Rating(_grade(attempt)), attempt.held.astimezone(UTC))
        dates.append((answered[-1], memory.due))
    return dates


def _grade(attempt: Attempt) -> int:
    """The answer on FSRS's scale: 1 again, 2 hard, 3 good, 4 easy."""
    mean = attempt.mean or 0.0
    return 1 + sum(mean >= bound for bound in (HARD, GOOD, EASY))


# --- weak, flagged, new -----------------------------------------------------------------------------------


def _weak(
    weakest: Sequence[Trend], cards: Mapping[str, Card], names: Mapping[str, str], asked: Mapping[str, int]
) -> Iterator[Exercise]:
    """For each dimension, the weakest by lower bound first, the question that trains it most and was asked least."""
    lowest = [trend for trend in weakest if figure(trend.level) == figure(min(each.level for each in weakest))]
    for trend in weakest:
        training = [card for card in cards.values() if trend.name in card.dimensions]
        if training:
            card = min(training, key=lambda card: (asked.get(card.id, 0), *_training(card, trend.name), card.id))
            name = names.get(trend.name, trend.name)
            yield Exercise(card.id, "weak", f"Trains {name.lower()}{_standing(trend, lowest)}.")


def _standing(trend: Trend, lowest: Sequence[Trend]) -> str:
    """Why this one: it is the lowest, or rests on few answers; as `progress` shows it."""
    few = f", from {counted(len(trend.points), 'answer')} only" if trend.rests_on_few else " over all interviews"
    level = f": {figure(trend.level)} of 5{few}"
    if trend in lowest:
        return f", {'your weakest dimension' if len(lowest) == 1 else 'among your weakest dimensions'}{level}"
    return level if trend.rests_on_few else f", one of your weaker dimensions{level}"


def _training(card: Card, dimension: str) -> tuple[int, int]:
    """How little a question trains the dimension: its place among the card's dimensions, then its weight."""
    return card.dimensions.index(dimension), -card.weights[dimension]


def _flagged(past: Sequence[Attempt]) -> Iterator[Exercise]:
    """For each flag that recurs in the latest answers, the question where it came up last."""
    recent = past[-RECENT:]
    times = Counter(kind for attempt in recent for kind in set(attempt.flags) if kind in HABITS)
    for kind, count in times.most_common():
        if count >= RECURS:
            last = next(attempt for attempt in reversed(recent) if kind in attempt.flags)
            reason = f"{count} of your last {len(recent)} answers {HABITS[kind]}; try this one once more."
            yield Exercise(last.question, "flag", reason)


def _new(cards: Mapping[str, Card], asked: Iterable[str]) -> Iterator[Exercise]:
    """A question of each kind that was never practised."""
    practised = {cards[question].kind for question in asked if question in cards}
    for kind in dict.fromkeys(card.kind for card in cards.values()):
        if kind not in practised:
            first = min((card for card in cards.values() if card.kind == kind), key=lambda card: card.id)
            yield Exercise(first.id, "new", f"You have not practised this kind yet: {kind_name(kind).lower()}.")
