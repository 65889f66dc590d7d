"""Which way of going on a question gets: probes for most, a debate where there are sides, facts that unfold."""

from __future__ import annotations

from ..bank.schema import Kind, Question
from ..session.events import Event
from .followup import FollowUp, Heard, Speech


class Formats:
    """Picks the follow-up of the interview's format, as far as the question can bear it."""

    def __init__(self, prober: FollowUp, debater: FollowUp, unfolding: FollowUp):
        self._prober, self._debater, self._unfolding = prober, debater, unfolding

    async def after(self, heard: Heard) -> Event | Speech:
        """What that format does after an answer. Raises `ModelError`."""
        told = heard.transcript.started.format if heard.transcript.started else "drill"
        return await self._for(heard.question, told).after(heard)

    def _for(self, question: Question, told: str) -> FollowUp:
        if question.sides and (told == "debate" or question.kind is Kind.DEBATE):
            return self._debater
        return self._unfolding if told == "scenario" and question.developments else self._prober
