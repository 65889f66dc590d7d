"""When a model fails in mid-interview: the answer is safe, and the candidate says how to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..models.model import ModelError
from .candidate import Candidate, Purpose, Utterance
from .commands import Leave
from .voice import OFFLINE

if TYPE_CHECKING:
    from .interview import Interview

OPTIONS = {
    "again": "try again",
    "offline": "go on without a model",
    "leave": "leave for now; `interviewer resume` goes on here",
}

_SAVED = "Your answer is saved."


async def settle(interview: Interview, candidate: Candidate, error: ModelError) -> None:
    """Tells what happened and does what the candidate picks; without anybody to pick it goes on offline.

    Raises:
        Leave: the candidate would rather go on later.
    """
    sentence = " ".join(
        filter(None, [str(error), error.next_step, _SAVED if interview.transcript.threads[-1].turns else ""])
    )
    others = {name: f"go on with {name}" for name in interview.spare_models if name != interview.voice.name}
    await candidate.hear(Utterance(Purpose.TROUBLE, sentence))
    choice = await candidate.choose("How shall we go on?", {**OPTIONS, **others}, OFFLINE)
    if choice == "leave":
        raise Leave
    if choice != "again":
        await switch(interview, candidate, choice, error.kind)


async def switch(interview: Interview, candidate: Candidate, name: str, reason: str) -> None:
    """Changes the interviewer's model, or says why that cannot be."""
    try:
        interview.voice.change(name, reason)
    except ModelError as error:
        await candidate.hear(Utterance(Purpose.TROUBLE, f"{error} {error.next_step}".strip()))
        return
    await candidate.hear(Utterance(Purpose.NOTICE, f"From now on: {name}. {interview.voice.destination}".strip()))
