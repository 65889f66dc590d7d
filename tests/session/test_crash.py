"""Whatever kills the process, what it acknowledged is in the store, and the store is sound."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from interviewer.session.store import Store

from .worker import answer

Note = Callable[[str, object], None]
COMMAND = [sys.executable, "-m", "tests.session.worker"]
ROOT = Path(__file__).parents[2]

strace = pytest.mark.skipif(
    shutil.which("strace") is None
    or subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True).returncode != 0,
    reason="strace is not installed, or may not trace here",
)


class Work(NamedTuple):
    session: str
    said: list[str]
    code: int


def work(path: Path, *wishes: object, prefix: tuple[str, ...] = ()) -> Work:
    """Runs a worker to its end, however it ends."""
    ran = subprocess.run(
        [*prefix, *COMMAND, str(path), *map(str, wishes)], capture_output=True, text=True, cwd=ROOT, timeout=120
    )
    assert "Traceback" not in ran.stderr
    first, *said = ran.stdout.splitlines() or [""]
    return Work(first.removeprefix("session "), said, ran.returncode)


def acknowledged(said: list[str]) -> int:
    return max((int(line.split()[1]) for line in said if line.startswith("ack")), default=0)


def assert_kept(path: Path, session: str, acked: int) -> None:
    """All that was acknowledged is there as it was, at most one event more, and the session can be gone on with."""
    with Store.open(path) as store:
        assert store.check() == []
        if acked == 0 and session not in {head.id for head in store.sessions()}:
            return
        events = store.events(session)
        assert acked <= len(events) <= acked + 1
        assert events == [answer(seq) for seq in range(1, len(events) + 1)]
        log = store.resume(session)
        assert log.append(answer(len(events) + 1)) == len(events) + 1
        log.close()


def kill_at_a_random_moment(path: Path, chance: random.Random) -> int:
    """Kills a worker; returns how many events it had acknowledged, all of which are there."""
    with subprocess.Popen([*COMMAND, str(path), "1000"], stdout=subprocess.PIPE, text=True, cwd=ROOT) as worker:
        assert worker.stdout
        session = worker.stdout.readline().split()[1]
        said = [worker.stdout.readline().strip() for _ in range(chance.randrange(1, 12))]
        time.sleep(chance.random() * 0.01)
        worker.kill()
        said += worker.stdout.read().splitlines()
    whole = [line for line in said if re.fullmatch(r"ack \d+", line)]
    assert whole
    assert_kept(path, session, acknowledged(whole))
    return acknowledged(whole)


def test_a_kill_at_any_moment_loses_nothing_acknowledged(path: Path) -> None:
    chance = random.Random(20261121)
    for _ in range(6):
        kill_at_a_random_moment(path, chance)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it cannot be known")
def test_a_killed_process_that_is_still_listed_holds_no_session(path: Path) -> None:
    """In a container without an init nobody clears the dead away, and the session would stay locked."""
    with subprocess.Popen([*COMMAND, str(path), "1000"], stdout=subprocess.PIPE, text=True, cwd=ROOT) as worker:
        assert worker.stdout
        session = worker.stdout.readline().split()[1]
        worker.stdout.readline()
        worker.kill()
        os.waitid(os.P_PID, worker.pid, os.WEXITED | os.WNOWAIT)
        with Store.open(path) as store:
            store.resume(session).close()


@pytest.mark.soak
def test_two_hundred_kills_lose_nothing_acknowledged(path: Path, record_property: Note) -> None:
    chance = random.Random(time.time_ns())
    acked = sum(kill_at_a_random_moment(path, chance) for _ in range(200))
    record_property("figure", f"200 kills, {acked:,} events acknowledged, lost: 0")


@pytest.mark.parametrize("statement", range(1, 15))
def test_death_before_any_statement_of_a_commit_loses_nothing_acknowledged(path: Path, statement: int) -> None:
    session, said, code = work(path, 50, f"die:{statement}")
    assert code == 9
    assert_kept(path, session, acknowledged(said))


def killed_in_call(path: Path, call: str, nth: int) -> bool:
    """Kills a worker within its nth call of that name; returns whether there were so many."""
    inject = f"inject={call}:signal=SIGKILL:when={nth}"
    done = work(path, 6, prefix=("strace", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e", inject))
    assert_kept(path, done.session, acknowledged(done.said))
    return done.code == -signal.SIGKILL


@strace
@pytest.mark.parametrize(
    ("call", "nth"), [("pwrite64", 3), ("pwrite64", 48), ("pwrite64", 61), ("fdatasync", 5), ("fdatasync", 14),
                      ("unlink", 4), ("unlink", 7)]
)  # fmt: skip
def test_death_within_a_commit_loses_nothing_acknowledged(path: Path, call: str, nth: int) -> None:
    assert killed_in_call(path, call, nth)


@strace
@pytest.mark.soak
@pytest.mark.parametrize("call", ["pwrite64", "fdatasync", "unlink"])
def test_death_in_any_system_call_loses_nothing_acknowledged(tmp_path: Path, call: str, record_property: Note) -> None:
    nth = 1
    while killed_in_call(tmp_path / str(nth) / "sessions.db", call, nth):
        nth += 1
    assert nth > 6
    record_property("figure", f"died in each of {nth - 1} {call} calls, lost: 0")


@strace
def test_every_event_is_synced_between_its_writing_and_its_acknowledgement(
    path: Path, tmp_path: Path, record_property: Note
) -> None:
    trace = tmp_path / "trace"
    calls = "trace=pwrite64,write,fsync,fdatasync,unlink"
    _, said, _ = work(path, 8, prefix=("strace", "-f", "-y", "-s", "16", "-o", str(trace), "-e", calls))
    assert acknowledged(said) == 8
    unsynced, acks = False, 0
    for line in trace.read_text().splitlines():
        if "pwrite64(" in line and "sessions.db" in line:
            unsynced = True
        elif ("fdatasync(" in line or "fsync(" in line) and "sessions.db>" in line:
            unsynced = False
        elif '"ack ' in line:
            acks += 1
            assert not unsynced, f"acknowledged before a sync: {line}"
    assert acks == 8
    record_property("figure", "8 events, acknowledged before their sync: 0")


@strace
@pytest.mark.parametrize(
    ("fault", "error"), [("pwrite64:error=EIO", "DiskFault"), ("pwrite64:error=ENOSPC", "DiskFull"),
                         ("fdatasync:error=EIO", "DiskFault")]
)  # fmt: skip
def test_a_failing_disk_is_reported_and_nothing_acknowledged_is_lost(path: Path, fault: str, error: str) -> None:
    call = fault.partition(":")[0]
    prefix = ("strace", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={fault}:when=22+")
    session, said, _ = work(path, 20, prefix=prefix)
    assert said[-1].startswith(f"refused {error}: ")
    assert_kept(path, session, acknowledged(said))


def test_a_file_that_may_not_grow_refuses_the_event_and_keeps_the_rest(path: Path) -> None:
    session, said, _ = work(path, 50, "limit:90000")
    assert said[-1].startswith(("refused DiskFault", "refused DiskFull"))
    assert 0 < acknowledged(said) < 50
    assert_kept(path, session, acknowledged(said))


def test_an_event_refused_for_want_of_room_is_taken_once_there_is_room(path: Path) -> None:
    session, said, _ = work(path, 40, "limit:90000", "again")
    refused = [line for line in said if line.startswith("refused")]
    assert len(refused) == 1
    assert acknowledged(said) == 40
    assert said.index(refused[0]) == int(said[said.index(refused[0]) + 1].split()[1]) - 1
    assert_kept(path, session, 40)


def test_four_processes_at_once_lose_nothing(path: Path, record_property: Note) -> None:
    workers = [
        subprocess.Popen([*COMMAND, str(path), "40"], stdout=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(4)
    ]
    ended = [worker.communicate(timeout=120)[0].splitlines() for worker in workers]
    assert len({said[0] for said in ended}) == 4
    for said in ended:
        assert acknowledged(said) == 40
        assert_kept(path, said[0].removeprefix("session "), 40)
    record_property("figure", "4 processes, 160 events, lost: 0")
