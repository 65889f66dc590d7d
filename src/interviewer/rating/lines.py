"""Rating lines: the JSON form of a thread's rating, in files, events and pipes (see docs/formats.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .rater import Finding, Flag, Quote, RaterIdentity, Rating, ThreadRating


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
        ValueError: the line is not a rating line; the message names the field.
    """
    try:
        rater = RaterIdentity(**{name: line["rater"][name] for name in ("model", "samples", "prompt", "rubric")})
        ratings = {dimension: _rating_in(dimension, body) for dimension, body in line["ratings"].items()}
        flags = tuple(Flag(flag["kind"], flag["text"], _quote_in(flag.get("quote"))) for flag in line["flags"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a rating line: {error}") from None
    return ThreadRating(rater, ratings, flags)


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
    body: dict[str, Any] = {"kind": flag.kind, "text": flag.text}
    if flag.quote:
        body["quote"] = {"text": flag.quote.text, "at": [flag.quote.turn, flag.quote.start, flag.quote.end]}
    return body


def _rating_in(dimension: str, body: Mapping[str, Any]) -> Rating:
    findings = tuple(_finding_in(part, found) for part, found in body["parts"].items())
    return Rating(
        dimension, body["level"], body["unscored"], findings, body.get("mean"), float(body.get("spread", 0.0))
    )


def _finding_in(part: str, body: Mapping[str, Any]) -> Finding:
    quote = Quote(body["quote"], *body["at"]) if body.get("at") else None
    return Finding(part, bool(body["met"]), quote, body.get("note", ""))


def _quote_in(body: Mapping[str, Any] | None) -> Quote | None:
    return Quote(body["text"], *body["at"]) if body else None
