"""Where words go, said under the first question, before a word can be typed; also where that turns out only later."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from .candidate import Candidate, Purpose, Utterance

if TYPE_CHECKING:
    from ..models.model import Model
    from .ratings import Ratings
    from .underway import Underway
    from .voice import Voice

MOMENT = 1.0
"""Seconds that a server gets to say where its models run; it says so again when the model is got ready."""


async def find_out(*models: Model | None) -> None:
    """Lets models learn where they run. A failure is not told here: it shows when the model is needed."""
    asking = [locate() for model in models if (locate := getattr(model, "locate", None))]
    if asking:
        tasks = [asyncio.ensure_future(each) for each in asking]
        _, late = await asyncio.wait(tasks, timeout=MOMENT)
        for task in late:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def tell(interview: Underway, candidate: Candidate) -> None:
    """Says where words go, wherever that has not been said yet."""
    for destination in (interview.voice.destination, interview.ratings.destination):
        if destination and destination not in interview.told_where:
            interview.told_where.add(destination)
            await candidate.hear(Utterance(Purpose.WHEREABOUTS, destination))


def hosts(*models: Model | None) -> str:
    """The hosts that words go to, as a bottom line shows them; empty when they stay in the program."""
    return ", ".join(dict.fromkeys(model.host for model in models if model))


def models(voice: Voice, ratings: Ratings) -> str:
    """Who interviews, as a bottom line shows it; also who rates, where nobody else would explain where words go."""
    judge = ratings.model.name if ratings.model and not voice.model else ""
    return f"{voice.name}, rated by {judge}" if judge else voice.name
