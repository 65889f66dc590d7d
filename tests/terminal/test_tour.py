from __future__ import annotations

import pytest

from interviewer.terminal.tour import EDITOR_KEYS, LINE_KEYS, tour
from interviewer.terminal.writing import Writing
from interviewer.text import count_words

WORDS_A_SECOND = 4
"""Of somebody who reads silently."""


@pytest.mark.parametrize("keys", [EDITOR_KEYS.format(reminder=Writing().reminder), LINE_KEYS])
def test_the_tour_is_read_in_twenty_seconds(keys: str) -> None:
    assert count_words(tour(keys)) <= 20 * WORDS_A_SECOND


def test_the_tour_names_the_keys_of_this_candidate_and_what_it_is_for() -> None:
    told = tour(EDITOR_KEYS.format(reminder=Writing(enter="breaks").reminder))
    assert "Alt-Enter sends, Enter makes a line" in told
    assert "not for use during a real interview" in told
