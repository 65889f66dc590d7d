"""A thread: one question with its probes and answers, as every rater and prober reads it.

The same shape goes in and out of transcript lines (`rate`, `calibrate`, exports).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

Role = Literal["candidate", "interviewer"]


@dataclass(frozen=True, slots=True)
class Turn:
    """What one of the two said, raw: nothing is cleaned before it is stored."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Thread:
    """A question and everything said after it; `turns` starts with the answer to the question."""

    question: str
    turns: tuple[Turn, ...]
    question_id: str | None = None

    @property
    def answers(self) -> tuple[str, ...]:
        """The candidate's turns, in order."""
        return tuple(turn.text for turn in self.turns if turn.role == "candidate")

    @property
    def probes(self) -> tuple[str, ...]:
        """The interviewer's turns, in order."""
        return tuple(turn.text for turn in self.turns if turn.role == "interviewer")

    def with_answers(self, change: Callable[[str], str]) -> Thread:
        """The same with each of the candidate's turns changed."""
        turns = (Turn(turn.role, change(turn.text)) if turn.role == "candidate" else turn for turn in self.turns)
        return replace(self, turns=tuple(turns))

    def goes_on_from(self, earlier: Thread) -> bool:
        """Whether everything in the earlier one still stands in this one."""
        return self.turns[: len(earlier.turns)] == earlier.turns


def thread_from_line(line: Mapping[str, object]) -> Thread:
    """The thread of a transcript line.

    Raises:
        ValueError: `question` or `thread` is missing or of the wrong shape, or the thread does not start with an
            answer; the message names the field.
    """
    question, turns = line.get("question"), line.get("thread")
    if not isinstance(question, str) or not question.strip():
        raise ValueError("`question` must be a text")
    if not isinstance(turns, list) or not turns:
        raise ValueError("`thread` must be a list of turns that starts with an answer")
    read = tuple(_turn(turn, number) for number, turn in enumerate(turns))
    if read[0].role != "candidate":
        raise ValueError("`thread` must start with the candidate's answer")
    question_id = line.get("question_id")
    return Thread(question, read, question_id if isinstance(question_id, str) else None)


def _turn(turn: object, number: int) -> Turn:
    if not isinstance(turn, Mapping) or not isinstance(turn.get("text"), str):
        raise ValueError(f'`thread[{number}]` must be {{"role": ..., "text": ...}}')
    if turn.get("role") not in ("candidate", "interviewer"):
        raise ValueError(f"`thread[{number}].role` must be candidate or interviewer")
    return Turn(turn["role"], turn["text"])


def turns_as_json(turns: Sequence[Turn]) -> list[dict[str, str]]:
    """Turns as they stand in a transcript line."""
    return [{"role": turn.role, "text": turn.text} for turn in turns]
