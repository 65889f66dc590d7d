"""A stream that the caller has closed is nobody there, never a failure inside the program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = f"{sys.executable} -m interviewer"


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("safety-over-speed <&-", 2, "no answer came in"),
        ("rate - <&-", 0, ""),
        ("config key openai <&-", 1, "No key"),
        ("questions >&-", 0, ""),
        ("questions nowhere <&- >&- 2>&-", 2, ""),
    ],
)
def test_a_closed_stream_is_nobody_there(line: str, code: int, said: str, tmp_path: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f"{PROGRAM} {line}"],
        capture_output=True, encoding="utf-8", timeout=60, check=False,
        env={"PATH": os.environ["PATH"], "INTERVIEWER_HOME": str(tmp_path)},
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Something went wrong" not in done.stderr
