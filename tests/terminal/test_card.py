from __future__ import annotations

import io
from functools import cache

import pytest

from interviewer.bank.library import Bank
from interviewer.rating.lines import rating_line
from interviewer.rating.rater import Finding, Flag, Quote, RaterIdentity, Rating, ThreadRating
from interviewer.rating.scorecard import Scorecard, scorecard
from interviewer.session import events as ev
from interviewer.session.transcript import fold
from interviewer.terminal import card
from interviewer.terminal.look import Look
from interviewer.terminal.screen import Screen
from interviewer.text import cells

from .escapes import PAYLOADS, foreign
from .wording import plain

FANCY, PLAIN = Look(), Look(plain=True, styled=False)
QUESTION = "Tell me about a technical disagreement in which you were in the minority."
SAID = "we cut the false alarms from 9 to 3 percent"


@cache
def bank() -> Bank:
    return Bank.open()


def met(dimension: str, quote: str = SAID) -> tuple[Finding, ...]:
    """Every part of the first level that needs one, with a quote."""
    step = min(bank().dimension(dimension).levels)
    needs = bank().dimension(dimension).levels[step]
    parts = [need if isinstance(need, str) else need[0] for need in needs]
    return tuple(Finding(part, True, Quote(quote, 0, 0, len(quote))) for part in parts)


def rated(model: str, *ratings: Rating, flags: tuple[Flag, ...] = ()) -> dict[str, object]:
    identity = RaterIdentity(model, 3, "p", "r")
    return rating_line(ThreadRating(identity, {rating.dimension: rating for rating in ratings}, flags))


def made(*happened: ev.Event) -> Scorecard:
    asked = ev.QuestionAsked(
        question_id="disagreement", text=QUESTION, weights={"evidence": 2, "humility": 1, "ownership": 1}
    )
    transcript = fold([asked, *happened])
    return scorecard(transcript, bank().dimension, bank().scale())


def lines(of: Scorecard, look: Look = FANCY, width: int = 81, height: int | None = None) -> list[str]:
    return plain(card.lines(card.CardView(of, look, bank().scale(), bank().dimension, height), width))


ANSWER = ev.AnswerGiven(text=f"It was the release and {SAID}.", seconds=130)
PROBE = ev.ProbeAsked(dimension="evidence", part="x", text="Compared with what?", reason="no baseline had been named")
JUDGED = (
    ANSWER,
    ev.Rated(thread=0, stage="first", line=rated("ollama/m", Rating("evidence", 2, findings=met("evidence")))),
    PROBE,
    ev.AnswerGiven(text="With the week before.", seconds=20),
    ev.Rated(thread=0, stage="final", line=rated("offline", Rating("evidence", 2, findings=met("evidence")))),
    ev.Rated(
        thread=0,
        stage="final",
        line=rated(
            "ollama/m",
            Rating("evidence", 4, findings=met("evidence"), spread=2.0),
            Rating("humility", None, "the answer says nothing of it"),
            Rating("ownership", 3, findings=(Finding("made-up-part", False, None, "the quote was not found"),)),
            flags=(Flag("red", "Blames somebody who is not in the room", Quote("it was their fault", 0, 0, 18)),),
        ),
    ),
    ev.QuestionClosed(reason="done"),
)  # fmt: skip


def test_the_sum_comes_first() -> None:
    shown = lines(made(*JUDGED))
    assert shown[0].startswith("Scorecard ──")
    assert shown[1].startswith("Overall   strong, 3.7 of 5 (likely ")
    assert shown[3:5] == ["Strongest Evidence, 4.0", "Weakest   Ownership, 3.0"]
    assert any(row.startswith("Next time ") for row in shown)
    assert "Rated by  ollama/m; 2 ratings, 1 not scored" in shown


def test_a_dimension_says_its_level_where_it_came_from_and_how_sure_it_is() -> None:
    row = next(row for row in lines(made(*JUDGED), width=97) if "Evidence  " in row)
    assert row == "■■■■□ 4 Evidence  2 on the first answer; offline estimate 2; uncertain, readings lie 2 apart"


def test_under_a_level_stands_the_quote_and_what_is_missing_for_the_next() -> None:
    shown = lines(made(*JUDGED))
    assert f"    “{SAID}”" in shown
    assert "    For a 4: see “Next time”" in shown
    assert len([row for row in shown if row.startswith("    For a 5: ")]) == 1


def test_the_words_shown_are_those_that_decided_the_level() -> None:
    dimension = bank().dimension("evidence")
    higher = next(name for name in reversed(dimension.parts) if not dimension.parts[name].fault)
    beyond = Finding(higher, True, Quote("we will do it better", 0, 0, 1))
    shown = lines(
        made(
            ANSWER,
            ev.Rated(
                thread=0,
                stage="final",
                line=rated("offline", Rating("evidence", 2, findings=(*met("evidence"), beyond))),
            ),
        )
    )
    assert f"    “{SAID}”" in shown
    assert not any("better" in row for row in shown), "a part of a level that was not reached decides nothing"


def test_what_to_do_next_time_is_said_once() -> None:
    said = made(*JUDGED)
    for height in (None, 20, 80):
        flat = " ".join(" ".join(lines(said, height=height)).split())
        assert said.change
        assert flat.count(" ".join(said.change.find.split())) == 1
        assert flat.count("strong, 3.7 of 5") == 1


def test_a_scorecard_longer_than_the_screen_ends_with_its_sum() -> None:
    shown = lines(made(*JUDGED), height=20)
    assert shown[0].startswith("Scorecard ──")
    closing = shown[shown.index(next(row for row in shown if row.startswith("In short ──"))) :]
    assert closing[1].startswith("Overall   strong")
    assert closing[-1] == "Rated by  ollama/m; 2 ratings, 1 not scored"
    assert len(closing) < 12


def test_a_scorecard_that_fits_the_screen_begins_with_its_sum() -> None:
    assert lines(made(*JUDGED), height=60) == lines(made(*JUDGED))


def test_dimensions_that_stand_alike_are_named_together() -> None:
    alike = rated("ollama/m", *(Rating(name, 3, findings=met(name)) for name in ("evidence", "humility")))
    shown = lines(made(ANSWER, ev.Rated(thread=0, stage="final", line=alike)))
    assert "All equal Evidence, Humility, 3.0 each" in shown


def test_a_try_that_was_answered_once_more_does_not_count() -> None:
    twice = made(
        ANSWER,
        ev.Rated(thread=0, stage="final", line=rated("offline", Rating("evidence", 2, findings=met("evidence")))),
        ev.QuestionClosed(reason="done"),
        ev.Redone(question_id="disagreement"),
        ANSWER,
        ev.Rated(thread=1, stage="final", line=rated("offline", Rating("evidence", 4, findings=met("evidence")))),
    )
    assert (twice.overall, twice.scored) == (4.0, 1)
    assert any("answered once more below, and only that counts" in row for row in lines(twice, width=120))


def test_a_judge_that_was_not_asked_is_not_named_as_the_rater() -> None:
    flag = Flag("floor", "No model was asked; this was rated by rules.", None)
    by_rules = ev.Rated(
        thread=0,
        stage="final",
        line=rated("ollama/m", Rating("evidence", 1, findings=met("evidence")), flags=(flag,)),
    )
    assert "Rated by  offline; 1 rating" in lines(made(ANSWER, by_rules))


def test_a_rater_that_gave_no_level_is_not_named() -> None:
    silent = ev.Rated(thread=0, stage="final", line=rated("ollama/m", Rating("humility", None, "no occasion for it")))
    shown = lines(made(ANSWER, silent))
    assert shown[1:3] == ["Overall   not scored", "          no occasion for it"]
    assert not any(row.startswith("Rated by") for row in shown)


def test_a_judge_that_gave_no_level_where_offline_rules_did_is_told_of() -> None:
    by_rules = ev.Rated(thread=0, stage="final", line=rated("offline", Rating("evidence", 2, findings=met("evidence"))))
    found = Rating("evidence", None, "it misquoted", met("evidence"))
    silent = ev.Rated(thread=0, stage="final", line=rated("ollama/m", found))
    unread = ev.Rated(thread=0, stage="final", line=rated("x/y", Rating("evidence", None, "x took no key.")))
    for judge, said in (
        (silent, "ollama/m read it too, and gave no level that counts."),
        (unread, "x/y has rated none of it: x took no key."),
    ):
        shown = lines(made(ANSWER, by_rules, judge))
        at = next(number for number, row in enumerate(shown) if row.startswith("Rated by  offline"))
        assert shown[at + 1].strip() == said


def test_unscored_is_a_dash_with_its_reason_and_never_a_number() -> None:
    shown = lines(made(*JUDGED))
    row = shown.index("      – Humility")
    assert shown[row + 1] == "    not scored: the answer says nothing of it"


def test_what_is_unscored_for_one_reason_is_said_once() -> None:
    reason = "Offline, only answers in English are read."
    nothing = [Rating(name, None, reason) for name in ("evidence", "humility", "ownership")]
    foreign_answer = rated("offline", *nothing, flags=(Flag("foreign", reason), Flag("thin", "There is too little.")))
    shown = " ".join(lines(made(ANSWER, ev.Rated(thread=0, stage="final", line=foreign_answer)), PLAIN))
    assert "Evidence, Humility, Ownership: not scored. Offline, only answers in English are read." in shown
    assert shown.count(reason) == 2, "as the sum, and where it holds"
    assert "too little" not in shown


def test_a_level_without_a_quote_says_that_nothing_counted() -> None:
    bare = rated("offline", Rating("evidence", 1))
    assert "    nothing you said counts for more" in lines(made(ANSWER, ev.Rated(thread=0, stage="final", line=bare)))


def test_a_claim_that_does_not_count_is_named_with_the_reason() -> None:
    assert "    not counted: made-up-part (the quote was not found)" in lines(made(*JUDGED))


def test_many_claims_that_do_not_count_are_one_line() -> None:
    dropped = tuple(Finding(f"part-{number}", False, None, "the quote was not found") for number in range(5))
    many = made(ANSWER, ev.Rated(thread=0, stage="final", line=rated("ollama/m", Rating("evidence", 1, None, dropped))))
    told = [row for row in lines(many) if "not counted" in row]
    assert told == ["    not counted: 5 claims of the rater (--full says which, and why)"]


def test_new_facts_and_turns_of_a_debate_stand_on_the_card() -> None:
    fact = ev.Said(text="Support finds nineteen cases.", purpose="development")
    flat = " ".join(lines(made(*JUDGED[:4], fact, *JUDGED[4:])))
    assert (
        "? “Compared with what?” Why this was asked: no baseline had been named ? “Support finds nineteen cases.”"
        in flat
    )


def test_a_flag_quotes_what_raised_it() -> None:
    assert "! Blames somebody who is not in the room: “it was their fault”" in lines(made(*JUDGED))


def test_a_probe_says_why_it_was_asked() -> None:
    assert "? “Compared with what?” Why this was asked: no baseline had been named" in lines(made(*JUDGED))


def test_time_words_and_follow_ups_stand_under_the_question() -> None:
    assert "2 min 30 s, 19 words, 1 follow-up" in lines(made(*JUDGED))


def test_an_offline_card_says_what_an_estimate_is_worth() -> None:
    offline = ev.Rated(thread=0, stage="final", line=rated("offline", Rating("evidence", 2, findings=met("evidence"))))
    shown = " ".join(" ".join(lines(made(ANSWER, offline))).split())
    assert "An offline estimate: on our rated answers" in shown
    assert "{" not in shown
    assert "An offline estimate" not in " ".join(lines(made(*JUDGED)))


def unscored_offline() -> Scorecard:
    return made(
        ANSWER,
        ev.Rated(
            thread=0,
            stage="final",
            line=rated(
                "offline",
                Rating("humility", None, "Nothing was said that could be rated."),
                flags=(Flag("addressed", "This speaks to the rater; it was left out.", Quote(SAID, 0, 0, 1)),),
            ),
        ),
    )


def test_what_an_estimate_is_worth_is_not_said_of_a_card_without_one() -> None:
    assert "An offline estimate" not in " ".join(lines(unscored_offline()))


@pytest.mark.parametrize("look", [FANCY, PLAIN], ids=["fancy", "plain"])
def test_a_reason_that_ends_with_a_full_stop_gets_no_second_mark(look: Look) -> None:
    shown = " ".join(lines(unscored_offline(), look, 200))
    assert "Nothing was said that could be rated." in shown
    assert "it was left out: " in shown
    assert not any(marks in shown for marks in ("..", ".:", ".;"))


def test_a_card_without_ratings_says_so() -> None:
    shown = lines(made(ANSWER))
    assert shown[1:3] == ["Overall   not scored", "          Nothing has been rated yet."]
    assert "Not rated." in shown


@pytest.mark.parametrize("width", [24, 40, 80, 120])
@pytest.mark.parametrize("look", [FANCY, PLAIN], ids=["fancy", "plain"])
def test_no_row_is_wider_than_the_screen(width: int, look: Look) -> None:
    out = io.StringIO()
    screen = Screen(Look(plain=look.plain, styled=False), out, width)
    card.show(screen, made(*JUDGED), bank().scale(), bank().dimension)
    assert all(cells(row) <= width for row in out.getvalue().split("\n"))


def test_a_screen_reader_gets_sentences_without_bars() -> None:
    shown = lines(made(*JUDGED), PLAIN, 120)
    assert "Evidence: 4 of 5; 2 on the first answer; offline estimate 2; uncertain, readings lie 2 apart." in shown
    assert "Humility: not scored. the answer says nothing of it." in shown
    assert not set("".join(shown)) & set("■□─")


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_stored_text_cannot_reach_the_terminal_raw(payload: str) -> None:
    text = f"a {payload} b"
    hostile = made(
        ev.AnswerGiven(text=text),
        ev.ProbeAsked(dimension="evidence", part="x", text=text, reason=text),
        ev.AnswerGiven(text=text),
        ev.Rated(
            thread=0,
            stage="final",
            line=rated(
                text,
                Rating("evidence", 2, findings=met("evidence", text)),
                Rating("humility", None, text),
                Rating("ownership", 3, findings=(Finding(text, False, None, text),)),
                flags=(Flag("red", text, Quote(text, 0, 0, 1)),),
            ),
        ),
    )
    for look in (FANCY, PLAIN):
        out = io.StringIO()
        card.show(Screen(look, out, 60), hostile, bank().scale(), bank().dimension)
        assert foreign(out.getvalue()) == []


def test_a_second_try_is_no_further_question() -> None:
    line = rated("offline", Rating("evidence", 2, findings=met("evidence")))
    final = (ANSWER, ev.QuestionClosed(reason="done"), ev.Rated(thread=0, stage="final", line=line))
    again = (ev.Redone(question_id="disagreement"), ANSWER, ev.Rated(thread=1, stage="final", line=line))
    told = "\n".join(lines(made(*final, *again)))
    assert "Question 2 (question 1 again)" in told
    assert "question 1 tried again)" in " ".join(told.split())
