"""How practice goes, as the numbers say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.bank.library import Bank
from interviewer.report import trends
from interviewer.report.attempts import attempts_of, attempts_of_head
from interviewer.report.trends import Streak, progress, streak
from interviewer.session import events as ev
from interviewer.session.events import Event
from interviewer.session.history import head_of
from interviewer.session.records import Stored

from . import sample
from .practised import NOW, attempt

TODAY = NOW.date()


def test_an_interview_gives_an_attempt_for_each_answered_question(bank: Bank, events: list[Event]) -> None:
    transcript, card = sample.card_of(events, bank)
    found = attempts_of("s", NOW, transcript, card, lambda question: bank.cards[question].kind)
    assert [each.question for each in found] == ["incident-command", "disagreement", "superficial-alignment"]
    assert found[0].kind == "behavioral"
    assert found[0].company == "anthropic"
    assert found[0].levels["humility"] is None
    assert found[0].before["risk_reasoning"] == 1
    assert found[0].guesses == {"ownership": 4, "evidence": 2, "communication": 4}
    assert found[0].flags == ("terms",)
    assert found[0].probes == 2


def test_the_list_of_sessions_gives_the_same_attempts_as_the_events(bank: Bank, events: list[Event]) -> None:
    redone = [*events, ev.Redone(question_id="disagreement"), ev.AnswerGiven(text="Once more.", seconds=9.0)]
    for told in (events, events[:12], redone):
        head = head_of(Stored("s", seq, NOW, event) for seq, event in enumerate(told, 1))
        assert head
        transcript, card = sample.card_of(told, bank)
        expected = attempts_of("s", NOW, transcript, card, lambda question: bank.cards[question].kind)
        assert tuple(attempts_of_head(head, lambda question: bank.cards[question].kind)) == expected


def test_nothing_practised_is_a_progress_too() -> None:
    nothing = progress([], TODAY)
    assert (nothing.answers, nothing.overall, nothing.dimensions, nothing.streak) == (0, None, (), Streak(0, 0))


def test_a_steady_level_is_that_level_and_is_surer_the_more_answers_there_are() -> None:
    few = progress([attempt(day) for day in range(2)], TODAY).dimensions
    many = progress([attempt(day) for day in range(20)], TODAY).dimensions
    for trend in (*few, *many):
        assert trend.level == pytest.approx({"ownership": 3, "evidence": 2}[trend.name])
        assert 1 <= trend.lower < trend.level
    assert few[0].lower < many[0].lower


def test_one_lucky_answer_is_not_yet_a_skill() -> None:
    lucky = progress([attempt(0, levels={"evidence": 5})], TODAY).dimensions[0]
    assert lucky.lower < 4


def test_recent_answers_weigh_more() -> None:
    rising = progress([attempt(9 - day, levels={"evidence": 1 if day < 5 else 5}) for day in range(10)], TODAY)
    assert rising.dimensions[0].level > 3.1
    assert rising.dimensions[0].change == 4


def test_a_raters_error_is_the_one_that_scorecards_use(bank: Bank) -> None:
    known = bank.scale().typical_error
    assert {True: known["offline"], False: known["judge"]} == trends.TYPICAL_ERROR


def test_an_offline_estimate_is_trusted_less_than_a_judges_level() -> None:
    offline = progress([attempt(day) for day in range(40)], TODAY).dimensions[0]
    judged = progress([attempt(day, rater="ollama/x") for day in range(40)], TODAY).dimensions[0]
    assert offline.lower < judged.lower


def test_the_weakest_comes_first_by_what_may_be_relied_on() -> None:
    past = [attempt(day, levels={"tradeoffs": 3}) for day in range(20)] + [attempt(0, levels={"humility": 3})]
    assert [trend.name for trend in progress(past, TODAY).dimensions] == ["humility", "tradeoffs"]


def test_what_was_not_scored_counts_for_nothing() -> None:
    past = [attempt(1), attempt(0, levels={"evidence": None, "ownership": None})]
    found = progress(past, TODAY)
    assert found.answers == 2
    assert all(len(trend.points) == 1 for trend in found.dimensions)


def test_kinds_and_companies_have_their_own_course() -> None:
    past = [attempt(2, company="anthropic"), attempt(1, kind="technical", levels={"evidence": 5}), attempt(0)]
    found = progress(past, TODAY)
    assert [(trend.name, len(trend.points)) for trend in found.kinds] == [("behavioral", 2), ("technical", 1)]
    assert [trend.name for trend in found.companies] == ["anthropic"]


def test_only_the_latest_answers_are_drawn_and_all_are_counted() -> None:
    found = progress([attempt(day) for day in range(trends.WINDOW + 30)], TODAY)
    assert found.answers == trends.WINDOW + 30
    assert {len(trend.points) for trend in found.dimensions} == {trends.WINDOW}
    points = found.dimensions[0].points
    assert list(points) == sorted(points, key=lambda point: point.at)


def test_probes_and_guesses_are_summed_up() -> None:
    past = [
        attempt(1, probes=2, before={"ownership": 1}, guesses={"ownership": 5}),
        attempt(0, probes=1, before={"ownership": 2, "evidence": 2}, guesses={"ownership": 4, "tradeoffs": 3}),
    ]
    found = progress(past, TODAY)
    assert found.probing.per_question == 1.5
    assert found.probing.gained == 1
    assert found.guesses == {"ownership": 1.5}
    assert found.seconds == 480


@pytest.mark.parametrize(
    ("days_ago", "expected"),
    [
        ([], Streak(0, 0)),
        ([0], Streak(1, 1)),
        ([1, 2, 3], Streak(3, 3)),
        ([2, 3], Streak(0, 2)),
        ([0, 1, 4, 5, 6, 7], Streak(2, 4)),
    ],
)
def test_a_streak_lasts_until_a_whole_day_is_missed(days_ago: list[int], expected: Streak) -> None:
    assert streak({TODAY - timedelta(days=ago) for ago in days_ago}, TODAY) == expected


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 5), st.booleans()), min_size=1, max_size=30))
def test_a_lower_bound_lies_between_one_and_the_level(answers: list[tuple[int, int, bool]]) -> None:
    past = [attempt(ago, levels={"evidence": level}, rater="offline" if off else "x") for ago, level, off in answers]
    [trend] = progress(past, date(2026, 11, 21)).dimensions
    assert 1 <= trend.lower <= trend.level <= 5
