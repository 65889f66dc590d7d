"""Probes after an answer: chosen by the bank's rules, worded by a model where one speaks."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from dataclasses import replace
from threading import Lock

from ..bank.wording import quoted_in
from ..rating.lines import readings
from ..session.events import ProbeAsked, ProbeSkipped
from .choosing import Chooser, Chosen
from .crisis import Crisis
from .followup import Heard, Reworded, Rewording
from .moment import Moment
from .probing import Skip
from .ratings import Ratings
from .recalling import recalled
from .sources import answers_to_quote

HEAD_START = 0.1
"""Seconds that the request for a wording has to go out before anything is done that it does not need."""


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
        self._choosing = Lock()

    def foresee(self, heard: Heard) -> None:
        """Chooses what would be asked, so that it is chosen when it is to be asked. Any thread may do it."""
        self._chosen(heard)

    async def after(self, heard: Heard) -> ProbeAsked | ProbeSkipped:
        """The next probe, or why there is none."""
        moment, chosen = self._chosen(heard)
        if isinstance(chosen, Skip):
            self._rate_first(heard)
            return ProbeSkipped(reason=chosen.reason)
        better = await self._better(chosen, heard)
        return ProbeAsked(
            dimension=chosen.target.dimension,
            part=chosen.target.part,
            text=better.text or chosen.text,
            reason=chosen.target.reason,
            wording="model" if better.text else "bank",
            unfit=better.unfit,
            reader=moment.rated.rater.model,
            recalls=recalled_in(better.text, heard, self._chooser.lines.crisis) if better.text else chosen.recalls,
        )

    def _chosen(self, heard: Heard) -> tuple[Moment, Chosen | Skip]:
        with self._choosing:  # what is foreseen at the moment may be the very same
            moment = self._moment(heard)
            return moment, self._chooser.next(moment)

    def in_other_words(self, heard: Heard) -> str | None:
        """The last probe as the bank also asks for it; None where it was asked in words that stand for themselves.

        Those are a part of the question itself, a way in, and a call-back, whose words are the candidate's.
        """
        state = heard.thread
        probe = next((each for each in reversed(state.probes) if each.text == state.last_said), None)
        if probe is None or probe.recalls or self._chooser.stands_alone(probe.text, probe.reason):
            return None
        moment = self._moment(heard)
        said = [asked.reply for asked in state.asked_back if asked.reply]
        return self._chooser.in_other_words(
            replace(moment, before=[*moment.before, *said]), probe.dimension, probe.part
        )

    async def _better(self, chosen: Chosen, heard: Heard) -> Reworded:
        """A model's wording, if any. It is asked for before the rating is stored and the judge, who may ask the same
        model, is set to work: the candidate waits for the wording."""
        if chosen.settled:
            self._rate_first(heard)
            return Reworded()
        wording = asyncio.ensure_future(self._rewording.reword(chosen.target, chosen.text, heard))
        try:
            await asyncio.wait({wording}, timeout=HEAD_START)
            self._rate_first(heard)
            return await wording
        finally:
            wording.cancel()
            await asyncio.gather(wording, return_exceptions=True)

    def _rate_first(self, heard: Heard) -> None:
        """Rates the answer to the question itself, before any probe."""
        state = heard.thread
        if not state.probes:
            self._ratings.rate(heard.index, "first", state, heard.dimensions)

    def _moment(self, heard: Heard) -> Moment:
        state = heard.thread
        probes = [probe for each in heard.transcript.threads for probe in each.probes]
        return Moment(
            thread=state.thread,
            question=heard.question,
            dimensions=heard.dimensions,
            weights=state.weights,
            rated=self._ratings.read(heard.index, state.thread, heard.dimensions),
            seed=seed_of(heard),
            asked=[(probe.dimension, probe.part) for probe in state.probes],
            before=[probe.text for probe in probes],
            heard=Counter(probe.dimension for probe in probes),
            elsewhere=earlier_answers(heard, self._chooser.lines.crisis),
            called_back=any(probe.recalls for probe in state.probes),
            budget=self._budget,
        )


def earlier_answers(heard: Heard, crisis: Crisis) -> list[str]:
    """What was said to earlier questions, the latest first, without what is never quoted."""
    states = [state for state in heard.transcript.threads[: heard.index] if state.question_id != heard.question.id]
    flags = [[flag for _, rated in readings(state.ratings) for flag in rated.flags] for state in states]
    answers = [answers_to_quote(state.thread, found, crisis) for state, found in zip(states, flags, strict=True)]
    return [text for thread in reversed(answers) for text in thread]


def recalled_in(text: str, heard: Heard, crisis: Crisis) -> str:
    """The words of an earlier answer that a question quotes; empty where it quotes none."""
    *before, last = heard.thread.thread.answers
    return recalled(quoted_in(text), last, [*before, *earlier_answers(heard, crisis)])


def seed_of(heard: Heard) -> int:
    """The same for the same interview and place in it, so that a replay asks the same."""
    seed = heard.transcript.started.seed if heard.transcript.started else 0
    text = f"{seed}/{heard.index}/{len(heard.thread.turns)}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
