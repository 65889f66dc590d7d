"""What the first question waits for, told by what is loaded and read instead of by a clock."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from importlib.util import find_spec

import pytest

from interviewer.bank.library import Bank
from interviewer.interview.candidate import Reply, ScriptedCandidate, Situation
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
DOORS = {
    "the offline reader": ("interviewer.rating.offline.reader", "interviewer.bank.cues", "interviewer.bank.judging"),
    "what follows an answer": tuple(
        f"interviewer.interview.{name}"
        for name in ("formats", "prober", "choosing", "probing", "quoting", "recalling", "debate", "own_replies")
    ),
    "a model's words": ("interviewer.interview.rewording", "interviewer.interview.arguing"),
    "models": tuple(f"interviewer.models.{name}" for name in ("opening", "ollama", "ollama_wire", "gateway")),
    "the judge": ("interviewer.rating.judge", "interviewer.rating.addressed", "interviewer.rating.disguise"),
    "the first run": (
        "interviewer.cli.first_run", "interviewer.cli.offers", "interviewer.models.discovery",
        "interviewer.rating.remembered", "interviewer.rating.calibration", "interviewer.rating.agreement",
    ),
    "the scorecard": ("interviewer.rating.scorecard", "interviewer.terminal.card", "interviewer.report"),
}  # fmt: skip
"""What is behind each door (docs/architecture.md); none is open when the first question stands on the screen."""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The modules of an offline drill when its first question is on the screen."""
    folder = tmp_path_factory.mktemp("start-up")
    answers = folder / "answers.txt"
    answers.write_text("An answer.\n", encoding="utf-8")
    command = [sys.executable, "-c", UNTIL_THE_FIRST_QUESTION, str(answers)]
    env = {**os.environ, "INTERVIEWER_HOME": str(folder / "home")}
    said = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True, env=env).stdout
    return said.partition("LOADED")[2].split()


def test_an_offline_drill_asks_before_anything_heavy_is_loaded(loaded: list[str]) -> None:
    assert "interviewer.interview.interview" in loaded
    assert not {*HEAVY}.intersection(loaded)


@pytest.mark.parametrize("door", DOORS)
def test_a_door_is_closed_when_the_first_question_is_on_the_screen(door: str, loaded: list[str]) -> None:
    assert not {*DOORS[door]}.intersection(loaded)


def test_what_is_behind_a_door_is_there_under_that_name() -> None:
    assert all(find_spec(name) for behind in DOORS.values() for name in behind)


def test_what_follows_an_answer_is_loaded_while_it_is_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = threading.Event()

    def warm_up(self: OfflineRater) -> None:
        opened.set()

    class Typist(ScriptedCandidate):
        async def reply(self, situation: Situation) -> Reply:
            assert await asyncio.to_thread(opened.wait, 20)
            raise EOFError

    monkeypatch.setattr(OfflineRater, "warm_up", warm_up)
    bank = Bank.open()
    interview = begin(bank, MemoryLog(), Readers(open_offline(bank)), Wishes(questions=("safety-over-speed",), seed=7))
    asyncio.run(interview.run(Typist([])))


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
