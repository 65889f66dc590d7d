"""What the interviewer does after an answer: probe, go on, or say something of the format's own."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from ..bank.library import Bank
from ..bank.schema import Dimension, Question
from ..rating.rater import ThreadRating
from ..session.events import Event, ProbeAsked, ProbeSkipped
from ..session.transcript import ThreadState, Transcript
from . import probing
from .lines import Lines
from .ratings import Ratings


@dataclass(frozen=True, slots=True)
class Heard:
    """Everything a follow-up may look at, after an answer."""

    question: Question
    index: int
    """Of the thread in the transcript."""
    thread: ThreadState
    transcript: Transcript
    dimensions: Sequence[Dimension]


class FollowUp(Protocol):
    """A format's way of going on after an answer."""

    async def after(self, heard: Heard) -> Event:
        """What to say next, as an event; `ProbeSkipped` ends the thread."""
        ...


class Rewording(Protocol):
    """Puts a probe into words that fit the conversation, within the form rules; None leaves the bank's wording."""

    async def reword(self, target: probing.Target, bank_wording: str, heard: Heard) -> str | None:
        """A checked wording, or None."""
        ...


class Prober:
    """At most two probes, each at the part most likely there but unsaid; none where nothing is left to learn."""

    def __init__(self, bank: Bank, ratings: Ratings, lines: Lines, rewording: Rewording):
        self.bank = bank
        self.ratings = ratings
        self.lines = lines
        self.rewording = rewording

    async def after(self, heard: Heard) -> ProbeAsked | ProbeSkipped:
        """The next probe, or why there is none."""
        state = heard.thread
        rated = self.ratings.read(heard.index, None if state.probes else "first", state.thread, heard.dimensions)
        targets = self._targets(heard, rated)
        skip = probing.stop(
            state.thread,
            targets,
            spent=len(state.probes),
            gained=self._gained(heard),
            nothing_more=self.lines.nothing_more,
        )
        if skip:
            return ProbeSkipped(reason=skip.reason)
        return await self._worded(targets, heard, rated) or ProbeSkipped(reason="no fitting question was left")

    def _targets(self, heard: Heard, rated: ThreadRating) -> list[probing.Target]:
        return probing.choose_targets(
            rated,
            {dimension.id: dimension for dimension in heard.dimensions},
            heard.thread.weights,
            heard=Counter(probe.dimension for state in heard.transcript.threads for probe in state.probes),
            asked={(probe.dimension, probe.part) for probe in heard.thread.probes},
            seed=_seed(heard),
        )

    def _gained(self, heard: Heard) -> bool:
        """Whether the last answer holds the words for a part that was not met before it."""
        thread = heard.thread.thread
        if len(thread.turns) < 3:
            return True
        reader = self.ratings.reader
        before = _met(reader.read(replace(thread, turns=thread.turns[:-2]), heard.dimensions))
        now = _met(reader.read(thread, heard.dimensions))
        last = len(thread.turns) - 1
        return any(turn == last and part not in before for part, turn in now.items())

    async def _worded(self, targets: Sequence[probing.Target], heard: Heard, rated: ThreadRating) -> ProbeAsked | None:
        """The first target for which there is a wording."""
        asked = [probe.text for state in heard.transcript.threads for probe in state.probes]
        answer_type = self.ratings.reader.answer_type(heard.thread.thread)
        rules = self.bank.wording()
        for target in targets:
            text = probing.word_probe(
                target, heard.question, self.bank, heard.thread.thread, answer_type, before=asked, rules=rules
            )
            if text is None:
                continue
            better = await self.rewording.reword(target, text, heard)
            return ProbeAsked(
                dimension=target.dimension,
                part=target.part,
                text=better or text,
                reason=target.reason,
                wording="model" if better else "bank",
                reader=rated.rater.model,
            )
        return None


def _met(rated: ThreadRating) -> dict[tuple[str, str], int]:
    """The turn that each met part is quoted from, by dimension and part."""
    return {
        (name, finding.part): finding.quote.turn
        for name, rating in rated.ratings.items()
        for finding in rating.findings
        if finding.met and finding.quote
    }


def _seed(heard: Heard) -> int:
    """The same for the same interview and place in it, so that a replay asks the same."""
    seed = heard.transcript.started.seed if heard.transcript.started else 0
    text = f"{seed}/{heard.index}/{len(heard.thread.turns)}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
