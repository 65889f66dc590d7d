"""A rating line is read as it was written, or refused: whatever shows it later may trust it."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any

import pytest

from interviewer.rating.lines import ImpossibleFigure, rating_from_line, rating_line, readings
from interviewer.rating.rater import Finding, Flag, Quote, RaterIdentity, Rating, ThreadRating
from interviewer.session.events import Rated

QUOTE = Quote("I ran it twice", 0, 4, 18)
RATED = ThreadRating(
    RaterIdentity("ollama/small", 2, "aaaaaaaaaaaa", "bbbbbbbbbbbb"),
    {
        "evidence": Rating("evidence", 3, None, (Finding("mention", True, QUOTE), Finding("specific", False)), 3.5, 1),
        "humility": Rating("humility", None, "Nothing was said that could be rated."),
    },
    (Flag("terms", "One sentence is a list.", QUOTE),),
)


def line_with(place: Sequence[str | int], value: Any) -> dict[str, Any]:
    line: dict[str, Any] = json.loads(json.dumps(rating_line(RATED)))
    inner: Any = line
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    return line


def test_a_rating_comes_back_as_it_was() -> None:
    assert rating_from_line(json.loads(json.dumps(rating_line(RATED)))) == RATED


BROKEN = [
    (["rater"], None),
    (["rater", "model"], {}),
    (["rater", "samples"], "2"),
    (["ratings"], []),
    (["ratings", "evidence"], 3),
    (["ratings", "evidence", "level"], 9),
    (["ratings", "evidence", "level"], True),
    (["ratings", "evidence", "level"], "3"),
    (["ratings", "evidence", "mean"], []),
    (["ratings", "evidence", "parts"], []),
    (["ratings", "evidence", "parts", "mention", "quote"], 7),
    (["ratings", "evidence", "parts", "mention", "at"], ["a", "b", "c"]),
    (["ratings", "evidence", "parts", "mention", "at"], [1]),
    (["ratings", "evidence", "parts", "mention", "note"], []),
    (["ratings", "humility", "unscored"], True),
    (["flags"], {"kind": "terms"}),
    (["flags", 0, "text"], None),
    (["flags", 0, "quote"], "I ran it twice"),
]


@pytest.mark.parametrize(("place", "value"), BROKEN)
def test_a_line_that_is_no_rating_is_refused(place: list[str | int], value: Any) -> None:
    with pytest.raises(ValueError, match="not a rating line"):
        rating_from_line(line_with(place, value))


@pytest.mark.parametrize(
    ("name", "value"),
    [("mean", math.nan), ("mean", 1e308), ("mean", -7), ("spread", math.inf), ("spread", 10**400), ("spread", -5)],
)
def test_a_figure_that_cannot_be_is_named(name: str, value: float) -> None:
    with pytest.raises(ImpossibleFigure, match=name):
        rating_from_line(line_with(["ratings", "evidence", name], value))


def test_of_ratings_that_were_stored_those_that_cannot_be_read_say_nothing() -> None:
    whole, broken = (
        Rated(thread=0, stage="final", line=line) for line in (rating_line(RATED), line_with(["rater"], 1))
    )
    assert list(readings([broken, whole, broken])) == [(whole, RATED)]
