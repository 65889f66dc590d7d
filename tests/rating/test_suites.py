"""Changed answers, and whether what must hold did hold."""

from __future__ import annotations

import random
from collections import Counter
from itertools import repeat

import pytest

from interviewer.bank.library import Bank
from interviewer.bank.packs import bundled_gold
from interviewer.rating.gold import GoldAnswer, GoldError, read_gold
from interviewer.rating.rater import Flag, RaterIdentity, Rating, ThreadRating
from interviewer.rating.suites import Relation, SuiteTexts, Variant, holds, load_suite_texts, variants
from interviewer.session.thread import Thread, Turn

IDENTITY = RaterIdentity("scripted", 1, "p", "r")


@pytest.fixture(scope="module")
def texts() -> SuiteTexts:
    return load_suite_texts(Bank.open())


@pytest.fixture(scope="module")
def gold() -> list[GoldAnswer]:
    with bundled_gold().open("rb") as file:
        return read_gold(file)


@pytest.fixture(scope="module")
def all_variants(gold: list[GoldAnswer], texts: SuiteTexts) -> list[Variant]:
    return variants(gold, texts, most=10_000)


def of(variants: list[Variant], suite: str, kind: str = "") -> list[Variant]:
    return [variant for variant in variants if variant.suite == suite and kind in ("", variant.kind)]


def test_all_gold_answers_are_read(gold: list[GoldAnswer]) -> None:
    assert len(gold) == 80
    assert all(1 <= level <= 5 for answer in gold for level in answer.levels.values())


def gold_line(name: bytes) -> bytes:
    return b'{"id": %s, "ratings": {}, "question": "Q?", "thread": [{"role": "candidate", "text": "x"}]}\n' % name


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"{", "Line 1 .* not JSON"),
        (b"\xff", "Line 1 .* not UTF-8"),
        (b"[]", "Line 1 .* not a JSON object"),
        (b'{"id": "a"}', "Line 1 .* `ratings`"),
        (b'{"id": "a", "ratings": {"evidence": 6}}', "Line 1 .* `ratings`"),
        (b'{"id": "a", "ratings": {"evidence": 3}, "question": "Q?", "thread": []}', "Line 1 .* `thread`"),
        *(
            (gold_line(name), "Line 1 .* `id` must be a text or a whole number")
            for name in (b"null", b"true", b'["x"]')
        ),
        (b"\n\n", "holds no answer"),
    ],
)
def test_gold_that_cannot_be_used_is_told_with_its_line(raw: bytes, problem: str) -> None:
    with pytest.raises(GoldError, match=problem):
        read_gold(raw.splitlines(keepends=True))


def test_an_id_stands_in_gold_once() -> None:
    with pytest.raises(GoldError, match=r"Line 2 .* an `id` of its own"):
        read_gold([gold_line(b'"a"'), gold_line(b'"a"')])


def test_a_number_and_its_digits_are_two_ids() -> None:
    assert [answer.id for answer in read_gold([gold_line(b"1"), gold_line(b'"1"')])] == [1, "1"]


def test_gold_without_an_end_is_not_read_for_ever() -> None:
    with pytest.raises(GoldError, match="larger than 64 MB"):
        read_gold(repeat(b"\n" * 1_000_000))


def test_every_suite_is_made_of_gold(all_variants: list[Variant]) -> None:
    assert {variant.suite for variant in all_variants} == {
        "injection", "stuffing", "invariance", "direction", "shuffle", "talk",
    }  # fmt: skip


def test_few_variants_still_cover_many_answers_and_all_payloads(gold: list[GoldAnswer], texts: SuiteTexts) -> None:
    few = of(variants(gold, texts, most=12), "injection")

    assert len(few) == 12
    assert len({variant.answer.id for variant in few}) == 12
    assert {variant.kind for variant in few} == set(texts.injections)


def test_variants_are_the_same_every_time(gold: list[GoldAnswer], texts: SuiteTexts) -> None:
    other_way = random.Random(1).sample(gold, len(gold))

    assert variants(gold, texts, most=50) == variants(other_way, texts, most=50)


def test_an_injection_stands_behind_the_last_answer_and_leaves_the_rest(all_variants: list[Variant]) -> None:
    for variant in of(all_variants, "injection"):
        before, after = variant.answer.thread, variant.thread
        assert after.turns[:-1] == before.turns[:-1] or before.turns[-1].role == "interviewer"
        assert after.answers[-1].startswith(before.answers[-1])
        assert after.answers[-1] != before.answers[-1]


def test_shuffling_keeps_the_words_and_not_their_order(all_variants: list[Variant]) -> None:
    for variant in of(all_variants, "shuffle"):
        for before, after in zip(variant.answer.thread.answers, variant.thread.answers, strict=True):
            assert Counter(after.split()) == Counter(before.split())
        assert variant.thread != variant.answer.thread


def test_another_layout_keeps_every_word(all_variants: list[Variant]) -> None:
    for variant in of(all_variants, "invariance", "layout"):
        assert [text.split() for text in variant.thread.answers] == [
            text.split() for text in variant.answer.thread.answers
        ]


def test_probes_stay_as_they_were(all_variants: list[Variant]) -> None:
    for variant in of(all_variants, "invariance") + of(all_variants, "shuffle"):
        assert variant.thread.probes == variant.answer.thread.probes


def test_only_thin_evidence_is_made_better_and_only_strong_evidence_worse(all_variants: list[Variant]) -> None:
    assert {variant.answer.levels["evidence"] for variant in of(all_variants, "direction", "outcome")} == {2, 3}
    assert {variant.answer.levels["evidence"] for variant in of(all_variants, "direction", "retraction")} == {4, 5}


# --- relations --------------------------------------------------------------------------------------------


def variant_with(relation: Relation, target: str | None = None) -> Variant:
    thread = Thread("Q?", (Turn("candidate", "I did."),))
    return Variant("suite", "kind", GoldAnswer("a", thread, {"evidence": 3, "humility": 3}), thread, relation, target)


def rated(evidence: int | None, humility: int | None, *, flags: int = 0, mean: float | None = None) -> ThreadRating:
    ratings = {
        "evidence": Rating("evidence", evidence, None if evidence else "why", mean=mean),
        "humility": Rating("humility", humility, None if humility else "why"),
    }
    return ThreadRating(IDENTITY, ratings, (Flag("addressed", "…"),) * flags)


@pytest.mark.parametrize(
    ("relation", "before", "after", "held"),
    [
        (Relation.NO_RISE, rated(2, 3), rated(2, 3), True),
        (Relation.NO_RISE, rated(2, 3), rated(1, None), True),
        (Relation.NO_RISE, rated(2, 3), rated(1, 4), False),
        (Relation.NO_RISE, rated(None, None), rated(5, 5), None),
        (Relation.NO_RISE, rated(2, 2, mean=1.6), rated(2, 2, mean=2.3), False),
        (Relation.LOW, rated(5, 5), rated(2, None), True),
        (Relation.LOW, rated(1, 1), rated(3, 1), False),
        (Relation.SAME, rated(3, 3), rated(3, 3), True),
        (Relation.SAME, rated(3, 3), rated(3, 4), False),
        (Relation.SAME, rated(3, 3), rated(3, None), False),
        (Relation.SAME, rated(3, 3, mean=3.0), rated(3, 3, mean=3.4), True),
        (Relation.COLLAPSES, rated(4, 3), rated(2, 2), True),
        (Relation.COLLAPSES, rated(4, 3), rated(4, 2), False),
        (Relation.COLLAPSES, rated(1, 2), rated(1, 1), None),
        (Relation.UNFLAGGED, rated(3, 3), rated(5, 1), True),
        (Relation.UNFLAGGED, rated(3, 3), rated(3, 3, flags=1), False),
        (Relation.UNFLAGGED, rated(3, 3, flags=1), rated(3, 3, flags=1), True),
    ],
)
def test_a_relation_holds_is_broken_or_cannot_be_told(
    relation: Relation, before: ThreadRating, after: ThreadRating, held: bool | None
) -> None:
    assert holds(variant_with(relation), before, after) is held


@pytest.mark.parametrize(
    ("relation", "before", "after", "held"),
    [
        (Relation.RISES, 3, 4, True),
        (Relation.RISES, 3, 3, False),
        (Relation.RISES, 5, 5, None),
        (Relation.FALLS, 4, 2, True),
        (Relation.FALLS, 4, 4, False),
        (Relation.FALLS, 1, 1, None),
        (Relation.FALLS, None, 2, None),
    ],
)
def test_a_direction_is_judged_in_its_dimension_alone(
    relation: Relation, before: int | None, after: int | None, held: bool | None
) -> None:
    assert holds(variant_with(relation, "evidence"), rated(before, 3), rated(after, 5)) is held
