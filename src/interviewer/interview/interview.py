"""The interview: question, answer, probes, next question, close. The whole conversation is in this file.

It keeps no state of its own: everything that happens is an event, stored before anything is shown, and the
transcript folded from the events says what comes next. So an interview that was killed goes on where it stopped.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing, suppress
from dataclasses import replace
from functools import partial

from ..bank.library import Bank
from ..bank.schema import Question
from ..errors import PlainError
from ..models.model import ModelError
from ..rating.owed import is_owed
from ..session import events as ev
from ..session.events import OFFLINE, Event, Log, MemoryLog
from ..session.thread import Turn
from ..session.transcript import ThreadState, Transcript
from . import coaching, commands, gone, own_questions, planning, self_rating, situation, timing, trouble, whereabouts
from .candidate import Answer, Candidate, Command, Purpose, Utterance
from .clock import Stopwatch
from .followup import Heard, Speech
from .later import LaterFollowUp
from .lines import Lines
from .planning import Wishes
from .ratings import Ratings
from .remarks import Remarks
from .underway import Bounds, Closing, Finish, Leave
from .voice import Voice
from .waiting import StoppedWaiting, awaited


class Interview:
    """One sitting. `run` holds it; `finish` waits for the ratings that are left."""

    def __init__(
        self,
        bank: Bank,
        log: Log,
        ratings: Ratings,
        follow_up: LaterFollowUp,
        lines: Lines,
        voice: Voice,
        transcript: Transcript,
        bounds: Bounds | None = None,
    ):
        """Takes its parts ready made (see `opening.py`).

        Args:
            transcript: started, or folded from the log of an interview to go on with.
            bounds: what the interview may spend, and who stands in for a model that fails.
        """
        self.bank = bank
        self.log = log
        self.ratings = ratings
        self.follow_up = follow_up
        self.lines = lines
        self.voice = voice
        self.transcript = transcript
        self.bounds = bounds or Bounds()
        self.told_where: set[str] = set()
        self._remarks = Remarks(lines, transcript)
        self.clock = Stopwatch(longest=lines.pace.silence * 60)
        self._announced = False
        self._opening: asyncio.Task[None] | None = None

    @classmethod
    def begin(
        cls, bank: Bank, wishes: Wishes, *, log: Log | None = None, model: str = OFFLINE, judge: str = OFFLINE
    ) -> Interview:
        """A new interview, for scripts: offline unless models are named, kept in memory unless a log is given.

        Raises:
            NotInBank: a question, company or level that does not exist.
            ModelError: a model cannot be opened.
        """
        from ..rating.opening import open_offline
        from .opening import Readers, begin

        return begin(bank, log or MemoryLog(), Readers(open_offline(bank), judge=judge, model=model), wishes)

    def record(self, event: Event) -> None:
        """Stores the event, then moves the state on. Nothing is shown before this returns."""
        self.log.append(event)
        self.transcript.apply(event)

    async def run(self, candidate: Candidate) -> Transcript:
        """Holds the interview to its end, or until the candidate leaves. Everything said is in the log."""
        try:
            await self._greet(candidate)
            await self._make_up_ratings(candidate)
            await self._converse(candidate)
            self.record(ev.Ended(reason="finished"))  # before the guesses: whoever leaves at those has finished
            await self._guesses(candidate)
        except (Leave, EOFError):
            self._leave()
        finally:
            if self._opening:
                self._opening.cancel()  # whoever answers from a script needed no time to load anything
        return self.transcript

    # --- the course of it ---------------------------------------------------------------------------------

    async def _greet(self, candidate: Candidate) -> None:
        """The rules, or a welcome back."""
        if self.transcript.threads:
            self.record(ev.Resumed())
            await candidate.hear(Utterance(Purpose.NOTICE, self.lines.resumed))
        else:
            await candidate.hear(Utterance(Purpose.GREETING, self._remarks.greeting()))

    async def _make_up_ratings(self, candidate: Candidate) -> None:
        """Has rated what was over when the program was killed, and was not rated by then."""
        owed = [(index, state) for index, state in enumerate(self.transcript.threads) if is_owed(state)]
        if owed:
            await self._announce(candidate)
        for index, state in owed:
            self.ratings.make_up(index, state, gone.left_of(self.bank, state.weights))

    async def _converse(self, candidate: Candidate) -> None:
        """All questions and the close, or as much of it as the candidate wants."""
        await gone.pass_over(self, candidate)
        try:
            undecided = self.transcript.undecided
            if undecided and self.bank.has_question(undecided.question_id):
                await self._coach(candidate, self.bank.question(undecided.question_id))
            while (question_id := self._next_question()) is not None:
                await self._hold_thread(candidate, question_id)
            await self._close(candidate)
        except Finish:
            self._close_open_thread("ended")

    async def _close(self, candidate: Candidate) -> None:
        """After the last question: the candidate's own ones in a round, and the last word."""
        if self.transcript.started and self.transcript.started.format == "round":
            await self._prepare(candidate)
            await own_questions.take(self, candidate)
        await candidate.hear(Utterance(Purpose.CLOSE, self.lines.close))

    async def _guesses(self, candidate: Candidate) -> None:
        """The candidate's own guesses at the end of an exam; a coach asks for them after each question."""
        if self.transcript.mode == "exam":
            for index in range(len(self.transcript.threads)):
                await self_rating.ask(self, candidate, index)

    def _next_question(self) -> str | None:
        """The open thread's question, else the first planned one that has not been closed."""
        return next(filter(self.bank.has_question, gone.ahead(self.transcript)), None)

    async def _hold_thread(self, candidate: Candidate, question_id: str) -> None:
        """One question to its end: asked, or taken up where it stopped."""
        question = self.bank.question(question_id)
        if self.transcript.open_thread is None:
            if self.transcript.threads:
                await candidate.hear(Utterance(Purpose.NOTICE, self._remarks.before_next()))
            self._ask(question)
        await self._say_last(candidate, question)
        while (state := self.transcript.open_thread) and state.question_id == question_id:
            if state.owes_reply:
                await self._reply_back(candidate, question, state)
            elif state.awaits_answer:
                await self._take_answer(candidate, question, state)
            else:
                await self._follow(candidate, question, state)

    def _ask(self, question: Question) -> None:
        started = self.transcript.started
        weights = planning.weights(
            self.bank, question.id, started.company if started else None, started.seniority if started else None
        )
        self.record(ev.QuestionAsked(question_id=question.id, text=question.ask, weights=weights))

    async def _say_last(self, candidate: Candidate, question: Question) -> None:
        """The question, and after a resume the last answer, and the probe that still waits for one."""
        state = self.transcript.threads[-1]
        await candidate.hear(Utterance(Purpose.QUESTION, question.ask, question.title))
        if answers := state.thread.answers:
            await candidate.hear(Utterance(Purpose.RECALL, answers[-1]))
        if state.turns and state.turns[-1].role == "interviewer":
            await candidate.hear(self.last_utterance(question, state))
        if state.asked_back_here and not state.owes_reply:
            asked = state.asked_back[-1]
            await candidate.hear(Utterance(Purpose.REPLY, asked.reply or "", asked.text))
        await self._prepare(candidate)
        self.clock.restart()

    @staticmethod
    def last_utterance(question: Question, state: ThreadState) -> Utterance:
        """What the candidate is answering at the moment."""
        said = state.last_said
        if said is None or state.turns[-1].role == "candidate":
            return Utterance(Purpose.QUESTION, question.ask, question.title)
        if said not in state.told:
            return Utterance(Purpose.PROBE, said)
        return Utterance(Purpose.DEBATE if question.sides else Purpose.DEVELOPMENT, said)

    async def _prepare(self, candidate: Candidate) -> None:
        """Gets the model ready while the question is read; one that is not there is settled before the answer."""
        try:
            await self._announce(candidate)
            await self.voice.prepare()
        except ModelError as error:
            await trouble.settle(self, candidate, error)
        if self._opening is None:
            self._opening = asyncio.create_task(self._open_what_follows())

    async def _announce(self, candidate: Candidate) -> None:
        """Once, under the first question, before a word is typed or sent: where words go, and what that will cost."""
        if self._announced:
            return
        self._announced = True
        await whereabouts.find_out(self.voice.model, self.ratings.model)
        await whereabouts.tell(self, candidate)
        if foretold := await self.bounds.foretell():
            await candidate.hear(Utterance(Purpose.NOTICE, foretold))

    async def _open_what_follows(self) -> None:
        """Loads what an answer will need, as soon as the loop is idle: with a prompt drawn and nothing typed yet."""
        with suppress(PlainError):  # told where it is needed
            await asyncio.to_thread(self.follow_up.warm_up)

    async def _take_answer(self, candidate: Candidate, question: Question, state: ThreadState) -> None:
        stands = situation.while_answering(self, question, state)
        reply = await candidate.reply(replace(stands, foresee=partial(self._foresee, question, state)))
        match reply:
            case Answer(text) if text.strip():
                left_out = self.lines.of_silence(self.clock.left_out)
                await self._keep(candidate, ev.AnswerGiven(text=text, seconds=round(self.clock.seconds, 1)))
                self.clock.restart()
                if left_out:
                    await candidate.hear(Utterance(Purpose.NOTICE, left_out))
            case Command():
                await commands.obey(self, candidate, question, reply)

    def _foresee(self, question: Question, state: ThreadState, draft: str) -> None:
        """Gets ready what would follow such an answer; see `Situation.foresee`."""
        as_if_sent = replace(state, turns=[*state.turns, Turn("candidate", draft)])
        with suppress(PlainError):  # told when it is sent
            self.follow_up.foresee(self._heard(question, as_if_sent))

    async def _reply_back(self, candidate: Candidate, question: Question, state: ThreadState) -> None:
        """Replies to a question that was put back; what was asked stays open, and no probe is spent."""
        await whereabouts.tell(self, candidate)
        heard, last_asked = self._heard(question, state), self.last_utterance(question, state).text
        try:
            text = await awaited(candidate, self.follow_up.reply_back(heard, last_asked), self.voice.model)
        except StoppedWaiting as stopped:
            await trouble.settle(self, candidate, stopped)
            return  # it is still owed, and comes next
        self.record(ev.Said(purpose=Purpose.REPLY, text=text))
        await candidate.hear(Utterance(Purpose.REPLY, text))

    async def _keep(self, candidate: Candidate, answer: ev.AnswerGiven) -> None:
        """Stores an answer. Where it cannot be stored it is still on the screen, and the candidate says what to do."""
        while True:
            try:
                return self.record(answer)
            except PlainError as error:
                await candidate.hear(Utterance(Purpose.TROUBLE, f"{error} {error.next_step}".strip()))
                if not await trouble.saves_again(candidate):
                    raise

    async def _follow(self, candidate: Candidate, question: Question, state: ThreadState) -> None:
        """After an answer: a word on the time where one is due, then a probe or the end of the thread."""
        if self.follow_up.is_asked_back(question, state):
            self.record(ev.AskedBack())
            return
        if care := self._remarks.care(state):  # whatever the clock says; and then one waits
            self.record(ev.Said(purpose=ev.CARE, text=care))
            await candidate.hear(Utterance(Purpose.REPLY, care))
            self.clock.restart()
            return
        is_over = timing.is_over(self.transcript, state)
        if state.skips:  # the program was killed before the thread was closed
            await self._end_thread(candidate, question, "time" if is_over else "done")
            return
        for cue in timing.cues(self.transcript, state, self.lines):
            await candidate.hear(Utterance(Purpose.NOTICE, cue))
        if is_over:
            self.record(ev.ProbeSkipped(reason="the time for this question was over"))
            await self._end_thread(candidate, question, "time")
            return
        heard = self._heard(question, state)
        event = await self._after(candidate, heard)
        if isinstance(event, ev.ProbeSkipped):
            if word := self._remarks.parting(question, state):
                await candidate.hear(Utterance(Purpose.NOTICE, word))
            await self._end_thread(candidate, question, "done")
        elif utterance := self._remarks.with_lead(event, state, heard.index):
            await candidate.hear(utterance)
        self.clock.restart()

    def _heard(self, question: Question, state: ThreadState) -> Heard:
        """Everything a follow-up may look at."""
        dimensions = gone.left_of(self.bank, state.weights)
        return Heard(question, len(self.transcript.threads) - 1, state, self.transcript, dimensions)

    async def _after(self, candidate: Candidate, heard: Heard) -> Event:
        """What came next, stored; speech has been heard by then. Where a model fails, the candidate decides."""
        while True:
            try:
                if self.voice.model or self.ratings.model:
                    self.bounds.check()
                await whereabouts.tell(self, candidate)
                move = await awaited(candidate, self.follow_up.after(heard), self.voice.model)
                event = await self._spoken(candidate, heard.thread, move) if isinstance(move, Speech) else move
                self.record(event)
                return event
            except ModelError as error:
                await trouble.settle(self, candidate, error)

    async def _spoken(self, candidate: Candidate, state: ThreadState, speech: Speech) -> ev.Said:
        """The speech as far as it was heard; one that was stopped before its first word is told in the bank's."""
        if word := self._remarks.acknowledgement(state, "debate"):
            await candidate.hear(Utterance(Purpose.NOTICE, word))
        async with aclosing(speech.pieces()) as pieces:
            await candidate.listen(Purpose(speech.purpose), pieces)
        if not speech.heard:
            await candidate.hear(Utterance(Purpose(speech.purpose), speech.bank_turn))
        return speech.said()

    async def _end_thread(self, candidate: Candidate, question: Question, reason: Closing) -> None:
        """Closes the thread; in coach mode what would lift it comes next."""
        self.close_thread(reason)
        if self.transcript.mode == "coach":
            await self._coach(candidate, question)
        if self.transcript.open_thread:
            await self._say_last(candidate, question)

    async def _coach(self, candidate: Candidate, question: Question) -> None:
        """Feedback, and the same question once more for who wants it; the first try stays beside the second."""
        index = len(self.transcript.threads) - 1
        await self_rating.ask(self, candidate, index)
        await candidate.hear(Utterance(Purpose.FEEDBACK, coaching.on_thread(self, index)))
        options = {"go": self.lines.go_on, "redo": self.lines.once_more}
        first = self.transcript.threads[index].redo_of is None
        if first and await candidate.choose(self.lines.after_feedback, options, "go") == "redo":
            self.record(ev.Redone(question_id=question.id))

    def close_thread(self, reason: Closing) -> None:
        """Ends the open thread, and rates it as it stands."""
        index, state = len(self.transcript.threads) - 1, self.transcript.threads[-1]
        self.record(ev.QuestionClosed(reason=reason))
        if any(turn.role == "candidate" for turn in state.turns):
            dimensions = gone.left_of(self.bank, state.weights)
            self.ratings.rate(index, "final", state, dimensions)

    def _close_open_thread(self, reason: Closing) -> None:
        if self.transcript.open_thread:
            self.close_thread(reason)

    def _leave(self) -> None:
        """The candidate goes; what is not over stays open, so that `resume` finds it."""
        if not self.transcript.ended and self._next_question() is None and not self.transcript.undecided:
            self.record(ev.Ended(reason="left"))

    async def finish(self, progress: Callable[[int], None] = lambda left: None) -> Transcript:
        """Waits for the ratings that are left, telling how many after each, and lets go of all models."""
        try:
            await self.ratings.finish(progress)
        finally:
            await self.abandon()
        return self.transcript

    async def abandon(self) -> None:
        """Gives up what is not rated yet, and lets go of all models."""
        if self._opening:
            self._opening.cancel()
            await asyncio.gather(self._opening, return_exceptions=True)
        await self.ratings.close()
        await self.voice.close()
