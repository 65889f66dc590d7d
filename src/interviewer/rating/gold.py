"""Gold: answers with the levels our rubric raters gave them. Reads lines; knows no rater."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..errors import PlainError
from ..session.json_lines import Id, id_of, json_object
from ..session.thread import Thread, thread_from_line

LARGEST = 64 * 1024 * 1024
"""Bytes of gold that is still read: all of it is kept in memory."""


class GoldError(PlainError):
    """The gold cannot be used; the message names the line."""

    next_step = "docs/formats.md says what a line of gold holds."


@dataclass(frozen=True, slots=True)
class GoldAnswer:
    """An answer and what it should be rated."""

    id: Id
    thread: Thread
    levels: Mapping[str, int]
    """By dimension; those that the raters left open are not in it."""


def read_gold(lines: Iterable[bytes]) -> list[GoldAnswer]:
    """The answers of a file of gold; blank lines are passed over.

    Raises:
        GoldError: a line is broken, an id stands there twice, there is no answer at all, or no end.
    """
    answers: dict[Id, GoldAnswer] = {}
    size = 0
    for number, raw in enumerate(lines, start=1):
        size += len(raw)
        if size > LARGEST:
            raise GoldError(f"The gold is larger than {LARGEST // 1024 // 1024} MB.")
        if not raw.strip():
            continue
        try:
            answer = _answer(raw)
            if answer.id in answers:
                raise ValueError("it needs an `id` of its own")
        except ValueError as error:
            raise GoldError(f"Line {number} of the gold cannot be used: {error}.") from None
        answers[answer.id] = answer
    if not answers:
        raise GoldError("The gold holds no answer.")
    return list(answers.values())


def _answer(raw: bytes) -> GoldAnswer:
    body = json_object(raw)
    ratings = body.get("ratings")
    if not isinstance(ratings, dict) or not all(_is_level(level) for level in ratings.values()):
        raise ValueError("`ratings` must give each dimension a level from 1 to 5, or null")
    thread = thread_from_line(body)
    return GoldAnswer(
        id=id_of(body),
        thread=thread,
        levels={name: level for name, level in ratings.items() if level is not None},
    )


def _is_level(level: object) -> bool:
    return level is None or (isinstance(level, int) and not isinstance(level, bool) and 1 <= level <= 5)
