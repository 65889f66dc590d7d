"""What is forgotten is in no file of ours any more."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from interviewer.session import events as ev
from interviewer.session.errors import HeldElsewhere, NoSuchSession, StoreError
from interviewer.session.migrations import MIGRATIONS, migrate
from interviewer.session.processes import mark
from interviewer.session.salvage import salvage
from interviewer.session.store import Store

from .conftest import QUESTION, SHORT_INTERVIEW, STARTED, ended_process, hold_interview

SECRET = "the pager at Halvorsen rang"
LONG = ev.AnswerGiven(text=f"It began when {SECRET}. " * 900)


def hold_secret_interview(store: Store) -> str:
    log = store.create()
    for event in (STARTED, QUESTION, LONG):
        log.append(event)
    log.save_draft(f"and then {SECRET} again", 3)
    log.close()
    return log.id


def holding(directory: Path, text: str) -> list[str]:
    """The files under the directory with the text in them."""
    return [each.name for each in directory.rglob("*") if each.is_file() and text.encode() in each.read_bytes()]


def test_no_byte_of_a_forgotten_session_is_left(store: Store) -> None:
    kept = hold_interview(store)
    gone = hold_secret_interview(store)
    assert holding(store.path.parent, SECRET) == [store.path.name]
    store.forget(gone)
    assert holding(store.path.parent, SECRET) == []
    assert holding(store.path.parent, gone) == []
    assert store.events(kept) == list(SHORT_INTERVIEW)
    assert store.check() == []


def test_copies_that_we_made_forget_it_too(store: Store, tmp_path: Path) -> None:
    gone = hold_secret_interview(store)
    outside = store.backup(tmp_path / "copy.db")
    store.restore(outside)
    salvage(store.path)
    with store._database.alone() as db:
        migrate(db, store.path, (*MIGRATIONS, lambda db: None))
        db.execute("PRAGMA user_version = 1")
    ended = ended_process()
    for left in (store.path.name, f"{store.path.name}.before-restore-20260101T000000"):
        shutil.copy(outside, store.path.with_name(f".{left}.{ended}-0123abcd"))
    assert len(holding(store.path.parent, SECRET)) == 6
    store.forget(gone)
    assert holding(store.path.parent, SECRET) == []
    assert [each.name for each in store.path.parent.iterdir()] == [store.path.name]


def test_from_a_copy_set_aside_it_is_taken_out_and_the_others_stay(store: Store, tmp_path: Path) -> None:
    """After a restore they may lie nowhere else."""
    only_now = hold_interview(store)
    gone = hold_secret_interview(store)
    outside = store.backup(tmp_path / "copy.db")
    aside = store.restore(outside)
    store.forget(only_now)
    with Store.open(aside) as copy:
        assert [head.id for head in copy.sessions()] == [gone]
    other = hold_interview(store)
    aside = store.restore(outside)
    store.forget(gone)
    assert holding(store.path.parent, SECRET) == holding(store.path.parent, gone) == []
    with Store.open(aside) as copy:
        assert [head.id for head in copy.sessions()] == [other]
        assert copy.events(other) == list(SHORT_INTERVIEW)
        assert copy.check() == []


def test_a_copy_that_cannot_be_read_goes_as_a_whole_and_so_does_what_belonged_to_one_that_is_gone(store: Store) -> None:
    kept, gone = hold_interview(store), hold_secret_interview(store)
    for name in ("before-v2-20260101T000000", "damaged-20260101T000000", "before-restore-20260101T000000-journal"):
        store.path.with_name(f"{store.path.name}.{name}").write_bytes(f"torn {SECRET}".encode())
    assert [copy.interviews for copy in store.set_aside()] == [None] * 3
    store.forget(gone)
    assert [each.name for each in store.path.parent.iterdir()] == [store.path.name]
    assert store.events(kept) == list(SHORT_INTERVIEW)


def test_a_copy_that_another_program_keeps_locked_is_not_taken_for_a_damaged_one(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interviewer.session.set_aside.BUSY_SECONDS", 0.0)
    kept, gone = hold_interview(store), hold_secret_interview(store)
    aside = store.restore(store.backup(tmp_path / "copy.db"))
    with closing(sqlite3.connect(aside, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="before-restore"):
            store.forget(gone)
    assert {head.id for head in store.sessions()} == {kept, gone}
    assert aside.exists()


def test_what_another_terminal_is_just_bringing_back_is_left_to_it(store: Store) -> None:
    gone = hold_secret_interview(store)
    at_work = store.path.with_name(f".{store.path.name}.{mark()}-0123abcd")
    at_work.touch()
    store.forget(gone)
    assert at_work.exists()


def test_a_write_ahead_log_keeps_no_byte_of_what_is_forgotten(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 51, 3))
    with Store.open(path) as store:
        gone = hold_secret_interview(store)
        assert holding(path.parent, SECRET)
        store.forget(gone)
        assert holding(path.parent, SECRET) == []


def test_everything_can_be_forgotten(store: Store) -> None:
    hold_secret_interview(store)
    other = hold_interview(store)
    store.forget_all()
    assert store.sessions() == []
    assert holding(store.path.parent, SECRET) == holding(store.path.parent, other) == []
    assert store.check() == []
    hold_interview(store)


def test_an_open_session_is_not_forgotten(store: Store) -> None:
    log = store.create()
    log.append(STARTED)
    with pytest.raises(HeldElsewhere):
        store.forget(log.id)
    with pytest.raises(HeldElsewhere):
        store.forget_all()
    assert log.append(QUESTION) == 2


def test_what_cannot_be_removed_elsewhere_keeps_the_session_so_that_it_can_be_forgotten_again(store: Store) -> None:
    kept = hold_interview(store)

    def elsewhere() -> None:
        raise PermissionError("a page that may not be removed")

    with pytest.raises(StoreError):
        store.forget(kept, elsewhere)
    with pytest.raises(StoreError):
        store.forget_all(elsewhere)
    assert store.events(kept) == list(SHORT_INTERVIEW)


def test_forgetting_what_is_not_there_says_so(store: Store) -> None:
    kept = hold_interview(store)
    with pytest.raises(NoSuchSession, match=f"the nearest are {kept}"):
        store.forget(kept[:-1] + ("y" if kept.endswith("x") else "x"))


def test_what_sqlite_deletes_it_also_overwrites(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of itself it does so only where it was built to."""
    connect = sqlite3.connect

    def as_built_elsewhere(*arguments: Any, **options: Any) -> sqlite3.Connection:
        db: sqlite3.Connection = connect(*arguments, **options)
        db.execute("PRAGMA secure_delete = OFF")
        return db

    monkeypatch.setattr(sqlite3, "connect", as_built_elsewhere)
    with Store.open(path) as store, store._database.alone() as db:
        assert db.execute("PRAGMA secure_delete").fetchone() == (1,)
        assert db.execute("PRAGMA temp_store").fetchone() == (2,)
    assert sqlite3.threadsafety  # the connection is shared by threads under one lock
