"""A follow-up fits what was said: the rest of a broken sentence, a way in where nothing was, a view that is one."""

from __future__ import annotations

import pytest

from interviewer.bank.library import Bank
from interviewer.bank.wording import faults
from interviewer.interview.probing_rules import load_probing
from interviewer.interview.quoting import Source, load_quoting, quotables

from .conftest import Hold

TOLD = "Three people wanted a classifier and I wanted rules, because support could explain them to the users"


@pytest.mark.parametrize(
    "rest", [". We chose it and the", " and we wrote itinterviewer resume", ", which cost us because"]
)
def test_who_breaks_off_in_a_sentence_is_asked_how_it_goes_on(rest: str, hold: Hold) -> None:
    first, *_ = hold([TOLD + rest, "It was blocked.", "No."], "disagreement").transcript.threads[0].probes
    assert first.text == "Your last sentence broke off. How does it go on?"
    assert first.reason == "the last sentence had broken off"


@pytest.mark.parametrize(
    "rest", [", the ones I worked with", ". That is what it was for", ". It was theirs, I think so"]
)
def test_a_sentence_without_its_full_stop_is_whole(rest: str, bank: Bank) -> None:
    assert not load_probing(bank).broken_off.shows_in(TOLD + rest)


def test_how_a_broken_sentence_is_asked_for_keeps_to_the_form(bank: Bank) -> None:
    assert not any(faults(text, bank.wording()) for text in load_probing(bank).broken_off.asks)


@pytest.mark.parametrize("question", ["disagreement", "what-could-go-wrong", "explain-rlhf"])
@pytest.mark.parametrize("answer", ["cat", "I don't know."])
def test_who_has_said_nothing_is_given_a_way_in_and_the_reason_says_so(answer: str, question: str, hold: Hold) -> None:
    first, *_ = hold([answer, "No."], question).transcript.threads[0].probes
    assert first.text == "A small part is enough. Where did you last come across anything like this?"
    assert first.reason == "nothing had been said yet that a question could be about"


def test_nobody_is_asked_where_they_have_seen_what_they_did(bank: Bank) -> None:
    said = Source("I disagreed with my boss about testing. Evaluations are weak in medicine.", views=True)
    assert quotables(said, (2, 6), load_quoting(bank)) == ["Evaluations are weak in medicine"]


def test_what_was_only_considered_is_not_held_against_anybody(bank: Bank) -> None:
    said = Source("I considered sending everything over 20,000 to a person, but that was too slow.")
    assert not any("considered" in piece for piece in quotables(said, (2, 6), load_quoting(bank)))


@pytest.mark.parametrize(
    "said", ["Alice owns the rollback.", "In the end Bob objected that it is dear.", "Priya, who signed it, agreed."]
)
def test_a_person_told_by_name_is_heard(said: str, bank: Bank) -> None:
    assert bank.told().perhaps("collaboration", "involved", said)


@pytest.mark.parametrize("said", ["Nothing changed after it.", "The release failed.", "Then everything stopped."])
def test_no_person_is_heard_in_a_capital_letter_alone(said: str, bank: Bank) -> None:
    assert not bank.told().perhaps("collaboration", "involved", said)
