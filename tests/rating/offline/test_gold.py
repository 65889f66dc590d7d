"""Agreement with the bundled gold does not fall below what was measured (docs/rating.md), by a small margin.

The cues were written with these answers at hand, so this guards against breaking them; it does not estimate how well
other questions are read. `benchmarks/offline_held_out.py` does, on answers to other questions.
"""

from __future__ import annotations

import pytest

from interviewer.bank.schema import Dimension
from interviewer.rating.agreement import Compared, agreement, by_dimension, halo, macro_kappa
from interviewer.rating.offline.reader import OfflineRater

from .conftest import GoldAnswer


@pytest.fixture(scope="module")
def rated(rater: OfflineRater, dimensions: dict[str, Dimension], gold: tuple[GoldAnswer, ...]) -> list[Compared]:
    found = []
    for answer in gold:
        words = sum(len(text.split()) for text in answer.thread.answers)
        ratings = rater.read(answer.thread, [dimensions[name] for name in answer.ratings]).ratings
        found += [
            Compared(answer.id, name, wanted, ratings[name].level, words) for name, wanted in answer.ratings.items()
        ]
    return found


def test_agreement_has_not_fallen(rated: list[Compared]) -> None:
    found = by_dimension(rated)
    assert macro_kappa(found) >= 0.78
    assert min(dimension.kappa for dimension in found.values()) >= 0.55
    assert agreement(rated).error <= 0.55
    assert agreement(rated).within_one >= 0.91


def test_length_moves_no_level(rated: list[Compared]) -> None:
    assert abs(agreement(rated).length) <= 0.15


def test_weak_answers_are_not_flattered(rated: list[Compared]) -> None:
    assert agreement(rated).low_error <= 0.3


def test_dimensions_run_together_little_more_than_in_gold(rated: list[Compared]) -> None:
    assert halo(rated) <= 0.22


def test_only_the_answers_in_other_languages_are_unscored(rated: list[Compared]) -> None:
    assert len({rating.answer for rating in rated if rating.level is None}) == 2
