"""Backups hold everything, and come back without costing what they replace."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from interviewer.session.copies import copy_aside, traces_of
from interviewer.session.errors import Busy, Damaged, HeldElsewhere, NewerVersion, StoreError
from interviewer.session.processes import mark
from interviewer.session.store import Store

from .conftest import QUESTION, SHORT_INTERVIEW, STARTED, ended_process, hold_interview


def test_a_backup_is_a_store_of_its_own(store: Store, tmp_path: Path) -> None:
    session = hold_interview(store)
    copy = store.backup(tmp_path / "copy.db")
    with Store.open(copy) as other:
        assert other.events(session) == list(SHORT_INTERVIEW)
        assert other.check() == []


def test_a_backup_never_writes_over_a_file(store: Store, tmp_path: Path) -> None:
    there = tmp_path / "thesis.txt"
    there.write_text("years of work", encoding="utf-8")
    with pytest.raises(StoreError, match="exists already"):
        store.backup(there)
    assert there.read_text(encoding="utf-8") == "years of work"
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["thesis.txt"]


def test_restoring_brings_the_backup_back_and_keeps_what_was_there(store: Store, tmp_path: Path) -> None:
    old = hold_interview(store)
    copy = store.backup(tmp_path / "copy.db")
    new = hold_interview(store)
    aside = store.restore(copy)
    assert [head.id for head in store.sessions()] == [old]
    with Store.open(aside) as before:
        assert {head.id for head in before.sessions()} == {old, new}


def test_a_backup_of_a_newer_version_is_named_and_changes_nothing(store: Store, tmp_path: Path) -> None:
    kept = hold_interview(store)
    newer = store.backup(tmp_path / "newer.db")
    with closing(sqlite3.connect(newer)) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(NewerVersion, match=rf"^{re.escape(str(newer))} .*update Interviewer. Nothing was changed.$"):
        store.restore(newer)
    assert [head.id for head in store.sessions()] == [kept]
    assert [each.name for each in store.path.parent.iterdir()] == [store.path.name]


def test_a_store_open_elsewhere_sees_what_was_restored(store: Store, path: Path, tmp_path: Path) -> None:
    session = hold_interview(store, STARTED)
    copy = store.backup(tmp_path / "copy.db")
    with Store.open(path) as other:
        hold_interview(other)
        store.restore(copy)
        assert [head.id for head in other.sessions()] == [session]
        resumed = other.resume(session)
        assert resumed.append(QUESTION) == 2
        resumed.close()
    assert len(store.events(session)) == 2


def test_a_session_that_was_open_when_backed_up_is_free_when_restored(store: Store, tmp_path: Path) -> None:
    session = store.create()
    session.append(STARTED)
    copy = store.backup(tmp_path / "copy.db")
    session.close()
    store.restore(copy)
    assert store.resume(session.id).append(QUESTION) == 2


def test_nothing_is_restored_over_an_open_session(store: Store, tmp_path: Path) -> None:
    copy = store.backup(tmp_path / "copy.db")
    session = store.create()
    session.append(STARTED)
    with pytest.raises(HeldElsewhere):
        store.restore(copy)
    assert session.append(QUESTION) == 2


@pytest.mark.parametrize("content", [None, b"", b"not a backup at all" * 300])
def test_what_is_no_backup_changes_nothing(store: Store, tmp_path: Path, content: bytes | None) -> None:
    session = hold_interview(store)
    source = tmp_path / "copy.db"
    if content is not None:
        source.write_bytes(content)
    with pytest.raises(StoreError, match=r"othing was changed"):
        store.restore(source)
    assert store.events(session) == list(SHORT_INTERVIEW)
    assert [each.name for each in store.path.parent.iterdir()] == [store.path.name]


def test_a_damaged_backup_changes_nothing(store: Store, tmp_path: Path) -> None:
    session = hold_interview(store)
    source = store.backup(tmp_path / "copy.db")
    data = bytearray(source.read_bytes())
    data[4096:8192] = b"\xff" * 4096
    source.write_bytes(data)
    with pytest.raises(Damaged, match="nothing was changed"):
        store.restore(source)
    assert store.events(session) == list(SHORT_INTERVIEW)


def test_nothing_is_stored_between_the_copy_of_before_and_the_restoring(
    store: Store, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would be acknowledged, and stand in neither."""
    hold_interview(store)
    copy = store.backup(tmp_path / "copy.db")
    monkeypatch.setattr("interviewer.session.connection.BUSY_SECONDS", 0.01)
    with Store.open(path) as other:
        log = other.create()

        def copied(db: sqlite3.Connection, path: Path, why: str) -> Path:
            aside = copy_aside(db, path, why)
            with pytest.raises(Busy):
                log.append(STARTED)
            return aside

        monkeypatch.setattr("interviewer.session.backup.copy_aside", copied)
        store.restore(copy)
        assert log.append(STARTED) == 1
        assert {head.id for head in store.sessions()} > {log.id}


def test_what_a_killed_backup_left_goes_with_the_next(store: Store, tmp_path: Path) -> None:
    mine = f".copy.db.{mark()}-0123abcd"
    left = [f".copy.db.{of}-0123abcd" for of in (ended_process(), f"{os.getpid()}.1")]
    for name in (*left, f"{left[0]}-journal", mine, ".copy.db.notes"):
        (tmp_path / name).write_text("words", encoding="utf-8")
    store.backup(tmp_path / "copy.db")
    assert {each.name for each in tmp_path.glob(".copy*")} == {mine, ".copy.db.notes"}


def test_what_may_hold_words_of_a_backup_is_found_by_its_name(store: Store, tmp_path: Path) -> None:
    copy, unfinished = tmp_path / "copy.db", tmp_path / f".copy.db.{mark()}-0123abcd"
    assert traces_of(copy) == []
    unfinished.touch()
    store.backup(copy)
    assert traces_of(copy) == [copy, unfinished]
    assert traces_of(tmp_path / f"{'a' * 300}.db") == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become somebody else")
def test_a_backup_in_a_folder_that_was_closed_since_may_be_there(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    os.seteuid(65534)
    try:
        assert traces_of(tmp_path / "copy.db") == [tmp_path / "copy.db"]
    finally:
        os.seteuid(0)
