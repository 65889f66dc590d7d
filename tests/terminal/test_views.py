from __future__ import annotations

import pytest

from interviewer.interview.candidate import Purpose, Utterance
from interviewer.terminal import views
from interviewer.terminal.look import Look
from interviewer.text import cells

from .wording import plain

FANCY, PLAIN = Look(), Look(plain=True, styled=False)
QUESTION = Utterance(
    Purpose.QUESTION,
    "Tell me about a disagreement in which you were in the minority. How did it end?",
    "In the minority",
)


def shown(said: Utterance, look: Look = FANCY, width: int = 50) -> list[str]:
    return plain(views.utterance(said, look, width))


def test_a_question_stands_in_a_quiet_frame() -> None:
    assert shown(QUESTION) == [
        "╭─ In the minority ─────────────────────────────╮",
        "│ Tell me about a disagreement in which you     │",
        "│ were in the minority. How did it end?         │",
        "╰───────────────────────────────────────────────╯",
        "",
    ]


def test_a_frame_closes_around_wide_and_combining_characters() -> None:
    rows = shown(Utterance(Purpose.QUESTION, "安全とは何ですか。 e\u0301tude 👩‍💻 سلام", "題名"), width=30)[:-1]
    assert {cells(row) for row in rows} == {29}


def test_a_frame_fits_a_narrow_screen() -> None:
    rows = shown(QUESTION, width=24)
    assert max(map(cells, rows)) == 23


def test_a_stream_of_ascii_gets_an_ascii_frame() -> None:
    assert all(row.isascii() for row in shown(QUESTION, Look(ascii=True)))


def test_a_probe_a_hint_and_a_notice_are_told_apart_without_colour() -> None:
    assert shown(Utterance(Purpose.PROBE, "Who was against it?"))[0] == "▌ Who was against it?"
    assert shown(Utterance(Purpose.HINT, "Think of a loss.", "hint 1 of 3"))[:2] == [
        "┊ hint 1 of 3",
        "┊ Think of a loss.",
    ]
    assert shown(Utterance(Purpose.NOTICE, "Noted."))[0] == "  Noted."
    assert shown(Utterance(Purpose.TROUBLE, "No answer."))[0] == "! No answer."


def test_a_screen_reader_gets_labelled_lines() -> None:
    assert shown(QUESTION, PLAIN, 60) == [
        "interviewer, question, In the minority: Tell me about a",
        "disagreement in which you were in the minority. How did it",
        "end?",
        "",
    ]
    assert shown(Utterance(Purpose.PROBE, "Who was against it?"), PLAIN)[0] == "interviewer: Who was against it?"
    assert (
        shown(Utterance(Purpose.HINT, "Think of a loss.", "hint 1 of 3"), PLAIN)[0] == "hint 1 of 3: Think of a loss."
    )


def test_what_looks_like_markup_stays() -> None:
    assert shown(Utterance(Purpose.PROBE, "List<Foo> [/b] **x** [link=y]"))[0] == "▌ List<Foo> [/b] **x** [link=y]"


def test_an_answer_keeps_its_lines() -> None:
    assert plain(views.answer("One.\n\nTwo.", FANCY, 50)) == ["› One.", "  ", "  Two.", ""]


def test_a_very_long_answer_is_cut_in_the_middle_and_says_so() -> None:
    rows = plain(views.answer("\n".join(f"line {number}" for number in range(1000)), FANCY, 50))
    assert len(rows) == views.LONGEST_ECHO + 2
    assert rows[20] == "  … 1,920 more words, all kept …"


@pytest.mark.parametrize("purpose", Purpose)
def test_every_purpose_can_be_shown(purpose: Purpose) -> None:
    assert "words" in "\n".join(shown(Utterance(purpose, "words")))
    assert "words" in "\n".join(shown(Utterance(purpose, "words"), PLAIN))


def test_after_a_break_the_end_of_the_last_answer_stands_above_the_probe() -> None:
    said = Utterance(
        Purpose.RECALL, "We stopped the release. " * 20 + "The scan had found 212 names of patients in it."
    )
    assert shown(said) == ["› … stopped the release. The scan had found 212", "  names of patients in it.", ""]
    assert shown(said, PLAIN)[0].startswith("you: … ")
    assert shown(Utterance(Purpose.RECALL, "No.")) == ["› No.", ""]
