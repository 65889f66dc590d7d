"""A quote is evidence only where the candidate said it, word for word."""

from __future__ import annotations

import pytest

from interviewer.rating.evidence import LONGEST, find_quote
from interviewer.session.thread import Thread, Turn

ANSWER = "I stopped the release — “not yet”, I said — and counted\n212 names in 40,000 records."
PROBE = "What did counting the names change?"
REPLY = "We cleaned the set and shipped nine days late."
THREAD = Thread(
    "When did you put safety first?",
    (Turn("candidate", ANSWER), Turn("interviewer", PROBE), Turn("candidate", REPLY)),
)


@pytest.mark.parametrize(
    ("quote", "stands_as"),
    [
        ("counted 212 names", "counted\n212 names"),
        ('the release - "not yet", i said', "the release — “not yet”, I said"),
        ("“…shipped nine days late.”", "shipped nine days late"),
        ("shipped\u200b nine days", "shipped nine days"),
    ],
)
def test_case_marks_and_white_space_may_differ_and_the_candidate_s_own_are_shown(quote: str, stands_as: str) -> None:
    found = find_quote(THREAD, quote)
    assert found is not None
    assert found.text == stands_as
    assert THREAD.turns[found.turn].text[found.start : found.end] == stands_as


@pytest.mark.parametrize(
    "quote",
    [
        "I stopped the launch",
        "What did counting the names change?",
        "When did you put safety first?",
        "topped the release",
        "212 names in 40",
        "...",
        "",
    ],
    ids=["other words", "a probe", "the question", "half a word", "half a number", "marks", "nothing"],
)
def test_what_the_candidate_did_not_say_so_is_not_evidence(quote: str) -> None:
    assert find_quote(THREAD, quote) is None


def test_a_quote_is_not_looked_for_in_turns_that_earn_nothing() -> None:
    assert find_quote(THREAD, "shipped nine days late", excluded={0}) is not None
    assert find_quote(THREAD, "shipped nine days late", excluded={2}) is None


def test_of_words_said_twice_the_later_place_counts() -> None:
    thread = Thread("?", (Turn("candidate", "I asked Dana first."), Turn("candidate", "Again: I asked Dana.")))
    found = find_quote(thread, "I asked Dana")
    assert found is not None
    assert found.turn == 1


def test_fewer_than_three_words_count_only_as_a_whole_turn_wherever_else_they_stand() -> None:
    thread = Thread("?", (Turn("candidate", "Dana did."), Turn("candidate", "I saw what Dana did and said.")))
    found = find_quote(thread, "Dana did")
    assert found is not None
    assert (found.turn, found.text) == (0, "Dana did")
    assert find_quote(thread, "and said") is None


def test_a_quote_as_long_as_a_speech_is_none() -> None:
    words = [f"word{number}" for number in range(LONGEST + 1)]
    thread = Thread("?", (Turn("candidate", " ".join(words)),))
    assert find_quote(thread, " ".join(words)) is None
    assert find_quote(thread, " ".join(words[1:])) is not None
