"""A place that the system refuses is told in a sentence, whichever command comes upon it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from interviewer.cli.group import run


def test_a_place_that_the_system_refuses_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(path: Path) -> bool:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path / "home\x1b[31m"))
    monkeypatch.setattr(Path, "exists", refuse)
    with pytest.raises(SystemExit) as ended:
        run(["history"])
    told = capsys.readouterr().err
    assert ended.value.code == 1
    assert told.startswith(
        f"{tmp_path}/home/sessions/sessions.db cannot be used (permission denied); check whose it is"
    )
    assert len(told.splitlines()) == 1
