"""Rating lines: the JSON form of a thread's rating, in files, events and pipes (see docs/formats.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, TypeVar

from ..session.events import Rated
from .rater import Finding, Flag, Quote, RaterIdentity, Rating, ThreadRating

T = TypeVar("T")
LEVELS = range(1, 6)


class ImpossibleFigure(ValueError):
    """A figure lies where none can; the text is its name."""


def rating_line(rated: ThreadRating) -> dict[str, Any]:
    """The rating as plain data. `parts` holds every finding; `quote` is empty where a part is not met."""
    return {
        "rater": {
            "model": rated.rater.model,
            "samples": rated.rater.samples,
            "prompt": rated.rater.prompt,
            "rubric": rated.rater.rubric,
        },
        "ratings": {dimension: _rating_out(rating) for dimension, rating in rated.ratings.items()},
        "flags": [_flag_out(flag) for flag in rated.flags],
    }


def rating_from_line(line: Mapping[str, Any]) -> ThreadRating:
    """The rating of a line that `rating_line` wrote.

    Raises:
        ImpossibleFigure: it is one, but for a figure.
        ValueError: the line is not a rating line; the message names the field.
    """
    try:
        rater = _rater_in(line["rater"])
        ratings = {dimension: _rating_in(dimension, body) for dimension, body in line["ratings"].items()}
        flags = tuple(map(_flag_in, line["flags"]))
    except ImpossibleFigure:
        raise
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
        raise ValueError(f"not a rating line: {error}") from None
    return ThreadRating(rater, ratings, flags)


def readings(events: Iterable[Rated]) -> Iterator[tuple[Rated, ThreadRating]]:
    """The ratings, each with its event. One whose line is none, as an archive may bring that was written by hand, says
    nothing and is passed over."""
    for event in events:
        with suppress(ValueError):
            yield event, rating_from_line(event.line)


def _rating_out(rating: Rating) -> dict[str, Any]:
    return {
        "level": rating.level,
        "unscored": rating.unscored,
        "mean": rating.mean,
        "spread": rating.spread,
        "parts": {finding.part: _finding_out(finding) for finding in rating.findings},
    }


def _finding_out(finding: Finding) -> dict[str, Any]:
    body: dict[str, Any] = {"met": finding.met, "quote": finding.quote.text if finding.quote else ""}
    if finding.quote:
        body["at"] = [finding.quote.turn, finding.quote.start, finding.quote.end]
    if finding.note:
        body["note"] = finding.note
    return body


def _flag_out(flag: Flag) -> dict[str, Any]:
    body: dict[str, Any] = {"kind": str(flag.kind), "text": flag.text}
    if flag.quote:
        body["quote"] = {"text": flag.quote.text, "at": [flag.quote.turn, flag.quote.start, flag.quote.end]}
    return body


def _rater_in(body: Mapping[str, Any]) -> RaterIdentity:
    model, prompt, rubric = (_of(str, body[name]) for name in ("model", "prompt", "rubric"))
    return RaterIdentity(model, _of(int, body["samples"]), prompt, rubric)


def _rating_in(dimension: str, body: Mapping[str, Any]) -> Rating:
    level, unscored, mean = body["level"], body["unscored"], body.get("mean")
    return Rating(
        dimension,
        None if level is None else _level_in(level),
        None if unscored is None else _of(str, unscored),
        tuple(_finding_in(part, found) for part, found in body["parts"].items()),
        None if mean is None else _figure("mean", mean, LEVELS[0], LEVELS[-1]),
        _figure("spread", body.get("spread", 0.0), 0, LEVELS[-1] - LEVELS[0]),
    )


def _figure(name: str, value: Any, least: int, most: int) -> float:
    if not least <= value <= most:
        raise ImpossibleFigure(name)
    return float(value)


def _level_in(level: Any) -> int:
    if _of(int, level) not in LEVELS:
        raise ValueError(f"there is no level {level}")
    return int(level)


def _finding_in(part: str, body: Mapping[str, Any]) -> Finding:
    quote = _quote(body["quote"], body["at"]) if body.get("at") else None
    return Finding(part, bool(body["met"]), quote, _of(str, body.get("note", "")))


def _flag_in(body: Mapping[str, Any]) -> Flag:
    quote = body.get("quote")
    return Flag(_of(str, body["kind"]), _of(str, body["text"]), _quote(quote["text"], quote["at"]) if quote else None)


def _quote(text: Any, at: Any) -> Quote:
    turn, start, end = (_of(int, number) for number in at)
    return Quote(_of(str, text), turn, start, end)


def _of(kind: type[T], value: Any) -> T:
    if type(value) is not kind:  # a bool is an int to isinstance
        raise TypeError(f"{value!r} where {kind.__name__} belongs")
    return value
