"""How the real program is started: in a terminal, or as a process with pipes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.terminal.harness import Terminal

PROGRAM = str(Path(sys.executable).with_name("interviewer"))
Sit = Callable[..., Terminal]
Call = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where this test's settings and interviews lie."""
    return tmp_path / "home"


@pytest.fixture
def sit(home: Path) -> Sit:
    """Starts the program in a terminal: `with sit("disagreement", "--exam", OLLAMA_HOST=...) as terminal`."""

    def started(*arguments: str, columns: int = 90, rows: int = 50, **env: str) -> Terminal:
        return Terminal([PROGRAM, *arguments], columns=columns, rows=rows, env={"INTERVIEWER_HOME": str(home), **env})

    return started


@pytest.fixture
def call(home: Path) -> Call:
    """Runs the program to its end, with pipes for its streams."""

    def done(*arguments: str, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [PROGRAM, *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={"INTERVIEWER_HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8", **env},
            timeout=120,
            check=False,
        )

    return done


def obliging_model(body: Any) -> list[str]:
    """What a well-behaved model says: no part is met where a rating is asked for, else a fitting question."""
    schema = body.get("format") or (body.get("response_format") or {}).get("json_schema", {}).get("schema")
    if not schema:
        return ["What did ", "the scan look at, ", "before you trusted it?"]
    parts = schema["properties"]["parts"]["items"]["properties"]["part"]["enum"]
    report = {"notes": "Little.", "parts": [{"part": part, "quote": "", "met": False} for part in parts]}
    return [json.dumps({**report, "no_occasion": []})]
