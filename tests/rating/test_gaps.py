"""What is missing is told as what is still lacking: nobody is sent to find what they gave."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from interviewer.bank.library import Bank
from interviewer.rating.gaps import Missing, Replies, missing, replies, worth_closing
from interviewer.rating.rater import Finding, Rating
from interviewer.session.events import ProbeAsked
from interviewer.session.thread import Turn
from interviewer.session.transcript import ThreadState

DIMENSIONS = (
    "collaboration", "communication", "evidence", "humility", "ownership", "perspective", "risk_reasoning",
    "technical_depth", "tradeoffs",
)  # fmt: skip


@pytest.fixture(scope="module")
def bank() -> Bank:
    return Bank.open()


def told(bank: Bank, dimension: str, level: int, met: list[str], said: str) -> dict[str, str]:
    """What is told to find, by part."""
    findings = tuple(Finding(part, True) for part in met)
    rating = Rating(dimension, level, findings=findings)
    return {each.part: each.find for each in missing(bank.dimension(dimension), rating, Replies(said))}


RISK = ["risk", "harm", "bearer", "response"]


def test_who_gave_how_bad_and_how_often_is_not_told_to_look_them_up(bank: Bank) -> None:
    said = "A few thousand dead in the worst case, very unlikely; small things a few dozen times a day."
    find = told(bank, "risk_reasoning", 3, RISK, said)["weighed"]
    assert "Look up" not in find
    assert "beside each other" in find


def test_who_gave_half_of_it_is_told_the_other_half(bank: Bank) -> None:
    assert "how often" in told(bank, "risk_reasoning", 3, RISK, "At worst somebody is dead.")["weighed"]
    assert "how bad" in told(bank, "risk_reasoning", 3, RISK, "It comes up in 8% of chats.")["weighed"]


def test_who_gave_none_of_it_is_told_all_of_it(bank: Bank) -> None:
    part = bank.dimension("risk_reasoning").parts["weighed"]
    assert told(bank, "risk_reasoning", 3, RISK, "I would think about it.")["weighed"] == part.find


def test_who_told_of_a_test_is_asked_for_the_rest_of_it(bank: Bank) -> None:
    said = "I wrote a small test over a weekend and replayed three days of traffic; 0.4% came out in the wrong order."
    assert (
        "You say that it was tested" in told(bank, "evidence", 3, ["mention", "specific", "measured"], said)["method"]
    )


REPLY = "One refund was cut into many small ones over the night, and we saw it only in the weekly sample."


def probed(part: str, reply: str) -> ThreadState:
    asked = ProbeAsked(
        dimension="risk_reasoning", part=part, text="What went wrong?", reason="", wording="bank", reader=""
    )
    said = [Turn("candidate", "I would hold it."), Turn("interviewer", asked.text), Turn("candidate", reply)]
    return ThreadState("q", "What?", {}, turns=said, probes=[asked])


def gaps(bank: Bank, state: ThreadState, met: Sequence[str], level: int) -> tuple[Missing, ...]:
    rating = Rating("risk_reasoning", level, findings=tuple(Finding(part, True) for part in met))
    return missing(bank.dimension("risk_reasoning"), rating, replies(state, bank.scale().answered))


def test_what_was_answered_when_asked_for_is_named_after_all_else(bank: Bank) -> None:
    state = probed("harm", REPLY)
    assert [each.part for each in gaps(bank, state, ["risk"], 2)][-1] == "harm"
    assert gaps(bank, probed("harm", "It went badly."), ["risk"], 2)[0].part == "harm"


def test_where_nothing_else_is_missing_it_is_to_be_said_more_plainly(bank: Bank) -> None:
    [gap] = gaps(bank, probed("risk", REPLY), [], 1)
    assert gap.find.startswith("You answered this when asked; say it more plainly.")
    assert worth_closing(5.0, 1, [gap]) == 0.0, "another dimension comes first"


@pytest.mark.parametrize("reply", ["A leak.", f"I don't know. {REPLY}"])
def test_a_reply_that_gives_nothing_leaves_the_part_to_be_found(bank: Bank, reply: str) -> None:
    [gap] = gaps(bank, probed("risk", reply), [], 1)
    assert gap.find == bank.dimension("risk_reasoning").parts["risk"].find


@pytest.mark.parametrize("name", DIMENSIONS)
def test_no_fact_to_find_begins_with_an_it_that_points_at_nothing(name: str, bank: Bank) -> None:
    for part in bank.dimension(name).parts.values():
        first = re.split(r"[,.;:?]", part.find or "")[0].removeprefix("Which sentence does")
        assert not re.search(r"\bit\b", first), part.find


@pytest.mark.parametrize("name", DIMENSIONS)
def test_every_phrase_that_nearly_meets_a_part_is_found_where_it_was_said(name: str, bank: Bank) -> None:
    dimension = bank.dimension(name)
    for part, content in dimension.parts.items():
        for nearly in content.nearly:
            for position in range(max(map(len, nearly.said))):
                words = (group[position % len(group)].replace("*", "ed").replace("#", "7") for group in nearly.said)
                rating = Rating(name, 1, findings=())
                found = missing(
                    dimension.model_copy(update={"levels": {2: (part,)}, "base": 1}), rating, Replies(" ".join(words))
                )
                assert found[0].find in [each.find for each in content.nearly]


@pytest.mark.parametrize(
    "reply",
    [
        "None, honestly: it was thrown together by us, and 3,000 good mails were put in the bin along the way.",
        "You already asked that: two days over the weekend, and there is no after, since it was switched on again.",
        "Nobody at all, as far as that goes, since all of us sat in one room and wanted the very same.",
    ],
)
def test_nobody_hears_that_a_figure_a_duration_or_a_clear_no_was_nothing(bank: Bank, reply: str) -> None:
    rules = bank.told()
    for dimension in DIMENSIONS:
        for part in bank.dimension(dimension).parts:
            assert not rules.is_evaded(dimension, part, reply)


def test_a_reply_that_gives_nothing_is_told_so(bank: Bank) -> None:
    vague = "We take that very seriously at our place, and in 2019 we have always tried to do what is right there."
    assert bank.told().is_evaded("risk_reasoning", "criterion", vague)


@pytest.mark.parametrize(("words", "halved"), [(120, False), (320, True)])
def test_nobody_is_told_to_halve_a_short_answer(words: int, halved: bool, bank: Bank) -> None:
    found = told(bank, "communication", 4, ["answers", "followable", "ordered", "fitting"], "word " * words)["tight"]
    assert ("half the time" in found) is halved


def test_no_advice_takes_a_design_or_an_opinion_for_something_seen_or_told(bank: Bank) -> None:
    finds = [part.find or "" for name in DIMENSIONS for part in bank.dimension(name).parts.values()]
    finds += [band.means for band in bank.scale().bands]
    assert not [find for find in finds if re.search(r"saw yourself|were told|real case and tell", find)]
