"""The little language that cues are written in."""

from __future__ import annotations

import pytest

from interviewer.rating.offline.patterns import Match, Patterns

LISTS = {
    "function": ("i", "the", "a", "to", "it", "of"),
    "number": ("two", "half"),
    "role": ("nurse", "lawyer*", "head_of_legal"),
}


def match(pattern: str, sentence: str) -> Match | None:
    return Patterns({"shape": [pattern]}, LISTS).found(sentence.split()).get("shape")


@pytest.mark.parametrize(
    ("pattern", "sentence", "first", "last"),
    [
        ("gave up", "so i gave up speed", 2, 3),
        ("measur*", "we measured it", 1, 1),
        ("*ed", "we never tested it", 2, 2),
        ("a|the {role}", "i asked the lawyers", 2, 3),
        ("{role} said", "the head of legal said no", 1, 4),
        ("# of #", "9 of 40 failed", 0, 2),
        ("half # of", "half two of them", 0, 2),
        ("roll_back", "we roll back now", 1, 2),
        ("from .. to", "from six of them to one", 0, 4),
        ("from ..1 to", "from six to one", 0, 2),
        ("i did? stop", "then i stop", 1, 2),
    ],
)
def test_elements_match_as_described(pattern: str, sentence: str, first: int, last: int) -> None:
    assert match(pattern, sentence) == Match(first, last)


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("gave up", "up gave"),
        ("stop", "stopped"),
        ("from ..1 to", "from six or seven to one"),
        ("{role}", "nursery"),
        ("#", "it is a lot"),
    ],
)
def test_a_pattern_leaves_other_sentences_alone(pattern: str, sentence: str) -> None:
    assert match(pattern, sentence) is None


def test_a_pattern_of_which_all_may_be_missing_is_refused() -> None:
    with pytest.raises(ValueError, match="may be missing"):
        Patterns({"shape": ["maybe? .."]}, LISTS)
