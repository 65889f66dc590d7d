"""`backup`, `restore` and `doctor --salvage` on a real store: nothing is written over, and what is lost is named."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from interviewer.cli.group import commands
from interviewer.errors import PlainError
from interviewer.models import diagnosis
from interviewer.session.events import Started
from interviewer.session.processes import mark
from interviewer.session.store import Store
from interviewer.state import remember_backups
from tests.session.conftest import SHORT_INTERVIEW, hold_interview

ANSWER = "I stopped the release for two days, since a scan of 40,000 records found 212 names."
Call = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def sessions(home: Path) -> Path:
    """A store with one interview."""
    path = home / "sessions" / "sessions.db"
    with Store.open(path) as store:
        hold_interview(store)
    return path


@pytest.fixture
def call(home: Path) -> Call:
    def done(*arguments: str | Path, given: str = "") -> Result:
        return CliRunner().invoke(commands, [str(each) for each in arguments], input=given)

    return done


def listed(path: Path) -> list[str]:
    with Store.open(path) as store:
        return [head.id for head in store.sessions()]


def spoil(path: Path) -> bytes:
    data = bytearray(path.read_bytes())
    data[:100] = bytes(100)
    path.write_bytes(data)
    return bytes(data)


def test_a_backup_comes_back_and_what_it_replaced_is_kept(call: Call, sessions: Path, tmp_path: Path) -> None:
    before = listed(sessions)
    copy = tmp_path / "copy.db"
    assert call("backup", copy).exit_code == 0
    assert copy.stat().st_mode & 0o077 == 0
    assert call("forget", "--all", "--yes").exit_code == 0
    done = call("restore", copy)
    assert done.exit_code == 0, done.output
    assert listed(sessions) == before
    aside = Path(done.output.rpartition(" is in ")[2].strip().rstrip("."))
    assert listed(aside) == []


def test_a_backup_does_not_write_over_a_file(call: Call, sessions: Path, tmp_path: Path) -> None:
    there = tmp_path / "thesis.txt"
    there.write_text("years of work", encoding="utf-8")
    done = call("backup", there)
    assert str(done.exception) == f"{there} exists already; choose another name."
    assert there.read_text(encoding="utf-8") == "years of work"


def test_no_document_is_written_over_a_file_of_ours(
    call: Call, sessions: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config, link, hard = home / "config.toml", tmp_path / "link", tmp_path / "hard"
    config.write_text('style = "warm"\n', encoding="utf-8")
    link.symlink_to(sessions)
    hard.hardlink_to(config)
    monkeypatch.chdir(home)
    before = {path: path.read_bytes() for path in (sessions, config)}
    not_there = (home / "keys.json", home / "packs" / "mine" / "pack.yaml", sessions.with_name("sessions.db-journal"))
    for place in (sessions, config, link, hard, "config.toml", *not_there):
        for words in (("export", "--out"), ("review", "--format", "html", "--out"), ("progress", "--html"),
                      ("rate", "-", "--out")):  # fmt: skip
            refused = call(*words, place)
            assert (refused.exit_code, refused.stdout) == (2, ""), (words, place)
            assert f"{place} is a file of Interviewer's own" in refused.stderr
    assert {path: path.read_bytes() for path in before} == before
    assert not any(place.exists() for place in not_there)
    assert call("export", "--out", "mine.jsonl").exit_code == 0
    assert call("export", "--out", "mine.jsonl").exit_code == 0


def test_a_backup_into_no_folder_names_the_folder_and_not_the_store(call: Call, sessions: Path, tmp_path: Path) -> None:
    done = call("backup", tmp_path / "nowhere" / "copy.db")
    assert str(done.exception).startswith(f"There is no folder {tmp_path / 'nowhere'};")


def test_a_backup_says_the_command_that_brings_it_back(call: Call, sessions: Path, tmp_path: Path) -> None:
    copy = tmp_path / "my copy.db"
    assert call("backup", copy).output.endswith(f"interviewer restore '{copy}'\n")


def test_restoring_over_interviews_asks_first(call: Call, sessions: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    call("backup", copy)
    with Store.open(sessions) as store:
        hold_interview(store)
    refused = call("restore", copy)
    assert refused.exit_code == 2
    assert "--yes" in refused.output
    assert len(listed(sessions)) == 2


def test_a_damaged_store_is_only_named_until_salvage_is_asked_for(call: Call, sessions: Path) -> None:
    spoiled = spoil(sessions)
    done = call("doctor")
    assert done.exit_code == 1
    assert "doctor --salvage" in done.output
    assert sessions.read_bytes() == spoiled
    assert [each.name for each in sessions.parent.iterdir()] == [sessions.name]


def test_salvage_puts_the_damaged_file_aside_and_saves_every_event(call: Call, sessions: Path) -> None:
    [name] = listed(sessions)
    spoiled = spoil(sessions)
    done = call("doctor", "--salvage")
    assert done.exit_code == 0
    assert "7 events of 1 interview saved" in done.output
    assert "Nothing was lost." in done.output
    [aside] = sessions.parent.glob("*.damaged-*")
    assert aside.read_bytes() == spoiled
    with Store.open(sessions) as store:
        assert store.events(name) == list(SHORT_INTERVIEW)


def test_what_salvage_cannot_save_is_named(call: Call, sessions: Path) -> None:
    with Store.open(sessions) as store:
        hold_interview(store)
        with store._database.writing() as db:
            db.execute("UPDATE events SET body = '{}' WHERE seq = 3")
    assert "Found besides: 1 fault." in call("doctor").output
    done = call("doctor", "--salvage", "--json")
    steps = {step["name"]: step for step in map(json.loads, done.stdout.splitlines()) if "name" in step}
    assert steps["interviews"]["outcome"] == "doubtful"
    assert "event 3 could not be saved" in steps["interviews"]["detail"]


def test_a_store_that_is_whole_is_left_alone_by_salvage(call: Call, sessions: Path) -> None:
    before = sessions.read_bytes()
    assert call("doctor", "--salvage").exit_code == 0
    assert sessions.read_bytes() == before


@pytest.mark.parametrize("version", ["1.82.7", "1.82.8"])
def test_doctor_names_a_malicious_litellm(call: Call, monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    monkeypatch.setattr(diagnosis, "installed_version", lambda: version)
    done = call("doctor")
    assert done.exit_code == 1
    assert f"litellm {version} is a malicious release" in done.output
    assert "change every key" in done.output


def test_a_network_home_is_told_once(call: Call, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interviewer.session.store.network_file_system", lambda path: "nfs4")
    first = call("safety-over-speed", "--model", "offline", given=ANSWER)
    again = call("safety-over-speed", "--model", "offline", given=ANSWER)
    assert "network file system (nfs4)" in first.stderr
    assert again.stderr == ""
    assert "network file system (nfs4)" in call("doctor").stdout


def test_an_export_is_taken_in_from_a_pipe_and_with_the_mark_that_some_editors_write(
    call: Call, sessions: Path, tmp_path: Path
) -> None:
    before, line, marked = listed(sessions), call("export").output, tmp_path / "marked.jsonl"
    marked.write_text(f"\ufeff{line}", encoding="utf-8")
    for words, given in (((str(marked),), ""), (("-",), line)):
        assert call("forget", "--all", "--yes").exit_code == 0
        assert call("import", *words, given=given).output == "1 interview taken in.\n"
        assert listed(sessions) == before
    assert call("rate", marked, "--out", tmp_path / "rated.jsonl").exit_code == 0
    assert json.loads((tmp_path / "rated.jsonl").read_text(encoding="utf-8"))["id"] == f"{before[0]}/0"


def test_an_interview_whose_name_was_taken_is_taken_in_once(call: Call, sessions: Path, tmp_path: Path) -> None:
    """A run that was cut off, or one more for good measure, would double it."""
    archive = tmp_path / "all.jsonl"
    assert call("export", "--out", archive).exit_code == 0
    (name,) = listed(sessions)
    line = json.loads(archive.read_text(encoding="utf-8"))
    line["events"] = line["events"][:2]
    archive.write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert f"{name} is now" in call("import", archive).output
    assert "1 here already" in call("import", archive).output
    assert len(listed(sessions)) == 2


def test_forgetting_removes_pages_too_unless_it_is_open_and_names_the_backups(
    call: Call, sessions: Path, home: Path, tmp_path: Path
) -> None:
    (name,) = listed(sessions)
    copy = tmp_path / "copy.db"
    call("backup", copy)
    pages = home / "pages"
    pages.mkdir()
    of_it = [f"{name}.html", f".{name}.html.12.abcd", f"{name} 2026-01-01-calm-owl.html", "progress.html", "told.html"]
    for page in (*of_it, "other.html"):
        (pages / page).write_text(f"of {name}" if page == "told.html" else "words", encoding="utf-8")
    with Store.open(sessions) as store:
        held = store.resume(name)
        assert call("forget", name, "--yes").exit_code == call("forget", "--all", "--yes").exit_code == 1
        assert {each.name for each in pages.iterdir()} == {*of_it, "other.html"}
        held.close()
    done = call("forget", name, "--yes")
    assert [each.name for each in pages.iterdir()] == ["other.html"]
    assert f"Backups made before may hold it still: {copy}." in done.output
    copy.unlink()
    assert "Backups" not in call("forget", "--all", "--yes").output
    assert list(pages.iterdir()) == []


def test_forgetting_says_before_what_becomes_of_the_copies_set_aside(
    call: Call, sessions: Path, tmp_path: Path
) -> None:
    (first,) = listed(sessions)
    call("backup", tmp_path / "copy.db")
    with Store.open(sessions) as store:
        other = hold_interview(store)
    call("restore", tmp_path / "copy.db", "--yes")
    (aside,) = sessions.parent.glob("*.before-restore-*")
    damaged = sessions.with_name(f"{sessions.name}.damaged-20260101T000000")
    damaged.write_bytes(b"torn")
    taken_out = f"Erased from {aside} too, where 1 other will stay."
    whole = f"Erased with it, as a whole, for nobody can tell what it holds: {damaged}."
    asked = call("forget", first)
    assert asked.stderr.splitlines()[:2] == [taken_out, whole]
    assert (asked.exit_code, damaged.exists()) == (2, True)
    assert call("forget", first, "--yes").output.startswith(f"{taken_out}\n{whole}\nForgotten: {first}.\n")
    assert (listed(aside), damaged.exists()) == ([other], False)
    assert call("forget", "--all", "--yes").stderr == f"Erased with them: {aside}, with 1 interview.\n"
    assert not aside.exists()


def test_an_empty_name_as_of_a_variable_that_is_not_set_means_no_interview(call: Call, sessions: Path) -> None:
    before = listed(sessions)
    for words in (("forget", "", "--yes"), ("forget", " ", "--yes"), ("review", ""), ("export", "")):
        refused = call(*words)
        assert isinstance(refused.exception, PlainError), words
        assert refused.exception.exit_code == 2
        assert (refused.stdout, listed(sessions)) == ("", before)
    assert call("export", "--all", "").exit_code == 2


KILLED_BACKUP = """
import os, signal, sys
from interviewer.session import copies
copies._sync = lambda path: os.kill(os.getpid(), signal.SIGKILL)
from interviewer.cli.main import run
run()
"""


def test_what_a_killed_backup_left_is_forgotten_too_though_it_never_came_to_be(
    call: Call, sessions: Path, tmp_path: Path
) -> None:
    killed = [sys.executable, "-c", KILLED_BACKUP, "backup", str(tmp_path / "copy.db")]
    assert subprocess.run(killed, check=False).returncode == -signal.SIGKILL
    (left,) = tmp_path.glob(".copy.db.*")
    assert b"We held the release" in left.read_bytes()
    call("backup", tmp_path / "other.db")
    assert call("forget", "--all", "--yes").exit_code == 0
    assert list(tmp_path.glob(".copy.db.*")) == []


def test_a_backup_that_another_process_is_at_work_on_is_named_and_left_alone(
    call: Call, sessions: Path, tmp_path: Path
) -> None:
    at_work = tmp_path / f".copy.db.{mark()}-0123abcd"
    at_work.touch()
    remember_backups([tmp_path / "copy.db"])
    assert f"may hold it still: {at_work}." in call("forget", "--all", "--yes").output
    assert at_work.exists()


def test_a_backup_of_a_name_that_cannot_be_does_not_stand_in_the_way_of_others(
    call: Call, sessions: Path, tmp_path: Path
) -> None:
    failed = call("backup", tmp_path / f"{'a' * 300}.db")
    assert "file name too long" in str(failed.exception)
    forgotten = call("forget", "--all", "--yes")
    assert (forgotten.exit_code, forgotten.output) == (0, "Forgotten: everything.\n")
    assert call("backup", tmp_path / "copy.db").exit_code == 0


def test_no_interview_stays_open_after_the_command_that_opened_it(call: Call, sessions: Path) -> None:
    """A lease that stays keeps other machines and later containers out of it for a day."""
    before = len(listed(sessions))
    assert (
        call("start", "safety-over-speed", "--answers", "-", given="I held it back for a week.\n---\n/quit\n").exit_code
        == 0
    )
    assert call("resume", listed(sessions)[0], "--answers", "-", given="/quit\n").exit_code == 0
    assert call("rescore", "latest", "--judge", "offline").exit_code == 0
    assert len(listed(sessions)) == before + 1
    assert call("forget", "--all", "--yes").exit_code == 0


def test_resume_goes_on_only_with_what_is_open_and_leaves_alone_what_is_over(call: Call, sessions: Path) -> None:
    (over,) = listed(sessions)
    for words, said in ((), "Nothing is open"), ((over,), f"{over} is over"), (("latest",), "Nothing is open"):
        refused = call("resume", *words, "--answers", "-", given="/quit\n")
        assert said in str(refused.exception)
        assert isinstance(refused.exception, PlainError)
        assert "interviewer start" in refused.exception.next_step
    with Store.open(sessions) as store:
        assert store.head(over).events == len(SHORT_INTERVIEW)
        left = hold_interview(store, *SHORT_INTERVIEW[:3])
        later = hold_interview(store)
    assert call("resume", "--answers", "-", given="/quit\n").exit_code == 0
    assert listed(sessions) == [left, later, over]
    assert "Nothing is open" not in str(call("resume", "--answers", "-", given="/end\n").exception)
    assert "Nothing is open" in str(call("resume").exception)


def test_resume_leaves_to_the_other_terminal_what_is_open_there_and_takes_the_one_before(
    call: Call, sessions: Path
) -> None:
    with Store.open(sessions) as store:
        left, later = hold_interview(store, *SHORT_INTERVIEW[:3]), hold_interview(store, *SHORT_INTERVIEW[:3])
        elsewhere = store.resume(later)
        taken = call("resume", "--answers", "-", given="/quit\n")
        assert f"The interview {later} is open in another terminal; going on with {left}." in taken.output
        assert taken.exit_code == 0
        assert store.head(left).events > 3
        elsewhere.close()


def test_one_question_named_twice_is_a_drill_of_one(call: Call, sessions: Path) -> None:
    call("disagreement", "disagreement", "--answers", "-", given="/quit\n")
    with Store.open(sessions) as store:
        started = store.events(store.find("latest"))[0]
    assert isinstance(started, Started)
    assert (started.format, started.plan) == ("drill", ("disagreement",))


def test_who_leaves_a_round_after_its_last_question_is_shown_to_the_scorecard(call: Call, sessions: Path) -> None:
    questions = ("safety-over-speed", "disagreement")
    left = call("start", *questions, "--model", "offline", "--answers", "-", given="/skip\n---\n/skip\n---\n/quit\n")
    assert f"Everything is saved. The scorecard: interviewer review {listed(sessions)[0]}" in left.output
    assert "Nothing is open" in str(call("resume").exception)
