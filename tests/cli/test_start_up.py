"""What the first question waits for, told by what is loaded and read instead of by a clock."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from interviewer.bank import reading, told, wording
from interviewer.bank.library import Bank
from interviewer.interview import probing_rules
from interviewer.interview.candidate import Reply, ScriptedCandidate, Situation
from interviewer.interview.opening import Readers, begin
from interviewer.interview.planning import Wishes
from interviewer.models.scripted import ScriptedModel
from interviewer.rating.offline.reader import OfflineRater
from interviewer.rating.offline.reading import ThreadReader
from interviewer.rating.opening import open_offline
from interviewer.session.events import AnswerGiven, MemoryLog
from interviewer.session.thread import Thread
from tests.doubles.ollama import OllamaDouble
from tests.terminal.harness import Terminal

Loaded = Callable[[str], frozenset[str]]
UNTIL_THE_FIRST_QUESTION = """
import sys
from pathlib import Path
model, file = sys.argv[1:]
sys.argv = ["interviewer", "safety-over-speed", "--model", model]
from interviewer.terminal.chat import TerminalCandidate
hear = TerminalCandidate.hear

async def heard(self, utterance):
    await hear(self, utterance)
    if utterance.purpose == "question":
        Path(file).write_text(" ".join(sys.modules))
        raise EOFError

TerminalCandidate.hear = heard
from interviewer.cli.main import run
run()
"""
HEAVY = ("litellm", "httpx", "jinja2", "rich", "prompt_toolkit", "pygments")
FOR_FAULTS = ("difflib", "interviewer.bank.located")
"""What only tells of a fault: the nearest name, the line of a file."""
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
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """The modules of a drill at a terminal when its first question is on the screen, by the model's name."""

    @cache
    def found(model: str) -> frozenset[str]:
        folder = tmp_path_factory.mktemp("start-up")
        command = ["python", "-c", UNTIL_THE_FIRST_QUESTION, model, str(folder / "modules")]
        with OllamaDouble() as ollama:
            env = {"INTERVIEWER_HOME": str(folder / "home"), "OLLAMA_HOST": ollama.url}
            with Terminal(command, columns=90, rows=40, env=env) as terminal:
                terminal.wait_exit()
            assert not ollama.requests
        return frozenset((folder / "modules").read_text(encoding="utf-8").split())

    return found


@pytest.mark.parametrize("model", ["offline", "ollama/ok"])
def test_a_drill_asks_before_anything_heavy_is_loaded(model: str, loaded: Loaded) -> None:
    assert "interviewer.interview.interview" in loaded(model)
    assert not {*HEAVY, *FOR_FAULTS}.intersection(loaded(model))


@pytest.mark.parametrize("door", DOORS)
def test_a_door_is_closed_when_the_first_question_is_on_the_screen(door: str, loaded: Loaded) -> None:
    assert not {*DOORS[door]}.intersection(loaded("offline"))


@pytest.mark.parametrize("door", [door for door in DOORS if door != "models"])
def test_a_door_is_closed_when_a_model_is_to_come(door: str, loaded: Loaded) -> None:
    assert not {*DOORS[door]}.intersection(loaded("ollama/ok"))


def test_a_scorecard_is_looked_at_without_anything_of_models(tmp_path: Path) -> None:
    at_the_desk = "import sys; from interviewer.cli.review import Desk; Desk.open(); print(*sys.modules)"
    env = {**os.environ, "INTERVIEWER_HOME": str(tmp_path)}
    run = subprocess.run([sys.executable, "-c", at_the_desk], env=env, capture_output=True, text=True, check=True)
    assert not [name for name in run.stdout.split() if name.startswith("interviewer.models")]


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


def test_the_first_answer_waits_for_no_pattern_that_could_be_compiled_before(monkeypatch: pytest.MonkeyPatch) -> None:
    bank, whole, compiled = Bank.open(), re.compile, []
    answer = "I stopped the release for two days because a scan found 212 names of patients. I told the director why."
    interview = begin(bank, MemoryLog(), Readers(open_offline(bank)), Wishes(questions=("safety-over-speed",), seed=7))
    wording._pattern.cache_clear()
    told._compiled.cache_clear()
    told._stands.cache_clear()
    probing_rules._any_said.cache_clear()
    interview.follow_up.warm_up()
    monkeypatch.setattr(re, "compile", lambda *rule: compiled.append(rule) or whole(*rule))  # type: ignore[func-returns-value]
    asyncio.run(interview.run(ScriptedCandidate([answer])))
    assert interview.transcript.threads[0].probes
    assert len(compiled) < 5, "of some 1,100"


def test_the_files_of_rules_are_read_once_for_all_who_go_by_them(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    text = reading.read_text
    monkeypatch.setattr(reading, "read_text", lambda path: read.append(path.name) or text(path))  # type: ignore[func-returns-value]
    bank = Bank.open()
    interview = begin(bank, MemoryLog(), Readers(open_offline(bank)), Wishes(questions=("safety-over-speed",), seed=7))
    interview.follow_up.warm_up()
    assert "probing.yaml" in read
    rules = {path.name for path in (bank.root / "prompts").glob("*.yaml")}
    assert [name for name, times in Counter(read).items() if times > 1 and name in rules] == []


def test_the_judge_and_the_interview_share_one_offline_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[OfflineRater] = []
    warm_up = OfflineRater.warm_up
    monkeypatch.setattr(OfflineRater, "warm_up", lambda self: made.append(self) or warm_up(self))  # type: ignore[func-returns-value]
    bank = Bank.open()
    readers = Readers(open_offline(bank), judge="scripted/demo", opened=lambda name: ScriptedModel(["no"], name=name))
    interview = begin(bank, MemoryLog(), readers, Wishes(questions=("safety-over-speed",), seed=7))
    interview.follow_up.warm_up()
    assert len(made) == 1


def test_the_offline_reader_reads_a_thread_once_after_each_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Thread] = []
    found = ThreadReader._found

    def counted(self: ThreadReader, thread: Thread, kept: Any) -> Any:
        read.append(thread)
        return found(self, thread, kept)

    monkeypatch.setattr(ThreadReader, "_found", counted)
    bank, log = Bank.open(), MemoryLog()
    answers = ["I stopped the release for two days because a scan found 212 names of patients.", "I told the director.",
               "We wrote a check that runs before every release, and measured it."]  # fmt: skip
    interview = begin(bank, log, Readers(open_offline(bank)), Wishes(questions=("safety-over-speed",), seed=7))
    asyncio.run(interview.run(ScriptedCandidate(answers)))
    given = sum(isinstance(event, AnswerGiven) for event in log.events)
    assert given > 1
    assert len(read) == len(set(read)) == given
