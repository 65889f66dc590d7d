"""A disk that is full or read-only in the middle of an interview: one plain sentence, and nothing typed is lost."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.harness import Terminal

from .conftest import PROGRAM, Call

ANSWER = "I stopped the release for two days because the training data held names of patients."
SECOND = "The product manager wanted to ship. I ran a scan over 40,000 records and it found 212 names."
SMALL = 1 << 20


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={SMALL}", "none", str(place)]
    if os.geteuid() != 0 or subprocess.run(["mount", *options], capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting a small disk takes root, and a system that allows it")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def fill(disk: Path) -> Path:
    """Takes every byte that is left."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    return filler


def one_sentence(stderr: str) -> bool:
    return len(stderr.strip().splitlines()) == 1 and "Traceback" not in stderr


def test_a_disk_that_fills_up_in_the_middle_is_told_and_leaves_every_word_on_the_screen(small_disk: Path) -> None:
    env = {"INTERVIEWER_HOME": str(small_disk)}
    with Terminal([PROGRAM, "safety-over-speed", "--model", "offline"], columns=100, rows=40, env=env) as terminal:
        terminal.wait_for("In your own words")
        filler = fill(small_disk)
        terminal.type(ANSWER)
        terminal.press("enter")
        terminal.wait_for("no room on the disk")
        shown = " ".join("\n".join(terminal.scrollback()).split())
        assert ANSWER in shown
        assert "Traceback" not in shown
        filler.unlink()


def test_a_draft_that_cannot_be_stored_is_neither_cleared_nor_said_to_be_kept(small_disk: Path) -> None:
    env = {"INTERVIEWER_HOME": str(small_disk)}
    with Terminal([PROGRAM, "safety-over-speed", "--model", "offline"], columns=100, rows=40, env=env) as terminal:
        terminal.wait_for("In your own words")
        fill(small_disk)
        terminal.type(ANSWER)
        terminal.wait_for("15 words")
        terminal.press("ctrl-c")
        terminal.wait_for("Your draft is not saved. There is no room on the disk")
        assert any(ANSWER in row for row in terminal.screen())
        terminal.press("ctrl-c")
        assert terminal.wait_exit() == 130
        left = terminal.screen()
    assert any(ANSWER in row for row in left)
    assert any("All but this draft is saved. Go on with: interviewer resume" in row for row in left)


def test_an_interview_that_cannot_begin_on_a_full_disk_says_so(small_disk: Path, call: Call) -> None:
    fill(small_disk)
    done = call("safety-over-speed", "--model", "offline", stdin=ANSWER, INTERVIEWER_HOME=str(small_disk))
    assert done.returncode == 1
    assert one_sentence(done.stderr), done.stderr
    assert "no room on the disk" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="RLIMIT_FSIZE")
def test_a_file_that_may_not_grow_is_told_in_a_sentence(home: Path, call: Call) -> None:
    long = "\n---\n".join([f"{ANSWER} " * 700, SECOND])
    done = subprocess.run(
        ["sh", "-c", f"trap '' XFSZ; ulimit -f 120; exec {PROGRAM} safety-over-speed --model offline"],
        input=long, capture_output=True, text=True, timeout=60, check=False,
        env={"PATH": os.environ["PATH"], "INTERVIEWER_HOME": str(home)},
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert one_sentence(done.stderr), done.stderr
    assert call("history", "--json").returncode == 0


def test_a_home_that_cannot_be_written_is_told_and_no_save_works_without_it(tmp_path: Path, call: Call) -> None:
    place = tmp_path / "read-only"
    place.mkdir()
    options = ["-t", "tmpfs", "-o", "ro,size=64k", "none", str(place)]
    if os.geteuid() != 0 or subprocess.run(["mount", *options], capture_output=True, check=False).returncode != 0:
        pytest.skip("a read-only disk takes root to mount")
    try:
        done = call("safety-over-speed", "--model", "offline", stdin=ANSWER, INTERVIEWER_HOME=str(place))
        assert done.returncode == 1
        assert one_sentence(done.stderr), done.stderr
        assert "cannot be written" in done.stderr
        without = call("safety-over-speed", "--no-save", "--model", "offline", stdin=ANSWER,
                       INTERVIEWER_HOME=str(place))  # fmt: skip
        assert without.returncode == 0
        assert "Scorecard" in without.stdout
    finally:
        subprocess.run(["umount", str(place)], check=True)
