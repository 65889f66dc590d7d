"""The first run in a real terminal: three questions at most, never twice, and none that is answered already."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from tests.doubles.ollama import OllamaDouble
from tests.terminal.harness import Terminal

from .conftest import Sit

NOTHING = {"OLLAMA_HOST": "127.0.0.1:9"}
READY = "In your own words"
ETHICS = "for practice, not for use during a real interview"
MODEL, AIM, SUBMIT = "Who shall interview you?", "Which company, role and level?", "Which key sends an answer?"


def kept(home: Path) -> dict[str, Any]:
    file = home / "config.toml"
    return tomllib.loads(file.read_text("utf-8")) if file.exists() else {}


def shown(terminal: Terminal) -> str:
    return " ".join(" ".join(terminal.scrollback()).split())


def test_three_questions_are_asked_once_and_their_answers_kept(sit: Sit, home: Path) -> None:
    with OllamaDouble() as ollama, sit(OLLAMA_HOST=ollama.url) as terminal:
        terminal.wait_for(MODEL)
        assert ETHICS in shown(terminal)
        terminal.press("enter")
        terminal.wait_for(AIM)
        terminal.type("antropic senior\r")
        terminal.wait_for("There is no company 'antropic'. Did you mean anthropic?")
        terminal.type("Senior, Anthropic\r")
        terminal.wait_for(SUBMIT)
        terminal.press("down", "enter")
        terminal.wait_for("Alt-Enter sends, Enter makes a line.")
    assert kept(home) == {"company": "anthropic", "seniority": "senior", "submit_key": "alt-enter"}
    with sit(**NOTHING) as terminal:
        terminal.wait_for(READY)
        assert not any(question in shown(terminal) for question in (MODEL, AIM, SUBMIT))


def test_enter_takes_what_is_usual_in_each(sit: Sit, home: Path) -> None:
    with sit(**NOTHING) as terminal:
        terminal.wait_for(AIM)
        assert "start it with `ollama serve`" in shown(terminal)
        terminal.press("enter")
        terminal.wait_for(SUBMIT)
        terminal.press("enter")
        terminal.wait_for("Enter sends, Alt-Enter makes a line.")
    assert kept(home) == {"submit_key": "enter"}


def test_what_is_said_already_is_not_asked(sit: Sit) -> None:
    with sit("--level", "mid", INTERVIEWER_SUBMIT_KEY="enter", **NOTHING) as terminal:
        terminal.wait_for(READY)
        assert not any(question in shown(terminal) for question in (MODEL, AIM, SUBMIT))


def test_whoever_names_the_model_is_asked_nothing(sit: Sit) -> None:
    with sit("--model", "offline") as terminal:
        terminal.wait_for(READY)
        assert not any(question in shown(terminal) for question in (MODEL, AIM, SUBMIT))


def test_ctrl_c_at_a_question_leaves_and_the_next_run_asks_again(sit: Sit, home: Path) -> None:
    for _ in range(2):
        with sit(**NOTHING) as terminal:
            terminal.wait_for(AIM)
            terminal.press("ctrl-c")
            assert terminal.wait_exit() == 130
    assert kept(home) == {}


def test_a_screen_reader_hears_the_same_questions_as_lines(sit: Sit, home: Path) -> None:
    with sit("--plain", **NOTHING) as terminal:
        terminal.wait_for(AIM)
        terminal.type("staff\r")
        terminal.wait_for("2. Alt-Enter sends, Enter makes a line")
        terminal.type("2\r")
        terminal.wait_for("`interviewer config set` changes this later.")
    assert kept(home) == {"seniority": "staff", "submit_key": "alt-enter"}


def test_a_dumb_terminal_is_not_asked_for_a_key_it_does_not_have(sit: Sit) -> None:
    with sit("safety-over-speed", TERM="dumb", **NOTHING) as terminal:
        terminal.wait_for("a line with a single full stop (.) sends the answer")
        assert not any(question in shown(terminal) for question in (MODEL, AIM, SUBMIT))
