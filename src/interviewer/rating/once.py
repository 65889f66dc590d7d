"""Rates one thread: the shortest way into the rating floor, for scripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..bank.library import Bank
from ..session.events import OFFLINE
from ..session.thread import Thread, thread_from_line
from .opening import open_rater
from .rater import ThreadRating


async def rate(
    thread: Thread | Mapping[str, object],
    *,
    bank: Bank | None = None,
    model: str = OFFLINE,
    dimensions: Sequence[str] = (),
    samples: int = 1,
) -> ThreadRating:
    """The rating of a thread or of a transcript line.

    Args:
        model: who rates: "offline", "ollama/<tag>" or "provider/model".
        dimensions: ids to rate; those of the thread's question when empty.
        samples: how often a model reads it; the mean counts.

    Raises:
        ValueError: the line is not a transcript line, or names neither a question of the bank nor dimensions.
        NotInBank: there is no such question or dimension.
        ModelError: the model cannot be opened. A failure while it rates comes back as unscored instead.
    """
    bank = bank or Bank.open()
    heard = thread if isinstance(thread, Thread) else thread_from_line(thread)
    if not dimensions and heard.question_id is None:
        raise ValueError("Name the dimensions to rate, or the question by its id.")
    names = dimensions or tuple(bank.question(str(heard.question_id)).weights)
    async with open_rater(model, bank, samples=samples) as rater:
        return await rater.rate(heard, [bank.dimension(name) for name in names])
