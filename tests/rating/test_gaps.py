"""What is missing is told as what is still lacking: nobody is sent to find what they gave."""

from __future__ import annotations

import re

import pytest

from interviewer.bank.library import Bank
from interviewer.rating.gaps import missing
from interviewer.rating.rater import Finding, Rating

DIMENSIONS = (
    "collaboration", "communication", "evidence", "humility", "ownership", "perspective", "risk_reasoning",
    "technical_depth", "tradeoffs",
)  # fmt: skip


@pytest.fixture(scope="module")
def bank() -> Bank:
    return Bank.open()


def told(bank: Bank, dimension: str, level: int, met: list[str], said: str) -> dict[str, str]:
    """What is told to find, by part."""
    findings = tuple(Finding(part, True) for part in met)
    rating = Rating(dimension, level, findings=findings)
    return {each.part: each.find for each in missing(bank.dimension(dimension), rating, said)}


RISK = ["risk", "harm", "bearer", "response"]


def test_who_gave_how_bad_and_how_often_is_not_told_to_look_them_up(bank: Bank) -> None:
    said = "A few thousand dead in the worst case, very unlikely; small things a few dozen times a day."
    find = told(bank, "risk_reasoning", 3, RISK, said)["weighed"]
    assert "Look up" not in find
    assert "beside each other" in find


def test_who_gave_half_of_it_is_told_the_other_half(bank: Bank) -> None:
    assert "how often" in told(bank, "risk_reasoning", 3, RISK, "At worst somebody is dead.")["weighed"]
    assert "how bad" in told(bank, "risk_reasoning", 3, RISK, "It comes up in 8% of chats.")["weighed"]


def test_who_gave_none_of_it_is_told_all_of_it(bank: Bank) -> None:
    part = bank.dimension("risk_reasoning").parts["weighed"]
    assert told(bank, "risk_reasoning", 3, RISK, "I would think about it.")["weighed"] == part.find


def test_who_told_of_a_test_is_asked_for_the_rest_of_it(bank: Bank) -> None:
    said = "I wrote a small test over a weekend and replayed three days of traffic; 0.4% came out in the wrong order."
    assert (
        "You say that it was tested" in told(bank, "evidence", 3, ["mention", "specific", "measured"], said)["method"]
    )


@pytest.mark.parametrize("name", DIMENSIONS)
def test_no_fact_to_find_begins_with_an_it_that_points_at_nothing(name: str, bank: Bank) -> None:
    for part in bank.dimension(name).parts.values():
        first = re.split(r"[,.;:?]", part.find or "")[0].removeprefix("Which sentence does")
        assert not re.search(r"\bit\b", first), part.find


@pytest.mark.parametrize("name", DIMENSIONS)
def test_every_phrase_that_nearly_meets_a_part_is_found_where_it_was_said(name: str, bank: Bank) -> None:
    dimension = bank.dimension(name)
    for part, content in dimension.parts.items():
        for nearly in content.nearly:
            for position in range(max(map(len, nearly.said))):
                words = (group[position % len(group)].replace("*", "ed").replace("#", "7") for group in nearly.said)
                rating = Rating(name, 1, findings=())
                found = missing(
                    dimension.model_copy(update={"levels": {2: (part,)}, "base": 1}), rating, " ".join(words)
                )
                assert found[0].find in [each.find for each in content.nearly]
