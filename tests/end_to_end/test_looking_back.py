"""Looking back in a real terminal: the list with arrow keys, and one key to the next exercise."""

from __future__ import annotations

import json
from pathlib import Path

from .conftest import Call, Sit

ANSWER = "I stopped the release for two days because the scan found 212 names in 40,000 records."


def test_an_earlier_interview_is_picked_with_the_arrow_keys_and_a_document_is_of_the_latest(
    sit: Sit, call: Call
) -> None:
    for question in ("safety-over-speed", "disagreement"):
        assert call(question, "--model", "offline", "--exam", stdin=ANSWER).returncode == 0
    with sit("review", "--full") as terminal:
        terminal.wait_for("Which interview?")
        terminal.press("down", "enter")
        terminal.wait_for("Where this comes from")
        assert terminal.wait_exit() == 0
        shown = "\n".join(terminal.scrollback())
    assert "still open" not in shown
    assert "Safety over speed" in shown
    assert ("«" in shown, "»" in shown) == (True, True)
    with sit("review", "--format", "json") as terminal:
        assert terminal.wait_exit() == 0
        assert '"question_id": "disagreement"' in "\n".join(terminal.scrollback())


def test_one_key_starts_the_next_exercise_for_the_company_role_and_level_that_are_set(sit: Sit, call: Call) -> None:
    first = call("next", "--list").stdout.splitlines()[0]
    mine = {"company": "anthropic", "role": "research engineer", "seniority": "staff"}
    with sit("next", "--model", "offline", **{f"INTERVIEWER_{name.upper()}": mine[name] for name in mine}) as terminal:
        terminal.wait_for("What next?")
        terminal.press("enter")
        terminal.wait_for("In your own words")
        assert first.removeprefix("1. ").split(".")[0] in "\n".join(terminal.scrollback())
        terminal.type("/quit")
        terminal.press("enter")
        terminal.wait_exit()
    started = json.loads(call("export", "latest").stdout)["events"][0]["event"]
    assert {name: started[name] for name in mine} == mine


def test_after_the_scorecard_a_quiet_line_says_what_is_next(sit: Sit) -> None:
    with sit("safety-over-speed", "--model", "offline", "--exam") as terminal:
        terminal.wait_for("In your own words")
        terminal.type(ANSWER)
        terminal.press("enter")
        terminal.wait_for("probe 1")
        terminal.type("/skip")
        terminal.press("enter")
        assert terminal.wait_exit() == 0
        assert "interviewer next" in " ".join(" ".join(terminal.scrollback()).split())


def test_names_left_in_are_named_at_the_end_and_nothing_is_shared_after_a_no(sit: Sit, call: Call, home: Path) -> None:
    told = f"{ANSWER} It was Priya who asked for it."
    assert call("safety-over-speed", "--model", "offline", "--exam", stdin=told).returncode == 0
    with sit("export", "--share", "--format", "md", "--out", f"{home}/shared.md") as terminal:
        terminal.wait_for("Names to hide")
        terminal.press("enter")
        terminal.wait_for("Companies to hide")
        terminal.press("enter")
        terminal.wait_for("Numbers to hide")
        terminal.type("212")
        terminal.press("enter")
        terminal.wait_for("May others see all of this?")
        seen = "\n".join(terminal.scrollback())
        assert "[number 1]" in seen
        assert "Hidden: 212." in seen
        assert seen.index("Not hidden, and perhaps a name: Priya.") > seen.index("[number 1]")
        terminal.type("n")
        terminal.press("enter")
        terminal.wait_for("Nothing was written.")
        assert terminal.wait_exit() == 130
    assert not (home / "shared.md").exists()


def test_no_document_of_an_interview_drives_the_terminal(call: Call, home: Path) -> None:
    hostile = (
        "I stopped \x1b[31mthe release \x9b31m for \u202etwo\u202c days \u2028 because of 212 names.\u200b It was late."
    )
    call("safety-over-speed", "--model", "offline", stdin=hostile, INTERVIEWER_HOME=f"{home}\x1b]0;title\x07")
    for command in (
        ("review", "--json"), ("history", "--json"), ("export", "--format", "json"), ("config", "path"),
        ("rescore", "--judge", "offline", "--json"), ("dispute", "latest", "ownership", "--note", "\x9b1m", "--json"),
        ("export", "--out", str(home.with_name("page\x1b[31m.html")), "--format", "html"),
    ):  # fmt: skip
        done = call(*command, INTERVIEWER_HOME=f"{home}\x1b]0;title\x07")
        shown = (done.stdout + done.stderr).replace("\n", "")
        assert done.returncode == 0, done.stderr
        assert shown.isprintable(), [char for char in shown if not char.isprintable()]
