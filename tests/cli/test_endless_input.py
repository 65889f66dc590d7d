"""Input without an end, as a device has none, is told in a sentence instead of being read for ever."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from interviewer.terminal.asking import LONGEST_ANSWER

ENDLESS = Path("/dev/zero")


@pytest.mark.skipif(not ENDLESS.exists(), reason="no endless device")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("rate", str(ENDLESS)), "has no end"),
        (("import", str(ENDLESS)), "longer than an interview can be"),
        (("calibrate", "--gold", str(ENDLESS)), "has no end"),
        (("calibrate", "--model", f"scripted/{ENDLESS}"), "is not a script for a model"),
        (("safety-over-speed", "--model", "offline", "--answers", str(ENDLESS)), "is larger than 16 MB"),
    ],
)
def test_a_file_without_an_end_is_told(arguments: tuple[str, ...], told: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "interviewer", *arguments],
        capture_output=True, text=True, timeout=60, check=False, env={"INTERVIEWER_HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode in (1, 2)
    assert told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_an_answer_that_nobody_can_say_is_told_before_it_is_read(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "interviewer", "safety-over-speed", "--model", "offline"],
        input="[" * (LONGEST_ANSWER + 1), capture_output=True, text=True, timeout=60, check=False,
        env={"INTERVIEWER_HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 2
    assert f"has {LONGEST_ANSWER + 1:,} characters, and one may have {LONGEST_ANSWER:,}" in done.stderr
