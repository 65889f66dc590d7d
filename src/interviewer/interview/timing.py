"""The time of a question in a round: when to say that half of it is gone, and when to go on. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ..session.transcript import ThreadState, Transcript
from ..text import count_words, speaking_seconds
from .lines import Lines


def planned(transcript: Transcript) -> float | None:
    """Seconds for each question; None where no time was set."""
    started = transcript.started
    if not started or not started.minutes or not started.plan:
        return None
    return started.minutes * 60 / len(started.plan)


def is_over(transcript: Transcript, state: ThreadState) -> bool:
    """Whether the question has had its time."""
    plan = planned(transcript)
    return plan is not None and sum(state.seconds) >= plan


def cues(transcript: Transcript, state: ThreadState, lines: Lines) -> list[str]:
    """What to say about time after the last answer: each mark once, when an answer crosses it."""
    said = [*_length(state, lines)]
    plan = planned(transcript)
    if plan is None or not state.seconds:
        return said
    after = sum(state.seconds)
    before = after - state.seconds[-1]
    marks = (
        (plan, lines.over_time),
        (max(plan - lines.pace.last_minutes * 60, plan * 0.75), lines.near_end),
        (plan / 2, lines.half_time),
    )
    return [*said, *[text for mark, text in marks if before < mark <= after][:1]]


def _length(state: ThreadState, lines: Lines) -> Sequence[str]:
    """A word on an answer that nobody would listen to for so long, for the first such in a question."""
    *earlier, last = [speaking_seconds(count_words(answer)) for answer in state.thread.answers] or [0.0]
    long = lines.long_answer_from * 60
    if last < long or any(seconds >= long for seconds in earlier):
        return []
    return [lines.long_answer.replace("{minutes}", str(round(last / 60)))]
