"""Where an interview stands while it waits for the candidate, as a bottom line shows it."""

from __future__ import annotations

from ..bank.schema import Question
from ..session.transcript import ThreadState, Transcript
from . import timing, whereabouts
from .candidate import Situation
from .commands import available
from .underway import Underway


def while_answering(interview: Underway, question: Question, state: ThreadState) -> Situation:
    """Within a question."""
    transcript = interview.transcript
    questions = (len(transcript.started.plan) if transcript.started else 0) or 1
    costs = [call.cost for call in transcript.calls if call.state != "error"]
    return Situation(
        title=question.title,
        number=min(_place(question.id, transcript), questions),
        of=questions,
        probe=len(state.probes) + (0 if question.sides else len(state.told)),
        length=interview.lines.pace.speaking["reply" if state.probes or state.told else "answer"],
        started=interview.clock.started - sum(state.seconds),
        clock=interview.clock,
        planned=timing.planned(transcript),
        mode=transcript.mode,
        model=whereabouts.models(interview.voice, interview.ratings),
        host=whereabouts.hosts(interview.voice.model, interview.ratings.model),
        commands=available(transcript.mode),
        tokens=sum((call.prompt_tokens or 0) + (call.completion_tokens or 0) for call in transcript.calls),
        cost=None if None in costs else sum(cost for cost in costs if cost is not None),
    )


def _place(question_id: str, transcript: Transcript) -> int:
    """Which question it is, counted from 1 as they were first asked: one that is done again keeps its number."""
    return [*dict.fromkeys(each.question_id for each in transcript.threads)].index(question_id) + 1


def while_asking(interview: Underway, commands: tuple[str, ...]) -> Situation:
    """While the candidate asks questions of their own, after the last one.

    Args:
        commands: what may be typed there.
    """
    questions = len(interview.transcript.started.plan) if interview.transcript.started else 1
    return Situation(
        title=interview.lines.own_title,
        number=questions,
        of=questions,
        probe=0,
        started=interview.clock.started,
        clock=interview.clock,
        planned=None,
        mode=interview.transcript.mode,
        model=whereabouts.models(interview.voice, interview.ratings),
        host=whereabouts.hosts(interview.voice.model, interview.ratings.model),
        commands=commands,
    )
