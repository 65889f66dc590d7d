"""What the store promises to whoever writes, lists and reads sessions."""

from __future__ import annotations

import json
import os
import stat
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from interviewer.session import connection, log
from interviewer.session import events as ev
from interviewer.session.errors import (
    Damaged,
    DiskFault,
    DiskFull,
    HeldElsewhere,
    NoSuchSession,
    ReadOnly,
    StoreError,
)
from interviewer.session.records import checksum, to_json
from interviewer.session.salvage import salvage
from interviewer.session.store import Store
from interviewer.session.taking_in import Foreign
from interviewer.session.transcript import fold

from .conftest import ANSWER, ENDED, QUESTION, SHORT_INTERVIEW, STARTED, hold_interview


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_events_come_back_as_they_went_in(store: Store) -> None:
    odd = ev.AnswerGiven(text="NUL \x00, lone surrogate \ud800, 日本語, \x1b[31mred\r\n" + "long " * 50_000)
    later = ev.parse_event({"kind": "invented_later", "depth": [1, {"a": None}]})
    session = hold_interview(store, STARTED, QUESTION, odd, later)
    assert store.events(session) == [STARTED, QUESTION, odd, later]


def test_numbers_count_from_one(store: Store) -> None:
    session = store.create()
    assert [session.append(event) for event in SHORT_INTERVIEW] == list(range(1, len(SHORT_INTERVIEW) + 1))


def test_a_session_leaves_no_trace_before_its_first_event(store: Store) -> None:
    before = store.path.read_bytes()
    begun = store.create()
    begun.save_draft("half a thought", 4)
    begun.close()
    assert store.sessions() == []
    assert store.path.read_bytes() == before


def test_two_new_sessions_never_share_a_name(store: Store) -> None:
    first, second = store.create(), store.create()
    second.id = first.id
    first.append(STARTED)
    second.append(STARTED)
    assert first.id != second.id
    assert len(store.sessions()) == 2


def test_a_name_is_a_day_and_two_words(store: Store) -> None:
    year, month, day, *words = store.create().id.split("-")
    assert (len(year), len(month), len(day)) == (4, 2, 2)
    assert all(word.isalpha() for word in words)


def test_the_transcript_follows_the_events(store: Store) -> None:
    session = store.create()
    for event in SHORT_INTERVIEW:
        session.append(event)
    assert session.transcript == fold(session.events)
    assert session.transcript.ended == "finished"


def test_resume_goes_on_where_the_log_ended(store: Store, path: Path) -> None:
    session = hold_interview(store, STARTED, QUESTION)
    with Store.open(path) as later:
        resumed = later.resume(session)
        assert resumed.transcript.open_thread is not None
        assert resumed.append(ANSWER) == 3
        resumed.close()
    assert store.events(session) == [STARTED, QUESTION, ANSWER]


def test_the_second_terminal_is_told_who_holds_the_session(store: Store, path: Path) -> None:
    first = store.create()
    first.append(STARTED)
    with Store.open(path) as other, pytest.raises(HeldElsewhere, match=rf"process {os.getpid()} on .+, since 20\d\d-"):
        other.resume(first.id)
    assert first.append(QUESTION) == 2


def test_a_session_of_a_dead_process_is_free(store: Store, path: Path) -> None:
    if child := os.fork():
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    else:
        with Store.open(path) as other:
            other.create().append(STARTED)
        os._exit(0)
    resumed = store.resume(store.find("latest"))
    assert resumed.append(QUESTION) == 2


def test_a_process_that_has_another_ones_number_is_not_that_one(store: Store) -> None:
    first = store.create()
    first.append(STARTED)
    with store._database.writing() as db:
        db.execute("UPDATE leases SET born = '1'")
    assert store.resume(first.id).append(QUESTION) == 2
    with pytest.raises(HeldElsewhere):
        first.append(QUESTION)


def hours_ago(hours: int) -> str:
    return (datetime.now(UTC) - timedelta(hours=hours)).isoformat()


@pytest.mark.parametrize(
    ("since", "free"),
    [(hours_ago(25), True), (hours_ago(23), False), (hours_ago(0), False), ("x", True)],
    ids=["over a day ago", "under a day ago", "now", "no date"],
)
def test_a_lease_of_another_machine_is_void_after_a_day(store: Store, since: str, free: bool) -> None:
    first = store.create()
    first.append(STARTED)
    with store._database.writing() as db:
        db.execute("UPDATE leases SET host = 'elsewhere', since = ?", (since,))
    if free:
        assert store.resume(first.id).append(QUESTION) == 2
    else:
        with pytest.raises(HeldElsewhere, match="on elsewhere"):
            store.resume(first.id)


def test_a_log_that_was_overtaken_writes_nothing(store: Store) -> None:
    first = store.create()
    first.append(STARTED)
    first.close()
    hold = store.resume(first.id)
    hold.append(QUESTION)
    hold.close()
    with pytest.raises(HeldElsewhere, match="resume it again"):
        first.append(ANSWER)
    assert store.events(first.id) == [STARTED, QUESTION]


# --- drafts -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sent", [ANSWER, ev.CandidateAsked(text="How is on-call?")], ids=["answer", "own-question"])
def test_a_draft_survives_with_its_cursor_until_it_is_sent(sent: ev.Event, store: Store) -> None:
    session = store.create()
    session.append(STARTED)
    session.save_draft("We held \ud83d the", 7)
    session.close()
    resumed = store.resume(session.id)
    assert resumed.draft() == log.Draft("We held \ud83d the", 7)
    resumed.append(QUESTION)
    assert resumed.draft() is not None
    resumed.append(sent)
    assert resumed.draft() is None


def test_an_empty_draft_takes_the_old_one_out(store: Store) -> None:
    session = store.create()
    session.append(STARTED)
    session.save_draft("something", 99)
    assert session.draft() == log.Draft("something", 9)
    session.save_draft("", 0)
    assert session.draft() is None


# --- lists and names --------------------------------------------------------------------------------------


def test_a_list_shows_what_an_interview_was(store: Store) -> None:
    session = hold_interview(store)
    (head,) = store.sessions()
    assert (head.id, head.format, head.mode, head.model) == (session, "drill", "coach", "offline")
    assert (head.questions, head.events, head.ended) == (("safety-over-speed",), 7, "finished")
    assert head.started <= head.last


def test_an_entry_of_an_older_version_is_brought_up_to_date_once(store: Store) -> None:
    session = hold_interview(store)
    before = store.sessions()
    (row,) = make_older(store)
    assert store.sessions() == before
    with store._database.alone() as db:
        said: list[str] = []
        db.set_trace_callback(said.append)
        assert store.sessions() == before
        assert store.head(session) == before[0]
        assert not [statement for statement in said if "FROM events" in statement]
        assert db.execute("SELECT body FROM heads").fetchone() != row


def test_an_older_entry_is_listed_where_nothing_can_be_written(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    hold_interview(store)
    before = store.sessions()
    make_older(store)
    with store._database.alone() as db:
        db.execute("PRAGMA query_only = ON")
        assert store.sessions() == before


def make_older(store: Store) -> list[tuple[str]]:
    """Writes the entries as they were before they added anything up."""
    with store._database.writing() as db:
        for session, latest, body in db.execute("SELECT id, latest, body FROM heads").fetchall():
            fields = json.loads(body)
            older = to_json({name: fields[name] for name in fields if name not in ("answers", "estimated", "seconds")})
            total = checksum(session, latest, older)
            db.execute("UPDATE heads SET body = ?, sum = ? WHERE id = ?", (older, total, session))
        return db.execute("SELECT body FROM heads").fetchall()


def test_a_damaged_entry_of_the_list_is_read_from_the_events(store: Store) -> None:
    hold_interview(store)
    before = store.sessions()
    with store._database.writing() as db:
        db.execute("UPDATE heads SET body = replace(body, 'drill', 'grill')")
    assert store.sessions() == before


def test_the_newest_session_is_the_one_written_last_though_the_clock_went_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = hold_interview(store), hold_interview(store)
    resumed = store.resume(old)
    monkeypatch.setattr(log, "now", lambda: "1999-12-31T23:59:59.000+00:00")
    assert resumed.append(ENDED) == 8
    assert store.find("latest") == old
    assert [head.id for head in store.sessions()] == [old, new]
    assert store.events(old)[-1] == ENDED
    assert store.check() == []


@pytest.mark.parametrize(
    "event",
    [
        ev.Rated(thread=0, stage="rescore", line={}),
        ev.Rated(thread=0, stage="dispute", line={}),
        ev.Disputed(thread=0, dimension="evidence", note="I did say it."),
    ],
    ids=["rescored", "rated after a dispute", "disputed"],
)
def test_looking_at_an_old_session_again_does_not_make_it_the_latest(store: Store, event: ev.Event) -> None:
    old, new = hold_interview(store), hold_interview(store)
    before = store.head(old)
    with closing(store.resume(old)) as looking:
        looking.append(event)
    assert [head.id for head in store.sessions()] == [new, old]
    assert store.find("latest") == new
    assert store.head(old) == replace(before, events=before.events + 1, course=store.head(old).course)
    assert store.check() == []
    store.close()
    salvage(store.path)
    with Store.open(store.path) as mended:
        assert mended.find("latest") == new


def test_a_session_is_found_by_the_beginning_or_a_word_of_its_name(store: Store) -> None:
    named = []
    for name in ("2026-11-20-calm-otter", "2026-11-20-keen-raven", "2026-11-21-keen-otter"):
        session = store.create()
        session.id = name
        session.append(STARTED)
        named.append(session.id)
    assert store.find("latest") == named[2]
    assert store.find(" 2026-11-20-CALM-otter ") == named[0]
    assert store.find("2026-11-21") == named[2]
    assert store.find("raven") == named[1]
    for slip in ("-", "0", "rave", "2026", "2026-11-2", "11"):
        with pytest.raises(NoSuchSession):
            store.find_surely(slip)
    assert [store.find_surely(sure) for sure in ("2026-11-21", "raven", "latest", named[0])] == [
        named[2], named[1], named[2], named[0],
    ]  # fmt: skip
    with pytest.raises(NoSuchSession, match="fits 2 interviews, 2026-11-20-keen-raven, 2026-11-20-calm-otter"):
        store.find("2026-11-20")
    with pytest.raises(NoSuchSession, match="the nearest are 2026-11-20-keen-raven"):
        store.find("2026-11-20-keen-ravne")
    with pytest.raises(NoSuchSession):
        store.find("")


def test_an_empty_store_says_how_to_begin(store: Store) -> None:
    with pytest.raises(NoSuchSession, match="start one with `interviewer`"):
        store.find("latest")
    with pytest.raises(NoSuchSession):
        store.events("2026-11-21-quiet-otter")


# --- privacy and places -----------------------------------------------------------------------------------


def test_files_and_directories_are_closed_to_others_from_birth(path: Path) -> None:
    before = os.umask(0)
    try:
        with Store.open(path) as store:
            session = store.create()
            session.append(STARTED)
            copy = store.backup(path.parent / "copy.db")
    finally:
        os.umask(before)
    assert mode(path.parent) == mode(path.parent.parent) == 0o700
    assert mode(path) == mode(copy) == 0o600
    assert {each.name for each in path.parent.iterdir()} == {path.name, copy.name}


def test_a_store_that_others_could_read_is_closed_to_them(store: Store, path: Path) -> None:
    path.chmod(0o644)
    Store.open(path).close()
    assert mode(path) == 0o600


def test_the_journal_is_the_one_that_this_sqlite_is_safe_with(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def modes() -> tuple[object, object]:
        with Store.open(store.path) as opened, opened._database.alone() as db:
            return db.execute("PRAGMA journal_mode").fetchone()[0], db.execute("PRAGMA synchronous").fetchone()[0]

    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 51, 2))
    assert modes() == ("delete", 3)
    store.close()
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 51, 3))
    assert modes() == ("wal", 2)


def test_a_network_home_is_noticed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert store.notice is None
    monkeypatch.setattr(connection, "_NETWORK", {connection_kind(store.path)})
    assert store.notice is not None
    assert "INTERVIEWER_HOME" in store.notice


def connection_kind(path: Path) -> str:
    """The kind of the file system that the test runs on, whichever it is."""
    mounts = [line.split(" ") for line in Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()]
    fitting = [(len(point), index, kind) for index, (_, point, kind, *_) in enumerate(mounts)
               if path.is_relative_to(point)]  # fmt: skip
    return max(fitting)[2]


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may write anywhere, so root's rights are laid down."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_read_only_home_is_said_so_and_can_still_be_read() -> None:
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        with Store.open(home / "sessions.db") as store:
            session = hold_interview(store)
        (home / "sessions.db").chmod(0o444)
        home.chmod(0o555)
        with as_nobody():
            with pytest.raises(ReadOnly, match="go on without saving"):
                Store.open(home / "new" / "sessions.db")
            with Store.open(home / "sessions.db") as store:
                assert store.events(session) == list(SHORT_INTERVIEW)
                with pytest.raises(ReadOnly, match="cannot be written"):
                    store.resume(session)
                with pytest.raises(ReadOnly):
                    store.create().append(STARTED)
        home.chmod(0o755)


def test_a_full_disk_keeps_what_was_stored_and_takes_the_same_event_later(store: Store) -> None:
    session = store.create()
    session.append(STARTED)
    long = ev.AnswerGiven(text="and then " * 20_000)
    with store._database.alone() as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(DiskFull, match="`interviewer forget`"):
        session.append(long)
    assert session.append(QUESTION) == 2
    assert store.check() == []
    with store._database.alone() as db:
        db.execute("PRAGMA max_page_count = 100000")
    assert session.append(long) == 3
    assert store.events(session.id) == [STARTED, QUESTION, long]


def test_of_what_is_taken_in_at_once_all_is_stored_or_nothing(store: Store) -> None:
    here = hold_interview(store)
    long = ev.AnswerGiven(text="and then " * 20_000)
    sessions: list[Foreign] = [
        ("2026-01-01-calm-otter", [(STARTED, None)]),
        ("2026-01-02-calm-otter", [(STARTED, None), (long, None)]),
    ]
    with store._database.alone() as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(DiskFull):
        store.take_in(sessions)
    assert [head.id for head in store.sessions()] == [here]
    with store._database.alone() as db:
        db.execute("PRAGMA max_page_count = 100000")
    assert store.take_in([*sessions, sessions[0]]) == [*(name for name, _ in sessions), None]


def test_an_interview_that_was_rated_again_is_taken_in_at_its_place_in_the_list(store: Store) -> None:
    again = ev.Rated(thread=0, stage="rescore", line={})
    sessions: list[Foreign] = [
        ("2026-01-01-calm-otter", [(event, None) for event in (*SHORT_INTERVIEW, again)]),
        ("2026-01-02-calm-otter", [(event, None) for event in (STARTED, QUESTION)]),
    ]
    store.take_in(sessions)
    assert [head.id for head in store.sessions()] == ["2026-01-02-calm-otter", "2026-01-01-calm-otter"]
    assert store.find("latest") == "2026-01-02-calm-otter"


def test_an_event_whose_commit_failed_after_it_landed_is_not_stored_twice(store: Store) -> None:
    session = store.create()
    session.append(STARTED)
    twin = log.SessionLog(store._database, session.id)
    twin.go_on_from(store.stored(session.id))
    twin._holder = session.holder
    assert session.append(QUESTION) == 2
    assert twin.append(QUESTION) == 2
    assert store.events(session.id) == [STARTED, QUESTION]


def test_a_store_that_was_moved_away_is_missed_not_replaced(store: Store, path: Path) -> None:
    session = store.create()
    session.append(STARTED)
    away = path.rename(path.with_name("away.db"))
    with pytest.raises(DiskFault, match="moved or deleted"):
        session.append(QUESTION)
    away.rename(path)
    assert session.append(QUESTION) == 2


def test_a_busy_store_says_so(store: Store, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.01)
    with (
        Store.open(path) as other,
        store._database.writing(),
        pytest.raises(StoreError, match="close it and try again"),
    ):
        other.create().append(STARTED)


def test_a_foreign_file_is_not_taken_for_a_store(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text("dear diary\n" * 100, encoding="utf-8")
    with pytest.raises(Damaged):
        Store.open(path)
    assert path.read_text(encoding="utf-8").startswith("dear diary")


def test_a_closed_store_says_so(path: Path) -> None:
    store = Store.open(path)
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.sessions()


def test_threads_may_append_to_one_log(store: Store) -> None:
    session = store.create()
    session.append(STARTED)
    with ThreadPoolExecutor(4) as threads:
        numbers = list(threads.map(lambda _: session.append(QUESTION), range(40)))
    assert sorted(numbers) == list(range(2, 42))
    assert len(store.events(session.id)) == 41
