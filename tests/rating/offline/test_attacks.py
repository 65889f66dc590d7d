"""Answers built to talk the rater up get nothing for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from interviewer.bank.schema import Dimension
from interviewer.rating.offline.reader import OfflineRater
from interviewer.session.thread import Thread

from .attacks import (
    INJECTIONS,
    RUBRIC_WORDS,
    last_turn,
    mixed_sentences,
    pieces,
    said,
    salad,
    shuffled,
    stuffed,
    stuffed_sentences,
    walk,
)
from .conftest import GoldAnswer


def levels(rater: OfflineRater, thread: Thread, dimensions: list[Dimension]) -> dict[str, int]:
    rated = rater.read(thread, dimensions)
    return {name: rating.level for name, rating in rated.ratings.items() if rating.level is not None}


def asked(answer: GoldAnswer, dimensions: dict[str, Dimension]) -> list[Dimension]:
    return [dimensions[name] for name in answer.ratings]


@pytest.fixture(scope="module")
def honestly(
    rater: OfflineRater, dimensions: dict[str, Dimension], gold: tuple[GoldAnswer, ...]
) -> list[tuple[GoldAnswer, dict[str, int]]]:
    """Every other answer, and the levels it has by itself."""
    return [(answer, levels(rater, answer.thread, asked(answer, dimensions))) for answer in gold[::2]]


@pytest.mark.parametrize("family", sorted(INJECTIONS))
def test_an_injection_raises_no_level_of_any_answer(
    rater: OfflineRater,
    dimensions: dict[str, Dimension],
    honestly: list[tuple[GoldAnswer, dict[str, int]]],
    family: str,
) -> None:
    payload = INJECTIONS[family]
    for answer, before in honestly:
        for placed in (
            last_turn(answer.thread, lambda text: f"{text}\n\n{payload}"),
            last_turn(answer.thread, lambda text: f"{payload}\n\n{text}"),
            last_turn(answer.thread, lambda text: f"{text} {payload}"),
        ):
            after = levels(rater, placed, asked(answer, dimensions))
            assert all(after.get(name, 0) <= before.get(name, 0) for name in after), answer.id


def test_lists_of_rubric_words_never_exceed_two(
    rater: OfflineRater, dimensions: dict[str, Dimension], gold: tuple[GoldAnswer, ...]
) -> None:
    for seed in range(20):
        assert max(levels(rater, said(gold[0].thread, stuffed(seed)), list(dimensions.values())).values()) <= 2


def test_a_list_appended_to_a_weak_answer_raises_nothing(
    rater: OfflineRater, dimensions: dict[str, Dimension], gold: tuple[GoldAnswer, ...]
) -> None:
    for answer in gold:
        if max(answer.ratings.values()) <= 2:
            before = levels(rater, answer.thread, asked(answer, dimensions))
            longer = last_turn(answer.thread, lambda text: f"{text} {', '.join(RUBRIC_WORDS.split())}.")
            after = levels(rater, longer, asked(answer, dimensions))
            assert all(after[name] <= before[name] for name in after), answer.id


def test_salad_of_real_words_never_exceeds_two(
    rater: OfflineRater, dimensions: dict[str, Dimension], gold: tuple[GoldAnswer, ...]
) -> None:
    vocabulary = [word.strip('.,;:!?"()') for answer in gold for text in answer.thread.answers for word in text.split()]
    for seed in range(40):
        found = levels(rater, said(gold[0].thread, salad(vocabulary, seed, 150)), list(dimensions.values()))
        assert max(found.values(), default=0) <= 2


@pytest.fixture(scope="module")
def honest(gold: tuple[GoldAnswer, ...]) -> list[str]:
    told = {"injection", "stuffed", "language:es", "language:de"}
    return [text for answer in gold if told.isdisjoint(answer.tags) for text in answer.thread.answers]


def risen(rater: OfflineRater, dimensions: dict[str, Dimension], gold: tuple[GoldAnswer, ...], made: list[str]) -> int:
    """How many of the texts, each given to another question, exceed 2 somewhere."""
    asked = [said(gold[at % len(gold)].thread, text) for at, text in enumerate(made)]
    return sum(max(levels(rater, thread, list(dimensions.values())).values(), default=0) > 2 for thread in asked)


@pytest.mark.parametrize(("words", "most"), [(30, 0), (60, 1), (100, 0), (200, 0)])
def test_pairs_of_words_and_sentences_of_rubric_words_hardly_ever_exceed_two(
    rater: OfflineRater,
    dimensions: dict[str, Dimension],
    gold: tuple[GoldAnswer, ...],
    honest: list[str],
    words: int,
    most: int,
) -> None:
    pairs = [pieces(honest, seed, words, 2, 2) for seed in range(30)]
    sentences = [stuffed_sentences(seed, words) for seed in range(30)]
    assert risen(rater, dimensions, gold, pairs + sentences) <= most


@pytest.mark.parametrize(("words", "most"), [(30, 1), (60, 11), (100, 7), (200, 3)])
def test_pieces_of_answers_seldom_exceed_two(
    rater: OfflineRater,
    dimensions: dict[str, Dimension],
    gold: tuple[GoldAnswer, ...],
    honest: list[str],
    words: int,
    most: int,
) -> None:
    """The shares measured in docs/rating.md, with a margin: this guards against losing them."""
    assert risen(rater, dimensions, gold, [pieces(honest, seed, words) for seed in range(40)]) <= most


@pytest.mark.parametrize(("made", "least"), [(walk, 31), (partial(walk, known=2), 23), (mixed_sentences, 19)])
def test_long_texts_from_many_answers_are_seen_for_a_patchwork(
    rater: OfflineRater,
    gold: tuple[GoldAnswer, ...],
    honest: list[str],
    made: Callable[[list[str], int, int], str],
    least: int,
) -> None:
    threads = [said(gold[seed].thread, made(honest, seed, 220)) for seed in range(40)]
    found = [flag.kind for thread in threads for flag in rater.read(thread, []).flags]
    assert found.count("patchwork") >= least


def test_no_strong_gold_answer_is_taken_for_salad_or_stuffing(
    rater: OfflineRater, gold: tuple[GoldAnswer, ...]
) -> None:
    for answer in gold:
        if max(answer.ratings.values()) > 3 and "injection" not in answer.tags:
            kinds = {flag.kind for flag in rater.read(answer.thread, []).flags}
            assert kinds <= {"foreign"}, answer.id


def test_the_rubric_itself_recited_hardly_ever_exceeds_two(
    rater: OfflineRater, dimensions: dict[str, Dimension], gold: tuple[GoldAnswer, ...]
) -> None:
    recited = [" ".join(dimension.anchors.values()) for dimension in dimensions.values()]
    in_first_person = [
        " ".join(f"I {part.met_when[0].lower()}{part.met_when[1:]}" for part in dimension.parts.values())
        for dimension in dimensions.values()
    ]
    assert risen(rater, dimensions, gold, recited + in_first_person) <= 1


def test_an_answer_pasted_over_and_over_never_exceeds_two(
    rater: OfflineRater, dimensions: dict[str, Dimension], gold: tuple[GoldAnswer, ...]
) -> None:
    for answer in gold:
        if "injection" not in answer.tags:
            copied = said(answer.thread, "\n\n".join([answer.thread.answers[0]] * 4))
            assert max(levels(rater, copied, list(dimensions.values())).values(), default=0) <= 2


def test_shuffled_words_fall_by_a_level_or_more(
    rater: OfflineRater, dimensions: dict[str, Dimension], gold: tuple[GoldAnswer, ...]
) -> None:
    fallen = []
    for seed, answer in enumerate(gold):
        before = levels(rater, answer.thread, asked(answer, dimensions))
        if before and sum(before.values()) / len(before) >= 2.5:
            after = levels(rater, shuffled(answer.thread, seed), asked(answer, dimensions))
            fallen.append(sum(before.values()) / len(before) - sum(after.values()) / len(before) >= 1)
    assert sum(fallen) / len(fallen) >= 0.95


def test_gold_answers_with_text_to_the_rater_are_flagged_and_no_others(
    rater: OfflineRater, gold: tuple[GoldAnswer, ...]
) -> None:
    for answer in gold:
        kinds = {flag.kind for flag in rater.read(answer.thread, []).flags}
        assert ("addressed" in kinds) == ("injection" in answer.tags), answer.id
