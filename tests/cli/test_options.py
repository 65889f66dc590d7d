"""What is named for a file to write is one, in a folder that is there, before anything else is done."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from interviewer.cli.group import commands


def said(*words: str) -> Result:
    return CliRunner().invoke(commands, words)


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path / "home"))


@pytest.mark.parametrize("command", [("rate", __file__, "--out"), ("export", "--out"), ("progress", "--html")])
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "“” is not a file; name one, or leave {option} away."),
        ("-", "“-” is not a file; name one, or leave {option} away."),
        ("/dev/null", "“/dev/null” is not a file; name one, or leave {option} away."),
        ("nowhere/x.jsonl", "There is no folder nowhere; make it, or choose another file."),
    ],
)
def test_what_is_no_file_in_a_folder_is_not_written_to(
    command: tuple[str, ...], name: str, told: str, tmp_path: Path
) -> None:
    done = said(*command, name)

    assert done.exit_code == 2
    assert told.format(option=command[-1]) in done.stderr
    assert not list(tmp_path.iterdir())


def test_answers_from_a_variable_that_is_empty_are_not_looked_for() -> None:
    done = said("start", "disagreement", "--model", "offline", "--answers", "")

    assert done.exit_code == 2
    assert "--answers names no file; perhaps a variable is empty." in done.stderr
