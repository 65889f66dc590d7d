"""Opens a rater by the name a user writes. Loads what the name needs and nothing else: offline loads no network."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ..bank.library import Bank
from .offline.reader import OfflineRater
from .rater import Rater

OFFLINE = "offline"


def open_offline(bank: Bank) -> OfflineRater:
    """The rater that needs no model.

    Raises:
        CuesError: its cue files cannot be used.
    """
    from ..bank.cues import load_cues

    return OfflineRater(load_cues(bank.root))


@asynccontextmanager
async def open_rater(
    name: str,
    bank: Bank,
    *,
    samples: int = 1,
    concurrency: int | None = None,
    base_url: str | None = None,
    local_only: bool = False,
) -> AsyncIterator[Rater]:
    """The rater of that name, its connections closed at the end.

    Args:
        name: "offline", "ollama/<tag>" or litellm's "provider/model".
        samples: how often a model reads each answer; the offline rater always says the same.
        concurrency: calls to a model at the same time; the judge's own setting when None.
        base_url: a server that speaks OpenAI's protocol, or for "ollama/…" the Ollama server.
        local_only: refuse a model whose words would leave this machine.

    Raises:
        ModelError: there is no such model, its key is missing, or it is not local.
        CuesError: the offline rater's cue files cannot be used.
    """
    if name == OFFLINE:
        yield open_offline(bank)
        return
    from ..models.opening import open_model
    from .judge.judge import Judge

    model = open_model(name, base_url=base_url, local_only=local_only)
    try:
        yield Judge(model, bank, samples=samples, concurrency=concurrency)
    finally:
        await model.close()
