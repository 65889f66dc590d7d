from __future__ import annotations

from interviewer.terminal.asking import LONGEST_ANSWER, SET_ASIDE, Asking


def test_an_answer_goes_out_at_once() -> None:
    assert Asking().may_send("I measured it twice.")


def test_two_words_are_asked_about_once() -> None:
    asking = Asking()
    assert not asking.may_send("not sure")
    assert asking.message == "Only 2 words: once more sends it."
    assert asking.may_send("not sure")


def test_two_other_words_are_asked_about_again() -> None:
    asking = Asking()
    asking.may_send("not sure")
    asking.typed()
    assert not asking.may_send("not really")


def test_an_empty_text_is_never_sent_however_often_enter_is_pressed() -> None:
    asking = Asking()
    assert not asking.may_send(" \n")
    assert not asking.may_send(" \n")
    assert "/skip" in asking.message


def test_a_command_is_not_counted_in_words() -> None:
    assert Asking().may_send("/hint")
    assert not Asking().may_send("/")


def test_a_second_interrupt_leaves_for_as_long_as_the_line_says_so() -> None:
    asking = Asking()
    assert not asking.interrupted(SET_ASIDE)
    assert asking.message == "Your draft is kept: the Up key brings it back. Ctrl-C again leaves."
    asking.typed()
    assert not asking.interrupted()
    assert not asking.ended()
    assert not asking.interrupted()
    assert asking.interrupted()


def test_the_end_of_input_asks_before_it_leaves() -> None:
    asking = Asking()
    assert not asking.ended()
    assert asking.ended()


def test_typing_answers_whatever_was_asked() -> None:
    asking = Asking()
    asking.ended()
    asking.typed()
    assert asking.message == ""
    assert not asking.ended()


def test_an_answer_of_many_hours_is_not_sent_and_not_thrown_away() -> None:
    asking = Asking()
    assert asking.may_send("I measured it. " * (LONGEST_ANSWER // 15))
    for _ in range(2):
        assert not asking.may_send("I measured it. " * LONGEST_ANSWER)
        assert "it stays here" in asking.message
