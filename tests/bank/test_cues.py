"""The offline cues are checked when they are loaded, and a fault names the place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from interviewer.bank.catalogue import DIMENSIONS
from interviewer.bank.cue_files import load_cues
from interviewer.bank.library import Bank
from interviewer.bank.problems import ContentError

ROOT = Path(__file__).parents[2]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "rubrics" / "cues", tmp_path / "rubrics" / "cues")
    return tmp_path


def test_every_dimension_and_every_part_of_the_rubric_has_cues(bank: Bank) -> None:
    cues = load_cues(ROOT).dimensions
    assert cues.keys() == set(bank.catalogue.names(DIMENSIONS))
    for name, dimension in cues.items():
        assert dimension.parts.keys() == bank.dimension(name).parts.keys(), name
        assert all(part.cues for part in dimension.parts.values()), name


def test_the_hash_changes_with_any_file(copied: Path) -> None:
    before = load_cues(copied).hash
    file = copied / "rubrics" / "cues" / "gates.yaml"
    file.write_text(file.read_text("utf-8") + "# another\n", "utf-8")
    assert load_cues(copied).hash != before


def test_an_unknown_shape_is_named(copied: Path) -> None:
    file = copied / "rubrics" / "cues" / "dimensions.yaml"
    file.write_text(file.read_text("utf-8").replace("shape: figure", "shape: figurine"), "utf-8")
    with pytest.raises(ContentError, match="figurine"):
        load_cues(copied)


def test_levels_that_do_not_rise_are_refused(copied: Path) -> None:
    file = copied / "rubrics" / "cues" / "dimensions.yaml"
    lines = ["  begins: [9, 7, 5, 3]" if "begins:" in line else line for line in file.read_text().splitlines()]
    file.write_text("\n".join(lines), "utf-8")
    with pytest.raises(ContentError, match="must rise"):
        load_cues(copied)


def test_a_missing_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="install the package again"):
        load_cues(tmp_path)
