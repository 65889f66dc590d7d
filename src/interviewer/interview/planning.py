"""Which questions, in what order, with which weights: pure functions over the catalogue."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from ..bank.card import Card
from ..bank.library import Bank
from ..settings import Format
from .lines import load_lines


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the candidate asked for."""

    format: Format = "drill"
    questions: tuple[str, ...] = ()
    """Named ones, in order; empty lets the plan choose."""
    company: str | None = None
    role: str | None = None
    seniority: str | None = None
    minutes: int | None = None
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Practice:
    """What is known of earlier interviews."""

    seen: Mapping[str, int] = field(default_factory=dict)
    """How often each question was asked."""
    weak: Sequence[str] = ()
    """Dimensions, the weakest first."""
    wanted: Mapping[str, str] = field(default_factory=dict)
    """Questions most worth it now, the best first, each with the reason in a sentence: they come before any other."""


def plan(bank: Bank, wishes: Wishes, practice: Practice | None = None) -> tuple[str, ...]:
    """The question ids of the interview, in order, each once.

    Raises:
        NotInBank: a named question does not exist.
    """
    if wishes.questions:
        return tuple(dict.fromkeys(bank.question(name).id for name in wishes.questions))
    practice = practice or Practice()
    ranked = _ranked(fitting(bank, wishes), _favourites(bank, wishes), practice, wishes.seed)
    return tuple(card.id for card in _spread(ranked, _how_many(bank, wishes)))


def _how_many(bank: Bank, wishes: Wishes) -> int:
    return load_lines(bank).pace.round.questions(wishes.minutes) if wishes.format == "round" else 1


_KINDS: Mapping[str, Collection[str]] = {"debate": ("debate",), "scenario": ("scenario",), "story": ("behavioral",)}


def fitting(bank: Bank, wishes: Wishes) -> list[Card]:
    """The cards for this company, role and level of experience; all of the format's kind when none fits."""
    kinds, favourites = _KINDS.get(wishes.format), _favourites(bank, wishes)
    of_kind = [card for card in bank.cards.values() if (card.kind in kinds if kinds else card.kind != "debate")]
    wished = [
        card
        for card in of_kind
        if (not wishes.company or not card.companies or wishes.company in card.companies or card.id in favourites)
        and (not wishes.seniority or wishes.seniority in card.seniority)
        and (not wishes.role or any(wishes.role.casefold() in role.casefold() for role in card.roles))
    ]
    return wished or of_kind


def _favourites(bank: Bank, wishes: Wishes) -> Sequence[str]:
    return bank.profile(wishes.company).favourites if wishes.company else ()


def _ranked(cards: list[Card], favourites: Sequence[str], practice: Practice, seed: int) -> list[Card]:
    """Those most worth it, then unseen ones, of which those that train a weak dimension or that a company favours;
    ties by the dice."""
    dice = random.Random(seed)
    luck = {card.id: dice.random() for card in sorted(cards, key=lambda card: card.id)}
    weak = set(practice.weak[:2])
    wanted = {name: place for place, name in enumerate(practice.wanted)}

    def rank(card: Card) -> tuple[int, int, float]:
        merit = len(weak.intersection(card.dimensions)) + (card.id in favourites)
        return wanted.get(card.id, len(wanted)), practice.seen.get(card.id, 0), -(merit + luck[card.id])

    return sorted(cards, key=rank)


def _spread(ranked: list[Card], count: int) -> list[Card]:
    """The first `count` cards, kinds and leading dimensions as different as can be."""
    chosen: list[Card] = []
    rest = list(ranked)
    while rest and len(chosen) < count:
        kinds = [card.kind for card in chosen]
        leads = [card.dimensions[0] for card in chosen]
        best = min(rest, key=lambda card: (kinds.count(card.kind), leads.count(card.dimensions[0])))
        chosen.append(best)
        rest.remove(best)
    return chosen


def weights(bank: Bank, question_id: str, company: str | None, seniority: str | None) -> dict[str, float]:
    """The dimensions rated for a question: its own weights times the factors of company and level of experience.

    However small the factors of a pack are, a weight stays above zero: without any it could not be part of a mean.
    """
    own = bank.question(question_id).weights
    factors = [bank.profile(company).weights] if company else []
    if seniority:
        factors.append(bank.expectation(seniority).weights)
    result = {name: float(weight) for name, weight in own.items()}
    for factor in factors:
        result = {name: weight * factor.get(name, 1.0) for name, weight in result.items()}
    return {name: max(0.001, round(weight, 3)) for name, weight in result.items()}
