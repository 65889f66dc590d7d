"""Gold: answers with the levels our rubric raters gave them. Reads lines; knows no rater."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..errors import PlainError
from ..session.thread import Thread, thread_from_line


class GoldError(PlainError):
    """The gold cannot be used; the message names the line."""

    next_step = "docs/formats.md says what a line of gold holds."


@dataclass(frozen=True, slots=True)
class GoldAnswer:
    """An answer and what it should be rated."""

    id: str
    thread: Thread
    levels: Mapping[str, int]
    """By dimension; those that the raters left open are not in it."""


def read_gold(lines: Iterable[bytes]) -> list[GoldAnswer]:
    """The answers of a file of gold; blank lines are passed over.

    Raises:
        GoldError: a line is broken, an id stands there twice, or there is no answer at all.
    """
    answers: dict[str, GoldAnswer] = {}
    for number, raw in enumerate(lines, start=1):
        if not raw.strip():
            continue
        try:
            answer = _answer(raw)
        except (ValueError, RecursionError) as error:
            why = "it is not JSON" if isinstance(error, json.JSONDecodeError | RecursionError) else str(error)
            raise GoldError(f"Line {number} of the gold cannot be used: {why}.") from None
        if not answer.id or answer.id in answers:
            raise GoldError(f"Line {number} of the gold cannot be used: it needs an `id` of its own.")
        answers[answer.id] = answer
    if not answers:
        raise GoldError("The gold holds no answer.")
    return list(answers.values())


def _answer(raw: bytes) -> GoldAnswer:
    try:
        body = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8 text") from None
    if not isinstance(body, dict):
        raise ValueError("it is not a JSON object")
    ratings = body.get("ratings")
    if not isinstance(ratings, dict) or not all(_is_level(level) for level in ratings.values()):
        raise ValueError("`ratings` must give each dimension a level from 1 to 5, or null")
    thread = thread_from_line(body)
    return GoldAnswer(
        id=str(body.get("id", "")),
        thread=thread,
        levels={name: level for name, level in ratings.items() if level is not None},
    )


def _is_level(level: object) -> bool:
    return level is None or (isinstance(level, int) and not isinstance(level, bool) and 1 <= level <= 5)
