"""Opens a rater by the name a user writes. Loads what the name needs and nothing else: offline loads no network."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from ..bank.library import Bank
from ..models.model import Model
from ..session.events import OFFLINE
from .offline.lazy import LazyRater
from .rater import Rater


def open_offline(bank: Bank) -> LazyRater:
    """The rater that needs no model. It reads its files when it is first asked, and raises `ContentError` then."""
    return LazyRater(bank)


@asynccontextmanager
async def open_rater(
    name: str,
    bank: Bank,
    *,
    samples: int = 1,
    concurrency: int | None = None,
    opened: Callable[[str], Model] | None = None,
    located: Callable[[Model], object] = lambda model: None,
) -> AsyncIterator[Rater]:
    """The rater of that name, ready to rate; its connections are closed at the end.

    Args:
        name: "offline", "ollama/<tag>" or litellm's "provider/model".
        samples: how often a model reads each answer; the offline rater always says the same.
        concurrency: calls to a model at the same time; the judge's own setting when None.
        opened: opens the model by its name; `open_model` with nothing but the environment when None.
        located: hears of a model when it is certain where the words go, and before any of them does.

    Raises:
        ModelError: there is no such model, its key is missing, its server is not there, or it may not be used.
    """
    if name == OFFLINE:
        yield open_offline(bank)
        return
    from ..models.opening import open_model
    from .judge import Judge

    model = (opened or open_model)(name)
    try:
        if warm_up := getattr(model, "warm_up", None):
            await warm_up()
        located(model)
        yield Judge(model, bank, samples=samples, concurrency=concurrency)
    finally:
        await model.close()
