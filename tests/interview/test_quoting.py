"""Words that look mistyped are told from others, without a table of all that can be mistyped."""

from __future__ import annotations

import pytest

from interviewer.bank.library import Bank
from interviewer.interview.quoting import load_quoting


@pytest.mark.parametrize("word", ["poeple", "everthing", "becuase", "questons", "thign"])
def test_a_letter_left_out_and_two_changed_over_are_slips(bank: Bank, word: str) -> None:
    assert load_quoting(bank).is_slip(word)


@pytest.mark.parametrize("word", ["", "a", "gate", "because", "annotators", "ecause", "abouuut"])
def test_other_words_are_none(bank: Bank, word: str) -> None:
    assert not load_quoting(bank).is_slip(word)


def test_every_slip_of_every_common_word_is_told(bank: Bank) -> None:
    rules = load_quoting(bank)
    for word in rules.empty:
        if len(word) > 3:
            slips = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
            slips |= {word[:at] + word[at + 1 :] for at in range(1, len(word)) if len(word) > 5}
            assert all(map(rules.is_slip, slips - rules.empty)), word
