"""What the tests of the bank share: the bundled bank, and packs written for one test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from interviewer.bank.library import Bank

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "incident-reviews"


@pytest.fixture(scope="session")
def bank() -> Bank:
    """The bundled bank alone."""
    return Bank.open()


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A folder of packs that holds a copy of the example, free to be spoiled."""
    folder = tmp_path / "packs"
    shutil.copytree(EXAMPLE, folder / EXAMPLE.name)
    return folder


@pytest.fixture
def near_miss(packs: Path) -> Path:
    """The file of a question in that pack."""
    return packs / "incident-reviews" / "prompts" / "questions" / "near-miss.yaml"


@pytest.fixture
def area(packs: Path) -> Path:
    """A file of the pack with a concept of its own, as several of an area may stand there."""
    path = packs / "incident-reviews" / "rubrics" / "areas" / "causes.yaml"
    path.parent.mkdir()
    path.write_text(
        "concepts:\n  - id: swiss-cheese\n    name: Swiss cheese\n    sort: concept\n    what: Layers have holes.\n"
        "    why: No one layer holds.\n    fails: Holes may line up by design.\n    checks:\n"
        "      - {ask: What is a layer?, contains: A barrier.}\n      - {ask: What is a hole?, contains: A gap.}\n"
        "    questions: [near-miss, incident-command]\n",
        encoding="utf-8",
    )
    return path
