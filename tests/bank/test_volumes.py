"""Folders of small files bound into volumes, as the wheel holds them."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.bank.catalogue import QUESTIONS
from interviewer.bank.packs import Pack
from interviewer.bank.problems import ContentError
from interviewer.bank.reading import read_bytes, read_text
from interviewer.bank.volumes import volume_of


@pytest.fixture
def bound(tmp_path: Path) -> Pack:
    """A bundled pack with two questions in a volume."""
    volume = volume_of(tmp_path / QUESTIONS)
    volume.parent.mkdir(parents=True)
    volume.write_bytes(b"--- # first.yaml\nid: first\nask: |\n  --- # second\n--- # second.yaml\nid: second\n")
    return Pack("", tmp_path, installed=True)


def test_the_files_of_a_volume_are_found_and_read_as_if_they_lay_in_its_folder(bound: Pack) -> None:
    assert [path.stem for path in bound.files(QUESTIONS)] == ["first", "second"]
    assert [*map(read_bytes, bound.files(QUESTIONS))] == [b"id: first\nask: |\n  --- # second\n", b"id: second\n"]


def test_a_file_that_a_volume_does_not_hold_is_reported_as_one_that_a_folder_does_not(bound: Pack) -> None:
    with pytest.raises(ContentError, match="cannot be read"):
        read_text(volume_of(bound.root / QUESTIONS) / "third.yaml")


def test_a_volume_that_is_replaced_is_read_anew(bound: Pack) -> None:
    (first, _) = bound.files(QUESTIONS)
    volume = first.parent
    fresh = volume.with_name("fresh")
    fresh.write_bytes(b"--- # zeroth.yaml\nid: zeroth\n--- # first.yaml\nid: first, mended\n")
    fresh.replace(volume)
    assert read_bytes(first) == b"id: first, mended\n"


def test_packs_of_others_hold_their_files_in_folders_alone(bound: Pack) -> None:
    assert Pack("theirs", bound.root).files(QUESTIONS) == []
