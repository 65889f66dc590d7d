"""When a model fails in mid-interview: the answer is safe, and the candidate says how to go on."""

from __future__ import annotations

from contextlib import suppress

from ..models.budget import BudgetSpent
from ..models.model import ModelError, QuotaExceeded, Unauthorised, Unreachable
from ..session.events import OFFLINE, ModelChanged
from . import whereabouts
from .candidate import Candidate, Purpose, Utterance
from .underway import Leave, Underway

OPTIONS = {
    "again": "try again",
    "offline": "go on without a model",
    "leave": "leave for now; `interviewer resume` goes on here",
}

OF_THE_ADDRESS = (Unreachable.kind, Unauthorised.kind, QuotaExceeded.kind)
"""Kinds of failure that another model at the same address would have too."""
_SAVED = "Your answer is saved."


async def settle(interview: Underway, candidate: Candidate, error: ModelError) -> None:
    """Tells what happened and does what the candidate picks; without anybody to pick it goes on offline.

    Raises:
        Leave: the candidate would rather go on later, or the budget is spent.
    """
    sentence = " ".join(
        filter(None, [str(error), error.next_step, _SAVED if interview.transcript.threads[-1].turns else ""])
    )
    await candidate.hear(Utterance(Purpose.TROUBLE, sentence))
    if isinstance(error, BudgetSpent):
        raise Leave
    found = await interview.bounds.others()
    dead = interview.voice.host if error.kind in OF_THE_ADDRESS else ""
    others = {
        name: f"go on with {name} ({to})"
        for name, to in found.items()
        if name != interview.voice.name and not (dead and dead in to.split())
    }
    choice = await candidate.choose("How shall we go on?", {**OPTIONS, **others}, OFFLINE)
    if choice == "leave":
        raise Leave
    if choice == OFFLINE and interview.ratings.judged_by(interview.voice.name):
        interview.record(ModelChanged(purpose="judge", model=OFFLINE, reason=error.kind))
        await interview.ratings.dismiss_judge()
    if choice != "again":
        await switch(interview, candidate, choice, error.kind)


async def saves_again(candidate: Candidate) -> bool:
    """Whether an answer that could not be stored shall be tried once more, rather than copied by hand."""
    options = {"again": "try to save it again", "leave": "leave; copy your answer from above first"}
    with suppress(EOFError):  # whoever just goes shall be told why, too
        return await candidate.choose("Your answer is not saved yet.", options, "leave") == "again"
    return False


async def switch(interview: Underway, candidate: Candidate, name: str, reason: str) -> None:
    """Changes the interviewer's model, or says why that cannot be."""
    try:
        await interview.voice.change(name, reason)
    except ModelError as error:
        await candidate.hear(Utterance(Purpose.TROUBLE, f"{error} {error.next_step}".strip()))
        return
    await candidate.hear(Utterance(Purpose.NOTICE, f"From now on: {name}."))
    await whereabouts.find_out(interview.voice.model)
    await whereabouts.tell(interview, candidate)
