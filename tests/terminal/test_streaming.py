"""Speech as it comes, in a real terminal: no flicker, nothing twice, nothing damaged, no key lost or sent by itself."""

from __future__ import annotations

import re
from pathlib import Path

from .harness import Terminal

PROGRAM = str(Path(__file__).with_name("streaming.py"))
CODE = ["▌ ```", "▌ for x in y:", "▌     run(x)", "▌ ```"]


def test_speech_is_written_once_and_its_code_stays() -> None:
    with Terminal(["python", PROGRAM], columns=60) as terminal:
        terminal.wait_for("0 words")
        shown = terminal.scrollback()
        assert "\n".join(shown).count("List<Foo>") == 8
        at = shown.index("▌ ```")
        assert shown[at : at + 4] == CODE
        spoken = terminal.raw[: terminal.raw.index(b"run(x)")]
        assert re.fullmatch(rb"(?:[^\x1b]|\x1b\[[0-9;]*m)*", spoken), "nothing was moved or erased while it streamed"


def test_a_screen_reader_hears_whole_lines() -> None:
    with Terminal(["python", PROGRAM, "plain"], columns=60) as terminal:
        terminal.wait_for("you:")
        assert terminal.screen()[0].startswith("interviewer: So you used List<Foo> [/b] there.")


def test_keys_typed_while_the_interviewer_speaks_are_held_and_not_sent() -> None:
    with Terminal(["python", PROGRAM], columns=60) as terminal:
        terminal.wait_for("So you used")
        terminal.type("typed too early\r")
        terminal.wait_for("3 words")
        assert "typed too early" not in "\n".join(row for row in terminal.screen() if row.startswith("▌"))
        assert any(row == "› typed too early" for row in terminal.screen())
        assert "got" not in "\n".join(terminal.screen())
        terminal.press("backspace")
        terminal.type(" by far")
        terminal.wait_for("5 words")
        terminal.press("enter")
        terminal.wait_for("got typed too early by far")


def test_ctrl_c_stops_the_speech_and_keeps_what_came() -> None:
    with Terminal(["python", PROGRAM, "endless"], columns=60) as terminal:
        terminal.wait_for("run(x)")
        terminal.press("ctrl-c")
        terminal.wait_for("[cut]")
        terminal.wait_for("0 words")
        assert "List<Foo>" in "\n".join(terminal.scrollback())


def test_a_window_that_changes_in_mid_stream_doubles_nothing() -> None:
    with Terminal(["python", PROGRAM], columns=60) as terminal:
        terminal.wait_for("So you used")
        terminal.resize(80, 30)
        terminal.wait_for("0 words")
        assert terminal.raw.count(b"List<Foo>") == 8
