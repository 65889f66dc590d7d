"""The chat in a real terminal, on the real bank: what a candidate does with their hands."""

from __future__ import annotations

import json
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from interviewer.terminal.own_editor import remove_left_behind

from .escapes import PAYLOADS, foreign_beside_the_editor
from .harness import Terminal

DEMO = Path(__file__).with_name("demo.py")
FIRST = "We argued about the release for two weeks and I measured it."
Start = Callable[..., Terminal]


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "record.json"


@pytest.fixture
def start(record: Path, request: pytest.FixtureRequest) -> Start:
    def open_terminal(*options: str, waits_for: str = "0 words", **terminal: Any) -> Terminal:
        opened = Terminal(["python", str(DEMO), str(record), *options], **terminal)
        request.addfinalizer(lambda: opened.__exit__(None, None, None))
        opened.wait_for(waits_for)
        return opened

    return open_terminal


def told(record: Path) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(record.read_text("utf-8"))
    return body


def leave(terminal: Terminal) -> None:
    terminal.press("ctrl-d")
    terminal.wait_for("Ctrl-D again leaves")
    terminal.press("ctrl-d")
    terminal.wait_for("demo over")


def test_the_question_is_on_the_screen_with_what_helps(start: Start) -> None:
    screen = start().screen()
    at = next(row for row, text in enumerate(screen) if text.startswith("╭─ In the minority"))
    assert screen[at + 1 : at + 6] == [
        "│ Tell me about a technical disagreement in which you were in the minority.   │",
        "│ How did it end?                                                             │",
        "╰─────────────────────────────────────────────────────────────────────────────╯",
        "",
        "› In your own words, 2–3 minutes. Enter sends, Alt-Enter makes a line.",
    ]
    assert re.fullmatch(r"question 1 of 1 · 00:0\d · 0 words · exam", screen[-2])
    assert screen[-1] == "offline · words stay here · Enter sends, Alt-Enter makes a line · /help"


def test_enter_sends_and_two_other_keys_make_a_line(start: Start, record: Path) -> None:
    terminal = start()
    terminal.type("We argued.")
    terminal.press("alt-enter")
    terminal.type("I measured it.")
    terminal.press("ctrl-j")
    terminal.type("They agreed.")
    terminal.wait_for("7 words")
    terminal.press("enter")
    terminal.wait_for("probe 1")
    leave(terminal)
    assert told(record)["answers"] == ["We argued.\nI measured it.\nThey agreed."]


def test_enter_and_alt_enter_change_places_on_request(start: Start, record: Path) -> None:
    terminal = start("enter=breaks")
    terminal.type("We argued.")
    terminal.press("enter")
    terminal.type("I measured it.")
    terminal.wait_for("5 words")
    terminal.press("alt-enter")
    terminal.wait_for("probe 1")
    leave(terminal)
    assert told(record)["answers"] == ["We argued.\nI measured it."]


def test_a_sent_answer_stays_above_the_probe(start: Start) -> None:
    terminal = start()
    terminal.type(FIRST)
    terminal.press("enter")
    screen = terminal.wait_for("probe 1")
    at = screen.index(f"› {FIRST}")
    assert screen[at + 1] == ""
    assert screen[at + 2].startswith("▌ ")


def test_a_whole_interview_ends_with_a_scorecard(start: Start, record: Path) -> None:
    terminal = start()
    terminal.type(FIRST)
    terminal.press("enter")
    terminal.wait_for("probe 1")
    terminal.type("/end")
    terminal.press("enter")
    terminal.wait_for("demo over")
    assert terminal.wait_exit() == 0
    shown = "\n".join(terminal.scrollback())
    assert "Scorecard ──" in shown
    assert "An offline estimate" in shown
    assert told(record)["ended"] == "finished"


# --- pasting ------------------------------------------------------------------------------------------------


def test_a_paste_keeps_its_lines_and_is_not_sent(start: Start, record: Path) -> None:
    terminal = start()
    terminal.paste("First we argued.\r\n\r\n\tThen we measured.\r")
    terminal.wait_for("6 words")
    terminal.press("enter")
    terminal.wait_for("probe 1")
    leave(terminal)
    assert told(record)["answers"] == ["First we argued.\n\n\tThen we measured.\n"]


def test_a_paste_that_the_terminal_does_not_mark_is_not_sent_line_by_line(start: Start, record: Path) -> None:
    terminal = start()
    terminal.type("First we argued.\rThen we measured.\rThen they agreed.")
    terminal.wait_for("9 words")
    terminal.press("enter")
    terminal.wait_for("probe 1")
    leave(terminal)
    assert told(record)["answers"] == ["First we argued.\nThen we measured.\nThen they agreed."]


def test_escape_sequences_in_a_paste_are_kept_and_never_obeyed(start: Start, record: Path) -> None:
    terminal = start()
    harmless_in_a_paste = [text for text in PAYLOADS.values() if "\x1b[201~" not in text and "\r" not in text]
    pasted = "\n".join(f"before {text} after" for text in harmless_in_a_paste if text.isprintable() or text.isascii())
    terminal.paste(pasted)
    terminal.wait_until(lambda screen: "0 words" not in "\n".join(screen))
    terminal.press("enter")
    terminal.wait_for("probe 1")
    leave(terminal)
    assert foreign_beside_the_editor(terminal.raw) == []
    assert told(record)["answers"] == [pasted]


def test_bidirectional_text_in_the_editor_shows_its_controls_as_dots(start: Start) -> None:
    terminal = start()
    terminal.paste("run \u202egnp.exe\u202c now")
    terminal.wait_for("› run ·gnp.exe· now")


def test_two_hundred_kilobytes_can_be_pasted_edited_and_sent(start: Start, record: Path) -> None:
    terminal = start()
    text = ("some words here are " * 50 + "\n") * 200
    terminal.paste(text)
    terminal.wait_for("40000 words")
    terminal.type("and more")
    terminal.wait_for("40002 words")
    terminal.press("enter")
    terminal.wait_for("probe 1")
    assert "more words, all kept" in "\n".join(terminal.scrollback())
    leave(terminal)
    assert told(record)["answers"] == [text + "and more"]


# --- editing ------------------------------------------------------------------------------------------------


def test_rows_break_at_words_and_up_and_down_move_by_them(start: Start, record: Path) -> None:
    terminal = start(columns=40)
    terminal.type("I was the only one who thought that the new classifier should wait")
    screen = terminal.wait_for("13 words")
    at = next(row for row, text in enumerate(screen) if text.startswith("› I was"))
    assert screen[at : at + 2] == ["› I was the only one who thought that", "  the new classifier should wait"]
    terminal.press("up")
    terminal.wait_until(lambda screen: terminal.cursor == (2 + len("the new classifier should wait"), at))
    terminal.type("!")
    terminal.wait_until(lambda screen: "!" in screen[at])
    terminal.press("down", "end", "enter")
    terminal.wait_for("probe 1")
    leave(terminal)
    assert told(record)["answers"] == ["I was the only one who thought! that the new classifier should wait"]


def test_a_full_row_hides_nothing_and_the_cursor_waits_below_it(start: Start) -> None:
    terminal = start(columns=40)
    terminal.type("x" * 38)
    terminal.wait_until(lambda screen: terminal.cursor[0] == 2 and "› " + "x" * 38 in screen)
    terminal.type("y")
    terminal.wait_until(lambda screen: screen[screen.index("› " + "x" * 38) + 1] == "  y")


def test_plain_breaks_rows_beside_its_label(start: Start) -> None:
    terminal = start("plain=yes", waits_for="you:", columns=40)
    terminal.type("I was the only one who thought that the new classifier should wait")
    terminal.wait_until(lambda screen: screen[-1] == "that the new classifier should wait")
    assert terminal.screen()[-2] == "you: I was the only one who thought"


def test_searching_the_history_shows_what_was_found(start: Start) -> None:
    terminal = start()
    terminal.type("the first long thought of mine")
    terminal.press("ctrl-c")
    terminal.wait_for("Your draft is kept")
    terminal.press("ctrl-r")
    terminal.type("long")
    terminal.wait_for("the first long thought of mine")


def test_the_end_of_a_paragraph_taller_than_the_window_stays_in_sight_above_a_new_line(start: Start) -> None:
    terminal = start(columns=90, rows=30)
    terminal.paste(" ".join(f"word{number}" for number in range(700)) + "\n")
    screen = terminal.wait_for("700 words")
    column, row = terminal.cursor
    assert column == 2
    assert screen[row - 1].endswith("word699")
    assert all(text.startswith("  word") for text in screen[:row])
    terminal.type("and more")
    screen = terminal.wait_for("702 words")
    assert screen[row] == "  and more"
    assert screen[row - 1].endswith("word699")


def test_a_resumed_draft_with_a_paragraph_taller_than_the_window_shows_its_end(start: Start) -> None:
    draft = " ".join(f"word{number}" for number in range(700)) + "\n"
    screen = start(f"draft={draft}", waits_for="700 words", columns=90, rows=30).screen()
    assert any(row.endswith("word699") for row in screen)


def test_what_was_undone_can_be_done_again(start: Start) -> None:
    terminal = start()
    terminal.paste("one two three")
    terminal.wait_for("3 words")
    terminal.press("undo")
    terminal.wait_for("0 words")
    terminal.press("ctrl-x", "ctrl-r")
    terminal.wait_for("3 words")


def own_editor(folder: Path, *lines: str) -> str:
    """A program that does this with the file it is given, as the editor of the candidate's own."""
    editor = folder / "editor.sh"
    editor.write_text("\n".join(["#!/bin/sh", *lines, ""]), encoding="utf-8")
    editor.chmod(0o700)
    return str(editor)


def test_the_candidate_s_own_editor_works_on_the_draft(start: Start, tmp_path: Path) -> None:
    editor = own_editor(tmp_path, 'printf " and then measured" >> "$1"')
    terminal = start(env={"EDITOR": editor})
    terminal.type("We argued")
    terminal.wait_for("2 words")
    terminal.press("ctrl-x", "ctrl-e")
    terminal.wait_for("› We argued and then measured")
    terminal.wait_for("5 words")


def test_vi_keys_on_request(start: Start) -> None:
    terminal = start("keys=vi")
    terminal.type("We argued a lot")
    terminal.wait_for("4 words")
    terminal.press("escape")
    terminal.wait_until(lambda screen: terminal.cursor[0] == len("› We argued a lo"))
    terminal.type("0dw")
    terminal.wait_for("› argued a lot")


def test_help_begins_with_the_tour(start: Start) -> None:
    terminal = start("enter=breaks", rows=50)
    terminal.type("/help")
    terminal.press("alt-enter")
    terminal.wait_for("Alt-Enter sends, Enter makes a line, Ctrl-X Ctrl-E opens your own editor.")
    shown = "\n".join(terminal.wait_for("/help shows this list"))
    assert shown.index("Answer as you would speak") < shown.index("/help ")


def test_commands_are_offered_when_a_line_begins_with_a_slash(start: Start) -> None:
    terminal = start("mode=coach")
    terminal.type("/ou")
    screen = terminal.wait_for("shows the shape of an answer")
    assert any("/outline" in row for row in screen)
    terminal.press("tab", "enter")
    terminal.wait_for("1. ")


def test_a_literal_slash_can_begin_an_answer(start: Start, record: Path) -> None:
    terminal = start()
    terminal.type("//etc was what we argued about")
    terminal.press("enter")
    terminal.wait_for("probe 1")
    leave(terminal)
    assert told(record)["answers"] == ["/etc was what we argued about"]


# --- asking once, leaving -----------------------------------------------------------------------------------


def test_an_accidental_enter_is_asked_about_once(start: Start, record: Path) -> None:
    terminal = start()
    terminal.press("enter")
    terminal.wait_for("Nothing is written yet.")
    terminal.type("not sure")
    terminal.wait_for("2 words")
    terminal.press("enter")
    terminal.wait_for("Only 2 words: once more sends it.")
    terminal.press("enter")
    terminal.wait_for("probe 1")
    leave(terminal)
    assert told(record)["answers"] == ["not sure"]


def test_ctrl_c_keeps_the_draft_for_the_up_key(start: Start) -> None:
    terminal = start()
    terminal.type("a long thought")
    terminal.wait_for("3 words")
    terminal.press("ctrl-c")
    terminal.wait_for("Your draft is kept: the Up key brings it back.")
    assert not any("a long thought" in row for row in terminal.screen())
    terminal.press("up")
    terminal.wait_for("› a long thought")


def test_ctrl_c_twice_leaves_and_the_draft_is_stored(start: Start, record: Path) -> None:
    terminal = start()
    terminal.type("a long thought")
    terminal.wait_for("3 words")
    terminal.press("ctrl-c", "ctrl-c")
    terminal.wait_for("demo over")
    assert told(record)["left_by"] == "SIGINT"
    assert told(record)["aside"] == ["a long thought"]


def test_an_interrupt_from_elsewhere_is_taken_as_ctrl_c(start: Start, record: Path) -> None:
    terminal = start()
    terminal.type("a long thought")
    terminal.wait_for("3 words")
    terminal.signal(signal.SIGINT)
    terminal.wait_for("Your draft is kept: the Up key brings it back.")
    terminal.signal(signal.SIGINT)
    terminal.wait_for("demo over")
    assert told(record)["left_by"] == "SIGINT"


def test_a_resumed_draft_has_its_cursor_and_can_be_sent(start: Start, record: Path) -> None:
    terminal = start("draft=We argued and then", waits_for="4 words")
    terminal.type(" we measured.")
    terminal.wait_for("6 words")
    terminal.press("enter")
    terminal.wait_for("probe 1")
    leave(terminal)
    assert told(record)["answers"] == ["We argued and then we measured."]
    assert told(record)["drafts"][-1] == ["", 0]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stores_the_draft_at_once(start: Start, record: Path, number: signal.Signals) -> None:
    terminal = start()
    terminal.type("half a thou")
    terminal.wait_for("3 words")
    terminal.signal(number)
    terminal.wait_exit()
    assert told(record)["left_by"] == number.name
    assert told(record)["drafts"][-1] == ["half a thou", 11]


def test_a_closed_window_stores_the_draft(record: Path) -> None:
    terminal = Terminal(["python", str(DEMO), str(record)])
    terminal.wait_for("0 words")
    terminal.type("half a thou")
    terminal.wait_for("3 words")
    terminal.close_window()
    assert told(record)["drafts"][-1] == ["half a thou", 11]


def test_a_draft_survives_a_kill_after_a_pause(start: Start, record: Path) -> None:
    terminal = start()
    terminal.type("half a thought")
    draft = record.with_suffix(".draft")
    terminal.wait_until(lambda screen: draft.exists() or "00:09" in "".join(screen))
    terminal.signal(signal.SIGKILL)
    assert json.loads(draft.read_text("utf-8")) == ["half a thought", 14]


def test_ctrl_c_in_the_own_editor_is_for_it_and_what_it_saved_stays_in_sight(start: Start, tmp_path: Path) -> None:
    editor = own_editor(tmp_path, 'echo "ten minutes of work" > "$1"', "echo EDITING", "read line")
    terminal = start(env={"EDITOR": editor})
    terminal.wait_for("0 words")
    terminal.press("ctrl-x", "ctrl-e")
    terminal.wait_for("EDITING")
    terminal.press("ctrl-c")
    terminal.wait_for("The editor ended in failure")
    assert any("› ten minutes of work" in row for row in terminal.screen())


@pytest.mark.parametrize("end", ["killed", "closed"])
def test_what_the_own_editor_has_saved_is_stored_though_the_program_ends_first(
    record: Path, tmp_path: Path, end: str
) -> None:
    editor = own_editor(tmp_path, 'echo "ten minutes of work" > "$1"', "exec sleep 4")
    terminal = Terminal(["python", str(DEMO), str(record)], env={"EDITOR": editor, "TMPDIR": str(tmp_path)})
    terminal.wait_for("0 words")
    terminal.press("ctrl-x", "ctrl-e")
    draft, until = record.with_suffix(".draft"), time.monotonic() + 20
    while not draft.exists():  # an open editor draws nothing that could be waited for
        assert time.monotonic() < until
        time.sleep(0.05)
    if end == "killed":
        terminal.signal(signal.SIGKILL)
        terminal.wait_exit()
    else:
        terminal.close_window()
    assert json.loads(draft.read_text("utf-8")) == ["ten minutes of work", 19]
    remove_left_behind(tmp_path)
    assert list(tmp_path.glob("interviewer-answer-*")) == []


# --- what terminals can do ----------------------------------------------------------------------------------


def test_forty_columns_are_enough(start: Start) -> None:
    terminal = start(columns=40)
    terminal.wait_for("words stay here")
    assert max(map(len, terminal.screen())) <= 40
    assert any(row.startswith("╭─ In the minority") for row in terminal.screen())
    assert re.fullmatch(r"1 of 1 · 00:0\d · 0 words · exam", terminal.screen()[-2])


def test_a_window_that_changes_its_size_keeps_the_draft(start: Start) -> None:
    terminal = start()
    terminal.type(FIRST)
    terminal.wait_for("12 words")
    terminal.resize(40, 20)
    terminal.wait_until(lambda screen: any(row.endswith("12 words") for row in screen))
    terminal.resize(100, 30)
    terminal.wait_for("Enter sends")
    assert any(row == f"› {FIRST}" for row in terminal.screen())


def test_no_color_means_no_colour(start: Start) -> None:
    terminal = start(env={"NO_COLOR": "1"})
    terminal.type(FIRST)
    terminal.press("enter")
    terminal.wait_for("probe 1")
    codes = [code for found in re.findall(rb"\x1b\[([0-9;]*)m", terminal.raw) for code in found.split(b";")]
    assert not [code for code in codes if len(code) > 1 and code[:1] in b"349"]


def test_a_dumb_terminal_gets_lines_and_no_escape_sequence(start: Start, record: Path) -> None:
    terminal = start(env={"TERM": "dumb"}, waits_for="you:")
    terminal.wait_for("a line with a single full stop (.) sends the answer")
    terminal.type(f"{FIRST}\n.\n")
    terminal.wait_for("interviewer: ")
    terminal.wait_until(lambda screen: screen[-1] == "you:")
    terminal.type("/end\n")
    terminal.wait_for("demo over")
    assert b"\x1b" not in terminal.raw
    assert told(record)["answers"] == [FIRST]


def test_ctrl_c_in_a_dumb_terminal_asks_first_and_keeps_what_was_written(start: Start, record: Path) -> None:
    terminal = start(env={"TERM": "dumb"}, waits_for="you:")
    terminal.type("We argued a lot\n")
    terminal.wait_until(lambda screen: screen[-1] == "you:" and "a lot" in screen[-2])
    terminal.press("ctrl-c")
    terminal.wait_for("Ctrl-C again leaves")
    terminal.press("ctrl-c")
    terminal.wait_for("demo over")
    assert told(record)["left_by"] == "SIGINT"
    assert told(record)["drafts"][-1] == ["We argued a lot", 15]


def test_plain_is_read_in_order_without_redraws(start: Start) -> None:
    terminal = start("plain=yes", waits_for="you:")
    terminal.type("We argued a lot")
    terminal.press("ctrl-j")
    terminal.type("and measured")
    terminal.press("enter")
    terminal.wait_until(lambda screen: "\n".join(screen).count("you:") == 2)
    leave(terminal)
    shown = "\n".join(terminal.scrollback())
    asked, said = shown.index("In the minority:"), shown.index("you: We argued a lot\nand measured\n")
    assert asked < said < shown.index("interviewer: ", said)
    assert shown.count("you: We argued a lot") == 1
    assert not set(shown) & set("╭│─▌┊›·■")


def test_plain_says_what_it_asks_in_a_line_of_its_own(start: Start, record: Path) -> None:
    terminal = start("plain=yes", waits_for="you:")
    terminal.type("dunno")
    terminal.wait_for("you: dunno")
    terminal.press("enter")
    terminal.wait_for("note: Only 1 word: once more sends it.")
    terminal.press("enter")
    terminal.wait_until(lambda screen: screen[-1] == "you:")
    terminal.type("/end")
    terminal.press("enter")
    terminal.wait_for("demo over")
    assert told(record)["answers"] == ["dunno"]
