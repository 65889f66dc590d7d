"""A bank, the offline reader and a way to hold an interview from a script."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from interviewer.bank.cue_files import load_cues
from interviewer.bank.library import Bank
from interviewer.interview.candidate import ScriptedCandidate, Utterance
from interviewer.interview.opening import Readers, begin
from interviewer.interview.planning import Wishes
from interviewer.rating.offline.reader import OfflineRater
from interviewer.session.events import MemoryLog
from interviewer.session.transcript import Transcript

GOLD = Path(__file__).parents[2] / "fixtures" / "gold"


@pytest.fixture(scope="session")
def bank() -> Bank:
    return Bank.open()


@pytest.fixture(scope="session")
def reader(bank: Bank) -> OfflineRater:
    return OfflineRater(load_cues(bank.root))


@pytest.fixture(scope="session")
def gold() -> list[dict[str, Any]]:
    return rated_answers()


def rated_answers() -> list[dict[str, Any]]:
    """The gold answers, each with what our raters said of it besides its levels."""
    answers, marks = ((GOLD / name).read_text(encoding="utf-8").splitlines() for name in ("dev.jsonl", "marks.jsonl"))
    more = {mark["id"]: mark for mark in map(json.loads, marks)}
    return [answer | more[answer["id"]] for answer in map(json.loads, answers)]


@dataclass(frozen=True)
class Held:
    """An interview that was held: what was said, logged and folded."""

    candidate: ScriptedCandidate
    log: MemoryLog
    transcript: Transcript

    def said(self, purpose: str) -> list[Utterance]:
        return [utterance for utterance in self.candidate.heard if utterance.purpose == purpose]

    def kinds(self) -> list[str]:
        return [event.kind for event in self.log.events]  # type: ignore[attr-defined]


Hold = Callable[..., Held]


@pytest.fixture
def hold(bank: Bank, reader: OfflineRater) -> Hold:
    def held(answers: Sequence[str], *questions: str, mode: str = "exam", **wishes: Any) -> Held:
        log, candidate = MemoryLog(), ScriptedCandidate(list(answers))
        interview = begin(
            bank,
            log,
            Readers(reader),
            Wishes(questions=questions or (() if wishes else ("safety-over-speed",)), seed=7, **wishes),
            mode=mode,  # type: ignore[arg-type]
        )
        asyncio.run(interview.run(candidate))
        return Held(candidate, log, interview.transcript)

    return held
