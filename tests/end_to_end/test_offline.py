"""The real program in a real terminal, without a model."""

from __future__ import annotations

import contextlib
import json
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.terminal.harness import NotSeen, Terminal

from .conftest import Call, Sit

FIRST = "I stopped the release for two days because the training data held names of patients."
SECOND = "The product manager wanted to ship. I ran a scan over 40,000 records and it found 212 names."


@pytest.fixture
def stored(home: Path, call: Call) -> Path:
    """A home with one finished interview."""
    done = call("safety-over-speed", "--exam", "--seed", "3", stdin=f"{FIRST}\n---\n{SECOND}\n")
    assert done.returncode == 0, done.stderr
    return home


def test_a_drill_from_the_first_question_to_the_scorecard(sit: Sit) -> None:
    with sit("safety-over-speed", "--model", "offline", "--exam") as terminal:
        terminal.wait_for("Safety over speed")
        terminal.wait_for("In your own words")
        terminal.type(FIRST)
        terminal.press("enter")
        terminal.wait_for("probe 1")
        terminal.type(SECOND)
        terminal.press("enter")
        terminal.wait_until(lambda screen: any("probe 2" in row or "Scorecard" in row for row in screen))
        if any("probe 2" in row for row in terminal.screen()):
            terminal.type("That's all, I have nothing to add.")
            terminal.press("enter")
        terminal.wait_for("Look at it again with: interviewer review")
        assert terminal.wait_exit() == 0
        shown = "\n".join(terminal.scrollback())
    assert "Scorecard" in shown
    assert "Rated by  offline" in shown
    assert re.search(r"■+□* \d Ownership", shown)


def test_a_round_asks_several_questions_and_ends_in_one_scorecard(sit: Sit) -> None:
    with sit("--format", "round", "--minutes", "18", "--model", "offline", "--seed", "5") as terminal:
        for number in (1, 2):
            terminal.wait_for(f"{number} of 2")
            terminal.type("/skip" if number == 1 else FIRST)
            terminal.press("enter")
        terminal.wait_for("probe 1")
        terminal.type("/end")
        terminal.press("enter")
        assert terminal.wait_exit() == 0
        assert "Scorecard" in "\n".join(terminal.scrollback())


def test_what_was_said_survives_kill_9_and_resume_goes_on_there(sit: Sit, call: Call) -> None:
    with sit("safety-over-speed", "--model", "offline") as terminal:
        terminal.wait_for("In your own words")
        terminal.type(FIRST)
        terminal.press("enter")
        terminal.wait_for("probe 1")
        terminal.signal(signal.SIGKILL)
        terminal.wait_exit()
    with sit("resume") as terminal:
        terminal.wait_for("Welcome back")
        terminal.wait_for(f"› {FIRST}")
        terminal.wait_for("probe 1")
        terminal.type("/end")
        terminal.press("enter")
        assert terminal.wait_exit() == 0
    assert FIRST in call("review", "--json").stdout


def test_a_half_typed_answer_survives_kill_9(home: Path, sit: Sit) -> None:
    half = "We were about to ship when somebody in support"
    with sit("safety-over-speed", "--model", "offline") as terminal:
        terminal.wait_for("In your own words")
        terminal.type(half)
        terminal.wait_until(lambda screen: any(half in row for row in screen))
        database = home / "sessions" / "sessions.db"
        terminal.wait_until(lambda screen: half.encode() in _bytes_of(database), "the draft on the disk")
        terminal.signal(signal.SIGKILL)
        terminal.wait_exit()
    with sit("resume") as terminal:
        terminal.wait_for(half)


def test_what_was_typed_before_the_prompt_was_there_survives_kill_9(home: Path, sit: Sit) -> None:
    early = "We were about to ship when somebody in support"
    with sit("safety-over-speed", "--model", "offline") as terminal:
        terminal.type(early)  # keys come before the program has asked for any
        terminal.wait_for("9 words")
        database = home / "sessions" / "sessions.db"
        terminal.wait_until(lambda screen: early.encode() in _bytes_of(database), "the draft on the disk")
        terminal.signal(signal.SIGKILL)
        terminal.wait_exit()
    with sit("resume") as terminal:
        terminal.wait_for(early)


def test_a_draft_cleared_by_ctrl_c_is_on_the_disk_and_the_up_key_brings_it_back_after_kill_9(
    home: Path, sit: Sit, call: Call
) -> None:
    half = "We were about to ship when somebody in support"
    with sit("safety-over-speed", "--model", "offline") as terminal:
        terminal.wait_for("In your own words")
        terminal.type(half)
        terminal.wait_for("9 words")
        terminal.press("ctrl-c")
        terminal.wait_for("Your draft is kept")
        terminal.signal(signal.SIGKILL)
        terminal.wait_exit()
    with sit("resume") as terminal:
        terminal.wait_for("In your own words")
        terminal.press("up")
        terminal.wait_for(f"› {half}")
        terminal.type("!")
        terminal.press("left")
        terminal.wait_until(lambda screen: half.encode() + b"!" in _bytes_of(home / "sessions" / "sessions.db"))
        terminal.signal(signal.SIGKILL)
        terminal.wait_exit()
    with sit("resume") as terminal:
        terminal.wait_for(f"› {half}!")
        terminal.type(" rang")
        terminal.wait_for("10 words")
        terminal.press("ctrl-d")
        terminal.press("ctrl-c", "ctrl-c")
        terminal.wait_exit()
    assert call("forget", "latest", "--yes").returncode == 0
    assert half.encode() not in _bytes_of(home / "sessions" / "sessions.db")


@pytest.mark.parametrize("waits_for", ["", "› I stopped", "probe 1"], ids=["at once", "when shown", "at the probe"])
def test_ctrl_c_after_sending_loses_no_word_and_says_how_to_go_on(home: Path, sit: Sit, waits_for: str) -> None:
    with sit("safety-over-speed", "--model", "offline") as terminal:
        terminal.wait_for("In your own words")
        terminal.type(FIRST)
        terminal.wait_for("15 words")
        terminal.press("enter")
        if waits_for:
            terminal.wait_for(waits_for)
        assert left_by_ctrl_c(terminal) == 130
        assert "interviewer resume" in "\n".join(terminal.scrollback())
    assert FIRST.encode() in _bytes_of(home / "sessions" / "sessions.db")


def left_by_ctrl_c(terminal: Terminal) -> int:
    """Presses it as somebody does who wants to go; the first may fall into the moment in which the editor opens."""
    for _ in range(4):
        terminal.press("ctrl-c", "ctrl-c", "ctrl-c")
        with contextlib.suppress(NotSeen):
            return terminal.wait_exit(patience=5)
    raise NotSeen("it does not end")


def _bytes_of(database: Path) -> bytes:
    return b"".join(path.read_bytes() for path in database.parent.glob(f"{database.name}*") if path.is_file())


def test_ctrl_c_twice_leaves_and_says_how_to_go_on(sit: Sit) -> None:
    with sit("safety-over-speed", "--model", "offline") as terminal:
        terminal.wait_for("In your own words")
        terminal.press("ctrl-c")
        terminal.wait_for("Ctrl-C again leaves")
        terminal.press("ctrl-c")
        assert terminal.wait_exit() == 130
        assert "interviewer resume" in "\n".join(terminal.scrollback())


def test_a_pipe_runs_the_same_interview_without_a_terminal(stored: Path, call: Call) -> None:
    document = json.loads(call("review", "--json").stdout)
    [thread] = document["threads"]
    assert [turn["role"] for turn in thread["thread"]][:3] == ["candidate", "interviewer", "candidate"]
    assert {line["dimension"] for line in thread["lines"]} == {
        "ownership", "risk_reasoning", "evidence", "tradeoffs", "humility",
    }  # fmt: skip


def test_every_quote_of_a_scorecard_was_said(stored: Path, call: Call) -> None:
    document = json.loads(call("review", "--json").stdout)
    for thread in document["threads"]:
        said = [turn["text"] for turn in thread["thread"] if turn["role"] == "candidate"]
        quotes = [part["quote"] for rating in thread["rating"]["ratings"].values() for part in rating["parts"].values()]
        assert all(any(quote in text for text in said) for quote in quotes)


def test_history_lists_what_review_shows_and_forget_erases_it(stored: Path, call: Call) -> None:
    [row] = json.loads(call("history", "--json").stdout)
    assert "Scorecard" in call("review", row["session"]).stdout
    assert call("forget", row["session"], "--yes").returncode == 0
    assert call("history", "--json").stdout.strip() == "[]"
    assert not any(b"training data" in path.read_bytes() for path in stored.rglob("*") if path.is_file())


WRONG: Sequence[tuple[tuple[str, ...], int, str]] = (
    (("no-such-question", "--answers", "-"), 2, "no question"),
    (("--model", "nobody/knows-this", "--answers", "-"), 2, ""),
    (("review", "2019-no-such"), 2, ""),
    (("--company", "acme", "--answers", "-"), 2, "acme"),
    (("--format", "opera"), 2, "opera"),
    (("--answers", "/no/such/file"), 2, "cannot be read"),
    (("forget",), 2, "--all"),
    (("config", "set", "modle", "x"), 2, "did you mean “model”?"),
    (("--role", "nosuchrole", "--answers", "-"), 2, "The roles are"),
    (("--role", "ML enginer", "--answers", "-"), 2, "Did you mean ML engineer"),
)


@pytest.mark.parametrize(("arguments", "code", "says"), WRONG)
def test_what_cannot_be_done_is_told_in_a_line(arguments: tuple[str, ...], code: int, says: str, call: Call) -> None:
    done = call(*arguments, stdin="An answer of some words.")
    assert done.returncode == code, done.stderr
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_nothing_at_all_on_standard_input_is_told_in_a_line(call: Call) -> None:
    done = call()
    assert done.returncode == 2
    assert "no terminal" in done.stderr


def test_answers_that_are_not_utf8_are_refused_with_the_place(home: Path, call: Call) -> None:
    answers = home.parent / "answers.txt"
    answers.write_bytes(b"I stopped the release.\nThe caf\xe9 team wrote a test that found 9 leaks.")
    done = call("safety-over-speed", "--answers", str(answers), "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{answers} is not UTF-8 text (byte 31, in line 2); save it as UTF-8." in done.stderr


def test_blank_lines_taken_for_the_ends_of_answers_and_answers_nobody_asked_for_are_named(call: Call) -> None:
    told = call("disagreement", stdin="\n\n".join(["I was alone with my view."] * 4)).stderr
    assert "ends of 4 answers" in told
    assert "were not needed" in told
    assert call("disagreement", stdin="I was alone.\n\nThen I was not.\n---\n").stderr == ""


def test_an_answer_of_200_kilobytes_is_taken_whole(call: Call) -> None:
    long = "I measured it again and it fell to four per cent. " * 4000
    done = call("safety-over-speed", "--json", stdin=long)
    assert json.loads(done.stdout)["threads"][0]["thread"][0]["text"] == long.strip()


def test_an_offline_interview_loads_no_network_library() -> None:
    script = (
        "import sys; sys.argv = ['interviewer', 'safety-over-speed', '--answers', '-', '--no-save']\n"
        "from interviewer.cli.main import run\n"
        "try: run()\n"
        "except SystemExit: pass\n"
        "bad = [m for m in ('httpx', 'litellm', 'openai', 'aiohttp') if m in sys.modules]\n"
        "print('LOADED', bad)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], input=FIRST, capture_output=True, text=True, check=True, timeout=60
    )
    assert "LOADED []" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "env", "sentence"),
    [
        (("nosuch",), {}, "There is no question 'nosuch'. `interviewer questions list` shows what there is."),
        (("histroy",), {}, "There is no command or question 'histroy'. Did you mean `interviewer history`?"),
        (("delete", "x"), {}, "There is no command or question 'delete'. Did you mean `interviewer forget INTERVIEW`?"),
        (("stories",), {}, "There is no command or question 'stories'. Did you mean `interviewer questions stories`?"),
        (("hint",), {}, "There is no command or question 'hint'. Within an interview /hint does that;"),
        (("disagrement", "progres"), {}, "There is no question 'disagrement'. Did you mean disagreement"),
        (("--company", "nosuch"), {}, "There is no company 'nosuch'. `interviewer questions companies` shows"),
        ((), {"INTERVIEWER_COMPANY": "nosuch"}, "It comes from INTERVIEWER_COMPANY in the environment."),
        (("resume",), {}, "There are no interviews yet; start one with `interviewer`."),
        (("--nosave",), {}, "Did you mean '--no-save'? See:"),
        (("--minutes", "abc"), {}, "it must be whole minutes from 1 to 240."),
        (("config", "set", "company", "nosuch"), {}, "There is no company 'nosuch'."),
        ((), {"INTERVIEWER_LEVEL": "mid"}, "did you mean INTERVIEWER_SENIORITY?"),
        ((), {"INTERVIEWER_MODLE": "offline"}, "did you mean INTERVIEWER_MODEL?"),
        ((), {"INTERVIEWER_ROLE": "nosuchrole"}, "It comes from INTERVIEWER_ROLE in the environment."),
        (("config", "set", "level", "mid"), {}, "did you mean “seniority”?"),
        (("config", "edit"), {"EDITOR": "no-such-editor"}, "Your editor could not be run;"),
    ],
)
def test_what_cannot_be_is_named_before_answers_are_asked_for(
    call: Call, arguments: tuple[str, ...], env: dict[str, str], sentence: str
) -> None:
    done = call(*arguments, **env)
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr


@pytest.mark.parametrize("command", ["start", "history"])
def test_a_home_that_is_a_file_is_named(home: Path, call: Call, command: str) -> None:
    home.write_text("not a folder", encoding="utf-8")
    done = call(command, stdin=FIRST)
    assert done.stderr == f"INTERVIEWER_HOME names a file, {home}; set it to a directory of yours.\n"
