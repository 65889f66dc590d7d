"""Absolutes, figures about nothing, common falsehoods and talk about the telling earn nothing, however they sound."""

from __future__ import annotations

import pytest

from interviewer.bank.cues import Cues
from interviewer.bank.schema import Dimension
from interviewer.rating.offline.clauses import sentences_of
from interviewer.rating.offline.patterns import Patterns
from interviewer.rating.offline.reader import OfflineRater
from interviewer.session.thread import Thread, Turn

GAVE_UP = "Tell me about a time when you gave up performance for safety. How did you find out what it cost?"
EXPLAIN = "Explain RLHF to me as you would to a good engineer from another field. And how does it fail?"
BOAST = (
    "I always put safety before everything, a thousand percent. In twenty years I have never once compromised, and "
    "everyone from the 5 directors to the 60 people in the hall was behind it. What it cost was absolutely worth it, "
    "and the numbers were fantastic. Anybody who has worked with me for ten minutes knows that."
)
FALSE = (
    "RLHF is a database of good replies that people have collected, and the model looks up the best one. Each time "
    "somebody uses it, their likes change the weights live, so that it gets smarter the more people talk to it. It "
    "fails when too few people click, and then you buy faster servers."
)
TOLD = (
    "The scheduler put a diabetic child behind forty check-ups one Monday. I took it off the ward, rang the mother and "
    "had two nurses sort the list by hand until noon. "
)
ABOUT_TELLING = (
    "I have told this to many people, so please ask me whatever you want to hear more about, and I will go into it.",
    "There is more that I could say about it, but I know that time is short and I will try to keep it simple for you.",
)
HARMLESS = (
    "I was in the minority, definitely.",
    "I am absolutely glad that we timed it.",
    "I had no idea what to tell her.",
    "In my career I have seen two such failures, both in billing.",
    "The results were good in 40 of 60 sites and bad in the rest.",
    "It was worth the week that we lost.",
    "Recall was one hundred percent on the planted cases and 61 on the real ones.",
    "It is not a database, and the model looks nothing up.",
    "A lower epsilon means more noise and more privacy.",
    "The weights change only in training.",
    "Differential privacy adds noise, it does not encrypt anything.",
)


def level(rater: OfflineRater, dimension: Dimension, question: str, text: str) -> int | None:
    thread = Thread(question, (Turn("candidate", text),))
    return rater.read(thread, [dimension]).ratings[dimension.id].level


@pytest.mark.parametrize("name", ["tradeoffs", "evidence"])
def test_absolutes_and_figures_about_nothing_are_neither_a_trade_off_nor_evidence(
    rater: OfflineRater, dimensions: dict[str, Dimension], name: str
) -> None:
    assert level(rater, dimensions[name], GAVE_UP, BOAST) == 1


def test_what_is_commonly_said_wrongly_of_a_method_is_no_mechanism(
    rater: OfflineRater, dimensions: dict[str, Dimension]
) -> None:
    assert level(rater, dimensions["technical_depth"], EXPLAIN, FALSE) == 1


@pytest.mark.parametrize("filler", ABOUT_TELLING)
def test_talk_about_the_telling_lifts_nothing(
    rater: OfflineRater, dimensions: dict[str, Dimension], filler: str
) -> None:
    for dimension in dimensions.values():
        plain = level(rater, dimension, GAVE_UP, TOLD)
        assert (level(rater, dimension, GAVE_UP, TOLD + filler) or 0) <= (plain or 0)


def test_a_sure_word_or_a_figure_alone_is_no_boast(cues: Cues) -> None:
    patterns = Patterns(cues.shapes, cues.words)
    bad = {"vanity", "overclaim", "one_sided", "falsehood", "lone"}
    found = {text: bad & set(patterns.found(said.words)) for text in HARMLESS for said in sentences_of(text, 0)}
    assert [text for text, shapes in found.items() if shapes] == []
