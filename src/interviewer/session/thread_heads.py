"""One thread as a trend needs it: what was asked, how it went, and the levels given, without a word of what was said.

Plain data that lies in the session's head as it is, so that ten thousand of them are read without building anything.
Moved on event by event like the head itself; `report/attempts.py` makes attempts of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypedDict

from . import events as ev


class Reading(TypedDict):
    """The levels of one rating."""

    rater: str
    first: bool
    """Whether it read the first answer alone."""
    levels: dict[str, int | None]
    flags: list[str]
    """Kinds."""


class ThreadHead(TypedDict):
    """One thread."""

    question: str
    weights: dict[str, float]
    course: list[float | Literal["probe", "said"]]
    """Turn by turn: the seconds of an answer, or what the interviewer's turn was."""
    guesses: dict[str, int]
    readings: list[Reading]
    """In order; of a rater's readings of the same stage the latest that has a level."""
    closed: bool


def moved_on(threads: Sequence[ThreadHead], event: ev.Event) -> tuple[ThreadHead, ...]:
    """The threads after the event; one out of place changes nothing (as in `transcript.py`)."""
    match event:
        case ev.QuestionAsked():
            return (*threads, _begun(event.question_id, event.weights))
        case ev.Redone():
            before = next((each for each in reversed(threads) if each["question"] == event.question_id), None)
            return (*threads, _begun(before["question"], before["weights"])) if before else tuple(threads)
        case ev.Rated(thread=index) | ev.SelfRated(thread=index) if 0 <= index < len(threads):
            return (*threads[:index], _judged(threads[index], event), *threads[index + 1 :])
        case _ if threads and not threads[-1]["closed"]:
            return (*threads[:-1], _spoken(threads[-1], event))
        case _:
            return tuple(threads)


class Totals(TypedDict):
    """What a list adds up without looking into the threads."""

    answers: int
    estimated: int
    seconds: float


def totals(threads: Sequence[ThreadHead]) -> Totals:
    """Over the threads with an answer that was read as a whole."""
    read = [each for each in threads if each["course"] and any(_is_whole(it, each) for it in each["readings"])]
    spent = [turn for each in read for turn in each["course"] if not isinstance(turn, str)]
    judged = [each for each in read if any(_is_judged(it) for it in each["readings"])]
    return {"answers": len(read), "estimated": len(read) - len(judged), "seconds": sum(spent)}


def _is_whole(reading: Reading, thread: ThreadHead) -> bool:
    return not reading["first"] and not reading["levels"].keys().isdisjoint(thread["weights"])


def _is_judged(reading: Reading) -> bool:
    return not reading["first"] and reading["rater"] != ev.OFFLINE and is_scored(reading)


def _begun(question: str, weights: Mapping[str, float]) -> ThreadHead:
    return {
        "question": question, "weights": dict(weights), "course": [], "guesses": {}, "readings": [], "closed": False,
    }  # fmt: skip


def _spoken(thread: ThreadHead, event: ev.Event) -> ThreadHead:
    course = thread["course"]
    match event:
        case ev.AnswerGiven():
            return {**thread, "course": [*course, event.seconds]}
        case ev.ProbeAsked():
            return {**thread, "course": [*course, "probe"]}
        case ev.Said(purpose=purpose) if purpose in ev.TURNS:
            return {**thread, "course": [*course, "said"]}
        case ev.AskedBack() if course and not isinstance(course[-1], str):
            return {**thread, "course": course[:-1]}
        case ev.AnswerTakenBack():
            answers = [place for place, turn in enumerate(course) if not isinstance(turn, str)]
            return {**thread, "course": course[: answers[-1]] if answers else []}
        case ev.QuestionClosed():
            return {**thread, "closed": True}
        case _:
            return thread


def _judged(thread: ThreadHead, event: ev.Rated | ev.SelfRated) -> ThreadHead:
    if isinstance(event, ev.SelfRated):
        return {**thread, "guesses": dict(event.levels)}
    reading = _reading(event)
    if reading is None:
        return thread
    if not is_scored(reading):
        return {**thread, "readings": [*thread["readings"], reading]}
    superseded = (reading["rater"], reading["first"])
    kept = [each for each in thread["readings"] if (each["rater"], each["first"]) != superseded]
    return {**thread, "readings": [*kept, reading]}


def is_scored(reading: Reading) -> bool:
    """Whether it has any level."""
    return any(level is not None for level in reading["levels"].values())


def _reading(event: ev.Rated) -> Reading | None:
    """The levels of a rating line; None where the event holds no such line."""
    line = event.line
    rater, ratings, flags = line.get("rater"), line.get("ratings"), line.get("flags", [])
    if not isinstance(rater, dict) or not isinstance(ratings, dict) or not isinstance(flags, list):
        return None
    return {
        "rater": str(rater.get("model", "")),
        "first": event.stage == "first",
        "levels": {str(name): _level(rating) for name, rating in ratings.items()},
        "flags": [str(flag["kind"]) for flag in flags if isinstance(flag, dict) and "kind" in flag],
    }


def _level(rating: Any) -> int | None:
    level = rating.get("level") if isinstance(rating, dict) else None
    return level if isinstance(level, int) and 1 <= level <= 5 else None
