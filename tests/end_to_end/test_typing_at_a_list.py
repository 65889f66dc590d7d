"""What somebody goes on typing when a list is shown is neither lost nor taken for a choice."""

from __future__ import annotations

from tests.terminal.harness import Terminal

from .conftest import Sit

ANSWER = "I argued for a smaller model against three people, and in the test on 400 orders mine was wrong in 12."
LATE = "One more thing: Priya ran the test."


def _to_the_list(terminal: Terminal) -> None:
    for waits, text in (("In your own words", ANSWER), ("probe 1", "No, I have nothing more to add.")):
        terminal.wait_for(waits)
        terminal.wait_for("0 words")
        terminal.type(text)
        terminal.press("enter")
    terminal.wait_for("Keep this answer, or try the question again?")
    terminal.type(LATE)
    terminal.press("enter")
    terminal.wait_for("What you typed is kept.")


def test_it_stands_in_the_next_answer_and_a_command_of_an_option_takes_it(sit: Sit) -> None:
    with sit("disagreement", "--model", "offline", "--coach") as terminal:
        _to_the_list(terminal)
        terminal.type("/redo")
        terminal.press("enter")
        terminal.wait_for(f"› {LATE}")
        terminal.wait_for("7 words")


def test_it_stays_on_the_screen_where_no_answer_follows(sit: Sit) -> None:
    with sit("disagreement", "--model", "offline", "--coach") as terminal:
        _to_the_list(terminal)
        terminal.press("up")
        terminal.press("enter")
        terminal.wait_for("it went nowhere")
        terminal.wait_for(f"› {LATE}")
        assert terminal.wait_exit() == 0
