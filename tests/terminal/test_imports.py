from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("module", "unwanted"),
    [
        ("interviewer.terminal.chat", ("prompt_toolkit", "rich")),
        ("interviewer.terminal.editor", ("rich", "pygments", "litellm", "httpx")),
        ("interviewer.terminal.picker", ("prompt_toolkit", "rich")),
        ("interviewer.terminal.progress", ("prompt_toolkit", "rich")),
        ("interviewer.terminal.card", ("prompt_toolkit", "rich.markdown", "rich.syntax", "rich.traceback")),
    ],
)
def test_nothing_is_loaded_before_it_is_needed(module: str, unwanted: tuple[str, ...]) -> None:
    code = f"import sys, {module}; print([name for name in {unwanted!r} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert loaded.strip() == "[]"
