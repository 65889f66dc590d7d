"""Progress as page and as text, and two ratings side by side."""

from __future__ import annotations

import re

import pytest

from interviewer.bank.library import Bank
from interviewer.rating.rater import Finding, Rating
from interviewer.report import progress_page, progress_text, wording
from interviewer.report.comparison import compare
from interviewer.report.exercises import Exercise

from .practised import attempt, of
from .test_page import Parsed

PAST = [
    attempt(2, company="anthropic", levels={"evidence": 2, "ownership": 5}, guesses={"evidence": 4}, probes=2),
    attempt(0, levels={"evidence": 4, "ownership": 5}, before={"evidence": 2}),
]
NEXT = [Exercise("incident-command", "due", "Due again: 40 days ago you reached 2.0 of 5.")]


def test_progress_as_text_is_the_same_to_the_letter(bank: Bank) -> None:
    assert (
        progress_text.render(of(PAST, bank), NEXT, bank)
        == """\
2 interviews, 2 answers, 8 min of answers, never yet on two days in a row
Lately 1.0 follow-ups a question; they raised a level by 2.0 on average.
All answers were read without a model: take those levels as estimates.

Levels are from 1 to 5, recent answers weigh more; a block is one try at a question.

Dimension  now   likely  answers
Evidence   3.1  2.2–3.9        2  ▃▆
Ownership  5.0  4.3–5.0        2  ██

Kind         now   likely  answers
Behavioural  4.3  3.6–5.0        2  ▆▇

Company    now   likely  answers
Anthropic  3.9  2.8–5.0        1  ▆

Evidence: your own guesses lay 2.0 levels too high

What next (start one with: interviewer next)
1. An incident you led. Due again: 40 days ago you reached 2.0 of 5.
"""
    )


def test_before_the_first_answer_the_text_says_so(bank: Bank) -> None:
    text = progress_text.render(of([], bank), NEXT, bank)
    assert text.startswith("Nothing has been practised yet.\n\nWhat next (start one with: interviewer next)\n1. An")


def test_the_page_is_guarded_like_the_scorecard(bank: Bank) -> None:
    hostile = [attempt(0, company="<script>alert(1)</script>", kind="<b>x", levels={"evidence": 3, "<i>": 2})]
    html = progress_page.render(of([*PAST, *hostile], bank), [Exercise("<u>", "due", "<script>")], bank)
    seen = Parsed(html)
    assert not seen.tags & {"script", "b", "i", "u"}
    assert "style-src 'sha256-" in html
    assert not re.search(r"https?:|url\(", html.replace("http://www.w3.org/2000/svg", ""))
    assert "Your own guesses lay 2.0 levels too high." in seen.text


def test_a_page_without_anything_says_what_will_begin_it(bank: Bank) -> None:
    assert "The first rated answer begins this page." in progress_page.render(of([], bank), [], bank)


@pytest.mark.parametrize(("levels", "drawn"), [([1, 2, 3, 4, 5], "▁▃▅▆█"), ([], ""), ([0, 9], "▁█")])
def test_a_course_is_a_row_of_blocks(levels: list[float], drawn: str) -> None:
    assert wording.sparkline(levels) == drawn


def test_two_ratings_side_by_side_name_what_was_gained_and_lost(bank: Bank) -> None:
    parts = bank.dimension("evidence").parts
    left = {"evidence": Rating("evidence", 2, None, (Finding("mention", True), Finding("bounded", True)))}
    right = {
        "evidence": Rating("evidence", 3, None, (Finding("mention", True), Finding("specific", True))),
        "humility": Rating("humility", None, "no"),
    }
    evidence, humility = compare(left, right, bank.dimension)
    assert (evidence.left, evidence.right, evidence.change) == (2, 3, 1)
    assert evidence.gained == (parts["specific"].met_when,)
    assert evidence.lost == (parts["bounded"].met_when,)
    assert (humility.left, humility.right, humility.change) == (None, None, None)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 s"), (59.4, "59 s"), (59.6, "1 min"), (61, "1 min 01 s"), (3600, "1 h 00 min"), (7500, "2 h 05 min")],
)
def test_a_duration_is_said_in_the_units_one_would_say(seconds: float, said: str) -> None:
    assert wording.duration(seconds) == said


@pytest.mark.parametrize(
    ("left", "right", "said"), [(2, 3, "+1"), (3, 3, "same"), (3.4, 3.0, "-0.4"), (3.0, 3.04, "same"), (None, 3, "")]
)
def test_a_change_is_said_with_its_sign(left: float | None, right: float | None, said: str) -> None:
    assert wording.changed(left, right) == said


def test_the_text_fits_a_narrow_terminal(bank: Bank) -> None:
    past = [attempt(days, levels={"evidence": 2, "technical_depth": 4}, company="anthropic") for days in range(50)]
    text = progress_text.render(of(past, bank), NEXT, bank, 40)
    assert max(map(len, text.splitlines())) <= 40
    assert wording.sparkline([4] * 4) in text
