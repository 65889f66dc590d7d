"""Which way of going on a question gets: probes for most, a debate where there are sides, facts that unfold."""

from __future__ import annotations

from ..bank.library import Bank
from ..bank.schema import Kind, Question
from ..session.events import Event
from ..session.transcript import Transcript
from .choosing import Chooser
from .debate import Debater, load_debate
from .followup import FollowUp, Heard, Speech
from .lines import Lines
from .prober import Prober
from .ratings import Ratings
from .scenario import Unfolding
from .voice import Voice


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


def open_formats(bank: Bank, ratings: Ratings, lines: Lines, voice: Voice, transcript: Transcript) -> Formats:
    """All ways of going on, for that interview. Raises `ContentError`."""
    chooser = Chooser(bank, ratings.reader, lines)
    told = transcript.started.format if transcript.started else "drill"
    prober = Prober(chooser, ratings, voice, chooser.rules.story_budget if told == "story" else None)
    return Formats(prober, Debater(ratings, voice, load_debate(bank)), Unfolding(prober))
