"""Start-up: version, help, a list, and the first question on a real terminal, against what has to be imported.

Everything is measured in turns. Peers are taken from PATH and from the folders in INTERVIEWER_BENCH_PEERS; one that is
not installed is left out.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable

from .figures import Figure, of_runs, ratio
from .processes import OBLIGING, SCRIPT, alone, seconds_until
from .processes import run as run_program

RUNS = 11
LIBRARIES = "import prompt_toolkit, rich, pydantic"
PEERS = ("llm", "aider")
DRILL = ("safety-over-speed", "--model")
FRAME = "╯"
"""The last of the frame round a question."""
PROMPT = "›"


def run() -> list[Figure]:
    """Seconds, and the ratios that the project holds itself to."""
    with tempfile.TemporaryDirectory() as home, alone(*OBLIGING) as url:
        env = {"INTERVIEWER_HOME": home, "OLLAMA_HOST": url}
        found = _in_turns(_measures(env))
    libraries, python = found["libraries"], found["python"]
    peers = [name for name in PEERS if name in found]
    return [
        ratio("--version / bare python", found["version"], python, "<= 5"),
        ratio("--help / bare python", found["help"], python, "<= 10"),
        ratio("first question, offline / imports", found["offline"], libraries, "<= 1.6"),
        ratio("first question, Ollama / imports", found["ollama"], libraries, "<= 2.2"),
        *(ratio(f"first question, offline / {name} --help", found["offline"], found[name], "<= 1") for name in peers),
        of_runs("bare python", [1000 * each for each in python], "ms", better="neither"),
        of_runs(f"python -c '{LIBRARIES}'", [1000 * each for each in libraries], "ms", better="neither"),
        of_runs("first question, offline", [1000 * each for each in found["offline"]], "ms"),
        of_runs("first question, Ollama", [1000 * each for each in found["ollama"]], "ms"),
        of_runs("ready to type, offline", [1000 * each for each in found["prompt"]], "ms"),
        of_runs("questions list", [1000 * each for each in found["list"]], "ms"),
    ]


def _measures(env: dict[str, str]) -> dict[str, Callable[[], float]]:
    def whole(*command: str) -> Callable[[], float]:
        return lambda: run_program(command, env).seconds

    folders = [*os.environ.get("INTERVIEWER_BENCH_PEERS", "").split(os.pathsep), os.environ.get("PATH", "")]
    peers = {name: shutil.which(name, path=os.pathsep.join(folders)) for name in PEERS}
    return {
        "python": whole(sys.executable, "-c", "pass"),
        "libraries": whole(sys.executable, "-c", LIBRARIES),
        "version": whole(SCRIPT, "--version"),
        "help": whole(SCRIPT, "--help"),
        "list": whole(SCRIPT, "questions", "list"),
        "offline": lambda: seconds_until(FRAME, [*DRILL, "offline"], env),
        "prompt": lambda: seconds_until(PROMPT, [*DRILL, "offline"], env),
        "ollama": lambda: seconds_until(FRAME, [*DRILL, "ollama/ok"], env),
        **{name: whole(path, "--help") for name, path in peers.items() if path},
    }


def _in_turns(measures: dict[str, Callable[[], float]]) -> dict[str, list[float]]:
    for measure in measures.values():
        measure()
    turns = [{name: measure() for name, measure in measures.items()} for _ in range(RUNS)]
    return {name: [turn[name] for turn in turns] for name in measures}
