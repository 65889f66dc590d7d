"""The candidate's own guess at their levels, before any is shown; the gap is kept with the ratings."""

from __future__ import annotations

from ..session.events import SelfRated
from .candidate import Candidate
from .gone import left_of
from .underway import Underway

NO_GUESS = "none"


async def ask(interview: Underway, candidate: Candidate, index: int) -> None:
    """Asks for a level in each dimension of a thread where that is wanted; keeps nothing where nobody guesses."""
    started, state = interview.transcript.started, interview.transcript.threads[index]
    if not started or not started.self_rating or state.self_rating or not state.thread.answers:
        return
    levels: dict[str, int] = {}
    for dimension in left_of(interview.bank, state.weights):
        options = {str(level): f"{level} {dimension.anchors[level]}" for level in sorted(dimension.anchors)}
        guess = await candidate.choose(
            f"Your own guess for {dimension.name.lower()}?", {NO_GUESS: "no guess", **options}, NO_GUESS
        )
        if guess != NO_GUESS:
            levels[dimension.id] = int(guess)
    if levels:
        interview.record(SelfRated(thread=index, levels=levels))
