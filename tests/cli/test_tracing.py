from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from interviewer.cli.tracing import redacted
from interviewer.models.model import NotConfigured

KEY = "sk-canary-0123456789abcdef"
OWN = "a-key-of-no-known-shape"


def test_a_traceback_holds_no_key_and_no_terminal_codes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path))
    monkeypatch.setenv("INTERVIEWER_API_KEY", OWN)
    try:
        raise RuntimeError(f"Incorrect API key provided: {KEY} \x1b]0;title\x07 or {OWN}")
    except RuntimeError as error:
        shown = redacted(error)
    assert "Traceback" in shown
    assert "RuntimeError" in shown
    assert KEY not in shown
    assert OWN not in shown
    assert "\x1b" not in shown


class Ring:
    """A system's keyring that holds one key, and breaks after it was asked for it."""

    def get_password(self, service_name: str, username: str) -> str | None:
        if username == "cerebras":
            raise RuntimeError("The ring is closed.")
        return OWN if username == "anthropic" else None

    def set_password(self, service_name: str, username: str, password: str) -> None:
        raise RuntimeError("The ring is closed.")


@pytest.mark.parametrize("has_ring", [True, False])
def test_a_key_of_the_keyring_does_not_stand_in_a_traceback(
    has_ring: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened() -> Ring:
        if has_ring:
            return Ring()
        raise NotConfigured("There is no keyring.")

    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path))
    monkeypatch.setenv("INTERVIEWER_KEYRING", "true")
    monkeypatch.setattr("interviewer.models.keys.open_keyring", opened)
    shown = redacted(RuntimeError(f"boom with {OWN}"))
    assert shown.startswith("RuntimeError: boom with")
    assert (OWN in shown) is not has_ring


@pytest.mark.parametrize(("debug", "shown"), [("", False), ("1", True)])
def test_an_empty_wish_for_tracebacks_is_none(debug: str, shown: bool, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "interviewer", "questions", "show", "nothing"],
        capture_output=True, encoding="utf-8", timeout=60, check=False,
        env={"PATH": os.environ["PATH"], "INTERVIEWER_HOME": str(tmp_path), "INTERVIEWER_DEBUG": debug},
    )  # fmt: skip

    assert ("Traceback" in done.stderr) is shown
