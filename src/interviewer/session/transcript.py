"""The state of an interview, folded from its events: threads, clock, ratings as stored. Pure; knows no database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from . import events as ev
from .thread import Thread, Turn

SPOKEN = (
    ev.AnswerGiven, ev.AnswerTakenBack, ev.ProbeAsked, ev.ProbeSkipped, ev.Said, ev.HintGiven, ev.QuestionClosed,
    ev.AskedBack,
)  # fmt: skip
"""What happens within the open thread."""


@dataclass(slots=True)
class QuestionBack:
    """A question that the candidate put back instead of an answer. It is no turn: nothing of it is rated."""

    text: str
    at: int
    """Turns of the thread before it."""
    reply: str | None = None
    """What the interviewer said to it; None until then."""


@dataclass(slots=True)
class ThreadState:
    """One question of the interview with all that happened around it."""

    question_id: str
    question: str
    weights: dict[str, float]
    turns: list[Turn] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    """Per answer."""
    probes: list[ev.ProbeAsked] = field(default_factory=list)
    skips: list[str] = field(default_factory=list)
    """Why no further probe was asked."""
    hints: list[str] = field(default_factory=list)
    ratings: list[ev.Rated] = field(default_factory=list)
    self_rating: dict[str, int] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    """New facts and turns of a debate, as said by the interviewer."""
    disputes: list[ev.Disputed] = field(default_factory=list)
    asked_back: list[QuestionBack] = field(default_factory=list)
    closed: str | None = None
    """Why the thread ended; None while it is open."""
    judge: str = ev.OFFLINE
    """Who was to rate it when it ended, besides the offline reader."""
    redo_of: int | None = None
    """Index of the thread that this one tries again."""

    @property
    def thread(self) -> Thread:
        """The thread as a rater reads it."""
        return Thread(self.question, tuple(self.turns), self.question_id)

    @property
    def awaits_answer(self) -> bool:
        """Whether the last word was the interviewer's."""
        return self.closed is None and (not self.turns or self.turns[-1].role == "interviewer")

    @property
    def asked_back_here(self) -> list[QuestionBack]:
        """What was asked back since the interviewer's last question."""
        return [asked for asked in self.asked_back if asked.at == len(self.turns)]

    @property
    def owes_reply(self) -> bool:
        """Whether the candidate asked something back and has not heard a reply."""
        return bool(self.asked_back_here) and self.asked_back[-1].reply is None

    @property
    def last_said(self) -> str | None:
        """The interviewer's last words after the question; None before there are any."""
        return next((turn.text for turn in reversed(self.turns) if turn.role == "interviewer"), None)

    def rated(self, *stages: str) -> ev.Rated | None:
        """The latest rating of any of the stages."""
        return next((rated for rated in reversed(self.ratings) if rated.stage in stages), None)


@dataclass(slots=True)
class Transcript:
    """Everything known of an interview. Built by `fold`; the interview itself keeps no other state."""

    started: ev.Started | None = None
    threads: list[ThreadState] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    calls: list[ev.ModelCalled] = field(default_factory=list)
    changes: list[ev.ModelChanged] = field(default_factory=list)
    """Other models that took over, by choice or after a failure."""
    model: str = "offline"
    judge: str = "offline"
    style: str = "neutral"
    mode: str = "exam"
    asked: list[str] = field(default_factory=list)
    """The candidate's own questions."""
    owed: str | None = None
    """That of them which has not been replied to; None where none is open."""
    ended: str | None = None

    @property
    def open_thread(self) -> ThreadState | None:
        """The thread that is not closed yet, if any."""
        return self.threads[-1] if self.threads and self.threads[-1].closed is None else None

    @property
    def undecided(self) -> ThreadState | None:
        """The question that was over last, where a coach asks whether to try it again and nothing came after it."""
        last = self.threads[-1] if self.threads and self.mode == "coach" else None
        return last if last and last.closed in ("done", "time") and last.redo_of is None else None

    def apply(self, event: ev.Event) -> None:
        """Moves the state on by one event. An event out of place changes nothing."""
        match event:
            case ev.Started():
                self.started, self.model, self.judge = event, event.model, event.judge
                self.style, self.mode = event.style, event.mode
            case ev.QuestionAsked():
                self.threads.append(ThreadState(event.question_id, event.text, dict(event.weights)))
            case ev.Rated(thread=index) | ev.SelfRated(thread=index) | ev.Disputed(thread=index):
                if 0 <= index < len(self.threads):
                    _judged(self.threads[index], event)
            case ev.Redone():
                self._redo(event.question_id)
            case ev.Ended():
                self.ended = event.reason
            case _ if self.open_thread and isinstance(event, SPOKEN):
                self.open_thread.judge = self.judge
                _spoken(self.open_thread, event)
            case _:
                self._noticed(event)

    def _noticed(self, event: ev.Event) -> None:
        """Applies what concerns the interview as a whole."""
        match event:
            case ev.ModelCalled():
                self.calls.append(event)
            case ev.ModelChanged():
                self.changes.append(event)
                setattr(self, "model" if event.purpose == "interviewer" else "judge", event.model)
            case ev.SettingChanged():
                setattr(self, event.name, event.value)
            case ev.Noted():
                self.notes.append(event.text)
            case ev.CandidateAsked():
                self.asked.append(event.text)
                self.owed = event.text
            case ev.Said(purpose="reply"):
                self.owed = None

    def _redo(self, question_id: str) -> None:
        for index in range(len(self.threads) - 1, -1, -1):
            before = self.threads[index]
            if before.question_id == question_id:
                self.threads.append(ThreadState(question_id, before.question, before.weights, redo_of=index))
                return


def _spoken(thread: ThreadState, event: ev.Event) -> None:
    """Applies what is said within the open thread."""
    match event:
        case ev.AnswerGiven():
            thread.turns.append(Turn("candidate", event.text))
            thread.seconds.append(event.seconds)
        case ev.AnswerTakenBack():
            _take_back(thread)
        case ev.ProbeAsked():
            thread.probes.append(event)
            thread.turns.append(Turn("interviewer", event.text))
        case ev.Said():
            _said(thread, event)
        case ev.AskedBack() if not thread.awaits_answer:
            asked = thread.turns.pop()
            thread.asked_back.append(QuestionBack(asked.text, len(thread.turns)))
            thread.seconds.pop()
        case ev.ProbeSkipped():
            thread.skips.append(event.reason)
        case ev.HintGiven():
            thread.hints.append(event.rung)
        case ev.QuestionClosed():
            thread.closed = event.reason


def _said(thread: ThreadState, event: ev.Said) -> None:
    """Applies what the interviewer said that is no probe; a reply to a question back is no turn."""
    if event.purpose == "reply" and thread.asked_back:
        thread.asked_back[-1].reply = event.text
    if event.purpose in ev.TOLD:
        thread.told.append(event.text)
    if event.purpose in ev.TURNS:
        thread.turns.append(Turn("interviewer", event.text))


def _judged(thread: ThreadState, event: ev.Rated | ev.SelfRated | ev.Disputed) -> None:
    """Applies what is thought of a thread."""
    match event:
        case ev.Rated():
            thread.ratings.append(event)
        case ev.SelfRated():
            thread.self_rating = dict(event.levels)
        case ev.Disputed():
            thread.disputes.append(event)


def _take_back(thread: ThreadState) -> None:
    """Removes the last answer and all that came after it."""
    while thread.turns:
        turn = thread.turns.pop()
        if turn.role == "candidate":
            thread.seconds.pop()
            break
        if thread.probes and thread.probes[-1].text == turn.text:
            thread.probes.pop()
        if thread.told and thread.told[-1] == turn.text:
            thread.told.pop()
    thread.asked_back = [asked for asked in thread.asked_back if asked.at <= len(thread.turns)]


def fold(events: Iterable[ev.Event]) -> Transcript:
    """The state after all the events, in order."""
    transcript = Transcript()
    for event in events:
        transcript.apply(event)
    return transcript
