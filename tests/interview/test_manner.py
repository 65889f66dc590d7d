"""Whoever is upset, angry or at a loss hears a human sentence before the next step, and never a verdict."""

from __future__ import annotations

import asyncio
import re
from typing import Any, get_args

import pytest

from interviewer.bank.library import Bank
from interviewer.bank.wording import faults
from interviewer.interview.candidate import ScriptedCandidate
from interviewer.interview.feelings import Feeling
from interviewer.interview.lines import Lines, Step, load_lines
from interviewer.interview.opening import Readers, begin
from interviewer.interview.planning import Wishes
from interviewer.interview.probing_rules import load_probing
from interviewer.rating.offline.reader import OfflineRater
from interviewer.session.events import MemoryLog
from interviewer.settings import KINDS

SHOWN = {
    "distress": ["I'm sorry, I'm shaking.", "I am very nervous today and I can't do this."],
    "anger": ["This is a stupid question.", "I already told you that. Are you even listening?"],
    "declined": ["I dont want to answer that.", "I'd rather not say."],
    "unknown": ["I don’t know.", "I dont know", "No idea, sorry.", "My mind went blank."],
}
NOTHING_SHOWN = [
    "I did not know the cause at first, so I measured it: 31 of 200 prompts failed, and I told Ana that I would stop.",
    "We wrote a runbook for the on-call team and tested it twice in March with the people who had to use it.",
]


@pytest.fixture(scope="module")
def lines(bank: Bank) -> Lines:
    return load_lines(bank)


@pytest.mark.parametrize("feeling", SHOWN)
def test_a_feeling_is_answered_before_the_next_step(feeling: str, lines: Lines) -> None:
    for answer in SHOWN[feeling]:
        for style in lines.styles:
            says = lines.feelings[feeling].says.get(style, lines.feelings[feeling].says["neutral"])
            assert lines.acknowledgement(answer, style, "probe", 0) == says.probe[0]
            assert lines.acknowledgement(answer, style, "end", 0) == says.end[0]


def test_an_answer_that_is_one_is_taken_as_one(lines: Lines, gold: list[dict[str, Any]]) -> None:
    for answer in NOTHING_SHOWN:
        assert lines.acknowledgement(answer, "warm", "probe", 0) == ""
    shown = [item["id"] for item in gold if lines.acknowledgement(item["thread"][0]["text"], "warm", "probe", 0)]
    assert len(shown) <= 2


def test_who_declines_to_answer_has_no_more_to_say(lines: Lines) -> None:
    assert all(lines.has_no_more(f"I {cue} it.", within=9) for cue in lines.feelings["declined"].cues)
    assert not lines.has_no_more("I would rather not say, but here it is: we shipped it, and it failed.", within=9)


def test_such_a_sentence_is_short_and_says_nothing_of_the_answer(bank: Bank, lines: Lines) -> None:
    rules = bank.wording()
    barred = (*rules.praise, *rules.verdict, "well done", "good", "wrong", "right answer")
    every: list[Feeling] = [lines.crisis, *lines.feelings.values()]
    for feeling in every:
        assert "neutral" in feeling.says
        for sentences in feeling.says.values():
            for sentence in (text for step in get_args(Step) for text in getattr(sentences, step)):
                assert len(sentence.split()) <= 24
                assert "?" not in sentence
                assert not any(phrase in sentence.casefold() for phrase in barred)


def heard(bank: Bank, reader: OfflineRater, answers: list[str], mode: str, style: str) -> list[str]:
    candidate = ScriptedCandidate(answers)
    wishes = Wishes(questions=("safety-over-speed",), seed=7)
    interview = begin(bank, MemoryLog(), Readers(reader), wishes, mode=mode, style=style)  # type: ignore[arg-type]
    asyncio.run(interview.run(candidate))
    return [utterance.text for utterance in candidate.heard if utterance.purpose in ("probe", "notice")]


def test_the_styles_that_can_be_set_for_good_are_those_that_are_written(lines: Lines) -> None:
    kind = KINDS["style"]
    assert set(re.split(", | or ", kind.expected)) == set(lines.styles)
    assert all(kind.read(style) == style for style in lines.styles)


@pytest.mark.parametrize("style", ["neutral", "warm", "sceptical", "hurried"])
def test_in_an_exam_it_is_the_same_for_all_styles(style: str, bank: Bank, reader: OfflineRater, lines: Lines) -> None:
    unknown = lines.feelings["unknown"].says
    said = heard(bank, reader, ["I don't know.", "I don't know."], "exam", style)
    assert said[0].startswith(unknown["neutral"].probe[0])
    assert unknown["neutral"].end[0] in said
    coached = heard(bank, reader, ["I don't know.", "I don't know."], "coach", style)
    assert coached[0].startswith(unknown[style].probe[0])


def test_the_sentence_stands_before_the_probe_and_is_no_part_of_it(bank: Bank, reader: OfflineRater) -> None:
    log, candidate = MemoryLog(), ScriptedCandidate(["This is a stupid question.", "No."])
    interview = begin(bank, log, Readers(reader), Wishes(questions=("safety-over-speed",), seed=7))
    asyncio.run(interview.run(candidate))
    [first, *_] = interview.transcript.threads[0].probes
    assert "I hear you" not in first.text
    assert "stupid" not in first.text
    assert f"I hear you. One more, and /skip leaves it. {first.text}" in [said.text for said in candidate.heard]


def test_who_has_only_said_how_they_feel_is_given_a_way_in(bank: Bank, reader: OfflineRater) -> None:
    rules = load_probing(bank)
    assert not any(faults(text, bank.wording()) for text in rules.begin.asks)
    for answer in ("I don't know where to begin, I'm so nervous.", "My mind is blank."):
        assert any(text in heard(bank, reader, [answer, "No."], "exam", "neutral")[0] for text in rules.begin.asks)


def test_a_debate_waits_for_nobody_and_says_so_kindly(bank: Bank, reader: OfflineRater, lines: Lines) -> None:
    candidate = ScriptedCandidate(["It should slow down.", "I don't know what to say.", "Still so.", "Yes."])
    interview = begin(bank, MemoryLog(), Readers(reader), Wishes(format="debate", questions=("debate-pace",), seed=7))
    asyncio.run(interview.run(candidate))
    said = [utterance.text for utterance in candidate.heard]
    at = said.index(lines.feelings["unknown"].says["neutral"].debate[0])
    assert candidate.heard[at + 1].purpose == "debate"
