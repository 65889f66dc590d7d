"""Progress as one HTML page, made and guarded like the scorecard's (see `page.py`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..bank.library import Bank
from ..errors import PlainError
from ..text import clean_line
from .exercises import Exercise
from .page import fill
from .trends import Progress, Trend
from .wording import kind_name


@dataclass(frozen=True, slots=True)
class Named:
    """A trend under the name it is shown by."""

    name: str
    trend: Trend
    guess: float | None = None
    """Own guess minus level, on average."""


def render(progress: Progress, exercises: Sequence[Exercise], bank: Bank) -> str:
    """The page: present levels with their course, kinds and companies, and what to practise next."""
    return fill(
        "progress.html",
        "",
        progress=progress,
        dimensions=[
            Named(_name(bank, trend.name), trend, progress.guesses.get(trend.name)) for trend in progress.dimensions
        ],
        kinds=[Named(kind_name(trend.name), trend) for trend in progress.kinds],
        companies=[Named(_company(bank, trend.name), trend) for trend in progress.companies],
        exercises=[(_title(bank, exercise.question), clean_line(exercise.reason)) for exercise in exercises],
    )


def dimension_names(bank: Bank, progress: Progress) -> Mapping[str, str]:
    """Names of the dimensions in it, by id."""
    return {trend.name: _name(bank, trend.name) for trend in progress.dimensions}


def _name(bank: Bank, dimension: str) -> str:
    try:
        return clean_line(bank.dimension(dimension).name)
    except PlainError:
        return clean_line(dimension)


def _company(bank: Bank, company: str) -> str:
    try:
        return clean_line(bank.profile(company).name)
    except PlainError:
        return clean_line(company)


def _title(bank: Bank, question: str) -> str:
    card = bank.cards.get(question)
    return clean_line(card.title if card else question)
