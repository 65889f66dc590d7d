"""Every released version of the store opens; a later one is left alone."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from interviewer.session.errors import Damaged, NewerVersion
from interviewer.session.log import Draft
from interviewer.session.migrations import MIGRATIONS, migrate
from interviewer.session.store import Store

from ..make_session_fixture import DRAFT, FINISHED, FIXTURES, UNFINISHED
from .conftest import ANSWER, hold_interview


def test_there_is_a_stored_fixture_of_every_version() -> None:
    assert [each.name for each in sorted(FIXTURES.glob("v*.db"))] == [
        f"v{number}.db" for number in range(1, len(MIGRATIONS) + 1)
    ]


@pytest.mark.parametrize("fixture", sorted(FIXTURES.glob("v*.db")), ids=lambda each: each.stem)
def test_a_store_of_every_released_version_opens_whole(fixture: Path, path: Path) -> None:
    path.parent.mkdir(parents=True)
    shutil.copy(fixture, path)
    with Store.open(path) as store:
        assert store.check() == []
        assert [head.id for head in store.sessions()] == ["2026-11-22-brave-heron", "2026-11-21-quiet-otter"]
        assert store.events("2026-11-21-quiet-otter") == list(FINISHED)
        assert store.sessions()[1].ended == "finished"
        resumed = store.resume("2026-11-22-brave-heron")
        assert resumed.events == UNFINISHED
        assert resumed.draft() == Draft(DRAFT, 8)
        assert resumed.append(ANSWER) == 3


def add_a_table(db: sqlite3.Connection) -> None:
    db.execute("CREATE TABLE tags (session TEXT, tag TEXT)")


def break_half_way(db: sqlite3.Connection) -> None:
    db.execute("CREATE TABLE halves (a TEXT)")
    raise sqlite3.OperationalError("no more")


def test_a_migration_is_preceded_by_a_copy(store: Store) -> None:
    session = hold_interview(store)
    before = store.events(session)
    with store._database.alone() as db:
        migrate(db, store.path, (*MIGRATIONS, add_a_table))
        assert db.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS) + 1
    (copy,) = (each for each in store.path.parent.iterdir() if ".before-" in each.name)
    assert copy.stat().st_mode & 0o077 == 0
    with Store.open(copy) as old:
        assert old.events(session) == before


def test_a_migration_that_fails_changes_nothing(store: Store) -> None:
    session = hold_interview(store)
    with closing(sqlite3.connect(store.path, isolation_level=None)) as db, pytest.raises(sqlite3.OperationalError):
        migrate(db, store.path, (*MIGRATIONS, add_a_table, break_half_way))
    with closing(sqlite3.connect(store.path)) as db:
        assert db.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS) + 1
        assert db.execute("SELECT name FROM sqlite_master WHERE name = 'halves'").fetchone() is None
        assert db.execute("SELECT count(*) FROM events WHERE session = ?", (session,)).fetchone()[0] > 0


def test_a_store_of_a_newer_version_is_refused_in_a_sentence_and_not_touched(path: Path) -> None:
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(NewerVersion, match=r"format 99, this one knows \d.+; update Interviewer"):
        Store.open(path)
    assert path.read_bytes() == before


def test_another_programs_database_is_not_taken_for_a_store(path: Path) -> None:
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE recipes (name TEXT)")
        db.execute("PRAGMA user_version = 1")
        db.commit()
    with pytest.raises(Damaged, match="is no store of Interviewer"):
        Store.open(path)
