"""Thousands of answers through a server that fails: every id is rated once or named, and memory stays flat."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.doubles.ollama import OllamaDouble
from tests.end_to_end.conftest import obliging_model

from .unreliable import FAULTS, UnreliableOllama

GOLD = Path(__file__).parents[2] / "fixtures" / "gold" / "dev.jsonl"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc for the memory of a process")
Note = Callable[[str, object], None]


def answers(count: int) -> bytes:
    """Lines with ids of their own: the gold answers over and over, each a little different."""
    gold = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    lines = []
    for number in range(count):
        body = gold[number % len(gold)]
        first, *rest = body["thread"]
        thread = [{**first, "text": f"{first['text']} That was case {number}."}, *rest]
        lines.append(json.dumps({**body, "id": f"n{number}", "thread": thread}, ensure_ascii=False))
    return ("\n".join(lines) + "\n").encode()


class Run:
    """One `interviewer rate` as a process."""

    def __init__(self, source: Path, out: Path, server: OllamaDouble):
        self.out = out
        self.errors = source.parent / "stderr"
        command = [sys.executable, "-m", "interviewer", "rate", str(source), "--out", str(out), "--json"]
        home = {"INTERVIEWER_HOME": str(source.parent / "home"), "OLLAMA_HOST": server.url}
        with self.errors.open("wb") as errors:
            self.process = subprocess.Popen(
                [*command, "--model", "ollama/ok", "--concurrency", "64"],
                env={"PATH": os.environ["PATH"], **home},
                stdout=subprocess.PIPE,
                stderr=errors,
            )

    def lines(self) -> int:
        return self.out.read_bytes().count(b"\n") if self.out.exists() else 0

    def kill_after(self, lines: int) -> None:
        """Kills it with no warning once so many lines are out."""
        while self.process.poll() is None and self.lines() < lines:
            time.sleep(0.005)
        self.process.kill()
        self.process.communicate()

    def finish(self) -> tuple[dict[str, Any], list[int]]:
        """What it says at its end, and its memory in megabytes over time."""
        memory = []
        while self.process.poll() is None:
            status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
            if resident := re.search(r"VmRSS:\s+(\d+)", status):
                memory.append(int(resident[1]) // 1024)
            time.sleep(0.05)
        stdout, _ = self.process.communicate()
        errors = self.errors.read_text(encoding="utf-8")
        assert "Traceback" not in errors, errors
        assert self.process.returncode in (0, 1), errors
        return json.loads(stdout), memory


def rated(out: Path) -> Counter[str]:
    """How often each id is in the file."""
    return Counter(json.loads(line)["id"] for line in out.read_bytes().splitlines())


def run_killed_and_resumed(folder: Path, count: int, kills: int, note: Note) -> None:
    source, out, dice = folder / "answers.jsonl", folder / "rated.jsonl", random.Random(8)
    source.write_bytes(answers(count))
    with UnreliableOllama(speech=obliging_model) as server:
        for kill in range(kills):
            Run(source, out, server).kill_after(count * (kill + 1) // (kills + 2) + dice.randrange(20))
        before = len(rated(out).keys())
        told, memory = Run(source, out, server).finish()
        assert told["rated"] + told["known"] + told["failed"] == count
        ids = rated(out)
        assert max(ids.values()) == 1
        named = (folder / "stderr").read_text(encoding="utf-8").count("line ")
        assert len(ids) + named >= count
        assert sum(server.failed.values()) >= server.chats * 0.02
        assert set(server.failed) == set(FAULTS) or server.chats < 1000
    later = memory[len(memory) // 4 :]
    growth = max(later) - later[0]
    assert growth < 48, f"memory grew by {growth} MB"
    note("figure", f"{count:,} answers at 64 at once, {server.chats:,} calls, {sum(server.failed.values()):,} of them "
                   f"failed in {len(server.failed)} ways, killed {kills} times ({before:,} lines kept): "
                   f"{len(ids):,} rated, {named} named, rated twice: 0, lost: 0; {max(memory)} MB at most, "
                   f"{growth} MB more than after a quarter")  # fmt: skip


def test_a_hundred_answers_through_faults_and_a_kill_are_rated_once_or_named(
    tmp_path: Path, record_property: Note
) -> None:
    run_killed_and_resumed(tmp_path, 100, 1, record_property)


@pytest.mark.soak
def test_five_thousand_answers_through_faults_and_kills_are_rated_once_or_named(
    tmp_path: Path, record_property: Note
) -> None:
    run_killed_and_resumed(tmp_path, 5000, 4, record_property)
