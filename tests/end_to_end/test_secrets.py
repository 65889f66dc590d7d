"""Keys planted everywhere come out nowhere: no byte of them in what is printed, written or sent to the wrong server."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.doubles.ollama import OllamaDouble
from tests.doubles.openai import OpenAIDouble

from .conftest import PROGRAM, Call, obliging_model

ANSWER = "I stopped the release for two days because a scan of the training data found 212 names of patients."
CANARIES = {
    "OPENAI_API_KEY": "sk-proj-canaryOPENAI0123456789abcdef",
    "ANTHROPIC_API_KEY": "sk-ant-canaryANTHROPIC0123456789ab",
    "GEMINI_API_KEY": "AIzacanaryGEMINI0123456789abcdefgh",
    "OLLAMA_API_KEY": "canaryOLLAMA0123456789abcdef",
    "INTERVIEWER_API_KEY": "canaryOWNSERVER0123456789abcdef",
    "HF_TOKEN": "hf_canaryHF0123456789abcdef",
}
STORED = {"groq": "gsk_canarySTORED0123456789abcdef", "xai": "xai-canarySTORED0123456789abcdef"}
SECRETS = [*CANARIES.values(), *STORED.values()]
PIECES = [secret[at : at + 12].encode() for secret in SECRETS for at in (0, len(secret) - 12)]
"""The first and last twelve characters: a key that is shortened in the middle is a key that leaked."""


def leaks(data: bytes) -> list[bytes]:
    return [piece for piece in PIECES if piece in data]


@pytest.fixture
def planted(home: Path) -> Path:
    """A home whose key file holds keys."""
    home.mkdir(mode=0o700)
    file = home / "keys.json"
    file.write_text(json.dumps(STORED), encoding="utf-8")
    file.chmod(0o600)
    return home


def leaks_in_files(home: Path) -> dict[str, list[bytes]]:
    """By file, what leaked into it, names included; the key file itself may hold keys."""
    found = {}
    for path in home.rglob("*"):
        data = path.read_bytes() if path.is_file() and path != home / "keys.json" else b""
        if leaked := leaks(data + os.fsencode(path)):
            found[path.name] = leaked
    return found


Runs = Callable[..., str]


@pytest.fixture
def run(call: Call) -> Runs:
    """Runs the program with every key set; gives all it printed, after a look at it."""

    def ran(*arguments: str, stdin: str = ANSWER, **env: str) -> str:
        done = call(*arguments, stdin=stdin, **{**CANARIES, **env})
        said = done.stdout + done.stderr
        assert leaks(said.encode()) == [], f"{arguments} printed a key"
        return said

    return ran


def test_no_key_is_printed_or_stored_by_runs_that_succeed(planted: Path, run: Runs) -> None:
    out = planted / "rated.jsonl"
    with OllamaDouble(speech=obliging_model) as server:
        with_model = {"OLLAMA_HOST": server.url}
        assert "Scorecard" in run("safety-over-speed", "--model", "ollama/ok", **with_model)
        run("doctor", "--model", "ollama/ok", "--json", **with_model)
        run("models", "--json", **with_model)
        line = {"id": 1, "question_id": "safety-over-speed", "question": "?",
                "thread": [{"role": "candidate", "text": ANSWER}]}  # fmt: skip
        run("rate", "-", "--model", "ollama/ok", "--out", str(out), stdin=json.dumps(line), **with_model)
        assert leaks(server.everything().encode()) == []
    assert out.exists()
    for kind in ("text", "md", "html", "json"):
        run("review", "--format", kind)
    assert "Traceback" in run("--debug", "review", "no-such-interview")
    for arguments in (("history", "--json"), ("config", "show"), ("config", "path"), ("backup", str(planted / "b.db"))):
        run(*arguments)
    assert leaks_in_files(planted) == {}


@pytest.mark.parametrize(
    "case", ["badkey", *(pytest.param(case, marks=pytest.mark.soak) for case in ("quoted", "html-502"))]
)
def test_no_key_is_printed_or_stored_when_a_server_throws_it_back(planted: Path, run: Runs, case: str) -> None:
    """`badkey` puts the very key that came into the error, as OpenAI does; --debug shows the whole traceback."""
    with OpenAIDouble() as server:
        run("--debug", "safety-over-speed", "--model", f"openai/{case}", OPENAI_BASE_URL=server.base)
        [key] = {request.headers.get("authorization") for request in server.requests if request.method == "POST"}
        assert key == f"Bearer {CANARIES['OPENAI_API_KEY']}"
        others = server.everything().replace(CANARIES["OPENAI_API_KEY"], "")
        assert leaks(others.encode()) == []
    assert leaks_in_files(planted) == {}


@pytest.mark.soak
def test_the_key_of_an_own_server_goes_to_it_and_no_other_key_does(planted: Path, run: Runs) -> None:
    with OpenAIDouble() as server:
        run("doctor", "--model", "badkey", "--base-url", server.base)
        assert CANARIES["INTERVIEWER_API_KEY"] in server.everything()
        assert leaks(server.everything().replace(CANARIES["INTERVIEWER_API_KEY"], "").encode()) == []
    assert leaks_in_files(planted) == {}


def _let_cores_be() -> None:
    """As where the user's shell has `ulimit -c unlimited`."""
    if sys.platform != "win32":
        import resource

        highest = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (highest, highest))


@pytest.mark.parametrize("end", [signal.SIGABRT, signal.SIGKILL])
def test_no_key_is_left_behind_by_a_crash_in_the_middle_of_a_call(planted: Path, end: signal.Signals) -> None:
    with OllamaDouble() as server:
        env = {"PATH": os.environ["PATH"], "INTERVIEWER_HOME": str(planted), "OLLAMA_HOST": server.url, **CANARIES}
        with subprocess.Popen(
            [PROGRAM, "safety-over-speed", "--model", "ollama/stall"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env={**env, "PYTHONFAULTHANDLER": "1", "INTERVIEWER_DEBUG": "1"}, cwd=planted, preexec_fn=_let_cores_be,
        ) as process:  # fmt: skip
            assert process.stdin
            assert process.stdout
            process.stdin.write(ANSWER.encode())
            process.stdin.close()
            assert server.wait_until(lambda: any(body["messages"] for body in server.bodies("/api/chat")), 30)
            if sys.platform == "linux":  # a core file would hold every key
                limits = Path(f"/proc/{process.pid}/limits").read_text(encoding="utf-8")
                assert re.search(r"^Max core file size +0 ", limits, re.M)
            process.send_signal(end)
            said = process.stdout.read()
        assert leaks(said) == []
    assert leaks_in_files(planted) == {}


def test_a_key_file_open_to_others_is_refused_with_the_command_that_mends_it(planted: Path, call: Call) -> None:
    (planted / "keys.json").chmod(0o644)
    done = call("safety-over-speed", "--model", "groq/some-model", stdin=ANSWER)
    assert done.returncode == 1
    assert f"chmod 600 '{planted / 'keys.json'}'" in done.stderr
    assert leaks((done.stdout + done.stderr).encode()) == []
