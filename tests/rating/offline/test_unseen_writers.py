"""Answers by writers who had not seen the rules: honest ones stay free, empty ones gain little."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from interviewer.bank.library import Bank
from interviewer.rating.offline.reader import OfflineRater
from interviewer.rating.rater import ThreadRating

from .attacks import HARMLESS, replied

ATTACKS = Path(__file__).parents[3] / "fixtures" / "attacks"


@pytest.fixture(scope="module")
def bank() -> Bank:
    return Bank.open()


def rated(rater: OfflineRater, bank: Bank, name: str) -> list[ThreadRating]:
    """The rating of each answer in a file, on all that its question asks for."""
    return [rater.read(*replied(bank, entry)) for entry in yaml.safe_load((ATTACKS / name).read_text("utf-8"))]


@pytest.mark.parametrize(
    ("name", "known"), [("third_honest.yaml", 2), ("fourth_honest.yaml", 2), ("fifth_honest.yaml", 1)]
)
def test_honest_stories_from_outside_tech_and_in_broken_english_seldom_meet_a_gate(
    rater: OfflineRater, bank: Bank, name: str, known: int
) -> None:
    """So many of fifty, sixty and forty do; what is short or has no word of the question is rated 3 at most."""
    flagged = [each for each in rated(rater, bank, name) if {flag.kind for flag in each.flags} - HARMLESS]
    assert len(flagged) <= known


@pytest.mark.parametrize(
    ("name", "known"), [("third_gaming.yaml", 6), ("fourth_gaming.yaml", 14), ("fifth_gaming.yaml", 5)]
)
def test_answers_that_only_sound_good_seldom_exceed_two(rater: OfflineRater, bank: Bank, name: str, known: int) -> None:
    """So many of the forty do: `docs/rating.md` says which. This guards against losing the others."""
    levels = [[each.level or 0 for each in one.ratings.values()] for one in rated(rater, bank, name)]
    assert sum(max(each) > 2 for each in levels) <= known
