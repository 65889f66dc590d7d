"""`interviewer rate` as a process: what goes in, what comes out, and what a kill, a pipe or a wrong file does to it."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from interviewer.bank.library import Bank
from interviewer.cli.rated_file import OutputError, RatedFile
from interviewer.rating.batch import as_line
from interviewer.rating.lines import rating_line
from interviewer.rating.opening import open_offline
from interviewer.rating.rater import RaterIdentity, Rating, ThreadRating

GOLD = Path(__file__).parents[2] / "fixtures" / "gold" / "dev.jsonl"
PACK = Path(__file__).parents[2] / "examples" / "incident-reviews"
BANK = Bank.open()
COMMAND = [sys.executable, "-m", "interviewer"]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INTERVIEWER_")}
    return {**kept, "INTERVIEWER_HOME": str(tmp_path_factory.mktemp("home"))}


Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(scope="module")
def run(environment: dict[str, str]) -> Run:
    def ran(*args: str | Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*COMMAND, *map(str, args)], input=given, capture_output=True, env=environment, timeout=60, check=False
        )

    return ran


@pytest.fixture(scope="module")
def done(run: Run) -> subprocess.CompletedProcess[bytes]:
    """All gold answers, rated in one go."""
    return run("rate", GOLD)


@pytest.fixture(scope="module")
def whole(done: subprocess.CompletedProcess[bytes]) -> bytes:
    """What came out."""
    return done.stdout


@pytest.fixture(scope="module")
def with_probes(run: Run) -> list[dict[str, Any]]:
    return objects(run("rate", GOLD, "--probe").stdout)


def objects(raw: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in raw.decode("utf-8").splitlines()]


def gold(count: int = 80) -> bytes:
    return b"".join(GOLD.read_bytes().splitlines(keepends=True)[:count])


def many(count: int) -> bytes:
    first = json.loads(gold(1))
    answer = {"role": "candidate", "text": "We held it two days because the refusal rate fell from 91% to 74%."}
    return b"".join(
        json.dumps({**first, "id": f"n{number}", "thread": [answer]}).encode() + b"\n" for number in range(count)
    )


def test_all_gold_answers_come_out_rated_in_their_order(done: subprocess.CompletedProcess[bytes]) -> None:
    assert done.returncode == 0
    assert done.stderr == b""
    lines = objects(done.stdout)
    assert [line["id"] for line in lines] == [line["id"] for line in objects(gold())]
    assert all(line["rater"]["model"] == "offline" and line["rater"]["rubric"] for line in lines)
    assert all(line["probe"] is None for line in lines)


def test_the_same_bytes_come_out_every_time_and_by_the_pipe(run: Run, whole: bytes) -> None:
    assert run("rate", "-", given=gold()).stdout == whole


def test_with_probe_a_line_says_what_to_ask_next_or_null(with_probes: list[dict[str, Any]]) -> None:
    probes = [line["probe"] for line in with_probes]

    asked = [probe for probe in probes if probe]
    assert asked
    assert None in probes
    assert all(set(probe) == {"dimension", "part", "ask"} for probe in asked)
    assert all(probe["ask"].count("?") == 1 and len(probe["ask"].split()) <= 30 for probe in asked)


def test_no_probe_follows_after_two_probes(with_probes: list[dict[str, Any]]) -> None:
    lines = objects(gold())
    spent = {line["id"] for line in lines if sum(turn["role"] == "interviewer" for turn in line["thread"]) >= 2}

    assert spent
    assert all(line["probe"] is None for line in with_probes if line["id"] in spent)


def test_broken_lines_are_told_by_number_and_the_rest_is_rated(run: Run) -> None:
    lines = gold(3).splitlines(keepends=True)

    done = run("rate", "-", given=lines[0] + b"{broken\n" + lines[1] + b"\xff\xfe\n" + lines[2] + b'{"id": "x"}\n')

    assert done.returncode == 1
    assert len(objects(done.stdout)) == 3
    assert [line.split(b":")[0] for line in done.stderr.splitlines()] == [b"line 2", b"line 4", b"line 6"]
    assert b"Traceback" not in done.stderr


def test_control_characters_of_a_line_do_not_reach_the_terminal(run: Run) -> None:
    done = run(
        "rate",
        "-",
        given=b'{"id":"a","question":"q","question_id":"\\u001b]0;x\\u0007no","thread":[{"role":"candidate","text":"x"}]}',
    )

    assert done.returncode == 1
    assert b"\x1b" not in done.stderr


def test_a_file_that_does_not_exist_is_wrong_usage(run: Run) -> None:
    assert run("rate", "no-such.jsonl").returncode == 2


def test_an_unknown_model_is_told_in_a_sentence(run: Run) -> None:
    done = run("rate", GOLD, "--model", "no-such-provider/x")

    assert done.returncode == 2
    assert done.stdout == b""
    assert b"Traceback" not in done.stderr


def test_nothing_in_gives_nothing_out(run: Run) -> None:
    done = run("rate", "-", given=b"\n\n")

    assert (done.returncode, done.stdout) == (0, b"")


# --- --out ------------------------------------------------------------------------------------------------


def test_a_second_run_passes_over_what_is_done(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "rated.jsonl"

    first = run("rate", "-", "--out", out, "--json", given=gold(20))
    before = out.read_bytes()
    second = run("rate", "-", "--out", out, "--json", given=gold(20))

    assert objects(first.stdout) == [{"out": str(out), "rated": 20, "known": 0, "failed": 0}]
    assert objects(second.stdout) == [{"out": str(out), "rated": 0, "known": 20, "failed": 0}]
    assert out.read_bytes() == before
    if os.name == "posix":
        assert out.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("cut", [1, 200])
def test_a_half_written_last_line_is_taken_out_and_rated_again(
    run: Run, tmp_path: Path, whole: bytes, cut: int
) -> None:
    out = tmp_path / "rated.jsonl"
    tenth = sum(len(line) for line in whole.splitlines(keepends=True)[:10])
    out.write_bytes(whole[: tenth + cut])

    run("rate", "-", "--out", out, given=gold(20))

    assert out.read_bytes() == b"".join(whole.splitlines(keepends=True)[:20])


def test_a_last_line_without_its_line_break_counts(run: Run, tmp_path: Path, whole: bytes) -> None:
    out = tmp_path / "rated.jsonl"
    tenth = sum(len(line) for line in whole.splitlines(keepends=True)[:10])
    out.write_bytes(whole[: tenth - 1])

    run("rate", "-", "--out", out, given=gold(20))

    assert out.read_bytes() == b"".join(whole.splitlines(keepends=True)[:20])


def test_what_a_killed_run_of_the_same_number_left_is_not_taken_in(tmp_path: Path, whole: bytes) -> None:
    """In a container each run has the same number, and the file that it writes anew the same name."""
    first, second, *_ = whole.splitlines(keepends=True)
    out = tmp_path / "rated.jsonl"
    out.write_bytes(first + second[:50])
    out.with_name(f".{out.name}.{os.getpid()}").write_bytes(first)
    with RatedFile(out, open_offline(BANK).identity, BANK.rubric_hash):
        assert out.read_bytes() == first


@pytest.mark.skipif(os.name != "posix", reason="links")
def test_what_a_link_leads_to_is_repaired_and_the_link_stays(tmp_path: Path, whole: bytes) -> None:
    first, second, *_ = whole.splitlines(keepends=True)
    out, link = tmp_path / "rated.jsonl", tmp_path / "link.jsonl"
    out.write_bytes(first + second[:50])
    link.symlink_to(out)
    with RatedFile(link, open_offline(BANK).identity, BANK.rubric_hash) as rated:
        rated.append(second)
    assert link.is_symlink()
    assert out.read_bytes() == first + second


@pytest.mark.skipif(os.name != "posix", reason="needs file locks")
def test_a_run_that_waited_for_the_repair_of_another_writes_to_the_file_that_has_the_name_then(
    tmp_path: Path, whole: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    fcntl = pytest.importorskip("fcntl")
    first, second, *_ = whole.splitlines(keepends=True)
    out, repaired = tmp_path / "rated.jsonl", tmp_path / "repaired"
    out.write_bytes(b"")
    repaired.write_bytes(first)
    lock = fcntl.flock

    def repaired_meanwhile(file: Any, how: int) -> None:
        if repaired.exists():
            repaired.replace(out)
        lock(file, how)

    monkeypatch.setattr(fcntl, "flock", repaired_meanwhile)
    with RatedFile(out, open_offline(BANK).identity, BANK.rubric_hash) as rated:
        rated.append(second)
    assert out.read_bytes() == first + second


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_after_kills_at_any_moment_every_id_is_there_once(
    run: Run, environment: dict[str, str], tmp_path: Path
) -> None:
    source, out = tmp_path / "answers.jsonl", tmp_path / "rated.jsonl"
    source.write_bytes(many(600))
    dice = random.Random(11)

    for _ in range(3):
        wanted = (out.stat().st_size if out.exists() else 0) + dice.randrange(1, 200_000)
        with subprocess.Popen(
            [*COMMAND, "rate", str(source), "--out", str(out)], env=environment, stderr=subprocess.DEVNULL
        ) as process:
            while process.poll() is None and (not out.exists() or out.stat().st_size < wanted):
                os.sched_yield()
            process.kill()
    assert run("rate", source, "--out", out).returncode == 0

    assert Counter(line["id"] for line in objects(out.read_bytes())) == Counter(f"n{n}" for n in range(600))


@pytest.mark.skipif(os.name != "posix", reason="SIGINT")
def test_ctrl_c_keeps_what_is_done_even_while_a_pipe_is_silent(environment: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "rated.jsonl"
    with subprocess.Popen(
        [*COMMAND, "rate", "-", "--out", str(out)], env=environment, stdin=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin
        process.stdin.write(gold(5))
        process.stdin.flush()
        while not out.exists() or out.read_bytes().count(b"\n") < 5:
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 130
        assert process.stderr
        assert b"Traceback" not in process.stderr.read()

    assert len(objects(out.read_bytes())) == 5


def test_an_answer_comes_back_before_the_next_line_is_sent(environment: dict[str, str]) -> None:
    with subprocess.Popen(
        [*COMMAND, "rate", "-"], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        watchdog = threading.Timer(30, process.kill)
        watchdog.start()
        for line in gold(3).splitlines(keepends=True):
            process.stdin.write(line)
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == json.loads(line)["id"]
        process.stdin.close()
        watchdog.cancel()


@pytest.mark.parametrize("content", [b"my notes", b"my notes\n", b'{"id": "a"}\n', gold(2), gold(1)[:-30], b"\xff\n"])
def test_a_file_with_something_else_in_it_is_left_alone(run: Run, tmp_path: Path, content: bytes) -> None:
    out = tmp_path / "notes.txt"
    out.write_bytes(content)

    done = run("rate", GOLD, "--out", out)

    assert done.returncode == 1
    assert b"something else than ratings (line 1)" in done.stderr
    assert out.read_bytes() == content


@pytest.mark.parametrize("by", ["name", "link", "stdin"])
def test_ratings_are_not_written_into_the_file_that_the_answers_come_from(
    tmp_path: Path, environment: dict[str, str], by: str
) -> None:
    out, link = tmp_path / "answers.jsonl", tmp_path / "link.jsonl"
    out.write_bytes(b'{"id": ')
    link.symlink_to(out)

    with out.open("rb") as file:
        source = {"name": out, "link": link, "stdin": "-"}[by]
        done = subprocess.run(
            [*COMMAND, "rate", str(source), "--out", str(out)],
            stdin=file, capture_output=True, env=environment, timeout=60, check=False,
        )  # fmt: skip

    assert done.returncode == 2
    assert b"holds the answers; name another file with --out." in done.stderr
    assert out.read_bytes() == b'{"id": '


def test_a_pack_that_has_no_part_in_the_ratings_makes_them_no_other_rater_s(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    own = json.loads(gold(1)) | {"id": "own", "dims": ["incident-reviews:learning"]}

    def rated(given: bytes) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*COMMAND, "rate", "-", "--out", str(tmp_path / "rated.jsonl"), "--model", "offline"],
            input=given, capture_output=True, env={**environment, "INTERVIEWER_HOME": str(tmp_path)}, timeout=60,
            check=False,
        )  # fmt: skip

    assert rated(gold(1)).returncode == 0
    shutil.copytree(PACK, tmp_path / "packs" / PACK.name)
    both = gold(2) + json.dumps(own).encode()

    assert b"2 rated, 1 rated before." in rated(both).stderr
    assert b"0 rated, 3 rated before." in rated(both).stderr
    rubrics = [body["rater"]["rubric"] for body in objects((tmp_path / "rated.jsonl").read_bytes())]
    assert rubrics[0] == rubrics[1] != rubrics[2]


def test_ratings_by_another_rater_are_not_mixed_in(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "rated.jsonl"
    theirs = objects(run("rate", "-", given=gold(1)).stdout)[0]
    theirs["rater"]["model"] = "ollama/qwen3:8b"
    out.write_text(json.dumps(theirs) + "\n", encoding="utf-8")

    done = run("rate", GOLD, "--out", out)

    assert done.returncode == 1
    assert b"ollama/qwen3:8b" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_told_in_a_sentence(environment: dict[str, str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "rate", str(GOLD)], env=environment, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False
        )

    assert done.returncode == 1
    assert done.stderr.startswith(b"The ratings cannot be written (no space left on device).")
    assert len(done.stderr.splitlines()) == 1


def test_a_closed_pipe_ends_the_run_quietly(environment: dict[str, str]) -> None:
    with subprocess.Popen(
        [*COMMAND, "rate", str(GOLD)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr
        assert process.stderr.read() == b""
        assert process.wait() == 1


def test_an_offline_run_loads_neither_httpx_nor_litellm(environment: dict[str, str]) -> None:
    script = (
        "import sys\n"
        "from interviewer.cli.group import run\n"
        "try:\n"
        "    run(['rate', '-', '--probe'])\n"
        "finally:\n"
        "    print({'httpx', 'litellm'} & set(sys.modules), file=sys.stderr)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, input=gold(20), capture_output=True, timeout=60, check=False
    )

    assert len(objects(done.stdout)) == 20
    assert done.stderr.strip() == b"set()"


def test_lines_in_which_a_model_could_score_nothing_are_rated_again(tmp_path: Path) -> None:
    """It was out of reach, say. Offline such a line stays: the next run would say the same."""
    identity = RaterIdentity("ollama/qwen3:8b", 1, "p", "r")

    def line(name: str, level: int | None) -> bytes:
        rating = Rating("evidence", level, None if level else "Nothing answered.")
        return as_line({"id": name, **rating_line(ThreadRating(identity, {"evidence": rating}))})

    out = tmp_path / "rated.jsonl"
    out.write_bytes(line("a", 3) + line("b", None) + line("c", 2))

    with RatedFile(out, identity, lambda names: identity.rubric) as file:
        assert file.done == {"a", "c"}
        file.append(line("b", 4))

    assert out.read_bytes() == line("a", 3) + line("c", 2) + line("b", 4)
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize("name", [None, ["a"], 1.5, True, ""])
def test_a_rating_that_is_about_no_id_is_none_of_ours(name: object, tmp_path: Path) -> None:
    out = tmp_path / "rated.jsonl"
    identity = RaterIdentity("offline", 1, "p", "r")
    rated = rating_line(ThreadRating(identity, {"evidence": Rating("evidence", 3)}))
    out.write_bytes(as_line({"id": name, **rated}))

    with pytest.raises(OutputError, match="something else than ratings"):
        RatedFile(out, identity, lambda names: identity.rubric)


@pytest.mark.skipif(os.name != "posix", reason="needs file locks")
def test_a_second_run_does_not_write_to_the_same_file(tmp_path: Path) -> None:
    out = tmp_path / "rated.jsonl"
    identity = RaterIdentity("offline", 1, "p", "r")

    with RatedFile(out, identity, lambda names: identity.rubric), pytest.raises(OutputError, match="Another run"):
        RatedFile(out, identity, lambda names: identity.rubric)
