from __future__ import annotations

from dataclasses import replace

from interviewer.bank.library import Bank
from interviewer.interview.candidate import Situation
from interviewer.interview.lines import load_lines
from interviewer.terminal.toolbar import advice, bottom_lines
from interviewer.text import cells, clock

SPEAKING = load_lines(Bank.open()).pace.speaking
ANSWER, REPLY = SPEAKING["answer"], SPEAKING["reply"]
OFFLINE = Situation("In the minority", 2, 4, 1, 100.0, 500.0, "exam", "offline", "", ("help",), length=REPLY)
REMOTE = replace(OFFLINE, model="openai/gpt", host="api.openai.com", tokens=1240, cost=0.0031)
KEYS = "Enter sends, Alt-Enter makes a line"


def lines(situation: Situation, width: int, words: int = 134, speaking: float = 57.0) -> tuple[str, ...]:
    return bottom_lines(situation, 233.0, words, speaking, KEYS, width)


def test_a_wide_screen_says_everything() -> None:
    assert lines(REMOTE, 110) == (
        "question 2 of 4 · probe 1 · 02:13 of 08:20 · 134 words · 00:57 spoken · about right · exam",
        "openai/gpt · words go to api.openai.com · 1,240 tokens · $0.0031 · "
        "Enter sends, Alt-Enter makes a line · /help",
    )


def test_a_narrow_screen_keeps_what_matters_and_where_the_words_go() -> None:
    assert lines(REMOTE, 50) == ("2 of 4 · probe 1 · 02:13 of 08:20 · 134 words", "words go to api.openai.com · /help")
    assert lines(OFFLINE, 40)[1] == "words stay here · /help"
    assert lines(REMOTE, 26)[1] == "words go to api.openai.com"


def test_no_line_is_wider_than_the_screen() -> None:
    assert all(cells(line) <= width for width in range(20, 130) for line in lines(REMOTE, width))


def test_offline_says_that_words_stay_here_and_counts_no_money() -> None:
    assert lines(OFFLINE, 100)[1] == "offline · words stay here · Enter sends, Alt-Enter makes a line · /help"


def test_a_price_nobody_knows_is_not_nought() -> None:
    assert "price unknown" in lines(replace(REMOTE, cost=None), 120)[1]


def test_a_model_s_name_cannot_break_the_line() -> None:
    assert lines(replace(OFFLINE, model="evil\x1b]0;x\x07\nmodel"), 100)[1].startswith("evil model")


def test_the_target_is_shorter_for_a_reply_and_a_question_has_none() -> None:
    assert advice(20, ANSWER) == "aim for 2–3 minutes"
    assert advice(20, REPLY) == "aim for about a minute"
    assert advice(60, REPLY) == "about right"
    assert advice(200, ANSWER) == "long: come to the end"
    assert advice(200, None) == ""


def test_time_never_runs_backwards() -> None:
    assert clock(-3) == "00:00"
    assert clock(605.9) == "10:05"
