"""What the first question waits for, told by what is loaded and read instead of by a clock."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from interviewer.bank.library import Bank
from interviewer.interview.candidate import ScriptedCandidate
from interviewer.interview.opening import Readers, begin
from interviewer.interview.planning import Wishes
from interviewer.rating.offline.reader import OfflineRater
from interviewer.rating.opening import open_offline
from interviewer.session.events import AnswerGiven, MemoryLog
from interviewer.session.thread import Thread

UNTIL_THE_FIRST_QUESTION = """
import os, sys
sys.argv = ["interviewer", "safety-over-speed", "--model", "offline", "--answers", sys.argv[1]]
from interviewer.terminal.pipe import PipeCandidate

async def reply(self, situation):
    print("LOADED", *sys.modules, flush=True)
    os._exit(0)

PipeCandidate.reply = reply
from interviewer.cli.main import run
run()
"""
HEAVY = ("litellm", "httpx", "jinja2", "rich", "prompt_toolkit", "pygments")
LATER = ("interviewer.rating.offline.reader", "interviewer.bank.cues", "interviewer.bank.judging")


@pytest.fixture
def loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The modules of an offline drill when its first question is on the screen."""
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path / "home"))
    answers = tmp_path / "answers.txt"
    answers.write_text("An answer.\n", encoding="utf-8")
    command = [sys.executable, "-c", UNTIL_THE_FIRST_QUESTION, str(answers)]
    said = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    return said.partition("LOADED")[2].split()


def test_an_offline_drill_asks_before_anything_heavy_is_loaded(loaded: list[str]) -> None:
    assert "interviewer.interview.interview" in loaded
    assert not {*HEAVY, *LATER}.intersection(loaded)


def test_the_offline_reader_reads_a_thread_once_after_each_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Thread] = []
    found = OfflineRater._found
    monkeypatch.setattr(OfflineRater, "_found", lambda self, thread: read.append(thread) or found(self, thread))
    bank, log = Bank.open(), MemoryLog()
    answers = ["I stopped the release for two days because a scan found 212 names of patients.", "I told the director.",
               "We wrote a check that runs before every release, and measured it."]  # fmt: skip
    interview = begin(bank, log, Readers(open_offline(bank)), Wishes(questions=("safety-over-speed",), seed=7))
    asyncio.run(interview.run(ScriptedCandidate(answers)))
    given = sum(isinstance(event, AnswerGiven) for event in log.events)
    assert given > 1
    assert len(read) == len(set(read)) == given
