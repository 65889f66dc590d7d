"""The rule from met parts to a level, on a dimension small enough to see through."""

from __future__ import annotations

import pytest

from interviewer.bank.schema import Dimension, Floor, Part
from interviewer.rating.levels import level_of, missing_for_next

PART = Part(met_when="It is said.")
DIMENSION = Dimension(
    id="care",
    name="Care",
    asks="Is there care?",
    anchors=dict.fromkeys((1, 2, 3, 4, 5), "As said."),
    parts={"named": PART, "counted": PART, "timed": PART, "owned": PART, "admitted": PART, "boast": PART},
    levels={2: ("named",), 3: (("counted", "timed"),), 4: ("counted", "timed"), 5: ("owned",)},
    floors=(Floor(part="boast", cap=2, lifted_by=("owned", "admitted"), to=3),),
)


@pytest.mark.parametrize(
    ("met", "level"),
    [
        ("", 1),
        ("named", 2),
        ("named timed", 3),
        ("named counted timed", 4),
        ("named counted timed owned", 5),
    ],
)
def test_each_level_needs_its_parts_and_all_below_it(met: str, level: int) -> None:
    assert level_of(DIMENSION, met.split()) == level


def test_the_parts_of_a_high_level_earn_nothing_without_those_of_a_lower_one() -> None:
    assert level_of(DIMENSION, ["counted", "timed", "owned"]) == 1


@pytest.mark.parametrize(("lifting", "level"), [([], 2), (["owned"], 2), (["admitted"], 2), (["owned", "admitted"], 3)])
def test_a_fault_caps_the_level_and_less_so_only_where_all_that_lifts_it_is_met(lifting: list[str], level: int) -> None:
    assert level_of(DIMENSION, ["named", "counted", "timed", "boast", *lifting]) == level


@pytest.mark.parametrize(
    ("met", "missing"),
    [
        ("", "named"),
        ("named", "counted timed"),
        ("named timed", "counted"),
        ("named counted timed owned", ""),
        ("named counted timed boast", "boast"),
        ("named boast", "counted timed"),
    ],
    ids=["nothing", "either will do", "one of two", "the top", "a fault that caps", "a fault that caps nothing"],
)
def test_what_stands_before_the_next_level_is_named(met: str, missing: str) -> None:
    assert missing_for_next(DIMENSION, met.split()) == tuple(missing.split())
