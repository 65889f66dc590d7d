"""Every command typed into a real terminal, a great paste, and Ctrl-C at every moment of an answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from interviewer.interview.commands import COMMANDS

from .escapes import PAYLOADS, foreign_beside_the_editor
from .harness import Terminal

DEMO = Path(__file__).with_name("demo.py")
FIRST = "We argued about the release for two weeks and I measured it."
Start = Callable[..., Terminal]
SAYS = {
    "help": "Answer as you would speak",
    "hint": "hint 1 of 3",
    "requirements": "what is looked at",
    "outline": "1. ",
    "review": "There is no answer to look at yet.",
    "repeat": "In the minority",
    "back": "There is no answer to take back",
    "redo": "There is no finished question to do again yet.",
    "note ask about on-call": "Noted, for you alone.",
    "time": "for this question.",
    "model": "/model NAME takes another one.",
    "style warm": "Style: warm.",
    "mode exam": "Mode: exam.",
}
ENDING = ("skip", "end", "quit")


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "record.json"


@pytest.fixture
def terminal(record: Path) -> Iterator[Terminal]:
    with Terminal(["python", str(DEMO), str(record), "mode=coach"], rows=50) as opened:
        opened.wait_for("0 words")
        yield opened


def test_no_command_is_forgotten_here() -> None:
    assert {*(said.split()[0] for said in SAYS), *ENDING, "pause"} == set(COMMANDS)


def test_each_command_is_answered_and_the_question_waits_on(record: Path) -> None:
    with Terminal(["python", str(DEMO), str(record), "mode=coach"], rows=150) as terminal:
        terminal.wait_for("0 words")
        for command, said in SAYS.items():
            is_answered(terminal, command, said)


def is_answered(terminal: Terminal, command: str, said: str) -> None:
    before = " ".join(terminal.screen()).count(said)
    terminal.type(f"/{command}")
    terminal.press("enter")
    terminal.wait_until(
        lambda screen: " ".join(screen).count(said) > before and "0 words" in screen[-2], f"an answer to /{command}"
    )


def test_the_clock_stands_still_until_one_goes_on(terminal: Terminal) -> None:
    terminal.type("/pause")
    terminal.press("enter")
    terminal.wait_for("The clock stands still.")
    terminal.press("enter")
    terminal.wait_until(lambda screen: "0 words" in screen[-2])


def test_ctrl_c_at_a_list_chooses_nothing_and_twice_leaves(terminal: Terminal, record: Path) -> None:
    terminal.type("/pause")
    terminal.press("enter")
    terminal.wait_for("› go on")
    terminal.press("ctrl-c")
    terminal.wait_for("Nothing is chosen. Once more leaves.")
    terminal.wait_for("› go on")
    terminal.press("ctrl-c")
    terminal.wait_for("demo over")
    assert json.loads(record.read_text("utf-8"))["left_by"] == "SIGINT"


@pytest.mark.parametrize("command", ENDING)
def test_end_and_quit_close_the_program(terminal: Terminal, command: str) -> None:
    terminal.type(f"/{command}")
    terminal.press("enter")
    terminal.wait_for("demo over")
    assert terminal.wait_exit() == 0


def test_twenty_kilobytes_with_escape_sequences_are_kept_to_the_byte_and_never_obeyed(
    terminal: Terminal, record: Path
) -> None:
    hostile = [text for text in PAYLOADS.values() if text.isascii() and "\x1b[201~" not in text and "\r" not in text]
    whole = ""
    while len(whole) < 20_000:
        whole += f"line {len(whole)} says {hostile[len(whole) % len(hostile)]} and goes on\n"
    terminal.paste(whole)
    terminal.type("the end")
    terminal.wait_for("the end")
    terminal.press("enter")
    terminal.wait_for("probe 1")
    terminal.type("/quit")
    terminal.press("enter")
    terminal.wait_for("demo over")
    assert foreign_beside_the_editor(terminal.raw) == []
    assert json.loads(record.read_text("utf-8"))["answers"] == [whole + "the end"]


@pytest.mark.parametrize("typed", ["", "a", FIRST, "/he", "one\x1b\rtwo"], ids=["nothing", "a", "all", "/he", "lines"])
def test_ctrl_c_at_any_moment_of_writing_asks_and_a_second_leaves_with_all_that_was_typed(
    terminal: Terminal, record: Path, typed: str
) -> None:
    terminal.type(typed)
    terminal.press("ctrl-c")
    terminal.wait_for("Ctrl-C again leaves.")
    terminal.press("ctrl-c")
    terminal.wait_for("demo over")
    told = json.loads(record.read_text("utf-8"))
    assert told["left_by"] == "SIGINT"
    assert told["aside"] == ([typed.replace("\x1b\r", "\n")] if typed else [])
