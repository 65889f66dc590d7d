"""Pairs of words that English does not have are counted, and honest hurried speech has hardly any."""

from __future__ import annotations

import pytest

from interviewer.bank.cues import Cues
from interviewer.rating.offline.clauses import sentences_of
from interviewer.rating.offline.word_order import WordOrder


@pytest.fixture(scope="module")
def order(cues: Cues) -> WordOrder:
    return WordOrder(cues.word_order, cues.words["function"])


def slips(order: WordOrder, text: str) -> int:
    return sum(map(order.slips, sentences_of(text, 0)))


def test_scrambled_words_slip_often(order: WordOrder) -> None:
    assert slips(order, "Parser the of stopped I the because my was it an.") >= 4


@pytest.mark.parametrize(
    "text",
    [
        "So we stopped it, because the on-call engineer had seen two of them fail.",
        "um so basically i was like the only one who looked at the logs you know",
        "Yesterday I have asked to my colleague, and he explain me how works the filter.",
    ],
)
def test_spoken_and_learned_english_does_not_slip(order: WordOrder, text: str) -> None:
    assert slips(order, text) == 0


def test_across_a_comma_nothing_slips(order: WordOrder) -> None:
    assert slips(order, "We went to, of all places, the clinic.") == 0
