"""A bank, the thread that the recorded replies speak about, and a judge whose model follows a script."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from interviewer.bank.library import Bank
from interviewer.models.scripted import ScriptedModel, read_script
from interviewer.rating.judge import Judge
from interviewer.rating.rater import Rating, ThreadRating
from interviewer.session.thread import Thread, Turn

FIXTURES = Path(__file__).parents[3] / "fixtures"

THREAD = Thread(
    "How do you know that your alert works?",
    (
        Turn(
            "candidate",
            "I replayed 30 incidents from last winter through the alert, by hand, on a Friday. It caught 26 of them; "
            "the old one had caught 11. Thirty from one winter say nothing about the summer. "
            "I wrote down each of them with its date, and what either alert had said at the time.",
        ),
        Turn("interviewer", "Which of the four did it miss?"),
        Turn(
            "candidate",
            "The slow ones: it looks at minutes, and those took a day. They were on call logs that I kept.",
        ),
    ),
)

Rate = Callable[..., ThreadRating]


@pytest.fixture(scope="session")
def bank() -> Bank:
    return Bank.open()


@pytest.fixture
def rate(bank: Bank) -> Rate:
    """Rates a thread with a model; the thread of the recorded replies when none is given."""

    def with_model(
        model: Any, thread: Thread = THREAD, names: tuple[str, ...] = ("evidence",), **how: Any
    ) -> ThreadRating:
        dimensions = [bank.dimension(name) for name in names]
        return asyncio.run(Judge(model, bank, **how).rate(thread, dimensions))

    return with_model


@pytest.fixture
def recorded(rate: Rate) -> Callable[[str], tuple[Rating, ScriptedModel]]:
    """The rating of evidence that a recorded reply ends in, and the model that gave it."""

    def rated(name: str) -> tuple[Rating, ScriptedModel]:
        model = read_script(str(FIXTURES / "replies" / "judge" / f"{name}.yaml"))
        return rate(model).ratings["evidence"], model

    return rated
