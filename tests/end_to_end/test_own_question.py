"""An own question is asked at once, and its interview is one like any other."""

from __future__ import annotations

import json
from pathlib import Path

from .conftest import Call

ASK = "Why do you want to leave your current job?"
NAME = "mine:why-you-want-leave-your"
SAID = (
    "Because I want to test models. Last year I wrote 200 prompts against ours, and 12 gave away the address of a user."
)


def test_what_is_asked_so_can_be_reviewed_exported_asked_again_and_forgotten(call: Call, home: Path) -> None:
    done = call("ask", ASK, "--model", "offline", stdin=f"{SAID}\n---\n")
    assert (done.returncode, f"interviewer: {ASK}" in done.stdout) == (0, True)
    assert f"Taken as a motivation question and kept; `interviewer {NAME}` asks it again" in done.stderr
    assert json.loads(call("review", "--json").stdout)["threads"][0]["question_id"] == NAME
    assert ASK in call("export", "--format", "md").stdout
    assert NAME in call("questions", "list", "--source", "mine").stdout
    assert call(NAME, "--model", "offline", stdin=f"{SAID}\n---\n").returncode == 0
    assert call("forget", "--all", "--yes").returncode == 0
    assert call("history").stdout.count(NAME) == 0


def test_its_interview_is_still_read_when_its_file_is_gone(call: Call, home: Path) -> None:
    assert call("ask", ASK, "--model", "offline", stdin=f"{SAID}\n---\n").returncode == 0
    [file] = home.rglob("mine/prompts/questions/*.yaml")
    file.unlink()
    assert json.loads(call("review", "--json").stdout)["threads"][0]["question"] == ASK
    assert call(NAME, "--model", "offline", stdin=SAID).returncode == 2
