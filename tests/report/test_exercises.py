"""What to practise next, with a reason one can follow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta, timezone

import pytest

from interviewer.bank.library import Bank
from interviewer.interview import planning
from interviewer.interview.planning import Wishes
from interviewer.report.attempts import Attempt
from interviewer.report.exercises import Exercise, due_dates, next_exercises, practice

from .practised import NOW, attempt, record


@pytest.fixture(scope="module")
def names(bank: Bank) -> dict[str, str]:
    return {name: bank.dimension(name).name for card in bank.cards.values() for name in card.dimensions}


def _next(bank: Bank, names: dict[str, str], past: Sequence[Attempt]) -> dict[str, Exercise]:
    """The first exercise for each reason."""
    found = reversed(next_exercises(record(past), bank.scale(), bank.cards, names, NOW))
    return {exercise.why: exercise for exercise in found}


def test_there_are_three_each_another_question_the_same_each_time(bank: Bank, names: dict[str, str]) -> None:
    past = [attempt(30, flags=("list",)), attempt(20, flags=("list",), question="disagreement")]
    found = next_exercises(record(past), bank.scale(), bank.cards, names, NOW)
    assert len({exercise.question for exercise in found}) == 3
    assert found == next_exercises(record(list(reversed(past))), bank.scale(), bank.cards, names, NOW)


def test_a_beginner_is_offered_three_kinds(bank: Bank, names: dict[str, str]) -> None:
    found = next_exercises(record([]), bank.scale(), bank.cards, names, NOW)
    assert [exercise.why for exercise in found] == ["new"] * 3
    assert len({bank.cards[exercise.question].kind for exercise in found}) == 3
    assert found[0].reason.startswith("You have not practised this kind yet: ")


def test_a_poor_answer_comes_back_sooner_than_a_good_one() -> None:
    poor = attempt(10, question="disagreement", levels={"evidence": 1})
    good = attempt(10, question="incident-command", levels={"evidence": 5})
    dates = {each.question: when for each, when in due_dates([poor, good])}
    assert dates["disagreement"] < dates["incident-command"]


def test_an_answer_counts_as_hard_from_2_5_as_good_from_3_4_and_as_easy_from_4_4() -> None:
    def days(*levels: int) -> int:
        once = attempt(10, levels={f"d{number}": level for number, level in enumerate(levels)}, weights={})
        return (due_dates([once])[0][1] - once.held).days

    again, hard, good, easy = days(1), days(3), days(4), days(5)
    assert again < hard < good < easy
    assert (days(2, 2, 3), days(2, 3)) == (again, hard)
    assert (days(3, 3, 4), days(3, 3, 3, 4, 4)) == (hard, good)
    assert (days(4, 4, 5), days(4, 4, 4, 5, 5)) == (good, easy)


def test_each_good_repetition_puts_the_next_one_off() -> None:
    once = due_dates([attempt(20, levels={"evidence": 4})])[0][1] - attempt(20).held
    twice = (
        due_dates([attempt(25, levels={"evidence": 4}), attempt(20, levels={"evidence": 4})])[0][1] - attempt(20).held
    )
    assert timedelta(0) < once < twice


def test_a_time_in_another_zone_is_the_same_time() -> None:
    here = attempt(20)
    there = attempt(20, held=here.held.astimezone(timezone(timedelta(hours=9))))
    assert due_dates([here])[0][1] == due_dates([there])[0][1]


def test_what_is_due_says_how_and_when_it_went(bank: Bank, names: dict[str, str]) -> None:
    due = _next(bank, names, [attempt(40, levels={"evidence": 2})])["due"]
    assert due.question == "incident-command"
    assert due.reason == "Due again: 40 days ago you reached 2.0 of 5."


def test_what_was_answered_well_today_is_not_due(bank: Bank, names: dict[str, str]) -> None:
    assert "due" not in _next(bank, names, [attempt(0, levels={"evidence": 5})])


def test_the_weakest_dimension_gets_a_question_that_leads_with_it(bank: Bank, names: dict[str, str]) -> None:
    past = [attempt(0, levels={"evidence": 4, "tradeoffs": 1})]
    weak = _next(bank, names, past)["weak"]
    assert bank.cards[weak.question].dimensions[0] == "tradeoffs"
    assert weak.reason == "Trains trade-offs, your weakest dimension: 1.0 of 5, from 1 answer only."


def test_dimensions_that_stand_alike_are_none_of_them_called_the_weakest(bank: Bank, names: dict[str, str]) -> None:
    weak = _next(bank, names, [attempt(0, levels={"evidence": 3, "tradeoffs": 3})])["weak"]
    assert weak.reason == "Trains evidence, among your weakest dimensions: 3.0 of 5, from 1 answer only."


def test_what_few_answers_speak_for_is_not_called_the_weakest(bank: Bank, names: dict[str, str]) -> None:
    past = [attempt(day, levels={"evidence": 2 + day % 2}) for day in range(20)]
    past.append(attempt(0, levels={"tradeoffs": 3}))
    weak = _next(bank, names, past)["weak"]
    assert weak.reason == "Trains trade-offs: 3.0 of 5, from 1 answer only."


def test_a_flag_that_recurs_brings_back_the_question_where_it_came_up_last(bank: Bank, names: dict[str, str]) -> None:
    past = [attempt(2, flags=("list",)), attempt(1, question="disagreement", flags=("list", "foreign"))]
    flag = _next(bank, names, past)["flag"]
    assert flag.question == "disagreement"
    assert flag.reason == "2 of your last 2 answers strung terms together; try this one once more."


def test_one_flag_is_no_habit(bank: Bank, names: dict[str, str]) -> None:
    assert "flag" not in _next(bank, names, [attempt(2, flags=("list",)), attempt(1)])


def test_what_is_no_habit_of_the_candidate_brings_nothing_back(bank: Bank, names: dict[str, str]) -> None:
    past = [attempt(day, flags=("foreign", "uncertain", "second_look")) for day in range(4)]
    assert "flag" not in _next(bank, names, past)


def test_questions_that_left_the_bank_are_passed_over(bank: Bank, names: dict[str, str]) -> None:
    found = next_exercises(record([attempt(40, question="gone:away")]), bank.scale(), bank.cards, names, NOW)
    assert {exercise.question for exercise in found} <= set(bank.cards)


def test_an_empty_bank_offers_nothing(bank: Bank) -> None:
    assert next_exercises(record([attempt(40)]), bank.scale(), {}, {}, NOW) == ()


def test_the_plan_of_an_interview_hears_of_it(bank: Bank, names: dict[str, str]) -> None:
    past = record([attempt(3), attempt(1), attempt(0, levels={"tradeoffs": 1}, question="disagreement")])
    found = next_exercises(past, bank.scale(), bank.cards, names, NOW)
    known = practice(past, bank.scale(), found)
    assert known.seen == {"incident-command": 2, "disagreement": 1}
    assert known.weak[0] == "tradeoffs"
    assert planning.plan(bank, Wishes(), known) == (found[0].question,)
    assert list(known.wanted.values()) == [each.reason for each in found]


def test_who_never_practised_is_asked_by_lot(bank: Bank) -> None:
    found = next_exercises(record([]), bank.scale(), bank.cards, {}, NOW)
    assert practice(record([]), bank.scale(), found).wanted == {}
