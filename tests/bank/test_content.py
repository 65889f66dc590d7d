"""What the bundled content promises: every question of the sources is there, whole, and holds to the rules."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
import yaml

from interviewer.bank.catalogue import CONCEPTS, DIMENSIONS, PROFILES
from interviewer.bank.checking import check_everything
from interviewer.bank.library import Bank
from interviewer.bank.schema import AnswerType, Kind, Seniority
from interviewer.settings import SENIORITIES

from .conftest import ROOT

COVERAGE: list[dict[str, Any]] = yaml.safe_load((ROOT / "fixtures" / "coverage.yaml").read_text(encoding="utf-8"))[
    "questions"
]


def test_every_question_of_the_sources_is_in_the_bank_and_no_other(bank: Bank) -> None:
    assert {row["id"] for row in COVERAGE} == bank.cards.keys()
    assert len(COVERAGE) == 52


@pytest.mark.parametrize("row", COVERAGE, ids=lambda row: row["id"])
def test_a_question_is_complete(bank: Bank, row: dict[str, Any]) -> None:
    question = bank.question(row["id"])
    assert question.source == row["source"]
    assert question.kind == row["kind"]
    assert list(question.weights) == row["dims"]
    assert question.reading
    assert question.concepts or question.kind in {Kind.BEHAVIORAL, Kind.MOTIVATION}
    assert len({(probe.dimension, probe.part) for probe in question.probes}) >= 5
    assert len({probe.dimension for probe in question.probes}) >= min(3, len(question.weights))
    if question.kind is Kind.SCENARIO:
        assert len(question.developments) == 3
    if question.kind is Kind.DEBATE:
        assert len(question.sides) == 2


@pytest.mark.parametrize("row", COVERAGE, ids=lambda row: row["id"])
def test_weights_fall_in_the_order_in_which_dimensions_are_named(bank: Bank, row: dict[str, Any]) -> None:
    weights = list(bank.question(row["id"]).weights.values())
    assert weights == sorted(weights, reverse=True)


def test_the_bundled_content_has_no_faults() -> None:
    report = check_everything()
    assert [str(problem) for problem in report.problems] == []
    assert report.files > 100


def test_no_follow_up_stands_in_two_questions(bank: Bank) -> None:
    homes: dict[str, str] = {}
    for name in bank.cards:
        for probe in bank.question(name).probes:
            assert homes.setdefault(probe.ask, name) == name, probe.ask


def test_no_hint_says_six_words_of_a_point(bank: Bank) -> None:
    for name in bank.cards:
        question = bank.question(name)
        told = set().union(*map(runs_of_six, question.points))
        for hint in (question.hints.nudge, question.hints.direction, question.hints.structure):
            assert not told & runs_of_six(hint), (name, hint)


def runs_of_six(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9']+", text.lower())
    return {tuple(words[at : at + 6]) for at in range(len(words) - 5)}


def test_every_part_worth_asking_for_has_a_wording_for_any_question(bank: Bank) -> None:
    for name in bank.catalogue.names(DIMENSIONS):
        dimension, probes = bank.dimension(name), bank.probes(name)
        assert probes.keys() == {part for part, told in dimension.parts.items() if not told.fault}, name
        for part, variants in probes.items():
            suited = {answer for probe in variants for answer in probe.suits}
            assert suited == set(AnswerType), (name, part)
            assert any("{quote}" not in probe.ask for probe in variants), (name, part)


def test_it_is_known_of_every_wording_what_it_can_quote(bank: Bank) -> None:
    """Filled once from patterns of their words; a new wording that moves these figures says what it takes itself."""
    general = (bank.probes(name).values() for name in bank.catalogue.names(DIMENSIONS))
    probes = [probe for parts in general for variants in parts for probe in variants]
    probes += [probe for name in bank.cards for probe in bank.question(name).probes]
    taken = Counter(probe.quotes for probe in probes if "{quote}" in probe.ask)
    assert taken == {"deed": 29, "claim": 8, "view": 3, "name": 5, None: taken[None]}


def test_every_company_level_and_concept_loads(bank: Bank) -> None:
    profiles = [bank.profile(name) for name in bank.catalogue.names(PROFILES)]
    assert {profile.id for profile in profiles} == {
        "anthropic",
        "openai",
        "deepmind",
        "meta",
        "amazon-microsoft",
        "neutral",
    }
    assert all(profile.favourites and profile.strong_signal for profile in profiles)
    levels = {bank.expectation(name).id for name in SENIORITIES}
    assert levels == set(Seniority)
    assert all(set(bank.expectation(level).strong_answers) == set(bank.catalogue.names(DIMENSIONS)) for level in levels)
    assert len([bank.concept(name) for name in bank.catalogue.names(CONCEPTS)]) == 75


def test_the_checklist_the_stories_and_the_values_are_linked_to_the_rest(bank: Bank) -> None:
    preparation = bank.preparation()
    assert len(preparation.checklist) >= 13
    assert len(preparation.stories) == 5
    assert all(story.questions and len(story.must_have) >= 4 for story in preparation.stories)
    assert len(preparation.values) >= 5
