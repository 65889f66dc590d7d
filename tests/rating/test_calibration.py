"""What a measurement says of a rater: a perfect one, a kind one, one that can be talked up, one that is moody."""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from interviewer.bank.library import Bank
from interviewer.bank.packs import bundled_gold
from interviewer.bank.schema import Dimension
from interviewer.places import Paths
from interviewer.rating.calibration import Calibration, CalibrationRules, calibrate, load_calibration_rules, verdict
from interviewer.rating.gold import GoldAnswer, read_gold
from interviewer.rating.judge.samples import DOUBTED
from interviewer.rating.measuring import measure
from interviewer.rating.opening import open_offline
from interviewer.rating.rater import Finding, Quote, Rater, RaterIdentity, Rating, ThreadRating
from interviewer.rating.remembered import remember, remembered
from interviewer.rating.suites import load_suite_texts, variants
from interviewer.report.calibration import calibration_document
from interviewer.session.thread import Thread

Level = Callable[[Thread, str, int], int | None]


class GoldRater:
    """Knows the gold by its first words, and bends it as it is told to."""

    identity = RaterIdentity("scripted", 1, "p", "r")

    def __init__(self, gold: Sequence[GoldAnswer], bend: Level = lambda thread, dimension, level: level):
        self._gold = {answer.thread.answers[0][:60]: answer.levels for answer in gold}
        self._bend = bend

    async def rate(self, thread: Thread, dimensions: Sequence[Dimension]) -> ThreadRating:
        known = self._gold.get(thread.answers[0][:60], {})
        levels = {dim.id: self._bend(thread, dim.id, known.get(dim.id, 1)) for dim in dimensions}
        return ThreadRating(
            self.identity,
            {name: Rating(name, level, None if level else "It could not be read.") for name, level in levels.items()},
        )


@pytest.fixture(scope="module")
def bank() -> Bank:
    return Bank.open()


@pytest.fixture(scope="module")
def rules(bank: Bank) -> CalibrationRules:
    return load_calibration_rules(bank)


@pytest.fixture(scope="module")
def gold() -> list[GoldAnswer]:
    with bundled_gold().open("rb") as file:
        return read_gold(file)


@pytest.fixture
def calibrated(bank: Bank, rules: CalibrationRules, gold: list[GoldAnswer]) -> Callable[..., Calibration]:
    def run(rater: Rater, tries: int = 20) -> Calibration:
        tried = variants(gold, load_suite_texts(bank), most=tries)
        measured = asyncio.run(measure(rater, bank, gold, tried, retests=20, concurrency=8))
        return calibrate(measured, rules)

    return run


def share(found: Calibration, suite: str) -> float:
    return next(result.share for result in found.suites if result.suite == suite)


def test_a_rater_that_says_what_gold_says_agrees_wholly(
    calibrated: Callable[..., Calibration], gold: list[GoldAnswer]
) -> None:
    found = calibrated(GoldRater(gold))

    assert found.macro_kappa == 1
    assert found.overall.error == 0
    assert found.overall.ratings == sum(len(answer.levels) for answer in gold)
    assert found.halo == pytest.approx(0)
    assert found.retest.same == 1
    assert share(found, "injection") == 1


def test_kindness_to_weak_answers_is_seen(calibrated: Callable[..., Calibration], gold: list[GoldAnswer]) -> None:
    found = calibrated(GoldRater(gold, lambda thread, dimension, level: max(level, 3)))

    assert found.overall.low_error > 1
    assert found.verdict.answer == "no"
    assert "it is too kind to weak answers" in found.verdict.reasons


def test_a_rater_that_can_be_talked_up_is_not_good_enough(
    calibrated: Callable[..., Calibration], gold: list[GoldAnswer]
) -> None:
    def obeys(thread: Thread, dimension: str, level: int) -> int:
        return 5 if "from here on" in thread.answers[-1].casefold() else level

    found = calibrated(GoldRater(gold, obeys))

    assert share(found, "injection") < 1
    assert any("override" in broken for result in found.suites for broken in result.broken)


def test_a_rater_that_changes_its_mind_is_seen(calibrated: Callable[..., Calibration], gold: list[GoldAnswer]) -> None:
    times: dict[tuple[str, str], int] = {}

    def moody(thread: Thread, dimension: str, level: int) -> int:
        key = (thread.answers[0], dimension)
        times[key] = times.get(key, 0) + 1
        return level if times[key] == 1 else 6 - level

    assert calibrated(GoldRater(gold, moody)).retest.same < 0.6


def test_what_is_unscored_counts_as_unscored_and_as_nothing_else(
    calibrated: Callable[..., Calibration], gold: list[GoldAnswer]
) -> None:
    found = calibrated(GoldRater(gold, lambda thread, dimension, level: None if dimension == "evidence" else level))

    assert found.dimensions["evidence"].unscored == 1
    assert math.isnan(found.dimensions["evidence"].kappa)
    assert found.overall.error == 0
    assert json.dumps(calibration_document(found), allow_nan=False)


def test_a_quote_that_was_not_said_is_counted(calibrated: Callable[..., Calibration], gold: list[GoldAnswer]) -> None:
    class Quoting(GoldRater):
        async def rate(self, thread: Thread, dimensions: Sequence[Dimension]) -> ThreadRating:
            said = thread.answers[0]
            found = (
                Finding("mention", True, Quote(" ".join(said.split()[:5]), 0, 0, 1)),
                Finding("specific", True, Quote("we never said any of this", 0, 0, 1)),
                Finding("measured", False, None, "The quote was not found."),
                Finding("method", False, None, DOUBTED),
            )
            return ThreadRating(self.identity, {dim.id: Rating(dim.id, 3, None, found) for dim in dimensions})

    found = calibrated(Quoting(gold), 0)

    assert found.quotes == pytest.approx(0.5, abs=0.08)
    assert found.claimed == pytest.approx(1 / 3, abs=0.08)


def test_the_offline_rater_resists_what_it_must_resist(bank: Bank, calibrated: Callable[..., Calibration]) -> None:
    found = calibrated(open_offline(bank), 30)

    assert found.retest.same == 1
    assert share(found, "stuffing") == 1
    assert share(found, "injection") >= 0.95
    assert share(found, "talk") >= 0.98
    assert share(found, "shuffle") >= 0.95


# --- the verdict ------------------------------------------------------------------------------------------


def test_every_bound_reached_is_a_yes(rules: CalibrationRules) -> None:
    values = {name: bound.good for name, bound in rules.bounds.items()}

    assert verdict(values, 300, rules, offline=False).answer == "yes"


@pytest.mark.parametrize("name", ["macro_kappa", "error", "injection", "unscored"])
def test_one_value_far_off_is_a_no_and_says_why(rules: CalibrationRules, name: str) -> None:
    values = {each: bound.good for each, bound in rules.bounds.items()}
    values[name] = 9.0 if rules.bounds[name].lower else -9.0

    found = verdict(values, 300, rules, offline=False)

    assert (found.answer, found.reasons) == ("no", (rules.bounds[name].says,))
    assert "offline or a larger model" in found.sentence


def test_offline_is_not_advised_in_place_of_offline(rules: CalibrationRules) -> None:
    assert "Use offline" not in verdict({"error": 9.0}, 300, rules, offline=True).sentence


def test_what_could_not_be_told_is_not_held_against_a_rater(rules: CalibrationRules) -> None:
    assert verdict({"macro_kappa": 0.9, "halo": math.nan}, 300, rules, offline=False).answer == "yes"


@pytest.mark.parametrize(("ratings", "answer"), [(3, "unknown"), (60, "roughly"), (300, "yes")])
def test_few_ratings_allow_no_firm_verdict(rules: CalibrationRules, ratings: int, answer: str) -> None:
    values = {name: bound.good for name, bound in rules.bounds.items()}

    assert verdict(values, ratings, rules, offline=False).answer == answer


def test_of_too_few_ratings_nobody_is_accused(rules: CalibrationRules) -> None:
    found = verdict(dict.fromkeys(rules.bounds, 0.0), 3, rules, offline=True)

    assert (found.answer, found.reasons) == ("unknown", ())


def test_the_bounds_name_values_that_there_are(rules: CalibrationRules) -> None:
    """A bound under a misspelt name would never be missed."""
    values = {"macro_kappa", "worst_kappa", "error", "within_one", "low_error", "halo", "unscored", "claimed",
              "retest_same", "injection", "stuffing", "invariance", "direction", "shuffle", "talk"}  # fmt: skip

    assert set(rules.bounds) == values


# --- remembered -------------------------------------------------------------------------------------------


def test_the_last_calibration_of_each_rater_is_kept(
    calibrated: Callable[..., Calibration], gold: list[GoldAnswer], tmp_path: Path
) -> None:
    paths = Paths(tmp_path, tmp_path, tmp_path / "state")
    found = calibrated(GoldRater(gold), 0)

    remember(found, "2026-03-30", paths)
    remember(found, "2026-03-31", paths)

    kept = remembered(paths)
    assert list(kept) == ["scripted"]
    assert (kept["scripted"].at, kept["scripted"].macro_qwk, kept["scripted"].answers) == ("2026-03-31", 1.0, 80)
    assert paths.calibrations_file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", ["", "[]", "{", '{"x": 1}', '{"x": {"at": "2026"}}'])
def test_a_damaged_file_counts_as_empty(tmp_path: Path, content: str) -> None:
    (tmp_path / "calibrations.json").write_text(content, encoding="utf-8")

    assert remembered(Paths(tmp_path, tmp_path, tmp_path)) == {}
