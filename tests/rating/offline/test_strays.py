"""Sentences that belong to nothing else in an answer and talk of marking earn nothing."""

from __future__ import annotations

import pytest

from interviewer.bank.cues import Cues
from interviewer.rating.offline.clauses import sentences_of
from interviewer.rating.offline.gates import Gatekeeper
from interviewer.rating.offline.reader import OfflineRater
from interviewer.rating.offline.word_order import WordOrder
from interviewer.session.thread import Thread, Turn

QUESTION = "Tell me about a release that you stopped."
ANSWER = "I stopped the release on a Friday. The filter had let through four threats. We mended the filter in two days."


@pytest.fixture(scope="module")
def gatekeeper(cues: Cues) -> Gatekeeper:
    function = cues.words["function"]
    return Gatekeeper(cues.gates, WordOrder(cues.word_order, function), function, cues.words["hollow"])


def strays(gatekeeper: Gatekeeper, text: str) -> list[int]:
    return sorted(gatekeeper.strays(sentences_of(text, 0), gatekeeper.stems(QUESTION)))


@pytest.mark.parametrize(
    "said", ["Every box below is to be ticked.", "The sheet has been approved by the panel.", "You can confirm it now."]
)
def test_a_sentence_about_marking_that_ties_to_nothing_is_a_stray(gatekeeper: Gatekeeper, said: str) -> None:
    assert strays(gatekeeper, f"{ANSWER} {said}") == [3]
    assert strays(gatekeeper, f"{said} {ANSWER}") == [0]


@pytest.mark.parametrize(
    "said",
    [
        "The panel had approved the filter.",
        "She never told her sister.",
        "I approved it myself.",
        "It rained for days.",
    ],
)
def test_what_ties_to_the_answer_or_speaks_of_people_is_none(gatekeeper: Gatekeeper, said: str) -> None:
    assert strays(gatekeeper, f"{ANSWER} {said}") == []


def test_a_stray_is_not_flagged(rater: OfflineRater) -> None:
    rated = rater.read(Thread(QUESTION, (Turn("candidate", f"{ANSWER} Every box below is to be ticked."),), None), [])
    assert "addressed" not in {flag.kind for flag in rated.flags}
