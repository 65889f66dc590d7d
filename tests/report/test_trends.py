"""How practice goes, as the numbers say."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.bank.library import Bank
from interviewer.report import trends
from interviewer.report.attempts import attempts_of_head
from interviewer.report.record import LATEST, Record, record_of
from interviewer.report.trends import Streak, streak
from interviewer.session import events as ev
from interviewer.session.events import Event
from interviewer.session.history import SessionHead, head_of
from interviewer.session.records import Stored

from . import short
from .practised import NOW, attempt, of, record, told_by_the_scorecard

TODAY = NOW.date()


def kind_of(bank: Bank) -> Callable[[str], str]:
    return lambda question: bank.cards[question].kind


def head_after(events: Sequence[Event], session: str = "s", at: datetime = NOW) -> SessionHead:
    head = head_of(Stored(session, seq, at, event) for seq, event in enumerate(events, 1))
    assert head
    return head


def test_an_interview_gives_an_attempt_for_each_answered_question(bank: Bank, events: list[Event]) -> None:
    found = list(attempts_of_head(head_after(events), kind_of(bank)))
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
        found = tuple(attempts_of_head(head_after(told), kind_of(bank)))
        assert found == told_by_the_scorecard("s", NOW, told, bank)


def test_a_record_adds_up_what_its_attempts_tell(bank: Bank, events: list[Event]) -> None:
    heads = [head_after(events, f"s{days}", NOW - timedelta(days=days)) for days in range(3)]
    found = record_of(heads, kind_of(bank), NOW)
    by_hand = record([attempt for head in heads for attempt in attempts_of_head(head, kind_of(bank))])
    assert replace(found, asked={}, seconds=0) == replace(by_hand, asked={}, seconds=0)
    assert found.seconds == pytest.approx(by_hand.seconds)
    assert found.asked["incident-command"] == 3


def test_an_interview_without_a_read_answer_is_no_practice(bank: Bank, events: list[Event]) -> None:
    assert record_of([head_after(events[:2])], kind_of(bank), NOW) == Record()


def test_a_clock_that_was_ahead_once_breaks_no_streak_and_makes_nothing_the_latest(
    bank: Bank, events: list[Event]
) -> None:
    ahead = [datetime(2099, 1, day, tzinfo=UTC) for day in (1, 2)]
    started = [NOW, *reversed(ahead), *(NOW - timedelta(days=days) for days in range(1, 5))]
    heads = [head_after(events, f"s{number}", at) for number, at in enumerate(started)]
    found = record_of(heads, kind_of(bank), NOW)
    today = NOW.astimezone().date()
    assert streak(found.days, today) == Streak(5, 5)
    latest = list(dict.fromkeys(attempt.session for attempt in found.latest))
    assert latest == ["s6", "s5", "s4", "s3", "s2", "s1", "s0"]
    assert record_of(heads[1:2], kind_of(bank), NOW).days == frozenset()


def test_a_long_record_keeps_the_latest_answers_and_the_last_of_each_other_question(
    bank: Bank, events: list[Event]
) -> None:
    def asked(question: str) -> list[Event]:
        return [each.model_copy(update={"question_id": question}) if isinstance(each, ev.QuestionAsked) else each
                for each in short.events(bank)]  # fmt: skip

    many = [head_after(asked("disagreement"), f"a{number}") for number in range(LATEST + 20)]
    rare = [head_after(asked("incident-command"), f"b{number}", NOW - timedelta(days=1)) for number in range(2)]
    found = record_of([*many, *rare], kind_of(bank), NOW)
    assert found.answers == LATEST + 22
    assert Counter(each.session for each in found.latest) == Counter(each.id for each in [*many[:LATEST], rare[0]])
    assert found.latest[0].question == "incident-command"


def test_nothing_practised_is_a_progress_too(bank: Bank) -> None:
    nothing = of([], bank)
    assert (nothing.answers, nothing.overall, nothing.dimensions, nothing.streak) == (0, None, (), Streak(0, 0))


def test_a_steady_level_is_that_level_and_is_surer_the_more_answers_there_are(bank: Bank) -> None:
    few = of([attempt(day) for day in range(2)], bank).dimensions
    many = of([attempt(day) for day in range(20)], bank).dimensions
    for trend in (*few, *many):
        assert trend.level == pytest.approx({"ownership": 3, "evidence": 2}[trend.name])
        assert 1 <= trend.lower < trend.level
    assert few[0].lower < many[0].lower


def test_one_lucky_answer_is_not_yet_a_skill(bank: Bank) -> None:
    lucky = of([attempt(0, levels={"evidence": 5})], bank).dimensions[0]
    assert lucky.lower < 4


def test_recent_answers_weigh_more(bank: Bank) -> None:
    rising = of([attempt(9 - day, levels={"evidence": 1 if day < 5 else 5}) for day in range(10)], bank)
    assert rising.dimensions[0].level > 3.1
    assert rising.dimensions[0].direction == "rising"


@pytest.mark.parametrize("levels", [[1, 5], [5, 1, 1], [2, 3, 2, 4], [3, 3, 2, 4, 3, 5]])
def test_few_answers_or_wavering_ones_are_not_called_a_trend(bank: Bank, levels: list[int]) -> None:
    past = [attempt(len(levels) - day, levels={"evidence": level}) for day, level in enumerate(levels)]
    assert of(past, bank).dimensions[0].direction == ""


def test_levels_that_only_waver_are_seldom_called_a_trend(bank: Bank) -> None:
    lot = Random(7)
    for answers in (4, 12, 40):
        steady = [
            [attempt(day, levels={"evidence": min(5, max(1, round(lot.gauss(3, 1.1))))}) for day in range(answers)]
            for _ in range(150)
        ]
        assert sum(bool(of(past, bank).dimensions[0].direction) for past in steady) <= 15


def test_an_offline_estimate_is_trusted_less_than_a_judges_level(bank: Bank) -> None:
    offline = of([attempt(day) for day in range(40)], bank).dimensions[0]
    judged = of([attempt(day, rater="ollama/x") for day in range(40)], bank).dimensions[0]
    assert offline.lower < judged.lower


def test_the_weakest_comes_first_by_what_may_be_relied_on(bank: Bank) -> None:
    past = [attempt(day, levels={"tradeoffs": 3}) for day in range(20)] + [attempt(0, levels={"humility": 3})]
    assert [trend.name for trend in of(past, bank).dimensions] == ["humility", "tradeoffs"]


def test_what_was_not_scored_counts_for_nothing(bank: Bank) -> None:
    past = [attempt(1), attempt(0, levels={"evidence": None, "ownership": None})]
    found = of(past, bank)
    assert found.answers == 2
    assert [(trend.name, len(trend.points)) for trend in found.dimensions] == [("evidence", 1), ("ownership", 1)]


def test_kinds_and_companies_have_their_own_course(bank: Bank) -> None:
    past = [attempt(2, company="anthropic"), attempt(1, kind="technical", levels={"evidence": 5}), attempt(0)]
    found = of(past, bank)
    assert [(trend.name, len(trend.points)) for trend in found.kinds] == [("behavioral", 2), ("technical", 1)]
    assert [trend.name for trend in found.companies] == ["anthropic"]


def test_only_the_latest_answers_are_drawn_and_all_are_counted(bank: Bank) -> None:
    found = of([attempt(day) for day in range(trends.WINDOW + 30)], bank)
    assert found.answers == trends.WINDOW + 30
    assert {len(trend.points) for trend in found.dimensions} == {trends.WINDOW}
    points = found.dimensions[0].points
    assert list(points) == sorted(points, key=lambda point: point.at)


def test_probes_and_guesses_are_summed_up(bank: Bank) -> None:
    past = [
        attempt(1, probes=2, before={"ownership": 1}, guesses={"ownership": 5}),
        attempt(0, probes=1, before={"ownership": 2, "evidence": 2}, guesses={"ownership": 4, "tradeoffs": 3}),
    ]
    found = of(past, bank)
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


@pytest.mark.parametrize(("zone", "days"), [("UTC", 2), ("Pacific/Auckland", 3), ("America/Los_Angeles", 2)])
def test_days_are_those_of_the_users_calendar(
    bank: Bank, events: list[Event], monkeypatch: pytest.MonkeyPatch, zone: str, days: int
) -> None:
    """Three interviews, two of which are one day in Greenwich and two in New Zealand."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    moments = [datetime(2026, 11, day, hour, tzinfo=UTC) for day, hour in ((20, 9), (20, 13), (21, 13))]
    heads = [head_after(events, f"s{number}", at) for number, at in enumerate(reversed(moments))]
    found = record_of(heads, kind_of(bank), NOW).days
    monkeypatch.undo()
    time.tzset()
    assert (len(found), streak(found, max(found)).current) == (days, days)


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 5), st.booleans()), min_size=1, max_size=30))
def test_a_level_lies_between_its_bounds(bank: Bank, answers: list[tuple[int, int, bool]]) -> None:
    past = [attempt(ago, levels={"evidence": level}, rater="offline" if off else "x") for ago, level, off in answers]
    [trend] = of(past, bank).dimensions
    assert 1 <= trend.lower <= trend.level <= trend.upper <= 5
