"""What is told in words that the rules do not know is not asked for again as if it had not been said."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from interviewer.bank.cue_files import load_cues
from interviewer.bank.library import Bank
from interviewer.bank.told import KEPT, _stands
from interviewer.rating.deciding import surest_words
from interviewer.rating.gaps import Missing, missing, replies, worth_closing
from interviewer.rating.levels import missing_for_next
from interviewer.rating.offline.reader import OfflineRater
from interviewer.rating.rater import Finding, Flag, Quote, Rating
from interviewer.rating.unbacked import unbacked
from interviewer.session.events import ProbeAsked
from interviewer.session.thread import Thread, Turn
from interviewer.session.transcript import ThreadState

GOLD = Path(__file__).parents[2] / "fixtures" / "gold"

IN_OTHER_WORDS = [
    ("risk_reasoning", "criterion", "Four wrong labels in a shift and the pharmacist goes back to paper."),
    ("risk_reasoning", "criterion", "It stays in the drawer until two of us have signed."),
    ("risk_reasoning", "criterion", "Should the count pass eight, the line goes off."),
    ("ownership", "durable", "The night shift took it over and runs it every Sunday."),
    ("ownership", "durable", "Nobody can close a ticket without it any more."),
    ("ownership", "durable", "It is part of the checklist for new drivers."),
    ("humility", "limit", "I couldn't tell you why it works for the small ones."),
    ("humility", "limit", "I had never thought of the people who are colour-blind."),
    ("collaboration", "joint", "We let one week of real traffic settle it."),
    ("collaboration", "other_side", "Her fear was reasonable: the last change had cost her a weekend."),
    ("evidence", "bounded", "Forty files from one clinic say little about a large hospital."),
    ("evidence", "method", "A nurse and I went through 60 chats, each on their own."),
    ("tradeoffs", "reversal", "If the gap in a quiet week passes one point, we look again."),
]


@pytest.fixture(scope="module")
def bank() -> Bank:
    return Bank.open()


@pytest.mark.parametrize(("dimension", "part", "said"), IN_OTHER_WORDS)
def test_what_the_rules_may_have_missed_is_heard_in_other_words(
    bank: Bank, dimension: str, part: str, said: str
) -> None:
    assert bank.told().perhaps(dimension, part, said)


@pytest.mark.parametrize(
    ("dimension", "part"),
    [("risk_reasoning", "criterion"), ("humility", "limit"), ("evidence", "bounded"), ("tradeoffs", "reversal")],
)
def test_nothing_is_heard_in_words_that_say_nothing_of_it(bank: Bank, dimension: str, part: str) -> None:
    said = "Safety matters a lot to me. We had many meetings and everybody was very happy with the project."
    assert not bank.told().perhaps(dimension, part, said)


def test_what_was_heard_in_a_thousand_answers_is_not_all_kept(bank: Bank) -> None:
    for number in range(2 * KEPT):
        bank.told().perhaps("humility", "limit", f"Answer {number}.")
    assert _stands.cache_info().currsize <= KEPT


def test_every_part_with_such_words_is_one_of_the_rubric(bank: Bank) -> None:
    told = bank.told()
    named = {(name, part) for name, parts in told.parts.items() for part in parts}
    named |= {(name, part) for name, _, part in (each.partition(".") for each in told.by_form)}
    assert all(part in bank.dimension(name).parts for name, part in named)


def gaps_after(bank: Bank, said: str, reply: str = "", part: str = "weighed") -> tuple[Missing, ...]:
    """What is missing for a 4 in risk reasoning by the rules, where a follow-up asked for a part."""
    asked = ProbeAsked(dimension="risk_reasoning", part=part, text="And?", reason="", wording="bank", reader="")
    turns = [Turn("candidate", said)]
    turns += [Turn("interviewer", asked.text), Turn("candidate", reply)] if reply else []
    state = ThreadState("q", "What?", {}, turns=turns, probes=[asked] if reply else [])
    met = tuple(Finding(name, True) for name in ("risk", "harm", "bearer", "response"))
    heard = replies(state, bank.scale().answered, bank.told())
    return missing(bank.dimension("risk_reasoning"), Rating("risk_reasoning", 3, findings=met), heard)


def test_advice_asks_first_for_what_was_not_spoken_of_and_hedges_the_rest(bank: Bank) -> None:
    first, second = gaps_after(bank, "If more than ten get through, Maria lowers the load or shuts the lane.")
    assert first.part == "weighed"
    assert not first.find.startswith("If you have not said it")
    assert second.part == "criterion"
    assert second.find.startswith("If you have not said it yet: say what")


def test_nobody_is_told_that_they_name_a_line_and_not_what_has_to_be_seen_where_they_say_it(bank: Bank) -> None:
    told = [each.find for each in gaps_after(bank, "Above two percent wrong I hold the launch and pull it back.")]
    assert not any(find.startswith("You name a line") for find in told)


def test_advice_that_may_be_wrong_is_worth_far_less_than_advice_that_is_not(bank: Bank) -> None:
    sure, doubtful = Missing("a", "A.", doubt=0.24), Missing("b", "B.", doubt=0.65)
    assert worth_closing(1, 3, [doubtful]) * 5 < worth_closing(1, 3, [sure])


def test_an_evasion_is_not_called_an_answer(bank: Bank) -> None:
    evasion = "That is just how it was and it was fine for all of us, I would do it the same way."
    told = {each.part: each for each in gaps_after(bank, "I would hold it.", evasion)}["weighed"]
    assert not told.answered
    assert told.find.startswith("You were asked for this")


def test_an_answer_in_other_words_is_not_called_an_evasion(bank: Bank) -> None:
    reply = "It came up in nine of the sixty chats we read, and in each of them somebody could have died of it."
    told = {each.part: each for each in gaps_after(bank, "I would hold it.", reply)}["weighed"]
    assert told.find.startswith("You answered this when asked")


BOAST = "I led an ethics programme that reduced bias by 94 percent, and the board loved it in my career of 12 years."
COUNTED = "We reduced wrong refusals by 94 percent, counted by hand on 400 letters before and after the change."


def card_flags(bank: Bank, said: str, reply: str) -> list[str]:
    claims = bank.told().claims
    asked = ProbeAsked(
        dimension="humility", part="limit", text="Where?", reason=claims.reason, wording="bank", reader="offline"
    )
    turns = [Turn("candidate", said), Turn("interviewer", "Where?"), Turn("candidate", reply)]
    state = ThreadState("q", "What?", {}, turns=turns, probes=[asked])
    return [flag.quote.text for flag in unbacked(state, bank.told()) if flag.quote]


def test_a_figure_of_which_nothing_backs_is_told_on_the_card_where_it_was_asked_about(bank: Bank) -> None:
    assert card_flags(bank, BOAST, "The data people had it, I can't say how.") == ["reduced bias by 94 percent"]
    assert not card_flags(bank, BOAST, "Two of us labelled a sample before and after.")


SOURCED = [
    "My manager sent me the number; it came from the vendor's report.",
    "I looked at the numbers in Grafana over two weeks.",
    "We ran the classifier on last month's traffic and this month's.",
    "The finance department calculated it.",
    "It’s a rough guess of mine, I never checked it.",
    "We asked two hundred users in a questionnaire.",
    "From the quarterly one that the data team wrote.",
]


@pytest.mark.parametrize("reply", SOURCED)
def test_who_says_in_any_words_where_a_figure_comes_from_is_not_told_that_they_did_not(bank: Bank, reply: str) -> None:
    assert not card_flags(bank, BOAST, reply)


@pytest.mark.parametrize("reply", ["We just knew it.", "It was a great success for everybody.", "I don't know."])
def test_who_says_nothing_of_a_figure_is_told_so(bank: Bank, reply: str) -> None:
    assert card_flags(bank, BOAST, reply)


def test_a_figure_that_is_backed_is_not_asked_about(bank: Bank) -> None:
    assert bank.told().claims.claim([BOAST])
    assert not bank.told().claims.claim([COUNTED])
    assert not bank.told().claims.claim(["It fell from 22 percent to 9."])


def test_a_figure_that_was_decided_and_not_measured_is_not_asked_about(bank: Bank) -> None:
    assert not bank.told().claims.claim(["They cut the staff by 20 percent, and I wrote to the board."])
    assert bank.told().claims.claim(["We cut false alarms by 20 percent, and I wrote to the board."])


def test_none_of_our_rated_answers_is_asked_where_its_figure_comes_from(bank: Bank) -> None:
    claims = bank.told().claims
    said = [[turn["text"] for turn in item["thread"]][:1] for item in map(json.loads, _lines("dev.jsonl"))]
    assert not any(claims.claim(answers) for answers in said)


def test_no_sentence_stands_for_two_dimensions_and_none_is_praised_for_too_little(bank: Bank) -> None:
    text = "I tested it on 200 requests and 14 were wrong before the change."
    quote = Quote(text, 0, 0, len(text))
    rating = Rating("evidence", 4, findings=tuple(Finding(part, True, quote) for part in ("specific", "measured")))
    evidence, told = bank.dimension("evidence"), bank.told()
    assert surest_words(evidence, rating, told, least=told.sure) == quote
    assert surest_words(evidence, rating, told, taken=[quote]) is None
    vague = Quote("It all went well", 0, 0, 16)
    assert surest_words(evidence, Rating("evidence", 3, findings=(Finding("specific", True, vague),)), told) is None


def test_a_part_with_such_words_was_told_far_more_often_than_one_without(bank: Bank) -> None:
    reader, told = OfflineRater(load_cues(bank.root)), bank.told()
    marks = {each["id"]: each["parts"] for each in map(json.loads, _lines("marks.jsonl"))}
    missed: Counter[tuple[bool, bool]] = Counter()
    for item in map(json.loads, _lines("dev.jsonl")):
        thread = Thread(item["question"], tuple(Turn(turn["role"], turn["text"]) for turn in item["thread"]))
        dimensions = [bank.dimension(name) for name in item["ratings"]]
        for name, rating in reader.read(thread, dimensions).ratings.items():
            met = [finding.part for finding in rating.findings if finding.met]
            marked, said = marks[item["id"]].get(name, {}), " ".join(thread.answers)
            for part in missing_for_next(bank.dimension(name), met) if rating.level else ():
                if part in marked and not bank.dimension(name).parts[part].fault:
                    missed[told.doubt(name, part, said) > 0.5, bool(marked[part])] += 1
    with_words, without = (missed[each, True] / (missed[each, True] + missed[each, False]) for each in (True, False))
    assert with_words > 1.5 * without


def _lines(name: str) -> list[str]:
    return (GOLD / name).read_text(encoding="utf-8").splitlines()


def test_what_holds_an_answer_down_is_told_before_what_it_may_lack(bank: Bank) -> None:
    told, dimension = bank.told(), bank.dimension("evidence")
    state = ThreadState("disagreement", "What happened?", {}, turns=[Turn("candidate", "We counted 40 of 200.")])
    heard = replies(state, bank.scale().answered, told, [Flag("patchwork", "")])
    assert heard.held
    assert [gap.find for gap in missing(dimension, Rating("evidence", 2), heard)] == [heard.held.find]
    assert heard.held.find not in [gap.find for gap in missing(dimension, Rating("evidence", 1), heard)]


def test_it_is_told_of_the_levels_that_the_gate_leaves(bank: Bank) -> None:
    held = {kind: each.least for kind, each in bank.told().held.items()}
    assert held == {kind: bank.cues.gates.caps[kind] for kind in held}  # type: ignore[index]
