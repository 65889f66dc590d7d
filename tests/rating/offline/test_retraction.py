"""Taking a claim back costs evidence and is said; planning to undo something costs nothing."""

from __future__ import annotations

import pytest

from interviewer.bank.schema import Dimension
from interviewer.rating.offline.reader import OfflineRater
from interviewer.rating.rater import ThreadRating
from interviewer.session.thread import Thread, Turn

QUESTION = "Tell me about a time you found a vulnerability in a machine-learning system."
ANSWER = (
    "In March 2023 our spam filter let 140 of 2,000 test mails through that held a zero-width space. I took the same "
    "2,000 mails and ran them through the old and the new tokeniser: 140 slipped by before, 6 after. I could not "
    "test mails in Arabic, so I do not know whether it holds there. I put the new one on one server of twelve for "
    "a week, compared its queue with the other eleven, and false alarms rose from 0.2 to 0.3 percent."
)


def rated(rater: OfflineRater, evidence: Dimension, further: str) -> ThreadRating:
    return rater.read(Thread(QUESTION, (Turn("candidate", f"{ANSWER} {further}"),)), [evidence])


@pytest.mark.parametrize(
    "further",
    [
        "If the queue rises above ten percent, I would take it back.",
        "When the alarm fires, I take it back within the hour.",
        "We took it back for a week in May.",
        "If that happened I would take that back.",
        "We would withdraw the filter at five complaints.",
        "That never happened again.",
        "None of those were easy to read.",
    ],
)
def test_undoing_something_takes_no_claim_back(
    rater: OfflineRater, dimensions: dict[str, Dimension], further: str
) -> None:
    plain, with_more = (rated(rater, dimensions["evidence"], each) for each in ("", further))
    assert (with_more.ratings["evidence"].level or 0) >= (plain.ratings["evidence"].level or 0) > 3
    assert not with_more.flags


@pytest.mark.parametrize(
    "further",
    [
        "I made that number up.",
        "I take that back: it was never measured.",
        "I have to take the figures back.",
        "That was never really measured.",
        "I invented the numbers.",
        "Above ten percent I would take the filter out, but I made those numbers up.",
    ],
)
def test_a_claim_taken_back_cuts_evidence_and_is_flagged_with_its_sentence(
    rater: OfflineRater, dimensions: dict[str, Dimension], further: str
) -> None:
    rating = rated(rater, dimensions["evidence"], further)
    assert rating.ratings["evidence"].level == 2
    [flag] = rating.flags
    assert flag.text.startswith("Evidence: 2 for ")
    assert flag.quote is not None
    assert flag.quote.text in further
