"""Where things lie: a home that cannot be one is told in a sentence, and nothing but ordinary files is replaced."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from interviewer.places import NoSuchPlace, find_paths, make_private_directory, read_own, write_private


@pytest.mark.parametrize(
    ("home", "told"),
    [
        ("~nobody-of-this-name/x", "leads nowhere"),
        ("/" + "x" * 300, "file name too long"),
        (__file__, "names a file"),
        (f"{__file__}/below", "not a directory"),
        ("/dev/null", "names a file"),
    ],
)
def test_a_home_that_cannot_be_one_is_told_in_a_sentence(home: str, told: str) -> None:
    with pytest.raises(NoSuchPlace, match=told):
        find_paths({"INTERVIEWER_HOME": home})


def test_a_home_that_leads_round_in_a_circle_is_told(tmp_path: Path) -> None:
    circle = tmp_path / "circle"
    circle.symlink_to(circle)
    with pytest.raises(NoSuchPlace, match="symbolic links"):
        find_paths({"INTERVIEWER_HOME": str(circle)})


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become somebody else")
def test_a_home_in_somebody_elses_closed_folder_is_told(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    code = (
        "import os, sys; from interviewer.places import find_paths, NoSuchPlace; os.setuid(65534)\n"
        "try: find_paths({'INTERVIEWER_HOME': sys.argv[1]})\n"
        "except NoSuchPlace as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(closed / "home")], capture_output=True, text=True, check=True, timeout=30
    )
    assert "permission denied" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="the folder of a running process cannot be deleted")
def test_a_relative_home_below_a_deleted_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(NoSuchPlace, match="leads nowhere"):
        find_paths({"INTERVIEWER_HOME": "home"})


def test_a_file_where_a_folder_should_be_is_told_as_that(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NotADirectoryError):
        make_private_directory(tmp_path / "file" / "sessions")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_a_pipe_or_a_device_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="Not an ordinary file"):
        write_private(pipe, "words")
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert [each.name for each in tmp_path.iterdir()] == ["pipe"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_settings_and_keys_that_are_pipes_devices_or_huge_are_not_waited_for(tmp_path: Path) -> None:
    pipe, device, huge = (tmp_path / name for name in ("pipe", "device", "huge"))
    os.mkfifo(pipe)
    device.symlink_to("/dev/zero")
    with huge.open("wb") as file:
        file.truncate(1 << 40)
    for path in (pipe, device, huge, tmp_path):
        with pytest.raises(OSError, match=r"not an ordinary file|too large"):
            read_own(path)
