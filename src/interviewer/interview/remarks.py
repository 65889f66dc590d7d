"""Which of the interviewer's lines is said at a given moment: the greeting, a lead, a word to who is upset, a parting.

In an exam nothing of it tells how good an answer was, and feelings are met alike in every style.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..bank.schema import Question
from ..session.events import UNREAD, Event, ProbeAsked, Said
from ..session.transcript import ThreadState, Transcript
from .candidate import Purpose, Utterance
from .lines import NEUTRAL, Lines, Step


@dataclass(frozen=True, slots=True)
class Remarks:
    """The lines of one interview, picked by what its transcript holds."""

    lines: Lines
    transcript: Transcript

    def greeting(self) -> str:
        """The rules of the interview."""
        started = self.transcript.started
        debates = started is not None and started.format == "debate"
        greeting = self.lines.debate_greeting if debates else self.lines.greeting
        return "\n".join([*greeting, *([self.lines.coach] if self.transcript.mode == "coach" else [])])

    def before_next(self) -> str:
        """What leads from one question to the next."""
        return self.lines.pick(self.transcript.style, "next", len(self.transcript.threads) - 1)

    def with_lead(self, event: Event, state: ThreadState, index: int) -> Utterance | None:
        """What is asked or told next, after a few words; None for a turn of a debate, which was heard as it came.

        Args:
            index: of the thread in the transcript.
        """
        match event:
            case ProbeAsked():
                turn = len(state.probes) - 1 + index
                lead = self.acknowledgement(state, "probe") or self.lines.lead(self.transcript.style, turn)
                return Utterance(Purpose.PROBE, f"{lead} {event.text}".strip())
            case Said() if event.purpose == Purpose.DEVELOPMENT:
                lead = self.acknowledgement(state, "debate")
                return Utterance(Purpose.DEVELOPMENT, f"{lead} {event.text}".strip())
            case Said() if event.purpose == UNREAD:
                return Utterance(Purpose.PROBE, event.text)
        return None

    def acknowledgement(self, state: ThreadState, step: Step) -> str:
        """A sentence to who is upset, angry or at a loss; empty where nothing of that shows.

        Args:
            step: what comes next.
        """
        *before, last = state.thread.answers
        return self.lines.acknowledgement(last, self._style, step, len(before))

    def care(self, state: ThreadState) -> str:
        """What is said, and nothing else asked, to somebody in a crisis; empty to everybody else."""
        return self.acknowledgement(state, "probe") if self.lines.crisis.shows_in(state.thread.answers[-1]) else ""

    def parting(self, question: Question, state: ThreadState) -> str:
        """What is said where nothing more is asked: the same for every answer, so that it tells nothing of this one."""
        if word := self.acknowledgement(state, "end"):
            return word
        if question.sides and state.told:
            return self.lines.debate_over
        if state.probes or state.told:
            return ""
        return self.lines.pick(self._style, "left", len(self.transcript.threads) - 1)

    @property
    def _style(self) -> str:
        """How feelings are met: by the style only where a coach is at work."""
        return self.transcript.style if self.transcript.mode == "coach" else NEUTRAL
