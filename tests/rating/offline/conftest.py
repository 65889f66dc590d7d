"""The bundled cues, dimensions and gold, loaded once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from interviewer.bank.cue_files import load_cues
from interviewer.bank.cues import Cues
from interviewer.bank.schema import Dimension
from interviewer.rating.offline.reader import OfflineRater
from interviewer.session.thread import Thread, thread_from_line

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class GoldAnswer:
    """One rated answer of the bundled gold."""

    id: str
    thread: Thread
    ratings: dict[str, int]
    tags: tuple[str, ...]


@pytest.fixture(scope="session")
def cues() -> Cues:
    return load_cues(ROOT)


@pytest.fixture(scope="session")
def dimensions() -> dict[str, Dimension]:
    paths = sorted((ROOT / "rubrics" / "dimensions").glob("*.yaml"))
    return {path.stem: Dimension.model_validate(yaml.safe_load(path.read_text("utf-8"))) for path in paths}


@pytest.fixture(scope="session")
def rater(cues: Cues) -> OfflineRater:
    return OfflineRater(cues)


@pytest.fixture(scope="session")
def gold() -> tuple[GoldAnswer, ...]:
    folder = ROOT / "fixtures" / "gold"
    lines, marks = ((folder / name).read_text("utf-8").splitlines() for name in ("dev.jsonl", "marks.jsonl"))
    tags = {mark["id"]: tuple(mark["tags"]) for mark in map(json.loads, marks)}
    return tuple(
        GoldAnswer(line["id"], thread_from_line(line), line["ratings"], tags[line["id"]])
        for line in map(json.loads, lines)
    )
