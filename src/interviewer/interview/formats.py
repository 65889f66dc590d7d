"""Which way of going on a question gets: probes for most, a debate where there are sides, facts that unfold."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from ..bank.library import Bank
from ..bank.schema import Kind, Question
from ..rating.rater import FlagKind
from ..session.events import UNREAD, Event, Said
from ..session.transcript import ThreadState, Transcript
from ..text import straight
from .asked_back import QuestionsBack, load_asked_back
from .choosing import Chooser
from .followup import FollowUp, Heard, Speech
from .lines import Lines
from .prober import Prober
from .ratings import Ratings
from .scenario import Unfolding
from .voice import Voice

_WORD = re.compile(r"[\w']+")


class Formats:
    """Picks the follow-up of the interview's format, as far as the question can bear it."""

    def __init__(
        self,
        prober: Prober,
        debater: Callable[[], FollowUp],
        unfolding: FollowUp,
        asked_back: QuestionsBack,
        voice: Voice,
        ratings: Ratings,
    ):
        self._prober, self._debater, self._unfolding = prober, debater, unfolding
        self._asked_back, self._voice, self._ratings = asked_back, voice, ratings

    async def after(self, heard: Heard) -> Event | Speech:
        """What that format does after an answer. Raises `ModelError`."""
        if self._is_unread(heard):
            return Said(purpose=UNREAD, text=self._asked_back.lines.unread)
        if self._is_willing(heard):
            return Said(purpose=UNREAD, text=self._asked_back.lines.unread_again)
        told = heard.transcript.started.format if heard.transcript.started else "drill"
        return await self._for(heard.question, told).after(heard)

    def foresee(self, heard: Heard) -> None:
        """Gets ready what would follow such an answer. Any thread may do it; nothing is stored, said or sent."""
        told = heard.transcript.started.format if heard.transcript.started else "drill"
        if self._for(heard.question, told) is self._prober:
            self._prober.foresee(heard)

    def _is_unread(self, heard: Heard) -> bool:
        """Whether nobody here can read the first answer, for it is in another language; a judge rates it as it is."""
        thread = heard.thread.thread
        if self._ratings.judge is not None or len(thread.turns) != 1:
            return False
        if self._asked_back.lines.crisis.shows_in(thread.answers[-1]):
            return False
        read = self._ratings.read(heard.index, thread, heard.dimensions)
        return any(flag.kind == FlagKind.FOREIGN for flag in read.flags)

    def _is_willing(self, heard: Heard) -> bool:
        """Whether the candidate was asked for English, and so far has only said yes."""
        lines, turns = self._asked_back.lines, heard.thread.turns
        asked = len(turns) > 1 and turns[-2].text == lines.unread
        return asked and " ".join(_WORD.findall(straight(turns[-1].text.casefold()))) in lines.willing

    def is_asked_back(self, question: Question, state: ThreadState) -> bool:
        """Whether the last answer only asks something back."""
        return self._asked_back.asks(state, arguing=bool(question.sides))

    async def reply_back(self, heard: Heard, last_asked: str) -> str:
        """What to say to what was asked back last: a model's words where they may be spoken, else the bank's."""
        asked = heard.thread.asked_back[-1].text
        other_words = None
        if self._asked_back.wants_other_words(asked):
            if not heard.thread.turns and (simply := self._put_simply(heard, asked)):
                return simply
            other_words = self._prober.in_other_words(heard)
        plain = self._asked_back.reply(heard.thread, asked, last_asked, other_words)
        if other_words or not self._asked_back.may_be_worded(asked):
            return plain
        return await self._voice.reply_back(heard, plain, last_asked) or plain

    def _put_simply(self, heard: Heard, asked: str) -> str | None:
        hint = heard.question.hints.nudge if heard.transcript.mode == "coach" else None
        return self._asked_back.put_simply(heard.thread, asked, heard.question, hint)

    def _for(self, question: Question, told: str) -> FollowUp:
        if question.sides and (told == "debate" or question.kind is Kind.DEBATE):
            return self._debater()
        return self._unfolding if told == "scenario" and question.developments else self._prober


def open_formats(bank: Bank, ratings: Ratings, lines: Lines, voice: Voice, transcript: Transcript) -> Formats:
    """All ways of going on, for that interview. Raises `ContentError`."""
    chooser = Chooser(bank, ratings.reader, lines)
    told = transcript.started.format if transcript.started else "drill"
    prober = Prober(chooser, ratings, voice, chooser.rules.story_budget if told == "story" else None)

    @cache
    def debater() -> FollowUp:
        """Few interviews hold one: what it needs is 0.2 MiB."""
        from .debate import Debater, load_debate

        return Debater(ratings, voice, load_debate(bank))

    return Formats(prober, debater, Unfolding(prober), QuestionsBack(load_asked_back(bank), lines), voice, ratings)
