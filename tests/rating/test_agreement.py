"""The numbers that say how well a rater agrees with gold, checked by hand."""

from __future__ import annotations

import math

import pytest

from interviewer.rating.agreement import (
    Compared,
    agreement,
    by_dimension,
    correlation,
    halo,
    kappa,
    macro_kappa,
    partial_correlation,
)


def rated(pairs: list[tuple[int, int | None]], dimension: str = "evidence") -> list[Compared]:
    return [Compared(f"a{index}", dimension, gold, level, 50 + 10 * index) for index, (gold, level) in enumerate(pairs)]


def test_kappa_is_one_for_the_same_levels_and_nought_for_no_relation() -> None:
    assert kappa([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]) == 1
    assert kappa([1, 1, 5, 5], [1, 5, 1, 5]) == pytest.approx(0)
    assert kappa([1, 5], [5, 1]) == -1


def test_kappa_weighs_errors_by_their_square() -> None:
    # observed 1 of 3 squared errors; expected (9 pairs) 12 / 3 -> 1 - 1 / 4
    assert kappa([1, 2, 3], [1, 2, 4]) == pytest.approx(1 - 1 / ((0 + 1 + 9 + 1 + 0 + 4 + 4 + 1 + 1) / 3))


def test_kappa_of_nothing_or_of_two_constant_raters_is_not_a_number() -> None:
    assert math.isnan(kappa([], []))
    assert math.isnan(kappa([3, 3], [3, 3]))


def test_errors_are_counted_over_what_was_scored_and_the_rest_as_unscored() -> None:
    found = agreement(rated([(1, 2), (2, 2), (5, 3), (4, None)]))
    assert found.ratings == 3
    assert found.error == pytest.approx(1)
    assert found.within_one == pytest.approx(2 / 3)
    assert found.exact == pytest.approx(1 / 3)
    assert found.low_error == pytest.approx(0.5)
    assert found.unscored == pytest.approx(0.25)


def test_each_dimension_counts_once_in_the_macro_mean() -> None:
    found = by_dimension(rated([(1, 1), (5, 5)] * 10) + rated([(1, 5), (5, 1)] * 3, "humility"))
    assert list(found) == ["evidence", "humility"]
    assert macro_kappa(found) == pytest.approx(0)


def test_fewer_than_five_ratings_have_no_kappa() -> None:
    pairs: list[tuple[int, int | None]] = [(1, 2), (2, 2), (3, 4), (5, 5), (4, None)]
    assert math.isnan(agreement(rated(pairs)).kappa)
    assert agreement(rated([*pairs, (1, 1)])).kappa > 0.8


def test_halo_is_the_correlation_between_dimensions_that_gold_does_not_have() -> None:
    first = rated([(1, 1), (2, 2), (3, 3), (4, 4)])
    second = rated([(3, 1), (1, 2), (4, 3), (2, 4)], "humility")
    assert halo(first + second) == pytest.approx(1 - correlation([1, 2, 3, 4], [3, 1, 4, 2]))


def test_length_that_only_follows_gold_has_no_partial_correlation() -> None:
    gold = [1.0, 2.0, 3.0, 4.0, 5.0, 1.0, 2.0, 3.0]
    noise = [0.1, -0.1, 0.1, -0.1, 0.1, -0.1, 0.1, -0.1]
    length = [g + n for g, n in zip(gold, noise, strict=True)]
    other = [g + n for g, n in zip(gold, [0.1, 0.1, -0.1, -0.1, 0.1, 0.1, -0.1, -0.1], strict=True)]
    assert abs(partial_correlation(other, length, gold)) < 0.2
    assert partial_correlation(length, length, other) == pytest.approx(1)


def test_what_does_not_vary_has_no_correlation() -> None:
    assert math.isnan(correlation([1, 1, 1], [1, 2, 3]))
    assert math.isnan(partial_correlation([1, 2, 3], [1, 1, 1], [1, 2, 3]))
