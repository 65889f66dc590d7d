"""A damaged file never costs an acknowledged event in silence, and is never written over."""

from __future__ import annotations

import random
import shutil
import sqlite3
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from interviewer.session import events as ev
from interviewer.session.errors import Damaged, NoSuchSession, StoreError
from interviewer.session.records import LOST
from interviewer.session.salvage import Salvaged, salvage
from interviewer.session.store import Store

from .conftest import ANSWER, ENDED, PROBE, QUESTION, STARTED, hold_interview

Kept = dict[str, list[ev.Event]]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Kept]:
    """A store of six sessions, some with answers longer than a page, and what it holds."""
    path = tmp_path_factory.mktemp("sound") / "sessions.db"
    with Store.open(path) as store:
        for number in range(6):
            long = ev.AnswerGiven(text=f"number {number}: " + "we wrote down why " * (700 * (number % 3)))
            hold_interview(store, STARTED, QUESTION, ANSWER, PROBE, long, ENDED)
        kept = {head.id: store.events(head.id) for head in store.sessions()}
    return path, kept


def read_all(path: Path, kept: Kept) -> None:
    """Whatever can be read without an error is as it was."""
    try:
        with Store.open(path) as store:
            store.sessions()
            for session, events in kept.items():
                try:
                    assert store.events(session) == events
                except NoSuchSession:
                    assert store.check() != []
                except StoreError:
                    continue
    except StoreError:
        return


def assert_saved_or_named(path: Path, kept: Kept, saved: Salvaged) -> None:
    with Store.open(path) as store:
        assert store.check() == []
        there = {head.id: store.events(head.id) for head in store.sessions()}
    said = " ".join(saved.lost)
    for session, events in kept.items():
        if session not in there:
            assert "Not in the file: " in said or "shorter" in said or "No interview" in said
            continue
        for before, after in zip(events, there[session], strict=False):
            assert after in (before, ev.Unknown(kind=LOST))
        if there[session] != events:
            assert session in said or "shorter" in said


def damaged(sound: tuple[Path, Kept], place: Path, damage: Callable[[bytearray], object]) -> bool:
    """Damages a copy, reads it, mends it, and reads it again; whether every event was saved."""
    source, kept = sound
    path = place / "sessions.db"
    data = bytearray(source.read_bytes())
    damage(data)
    path.write_bytes(data)
    read_all(path, kept)
    saved = salvage(path)
    assert_saved_or_named(path, kept, saved)
    saved.aside.unlink()
    return saved.events == sum(map(len, kept.values()))


def flip_and_cut(sound: tuple[Path, Kept], place: Path, cases: int, seed: int) -> int:
    """Damages that many copies; returns of how many not one event was lost."""
    chance, whole = random.Random(seed), 0
    print("seed", seed)

    def cut(data: bytearray) -> None:
        del data[chance.randrange(len(data)) :]

    def flip(data: bytearray) -> None:
        for _ in range(4 ** chance.randrange(4)):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)

    for _ in range(cases // 4):
        for damage in (cut, flip, flip, flip):
            whole += damaged(sound, place, damage)
    return whole


def test_truncated_and_bit_flipped_files_lose_nothing_in_silence(sound: tuple[Path, Kept], tmp_path: Path) -> None:
    flip_and_cut(sound, tmp_path, 120, seed=20261121)


@pytest.mark.soak
def test_a_thousand_damaged_files_lose_nothing_in_silence(
    sound: tuple[Path, Kept], tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    whole = flip_and_cut(sound, tmp_path, 1000, seed=time.time_ns())
    record_property("figure", f"1,000 files, {whole} of them saved whole, of the others each loss named; in silence: 0")


def blank(data: bytearray, start: int) -> None:
    data[start : start + 4096] = bytes(4096)


def test_a_page_of_zeros_anywhere_loses_nothing_in_silence(sound: tuple[Path, Kept], tmp_path: Path) -> None:
    for start in range(0, sound[0].stat().st_size, 4096):
        damaged(sound, tmp_path, partial(blank, start=start))


@pytest.mark.parametrize("data", [b"", b"SQLite format 3\0", b"\0" * 4096, b"x" * 50_000])
def test_a_file_of_nothing_is_damaged_and_never_taken_for_a_new_store(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    with pytest.raises(Damaged, match="`interviewer doctor --salvage`"):
        Store.open(path)
    saved = salvage(path)
    assert saved.aside.read_bytes() == data
    assert saved.lost == ("No interview could be found in the file.",)
    with Store.open(path) as store:
        assert store.sessions() == []


def test_the_damaged_file_is_put_aside_as_it_was(sound: tuple[Path, Kept], tmp_path: Path) -> None:
    path = tmp_path / "sessions.db"
    data = bytearray(sound[0].read_bytes())
    data[:100] = bytes(100)
    path.write_bytes(data)
    saved = salvage(path)
    assert saved.aside.read_bytes() == data
    assert saved.aside.stat().st_mode & 0o077 == path.stat().st_mode & 0o077 == 0
    assert saved.lost == ()
    with Store.open(path) as store:
        assert {head.id: store.events(head.id) for head in store.sessions()} == sound[1]


def test_a_changed_word_is_noticed_and_named(store: Store) -> None:
    session = hold_interview(store, STARTED, QUESTION, ANSWER)
    with store._database.writing() as db:
        db.execute("UPDATE events SET body = replace(body, 'nine', 'five') WHERE seq = 3")
    with pytest.raises(Damaged, match=f"Interview {session}: event 3 of 3 cannot be read"):
        store.events(session)
    assert len(store.check()) == 1
    assert salvage(store.path).lost == (f"Interview {session}: event 3 could not be saved.",)
    assert store.events(session) == [STARTED, QUESTION, ev.Unknown(kind=LOST)]


def test_a_missing_last_event_is_noticed_and_named(store: Store) -> None:
    session = hold_interview(store, STARTED, QUESTION, ANSWER)
    with store._database.writing() as db:
        db.execute("DELETE FROM events WHERE seq = 3")
    with pytest.raises(Damaged, match="event 3 of 3"):
        store.resume(session)
    assert salvage(store.path).lost == (f"Interview {session}: event 3 could not be saved.",)


def test_a_session_of_which_only_the_entry_is_left_is_named(store: Store) -> None:
    session = hold_interview(store, STARTED, QUESTION)
    with store._database.writing() as db:
        db.execute("DELETE FROM events")
    assert salvage(store.path).lost == (f"Interview {session}: events 1, 2 could not be saved.",)
    assert [head.id for head in store.sessions()] == [session]


def test_an_open_session_goes_on_in_the_mended_file(store: Store) -> None:
    session = store.create()
    session.append(STARTED)
    session.save_draft("half a", 6)
    saved = salvage(store.path)
    assert session.append(QUESTION) == 2
    assert session.draft() is not None
    assert store.events(session.id) == [STARTED, QUESTION]
    with sqlite3.connect(saved.aside) as aside:
        assert aside.execute("SELECT count(*) FROM events").fetchone() == (1,)
    aside.close()


def test_what_a_journal_would_undo_is_still_found(store: Store) -> None:
    session = hold_interview(store, STARTED, QUESTION)
    store.close()
    with sqlite3.connect(store.path, isolation_level=None) as db:
        db.execute("PRAGMA cache_size = 1")
        db.execute("BEGIN")
        db.execute("DELETE FROM events")
        db.execute("CREATE TABLE filler AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 900)"
                   " SELECT i, hex(randomblob(900)) FROM n")  # fmt: skip
        torn = store.path.with_name("torn.db")
        for companion in ("", "-journal"):
            shutil.copy(f"{store.path}{companion}", f"{torn}{companion}")
        db.execute("ROLLBACK")
    db.close()
    data = bytearray(torn.read_bytes())
    data[:100] = bytes(100)
    torn.write_bytes(data)
    assert salvage(torn).lost == ()
    with Store.open(torn) as mended:
        assert mended.events(session) == [STARTED, QUESTION]


def test_what_only_a_wal_holds_is_still_found(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 51, 3))
    with Store.open(path) as store:
        session = hold_interview(store)
        for companion in ("", "-wal"):
            shutil.copy(f"{path}{companion}", path.with_name(f"torn.db{companion}"))
        before = store.events(session)
    torn = path.with_name("torn.db")
    torn.write_bytes(b"")
    assert salvage(torn).events == len(before)
    with Store.open(torn) as mended:
        assert mended.events(session) == before
