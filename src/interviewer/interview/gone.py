"""Questions and dimensions of a pack that was removed since the interview began: passed over, and said so."""

from __future__ import annotations

from collections.abc import Iterable

from ..bank.library import Bank
from ..bank.schema import Dimension
from ..session.transcript import Transcript
from .candidate import Candidate, Purpose, Utterance
from .underway import Underway


def left_of(bank: Bank, names: Iterable[str]) -> list[Dimension]:
    """The dimensions of those names that the bank still has."""
    return [bank.dimension(name) for name in names if bank.has_dimension(name)]


async def pass_over(interview: Underway, candidate: Candidate) -> None:
    """Closes the open question if it is gone, and names all that will not be asked any more."""
    gone = [name for name in ahead(interview.transcript) if not interview.bank.has_question(name)]
    for name in gone:
        text = f"{name} is not in the bank any more, so we leave that question. Its pack may have been removed."
        await candidate.hear(Utterance(Purpose.NOTICE, text))
    if (state := interview.transcript.open_thread) and state.question_id in gone:
        interview.close_thread("skipped")


def ahead(transcript: Transcript) -> list[str]:
    """The open question and the planned ones that have not been closed, in order, each once."""
    now = transcript.open_thread
    plan = transcript.started.plan if transcript.started else ()
    closed = {state.question_id for state in transcript.threads if state.closed}
    planned = (name for name in plan if name not in closed)
    return list(dict.fromkeys([*([now.question_id] if now else []), *planned]))
