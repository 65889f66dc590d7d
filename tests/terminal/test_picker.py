from __future__ import annotations

import asyncio
import io
from pathlib import Path

import pytest

from interviewer.terminal.look import Look
from interviewer.terminal.picker import _numbers, _rows, choose
from interviewer.terminal.picker_keys import CORRECTION, Selection
from interviewer.terminal.screen import Screen

from .escapes import foreign_beside_the_editor
from .harness import Terminal

PROGRAM = str(Path(__file__).with_name("picking.py"))


def test_a_digit_marks_the_option_that_goes_by_it_else_the_one_in_its_place() -> None:
    assert Selection(["none", "1", "2"], "none").digits == {"1": 1, "2": 2}
    assert Selection(["yes", "no"], "yes").digits == {"1": 0, "2": 1}


def test_in_plain_lines_too_a_level_goes_by_its_own_number() -> None:
    assert _numbers(["none", "1", "2"]) == {"0": "none", "1": "1", "2": "2"}
    assert _numbers(["yes", "no"]) == {"1": "yes", "2": "no"}


def test_arrows_move_and_enter_takes() -> None:
    with Terminal(["python", PROGRAM, "4"]) as terminal:
        assert terminal.wait_for("› option 2")[0] == "Which one?"
        terminal.press("down")
        terminal.wait_for("› option 3")
        terminal.press("enter")
        terminal.wait_for("picked key-3")
        assert foreign_beside_the_editor(terminal.raw) == []


def test_on_a_narrow_screen_what_is_told_is_folded_and_not_cut() -> None:
    with Terminal(["python", PROGRAM, "4"], columns=32) as terminal:
        terminal.wait_for("› option 2")
        terminal.type("x\r")
        terminal.wait_for(CORRECTION)


def test_enter_alone_takes_the_default() -> None:
    with Terminal(["python", PROGRAM, "4"]) as terminal:
        terminal.wait_for("› option 2")
        terminal.press("enter")
        terminal.wait_for("picked key-2")


def test_no_enter_after_typed_text_takes_anything_and_the_keys_are_named() -> None:
    with Terminal(["python", PROGRAM, "4"]) as terminal:
        terminal.wait_for("› option 2")
        terminal.type("/hint 4 jk\r")
        terminal.wait_for("This is a list: Up and Down choose, then Enter takes.")
        terminal.press("enter")
        terminal.press("down")
        terminal.wait_for("› option 3")
        terminal.wait_for("Up and Down, then Enter")
        terminal.press("enter")
        terminal.wait_for("picked key-3")


def test_a_paste_into_a_list_takes_nothing() -> None:
    with Terminal(["python", PROGRAM, "4"]) as terminal:
        terminal.wait_for("› option 2")
        terminal.paste("We argued.\rI measured it.\r")
        terminal.press("enter")
        terminal.wait_for("What you typed is kept.")
        terminal.press("up")
        terminal.wait_for("› option 1")
        terminal.press("enter")
        terminal.wait_for("picked key-1")


def test_what_is_typed_at_a_list_is_kept_with_its_first_letter_which_is_a_shortcut() -> None:
    selection = Selection(["go", "redo"], "go")
    selection.shortcut(1, "j")
    selection.typed("ust one more thing")
    selection.shortcut(1, "j")
    selection.rubbed_out()
    assert selection.text == "just one more thing"
    assert selection.taken() is None
    assert selection.taken() is None


def test_the_name_of_an_option_typed_as_a_command_takes_it_and_nothing_of_it_is_kept() -> None:
    selection = Selection(["go", "redo"], "go")
    selection.typed("one more thing\r/redo")
    assert selection.taken() == "redo"
    assert selection.text == "one more thing"


def test_what_is_longer_than_a_row_is_folded_and_not_cut() -> None:
    assert _rows("the new answer counts", 10) == ["the new", "answer", "counts"]
    assert _rows("1  two columns", 20) == ["1  two columns"]


def test_a_digit_marks_and_a_long_list_scrolls() -> None:
    with Terminal(["python", PROGRAM, "40"], rows=20) as terminal:
        terminal.wait_for("› option 2")
        terminal.type("7")
        terminal.wait_for("› option 7")
        terminal.press("end")
        terminal.wait_for("› option 40")
        terminal.press("enter")
        terminal.wait_for("picked key-40")


@pytest.mark.parametrize(
    ("key", "said", "plain"),
    [
        ("ctrl-c", "nothing", False),
        ("escape", "nothing", False),
        ("ctrl-d", "the end", False),
        ("ctrl-c", "nothing", True),
        ("ctrl-d", "the end", True),
    ],
)
def test_escape_ctrl_c_and_ctrl_d_choose_nothing(key: str, said: str, plain: bool) -> None:
    with Terminal(["python", PROGRAM, "4", *(["plain"] if plain else [])]) as terminal:
        terminal.wait_for("Number, or Enter for 2:" if plain else "› option 2")
        terminal.press(key)
        terminal.wait_for(f"picked {said}")


def test_a_plain_list_is_numbered_and_asks_again() -> None:
    with Terminal(["python", PROGRAM, "4"], env={"TERM": "dumb"}) as terminal:
        terminal.wait_for("Number, or Enter for 2:")
        terminal.type("9\n")
        terminal.wait_for("That is not one of 1 to 4.")
        terminal.type("4\n")
        terminal.wait_for("picked key-4")
        assert b"\x1b" not in terminal.raw


def test_with_nobody_there_the_default_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("1\n"))
    screen = Screen(Look(), io.StringIO(), 80)
    assert asyncio.run(choose("Which one?", {"a": "A", "b": "B"}, "b", screen)) == "b"
