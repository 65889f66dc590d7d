"""The most memory an interview has resident: on a real terminal, from its start to the scorecard on the screen."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence

from .figures import Figure, of_runs
from .processes import OBLIGING, OBLIGING_OPENAI, SCRIPT, alone, peak_of, terminal, watched

RUNS = 5
ANSWER = "I stopped the release for two days because a scan of the training data found 212 names of patients."


def run() -> list[Figure]:
    """MiB, by the kernel's account of the process."""
    with tempfile.TemporaryDirectory() as home, alone(*OBLIGING) as ollama, alone(*OBLIGING_OPENAI) as openai:
        env = {"INTERVIEWER_HOME": home, "OLLAMA_HOST": ollama}
        offline = [_peak(["--model", "offline"], env) for _ in range(RUNS)]
        local = [_peak(["--model", "ollama/ok"], env) for _ in range(RUNS)]
        gateway = [_peak(["--model", "ok", "--base-url", f"{openai}/v1"], env) for _ in range(RUNS)]
    return [
        of_runs("peak memory, offline", offline, "MiB", "<= 60"),
        of_runs("peak memory, Ollama", local, "MiB", "<= 75"),
        of_runs("peak memory, litellm", gateway, "MiB", "<= 240"),
    ]


def _peak(arguments: Sequence[str], env: Mapping[str, str]) -> float:
    """Of a drill of one answer, one probe and the scorecard; looked at with the scorecard printed."""
    with terminal(watched([SCRIPT, "safety-over-speed", "--exam", *arguments]), env) as child:
        child.expect("In your own words")
        child.send(ANSWER + "\r")
        child.expect("about a minute")
        child.send("/end\r")
        return peak_of(child)
