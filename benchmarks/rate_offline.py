"""How many answers `interviewer rate` reads offline in a second of processor time, and whether its memory stays flat.

The whole command is measured, on gold answers with new ids over and over; INTERVIEWER_BENCH_LINES sets how many the
long run has (100,000 is the promise; the usual 10,000 is a matter of minutes).
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from pathlib import Path

import pexpect

from interviewer.bank.library import Bank
from interviewer.rating.opening import open_offline
from interviewer.session.thread import thread_from_line

from .figures import Figure, of_runs
from .processes import SCRIPT, peak_of, watched
from .processes import run as run_program

GOLD = Path(__file__).parents[1] / "fixtures" / "gold" / "dev.jsonl"
FEW, MANY = 1_000, int(os.environ.get("INTERVIEWER_BENCH_LINES", "10000"))
RUNS = 5


def run() -> list[Figure]:
    """Answers a second on one core, and the growth of memory between a short file and a long one."""
    with tempfile.TemporaryDirectory() as folder:
        few, many, none = (_file(Path(folder), count) for count in (FEW, MANY, 1))
        command = [SCRIPT, "rate", "--model", "offline"]
        starts = [run_program([*command, str(none)]).cpu for _ in range(RUNS)]
        speeds = [FEW / (run_program([*command, str(few)]).cpu - start) for start in starts]
        short, long = _peak([*command, str(few)]), _peak([*command, str(many)])
    return [
        of_runs("rate offline, answers a second and core", speeds, "/s", ">= 300"),
        of_runs("the reader alone, every dimension", _reader(), "/s", better="higher"),
        Figure(f"memory of rate, {MANY:,} lines over {FEW:,}", long / short, "x", target="<= 1.1"),
        Figure(f"memory of rate, {MANY:,} lines", long, "MiB"),
    ]


def _file(folder: Path, count: int) -> Path:
    lines = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    path = folder / f"{count}.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for index in range(count):
            file.write(json.dumps({**lines[index % len(lines)], "id": f"{index}"}) + "\n")
    return path


def _peak(command: list[str]) -> float:
    source = " ".join(command)
    program, *arguments = watched(["/bin/sh", "-c", f"exec {source} > {os.devnull}"])
    child = pexpect.spawn(program, arguments, encoding="utf-8", timeout=3600)
    try:
        return peak_of(child)
    finally:
        child.close(force=True)


def _reader() -> list[float]:
    bank = Bank.open()
    dimensions = [bank.dimension(path.stem) for path in (bank.root / "rubrics" / "dimensions").glob("*.yaml")]
    threads = [thread_from_line(json.loads(line)) for line in GOLD.read_text("utf-8").splitlines()]
    rater = open_offline(bank)
    rater.warm_up()
    speeds = []
    for _ in range(RUNS):
        begun = time.process_time()
        for thread in threads:
            rater.read(thread, dimensions)
        speeds.append(len(threads) / (time.process_time() - begun))
    return speeds
