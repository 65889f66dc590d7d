"""What the program remembers of its own accord: kept from run to run, and lost without harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.places import Paths, find_paths
from interviewer.state import backups, is_news, last_model, remember_backups, remember_model


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A home that does not exist yet."""
    return find_paths({"INTERVIEWER_HOME": str(tmp_path / "home")})


def test_the_last_model_is_remembered(paths: Paths) -> None:
    remember_model("ollama/x", paths=paths)
    remember_model("ollama/y", paths=paths)
    assert last_model(paths=paths) == "ollama/y"


def test_one_thing_remembered_does_not_drive_out_another(paths: Paths, tmp_path: Path) -> None:
    remember_model("ollama/x", paths=paths)
    assert is_news("It rains.", paths=paths)
    assert not is_news("It rains.", paths=paths)
    remember_backups([tmp_path / "copy.db"] * 2, paths=paths)
    assert last_model(paths=paths) == "ollama/x"
    assert backups(paths=paths) == [tmp_path / "copy.db"]


@pytest.mark.parametrize("state", [b"", b"{", b"[]", b'{"model": 3}', b"\xff"])
def test_a_file_that_cannot_be_read_counts_as_empty_and_is_replaced(paths: Paths, state: bytes) -> None:
    paths.state.mkdir()
    paths.state_file.write_bytes(state)
    assert last_model(paths=paths) is None
    remember_model("ollama/x", paths=paths)
    assert last_model(paths=paths) == "ollama/x"
