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
