"""Pairs of words that English does not have are counted, and honest hurried speech has hardly any."""

from __future__ import annotations

import pytest

from interviewer.bank.cues import Cues
from interviewer.rating.offline.clauses import sentences_of
from interviewer.rating.offline.gates import ties
from interviewer.rating.offline.word_order import Slips, WordOrder


@pytest.fixture(scope="module")
def order(cues: Cues) -> WordOrder:
    return WordOrder(cues.word_order, cues.words["function"])


def slips(order: WordOrder, text: str) -> Slips:
    found = [order.slips(sentence) for sentence in sentences_of(text, 0)]
    return Slips(sum(slip.impossible for slip in found), sum(slip.unusual for slip in found))


def test_scrambled_words_slip_often(order: WordOrder) -> None:
    assert slips(order, "Parser the of stopped I the because my was it an.").impossible >= 4


@pytest.mark.parametrize(
    "text",
    [
        "So we stopped it, because the on-call engineer had seen two of them fail.",
        "um so basically i was like the only one who looked at the logs you know",
        "Yesterday I have asked to my colleague, and he explain me how works the filter.",
    ],
)
def test_spoken_and_learned_english_does_not_slip(order: WordOrder, text: str) -> None:
    assert slips(order, text).impossible == 0


def test_across_a_comma_nothing_slips(order: WordOrder) -> None:
    assert slips(order, "We went to, of all places, the clinic.") == Slips(0, 0)


def test_ties_count_what_comes_back_and_what_was_asked() -> None:
    assert ties(["parser", "dropped", "field"], ()) == 0
    assert ties(["parser", "dropped", "parsers", "field"], ()) == 0.5
    assert ties(["parser", "dropped"], ("parse",)) == 0.5
