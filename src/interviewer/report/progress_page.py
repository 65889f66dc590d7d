"""Progress as one HTML page, made and guarded like the scorecard's (see `page.py`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..bank.library import Bank
from ..text import clean_line
from .exercises import Exercise
from .naming import company_name, dimension_name, question_title
from .page import fill
from .trends import Progress, Trend
from .wording import guessed, kind_name


@dataclass(frozen=True, slots=True)
class Named:
    """A trend under the name it is shown by."""

    name: str
    trend: Trend
    guess: str = ""
    """How far one's own guesses were off; empty where they were near, or none were made."""


def render(progress: Progress, exercises: Sequence[Exercise], bank: Bank) -> str:
    """The page: present levels with their course, kinds and companies, and what to practise next."""
    return fill(
        "progress.html",
        "",
        progress=progress,
        dimensions=[
            Named(dimension_name(bank, trend.name), trend, guessed(progress.guesses.get(trend.name, 0.0)))
            for trend in progress.dimensions
        ],
        kinds=[Named(kind_name(trend.name), trend) for trend in progress.kinds],
        companies=[Named(company_name(bank, trend.name), trend) for trend in progress.companies],
        exercises=[(question_title(bank, exercise.question), clean_line(exercise.reason)) for exercise in exercises],
    )
