"""The one way to the SQLite file: how it is made, opened, locked and synced, and what SQLite's errors mean.

Guarantees: `writing` returns only after a commit that reached the disk; the file and its directory are closed to
others from birth; a file that was replaced (salvage, restore) while it was open is never written to.
Before SQLite 3.51.3 two writers could corrupt a WAL database, so older ones use a rollback journal with
`synchronous = EXTRA`: slower by some milliseconds a commit, which nobody notices at one commit a turn.
"""

from __future__ import annotations

import errno
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from ..places import make_private_directory
from . import errors
from .copies import put_in_place, unfinished
from .migrations import PAGE_SIZE, migrate

BUSY_SECONDS = 10.0
"""How long one process waits for another's commit."""

FIRST_SAFE_WAL = (3, 51, 3)
ROOM_NEEDED = 1 << 20
"""Bytes; with less free space than this a failed write means a full disk."""

_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "lustre", "9p", "fuse.sshfs", "fuse.glusterfs"}
_UNLOCKABLE = ("SQLITE_PROTOCOL", "SQLITE_NOLFS", "SQLITE_IOERR_LOCK", "SQLITE_IOERR_UNLOCK", "SQLITE_IOERR_RDLOCK",
               "SQLITE_IOERR_CHECKRESERVEDLOCK")  # fmt: skip
_TORN = ("SQLITE_IOERR_SHORT_READ", "SQLITE_IOERR_CORRUPTFS")


class Database:
    """An open store file, shared by the threads of this process."""

    def __init__(self, path: Path) -> None:
        """Opens the file, and makes it where there is none.

        Raises:
            StoreError: as the error's class says.
        """
        self.path = path.expanduser().resolve()
        self._lock = threading.RLock()
        with plain_errors(self.path):
            if not self.path.exists():
                _make(self.path)
            self._open()

    def _open(self) -> None:
        if self.path.stat().st_size == 0:  # of which SQLite would delete the journal, as of a new database
            raise errors.Damaged(damaged_sentence(self.path))
        self._connection = _connect(self.path)
        try:
            _require_made(self._connection, self.path)
            migrate(self._connection, self.path)
            self._identity = _identity(self.path)
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        """Lets go of the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction of the only writer. After the block it is on the disk; after an exception it never was.

        Raises:
            StoreError: it was not stored.
        """
        with self._transaction("BEGIN IMMEDIATE") as db:
            yield db

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A transaction that sees one state of the store.

        Raises:
            StoreError: it cannot be read.
        """
        with self._transaction("BEGIN") as db:
            yield db

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self._lock, plain_errors(self.path):
            try:
                self._begin(begin)
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise

    def _begin(self, begin: str) -> None:
        """Begins on the file that has the name now: who replaces it holds the lock until it is replaced."""
        self._connection.execute(begin)
        while self._identity != _identity(self.path):
            self._roll_back()
            self._reopen()
            self._connection.execute(begin)

    def _reopen(self) -> None:
        self._connection.close()
        self._open()

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")

    @contextmanager
    def alone(self) -> Iterator[sqlite3.Connection]:
        """The connection outside any transaction, for what SQLite does in one of its own."""
        with self._lock, plain_errors(self.path):
            if self._identity != _identity(self.path):
                self._reopen()
            yield self._connection

    def compact(self) -> None:
        """Writes the file anew, so that nothing deleted is left in it.

        Raises:
            StoreError: it could not; what was deleted is overwritten with zeros all the same.
        """
        with self.alone() as db:
            db.execute("VACUUM")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _make(path: Path) -> None:
    """Makes an empty store, complete before it has its name: a store file without content is a damaged one."""
    make_private_directory(path.parent)
    with unfinished(path) as fresh:
        fill_store(fresh, lambda db: None)
        with suppress(FileExistsError):  # another process was quicker
            put_in_place(fresh, path)


def fill_store(path: Path, fill: Callable[[sqlite3.Connection], None]) -> None:
    """Makes a store of an empty file, or brings it up to date, and lets `fill` write to it.

    Afterwards all of it is in the one file, which may be given another name.

    Raises:
        OSError, sqlite3.Error, StoreError: the file is of no use.
    """
    with closing(_connect(path)) as db:
        migrate(db, path)
        db.execute("BEGIN IMMEDIATE")
        fill(db)
        db.execute("COMMIT")
        db.execute("PRAGMA journal_mode = DELETE")  # a WAL would not move with the name


def edit_copy(path: Path, edit: Callable[[sqlite3.Connection], None]) -> None:
    """Lets `edit` write to a copy of a store, of whatever version; nothing that it deletes is left in the file.

    Raises:
        OSError, sqlite3.Error: the copy is as it was, or without what was deleted.
    """
    with closing(_connect(path)) as db:
        db.execute("BEGIN IMMEDIATE")
        edit(db)
        db.execute("COMMIT")
        db.execute("VACUUM")
        db.execute("PRAGMA journal_mode = DELETE")


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(
        f"{path.as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        db.text_factory = lambda raw: raw.decode("utf-8", "replace")  # what is torn fails its checksum, not the reader
        for pragma in ("secure_delete = ON", "temp_store = MEMORY", "mmap_size = 0", "trusted_schema = OFF",
                       "cell_size_check = ON", f"page_size = {PAGE_SIZE}"):  # fmt: skip
            db.execute(f"PRAGMA {pragma}")
        _set_journal(db, path)
        if path.stat().st_mode & 0o077:
            with suppress(OSError):
                path.chmod(0o600)
    except BaseException:
        db.close()
        raise
    return db


def _set_journal(db: sqlite3.Connection, path: Path) -> None:
    wal = sqlite3.sqlite_version_info >= FIRST_SAFE_WAL and network_file_system(path) is None
    mode = _mode(db)
    if mode != ("wal" if wal else "delete"):
        with suppress(sqlite3.OperationalError):  # in use elsewhere, or not ours to write: it stays as it is
            mode = _mode(db, " = wal" if wal else " = delete")
    db.execute(f"PRAGMA synchronous = {'FULL' if mode == 'wal' else 'EXTRA'}")


def _mode(db: sqlite3.Connection, wish: str = "") -> str:
    return str(db.execute(f"PRAGMA journal_mode{wish}").fetchone()[0]).lower()


def _identity(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino


def _require_made(db: sqlite3.Connection, path: Path) -> None:
    """SQLite takes an empty file for a new database; ours never were empty. (The file is not opened here to look:
    closing it would drop the locks that this process holds on it.)"""
    if db.execute("PRAGMA user_version").fetchone()[0] == 0:
        raise errors.Damaged(damaged_sentence(path))


def network_file_system(path: Path) -> str | None:
    """The kind of network file system that the path lies on, as "nfs4"; None where it is local or unknown."""
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    best = ("", "")
    for line in mounts:
        _, point, kind, *_ = [*line.split(" "), "", "", ""]
        point = point.replace("\\040", " ")
        if len(point) >= len(best[0]) and point and path.is_relative_to(point):
            best = (point, kind)
    return best[1] if best[1] in _NETWORK else None


# --- what errors mean -------------------------------------------------------------------------------------


def damaged_sentence(path: Path) -> str:
    """The sentence for a file that cannot be read, with what to do."""
    return (
        f"The stored interviews in {path} are damaged; `interviewer doctor --salvage` copies the file aside and "
        "saves what can still be read."
    )


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turns what SQLite and the system say into a `StoreError` with a plain sentence."""
    try:
        yield
    except sqlite3.ProgrammingError as error:
        raise errors.StoreError(f"The store {path} is closed.") from error
    except sqlite3.Error as error:
        raise _from_sqlite(error, path) from error
    except UnicodeDecodeError as error:  # sqlite3 quoting a torn schema
        raise errors.Damaged(damaged_sentence(path)) from error
    except OSError as error:
        raise _from_system(error, path) from error


def _from_sqlite(error: sqlite3.Error, path: Path) -> errors.StoreError:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return errors.Busy(
            f"Another program has kept {path} locked for {BUSY_SECONDS:.0f} seconds; close it and try again."
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return _read_only(path)
    if name in _UNLOCKABLE:
        return errors.NetworkHome(
            f"The file system of {path} cannot lock files, as some network homes cannot; "
            "set INTERVIEWER_HOME to a directory on a local disk."
        )
    if name == "SQLITE_FULL" or (name.startswith("SQLITE_IOERR") and _is_full(path)):
        return _full(path)
    if name.startswith(("SQLITE_IOERR", "SQLITE_NOMEM")) and name not in _TORN:
        return _fault(path)
    return errors.Damaged(damaged_sentence(path))


def _from_system(error: OSError, path: Path) -> errors.StoreError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return _full(path)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.EISDIR, errno.ENOTDIR):
        return _read_only(path)
    if isinstance(error, FileExistsError):
        return errors.StoreError(f"{path} exists already; choose another name.")
    return _fault(path)


def _is_full(path: Path) -> bool:
    import shutil

    with suppress(OSError):
        return shutil.disk_usage(path.parent).free < ROOM_NEEDED
    return False


def _full(path: Path) -> errors.DiskFull:
    return errors.DiskFull(
        f"There is no room on the disk of {path}; delete something there, or erase old interviews with "
        "`interviewer forget`, then try again. What was stored before is safe."
    )


def _read_only(path: Path) -> errors.ReadOnly:
    return errors.ReadOnly(
        f"{path} cannot be written; check its permissions, set INTERVIEWER_HOME to a directory of yours, "
        "or go on without saving."
    )


def _fault(path: Path) -> errors.DiskFault:
    if not path.exists():
        return errors.DiskFault(f"{path} was moved or deleted while it was in use; put it back and try again.")
    return errors.DiskFault(
        f"The disk reported an error at {path}; check the disk and its free space, then try again. "
        "What was stored before is safe."
    )
