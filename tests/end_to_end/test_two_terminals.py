"""Two terminals on one interview: the second is told who has it, and nothing is mixed."""

from __future__ import annotations

import json

from .conftest import Call, Sit

ANSWER = "I stopped the release for two days because the training data held names of patients."


def test_the_second_terminal_is_told_who_holds_the_interview_and_the_first_goes_on(sit: Sit, call: Call) -> None:
    with sit("safety-over-speed", "--model", "offline", "--exam") as first:
        first.wait_for("In your own words")
        with sit("resume") as second:
            assert second.wait_exit() == 1
            shown = " ".join(" ".join(second.scrollback()).split())
        assert "is open in another terminal (process " in shown
        assert "go on there, or close it there first." in shown
        assert "Traceback" not in shown
        first.type(ANSWER)
        first.press("enter")
        first.wait_for("probe 1")
        first.type("/end")
        first.press("enter")
        assert first.wait_exit() == 0
    [thread] = json.loads(call("review", "--json").stdout)["threads"]
    assert thread["thread"][0]["text"] == ANSWER


def test_an_interview_that_is_open_is_not_forgotten(sit: Sit, call: Call) -> None:
    with sit("safety-over-speed", "--model", "offline") as terminal:
        terminal.wait_for("In your own words")
        done = call("forget", "latest", "--yes")
        assert done.returncode == 1
        assert len(done.stderr.strip().splitlines()) == 1
        assert "open in another terminal" in done.stderr
