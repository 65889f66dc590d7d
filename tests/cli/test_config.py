"""`interviewer config`: what it says is what it keeps."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from interviewer.cli.group import commands
from interviewer.settings import load_settings


@pytest.mark.parametrize(
    ("name", "typed", "kept", "said"),
    [
        ("mode", "EXAM", "exam", "mode = exam\n"),
        ("plain", "yes", True, "plain = true\n"),
        ("minutes", "45", 45, "minutes = 45\n"),
    ],
)
def test_a_setting_is_told_as_it_is_kept(
    name: str, typed: str, kept: object, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path))
    assert CliRunner().invoke(commands, ["config", "set", name, typed]).stdout == said
    assert getattr(load_settings(), name) == kept
    assert CliRunner().invoke(commands, ["config", "set", name]).stdout == f"{name} is not set any more.\n"
