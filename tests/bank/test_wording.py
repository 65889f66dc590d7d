"""Whether a phrase stands in a text: in whole words, however it is spaced, hyphenated or written in capitals."""

from __future__ import annotations

import re
from itertools import product

import pytest

from interviewer.bank.library import Bank
from interviewer.bank.wording import _pattern, _squeezed, says


@pytest.mark.parametrize(
    "text",
    ["a trade-off", "Trade off!", "the tradeoffs", "TRADE\noffs", "“trade-off”", "was trade\u00a0off,"],
)
def test_a_phrase_is_found_however_it_is_written(text: str) -> None:
    assert says(text, "trade-off")


@pytest.mark.parametrize("text", ["", "trade", "off trade", "a retrade-off", "trade-offer", "trade, off", "trade  off"])
def test_what_is_not_the_phrase_is_not_found(text: str) -> None:
    assert not says(text, "trade-off")


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("I TOLD THEM SO", "told them so"),
        ("a \u017fafe ri\u017fk", "safe risk"),
        ("th\u0131nk aga\u0130n", "think again"),
        ("\u212aept it", "kept it"),
    ],
)
def test_letters_are_alike_whatever_their_case(text: str, phrase: str) -> None:
    assert says(text, phrase)


def test_no_letter_that_is_alike_is_passed_over_before_a_pattern_is_tried() -> None:
    for letter in map(chr, range(0x20, 0x1FFFF)):
        for other in {letter.lower(), letter.upper(), letter.title()} - {letter}:
            if len(other) == 1 and re.fullmatch(re.escape(letter), other, re.IGNORECASE):
                assert _squeezed(letter) == _squeezed(other), (letter, other)


def test_no_phrase_of_the_bank_is_passed_over_that_its_pattern_finds(bank: Bank) -> None:
    rules = bank.wording()
    phrases = {
        *rules.praise,
        *rules.leading,
        *(term for part in bank.dimension("evidence").parts.values() for term in part.terms),
    }
    texts = [card_text for name in ("evidence", "ownership") for card_text in bank.dimension(name).anchors.values()]
    said = [f"{text} Well: {phrase.upper()}s, and so on." for text, phrase in zip(texts, sorted(phrases), strict=False)]
    for text, phrase in product((*texts, *said), phrases):
        assert says(text, phrase) == bool(_pattern(phrase).search(text)), phrase
