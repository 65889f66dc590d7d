"""What the interviewer does after an answer: probe, go on, or say something of the format's own."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from ..bank.schema import Dimension, Question
from ..rating.lines import rating_from_line
from ..session.events import Event, ProbeAsked, ProbeSkipped, Said
from ..session.transcript import ThreadState, Transcript
from .choosing import Chooser, Moment, answers_to_quote
from .probing import Skip, Target
from .quoting import quoted_in
from .ratings import Ratings
from .recalling import recalled


@dataclass(frozen=True, slots=True)
class Heard:
    """Everything a follow-up may look at, after an answer."""

    question: Question
    index: int
    """Of the thread in the transcript."""
    thread: ThreadState
    transcript: Transcript
    dimensions: Sequence[Dimension]


class Speech:
    """Something that is said as it comes into being. What was heard of it is what is stored."""

    def __init__(self, purpose: str, bank_turn: str):
        self.purpose = purpose
        self.bank_turn = bank_turn
        """The words of the bank for the same."""
        self.heard = ""
        self.state = "complete"

    async def pieces(self) -> AsyncIterator[str]:
        """The speech in pieces. Raises `ModelError` when nothing came that could be spoken."""
        yield self.say(self.bank_turn)

    def say(self, piece: str) -> str:
        """Keeps the piece as heard, and returns it."""
        self.heard += piece
        return piece

    def said(self) -> Said:
        """The event of it, once it is over; the bank's words where nothing was heard."""
        return Said(purpose=self.purpose, text=self.heard.strip() or self.bank_turn, state=self.state)


class FollowUp(Protocol):
    """A format's way of going on after an answer."""

    async def after(self, heard: Heard) -> Event | Speech:
        """What to say next, as an event or as speech; `ProbeSkipped` ends the thread.

        Raises:
            ModelError: the model that should speak cannot be had.
        """
        ...


class Rewording(Protocol):
    """Puts a probe into words that fit the conversation, within the form rules; None leaves the bank's wording."""

    async def reword(self, target: Target, wording: str, heard: Heard) -> str | None:
        """A checked wording, or None. Raises `ModelError`."""
        ...


class Prober:
    """Probes at the part most likely there but unsaid; none where nothing is left to learn."""

    def __init__(self, chooser: Chooser, ratings: Ratings, rewording: Rewording, budget: int | None = None):
        """Args:
        budget: probes a question; the usual number when None.
        """
        self._chooser = chooser
        self._ratings = ratings
        self._rewording = rewording
        self._budget = budget

    async def after(self, heard: Heard) -> ProbeAsked | ProbeSkipped:
        """The next probe, or why there is none."""
        moment = self._moment(heard)
        chosen = self._chooser.next(moment)
        if isinstance(chosen, Skip):
            return ProbeSkipped(reason=chosen.reason)
        better = None if chosen.recalls else await self._rewording.reword(chosen.target, chosen.text, heard)
        return ProbeAsked(
            dimension=chosen.target.dimension,
            part=chosen.target.part,
            text=better or chosen.text,
            reason=chosen.target.reason,
            wording="model" if better else "bank",
            reader=moment.rated.rater.model,
            recalls=recalled_in(better, heard) if better else chosen.recalls,
        )

    def _moment(self, heard: Heard) -> Moment:
        state = heard.thread
        probes = [probe for each in heard.transcript.threads for probe in each.probes]
        return Moment(
            thread=state.thread,
            question=heard.question,
            dimensions=heard.dimensions,
            weights=state.weights,
            rated=self._ratings.read(heard.index, None if state.probes else "first", state.thread, heard.dimensions),
            seed=seed_of(heard),
            asked=[(probe.dimension, probe.part) for probe in state.probes],
            before=[probe.text for probe in probes],
            heard=Counter(probe.dimension for probe in probes),
            elsewhere=earlier_answers(heard),
            called_back=any(probe.recalls for probe in state.probes),
            budget=self._budget,
        )


def earlier_answers(heard: Heard) -> list[str]:
    """What was said to earlier questions, the latest first, without what addresses the rater."""
    states = [state for state in heard.transcript.threads[: heard.index] if state.question_id != heard.question.id]
    flags = [[flag for rated in state.ratings for flag in rating_from_line(rated.line).flags] for state in states]
    answers = [answers_to_quote(state.thread, found) for state, found in zip(states, flags, strict=True)]
    return [text for thread in reversed(answers) for text in thread]


def recalled_in(text: str, heard: Heard) -> str:
    """The words of an earlier answer that a question quotes; empty where it quotes none."""
    *before, last = heard.thread.thread.answers
    return recalled(quoted_in(text), last, [*before, *earlier_answers(heard)])


def seed_of(heard: Heard) -> int:
    """The same for the same interview and place in it, so that a replay asks the same."""
    seed = heard.transcript.started.seed if heard.transcript.started else 0
    text = f"{seed}/{heard.index}/{len(heard.thread.turns)}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
