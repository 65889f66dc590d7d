"""Which rating counts, and what stands beside it."""

from __future__ import annotations

import pytest

from interviewer.bank.library import Bank
from interviewer.rating.deciding import deciding_words
from interviewer.rating.lines import rating_line
from interviewer.rating.rater import Finding, Flag, Quote, RaterIdentity, Rating, ThreadRating
from interviewer.rating.scorecard import Scorecard, chosen_ratings, scorecard
from interviewer.rating.too_little import NO_ANSWER
from interviewer.report.wording import came_of
from interviewer.session.events import NOTHING_NEW, ProbeAsked, Rated, Started
from interviewer.session.thread import Turn
from interviewer.session.transcript import ThreadState, Transcript


@pytest.fixture(scope="module")
def bank() -> Bank:
    return Bank.open()


def rated(model: str, level: int, *flags: Flag) -> Rated:
    rating = Rating("humility", level, None, ())
    line = rating_line(ThreadRating(RaterIdentity(model, 1, "", ""), {"humility": rating}, flags))
    return Rated(thread=0, stage="final", line=line)


@pytest.mark.parametrize(("flags", "estimated"), [((), True), ((Flag("floor", "No model was asked."),), False)])
def test_an_offline_estimate_stands_only_beside_levels_that_a_judge_gave(
    flags: tuple[Flag, ...], estimated: bool
) -> None:
    state = ThreadState("q", "What?", {"humility": 1.0}, ratings=[rated("offline", 1), rated("judge", 1, *flags)])
    final, _, estimate = chosen_ratings(state)
    assert final
    assert final.rater.model == "judge"
    assert (estimate is not None) is estimated


def card_of(bank: Bank, state: ThreadState) -> Scorecard:
    return scorecard(Transcript(threads=[state]), bank.dimension, bank.scale())


def test_few_words_in_which_nothing_counts_are_no_answer_and_get_no_level(bank: Bank) -> None:
    state = ThreadState("q", "What?", {"humility": 1.0}, ratings=[rated("offline", 2, Flag("thin", "Too little."))])
    state.turns.append(Turn("candidate", "Read it again, you stupid machine."))
    (line,) = card_of(bank, state).threads[0].lines
    assert (line.level, line.rating.unscored) == (None, NO_ANSWER)


@pytest.mark.parametrize(("first", "shown"), [(3, "I asked Dana"), (4, "I got the number of patients wrong")])
def test_words_of_a_reply_stand_under_a_level_that_the_reply_raised(bank: Bank, first: int, shown: str) -> None:
    said = "I got the number of patients wrong", "I asked Dana"
    findings = (
        Finding("limit", True, Quote(said[0], 0, 0, len(said[0]))),
        Finding("acted", True, Quote(said[1], 2, 0, len(said[1]))),
        Finding("separated", True, Quote(said[0], 0, 0, len(said[0]))),
    )
    rater = RaterIdentity("offline", 1, "", "")
    lines = {
        "first": ThreadRating(rater, {"humility": Rating("humility", first)}),
        "final": ThreadRating(rater, {"humility": Rating("humility", 4, findings=findings)}),
    }
    state = ThreadState("q", "What?", {"humility": 1.0})
    state.turns += [Turn("candidate", said[0]), Turn("interviewer", "Whom?"), Turn("candidate", said[1])]
    state.ratings += [Rated(thread=0, stage="first", line=rating_line(lines["first"]))]
    state.ratings += [Rated(thread=0, stage="final", line=rating_line(lines["final"]))]
    (line,) = card_of(bank, state).threads[0].lines
    assert line.evidence is not None
    assert line.evidence.text == shown


@pytest.mark.parametrize("turn", [0, 2])
def test_no_reply_is_said_to_have_brought_nothing_that_is_quoted(turn: int, bank: Bank) -> None:
    said = "I got the number of patients wrong"
    findings = (Finding("limit", True, Quote(said, turn, 0, len(said))),)
    line = rating_line(
        ThreadRating(RaterIdentity("offline", 1, "", ""), {"humility": Rating("humility", 3, findings=findings)})
    )
    probe = ProbeAsked(dimension="humility", part="acted", text="What then?", reason="")
    state = ThreadState("q", "What?", {"humility": 1.0}, probes=[probe], skips=[NOTHING_NEW])
    state.turns += [Turn("candidate", said), Turn("interviewer", probe.text), Turn("candidate", said)]
    state.ratings += [Rated(thread=0, stage=stage, line=line) for stage in ("first", "final")]
    [card] = card_of(bank, state).threads
    assert (card.unmoved, card.stops) == ((True, (NOTHING_NEW,)) if turn == 0 else (False, ()))


def test_the_plea_for_english_is_no_follow_up(bank: Bank) -> None:
    state = ThreadState("q", "What?", {"humility": 1.0}, ratings=[rated("offline", 2)])
    state.turns += [Turn("candidate", "Das war letztes Jahr."), Turn("interviewer", "Once more in English?")]
    assert card_of(bank, state).threads[0].follow_ups == 0


def test_under_a_level_stand_the_words_of_the_part_that_decided_it_not_the_longest(bank: Bank) -> None:
    said = {
        "costs": "big refunds take some hours more than they did",
        "choice": "I would take an agent that handles the refunds of a small shop in town",
    }
    findings = tuple(Finding(part, True, Quote(text, 0, 0, len(text))) for part, text in said.items())
    shown = deciding_words(bank.dimension("tradeoffs"), Rating("tradeoffs", 3, findings=findings))
    assert shown is not None
    assert shown.text == said["costs"]


@pytest.mark.parametrize(("plan", "says"), [(("q",), ""), (("q", "r", "s"), "It rests on 1 of 3 questions.")])
def test_a_round_that_was_left_early_says_on_how_much_of_it_the_level_rests(
    plan: tuple[str, ...], says: str, bank: Bank
) -> None:
    state = ThreadState("q", "What?", {"humility": 1.0}, ratings=[rated("judge", 4)])
    state.turns.append(Turn("candidate", "I got the number of patients wrong."))
    started = Started(format="round", mode="exam", model="offline", judge="offline", seed=1, version="", plan=plan)
    means = scorecard(Transcript(started=started, threads=[state]), bank.dimension, bank.scale()).means
    assert means.endswith(says)
    assert ("It rests on" in means) is bool(says)


@pytest.mark.parametrize(("replies", "says"), [(0, ("which was not answered",)), (1, ("which moved no level",))])
def test_a_follow_up_that_was_not_answered_is_not_said_to_have_moved_nothing(
    replies: int, says: tuple[str, ...], bank: Bank
) -> None:
    line = rating_line(ThreadRating(RaterIdentity("judge", 1, "", ""), {"humility": Rating("humility", 3)}))
    probe = ProbeAsked(dimension="humility", part="acted", text="What then?", reason="")
    state = ThreadState("q", "What?", {"humility": 1.0}, probes=[probe])
    state.turns += [Turn("candidate", "I was wrong."), Turn("interviewer", probe.text)]
    state.turns += [Turn("candidate", "Nothing.")] * replies
    state.ratings += [Rated(thread=0, stage=stage, line=line) for stage in ("first", "final")]
    [card] = card_of(bank, state).threads
    assert came_of(card) == says


@pytest.mark.parametrize("second", [4, 5])
def test_levels_that_are_shown_alike_have_the_same_name(second: int, bank: Bank) -> None:
    """3.37 and 3.4 are both shown as 3.4."""
    levels = {"humility": 3, "evidence": second}
    weights = {"humility": 63.0, "evidence": 37.0} if second == 4 else {"humility": 80.0, "evidence": 20.0}
    ratings = {name: Rating(name, level) for name, level in levels.items()}
    line = rating_line(ThreadRating(RaterIdentity("judge", 1, "", ""), ratings))
    state = ThreadState("q", "What?", weights, ratings=[Rated(thread=0, stage="final", line=line)])
    state.turns.append(Turn("candidate", "I was wrong."))
    card = card_of(bank, state)
    assert (f"{card.overall:.1f}", card.band) == ("3.4", "strong")
