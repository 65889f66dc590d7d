"""Who has no such story is not asked for its parts, and who has said a thing is not asked for it again."""

from __future__ import annotations

import re
from typing import Any

import pytest

from interviewer.bank.library import Bank
from interviewer.bank.schema import AnswerType, Kind
from interviewer.interview.left_out import left_out
from interviewer.interview.probing_rules import load_probing
from interviewer.rating.lines import rating_from_line
from interviewer.rating.scorecard import scorecard

from .conftest import Hold

NO_STORY = "I never led an incident. I was only on call twice and a senior colleague led. I don't have such a story."
SECOND = "There was no impact, as I said. I can tell about one where I was second."


def test_who_has_no_such_story_is_asked_for_the_nearest_thing_and_not_for_its_parts(hold: Hold) -> None:
    held = hold([NO_STORY, SECOND, "Marta led, and I wrote to 1,900 customers."], "incident-command")
    first, second = held.transcript.threads[0].probes
    assert first.text.startswith("Then take the nearest thing you saw from close by")
    assert second.text.startswith("Please tell me that one.")
    assert first.reason == second.reason == "you had said that you had no such story"


def test_a_story_told_after_all_is_asked_about(hold: Hold) -> None:
    told = "I was second, and I wrote to the 1,900 customers who could not log in for an hour."
    first, second = hold([NO_STORY, told, "No."], "incident-command").transcript.threads[0].probes
    assert second.reason != first.reason


def test_no_answer_of_the_gold_has_no_story(gold: list[dict[str, Any]], bank: Bank) -> None:
    rules = load_probing(bank).no_story
    told = [[turn["text"] for turn in line["thread"] if turn["role"] == "candidate"] for line in gold]
    assert not [answers for answers in told if rules.is_all(answers)]


def test_why_this_role_is_not_asked_again_of_who_has_said_why(bank: Bank) -> None:
    question = bank.question("why-this-role")
    assert left_out(question, ["I want it because machines answer in hospitals. I am strongest at tests."]) is None
    assert left_out(question, ["Because machines answer in hospitals. I am strongest at tests."]) is None
    assert left_out(question, ["I am strongest at tests."]) == question.sub_questions[0]


def test_an_ending_is_asked_for_where_the_story_stops_before_it(bank: Bank) -> None:
    question = bank.question("disagreement")
    begun = "Five wanted to rewrite it and decided to go ahead, and I was against it. We didn't know what was slow. "
    untold = "So I replayed one day of traffic and timed each stage, and nearly all of it came from the device graph. "
    assert left_out(question, [begun + untold]) == question.sub_questions[0]
    assert left_out(question, [begun + untold + "In the end we agreed to rewrite the graph alone."]) is None


@pytest.mark.parametrize("answers", [[NO_STORY, "No."], [NO_STORY, SECOND, "/end"]])
def test_who_told_no_story_is_not_scored(answers: list[str], hold: Hold) -> None:
    [*_, last] = hold(answers, "incident-command").transcript.threads[0].ratings
    rated = rating_from_line(last.line).ratings.values()
    assert {rating.level for rating in rated} == {None}
    assert {rating.unscored for rating in rated} == {"You said that you have no such story, and told no other."}


def test_who_told_another_story_is_scored(hold: Hold) -> None:
    told = "I was second, and I wrote to the 1,900 customers who could not log in for an hour."
    [*_, last] = hold([NO_STORY, told, "No."], "incident-command").transcript.threads[0].ratings
    assert any(rating.level for rating in rating_from_line(last.line).ratings.values())


def test_a_coach_says_why_nothing_was_scored_the_same_on_the_way_as_after(hold: Hold) -> None:
    on_the_way, after = hold([NO_STORY, "/review", "No.", "No."], "incident-command", mode="coach").said("feedback")
    assert after.text == "Nothing was scored: You said that you have no such story, and told no other."
    assert on_the_way.text == after.text


def test_what_was_done_is_asked_only_of_who_told_that_something_was(bank: Bank) -> None:
    questions = [each for each in map(bank.question, bank.cards) if each.kind is Kind.BEHAVIORAL]
    told = {AnswerType.STORY, AnswerType.GENERIC_STORY, AnswerType.EXAMPLE}
    probes = [probe for question in questions for probe in question.probes if re.search(r"\bdid you\b", probe.ask)]
    assert probes
    assert not [probe.ask for probe in probes if not set(probe.suits) <= told]


LOST = [
    ["I don't know", "hm"],
    ["I don't know.", "maybe tests and monitoring"],
    ["Sorry, I have no idea.", "I still don't know."],
]


@pytest.mark.parametrize("question", ["explain-rlhf", "ml-vulnerability", "unsafe-at-scale"])
@pytest.mark.parametrize("answers", LOST)
def test_who_does_not_know_has_no_level_neither_on_the_first_answer_nor_after(
    answers: list[str], question: str, hold: Hold, bank: Bank
) -> None:
    transcript = hold(answers, question).transcript
    read = [rating_from_line(rated.line) for rated in transcript.threads[0].ratings]
    assert {rating.level for rated in read for rating in rated.ratings.values()} == {None}
    lines = scorecard(transcript, bank.dimension_or_bare, bank.scale()).threads[0].lines
    assert {line.before_probes for line in lines} == {None}


def test_who_does_not_know_and_then_does_is_scored_on_what_they_said_then(hold: Hold) -> None:
    then = "I would run a canary with 1 percent of the traffic and roll back as soon as the error rate doubles."
    *_, last = hold(["I don't know.", then, "No."], "unsafe-at-scale").transcript.threads[0].ratings
    assert any(rating.level for rating in rating_from_line(last.line).ratings.values())
