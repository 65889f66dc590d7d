"""No word leaves this machine: a whole interview offline, and one with an Ollama server at 127.0.0.1, watched.

In a network namespace with nothing in it but loopback, under strace, with a name server that only listens and an audit
hook of our own. What this does not cover stands in SECURITY.md.
"""

from __future__ import annotations

import ipaddress
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


def why_not() -> str | None:
    """Why it cannot be proven here."""
    for tool in ("unshare", "strace", "ip"):
        if shutil.which(tool) is None:
            return f"{tool} is not installed"
    tried = subprocess.run(["unshare", "-rnm", "strace", "-o", "/dev/null", "true"], capture_output=True, check=False)
    return None if tried.returncode == 0 else "network namespaces, or tracing in them, are not allowed here"


pytestmark = pytest.mark.skipif(why_not() is not None, reason=str(why_not()))


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("proof")
    done = subprocess.run(
        ["unshare", "-rnm", sys.executable, "-m", "tests.proof.inside", folder],
        capture_output=True, text=True, cwd=ROOT, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def elsewhere(seen: Any, interview: str) -> list[str]:
    return [address for address in seen[interview]["reached"] if not ipaddress.ip_address(address).is_loopback]


def test_the_instruments_see_a_leak_when_there_is_one(seen: Any) -> None:
    assert "192.0.2.1" in seen["control"]["reached"]
    assert seen["control"]["asked"]
    assert all("leak.example" in name for name in seen["control"]["asked"])


def test_an_offline_interview_opens_no_connection_at_all(
    seen: Any, record_property: Callable[[str, object], None]
) -> None:
    offline = seen["offline"]
    assert offline["code"] == 0, offline["said"]
    assert offline["scorecard"]
    assert (offline["reached"], offline["started"], offline["audit"]) == ([], [], [])
    record_property("figure", "connections: 0, names asked for: 0, programs started: 0")


def test_an_interview_with_a_local_model_reaches_this_machine_alone(
    seen: Any, record_property: Callable[[str, object], None]
) -> None:
    ollama = seen["ollama"]
    assert ollama["code"] == 0, ollama["said"]
    assert ollama["scorecard"]
    assert seen["heard"] > 2
    assert ollama["reached"]
    assert elsewhere(seen, "ollama") == []
    assert [line for line in ollama["audit"] if "127.0.0.1" not in line and "localhost" not in line] == []
    assert ollama["started"] == []
    assert seen["asked"] == []
    record_property(
        "figure",
        f"calls to the model: {seen['heard']}, addresses reached: {', '.join(ollama['reached'])}; "
        "elsewhere: 0, names asked for: 0, attempts blocked: 0",
    )
