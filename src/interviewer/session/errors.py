"""What can go wrong with the stored sessions: each a sentence that says what happened and what to do.

    StoreError
    ├── DiskFull        no room for the next event
    ├── ReadOnly        the directory or the file may not be written
    ├── DiskFault       the disk reported an error, or the file vanished
    ├── NetworkHome     the file system cannot lock files
    ├── Busy            another process is writing, for longer than we wait
    ├── Damaged         the file, or a session in it, cannot be read as it was written
    ├── NewerVersion    a later version of Interviewer wrote the file
    ├── HeldElsewhere   another process has the session open
    └── NoSuchSession   nothing, or more than one thing, goes by that name

An event whose `append` raised one of these is not stored; the caller still has it and may append it again.
"""

from __future__ import annotations

from ..errors import PlainError


class StoreError(PlainError):
    """The stored sessions cannot be used as asked. `str()` is for the candidate; it holds none of their words."""


class DiskFull(StoreError):
    """There is no room for the next event."""


class ReadOnly(StoreError):
    """The directory or the file may not be written."""


class DiskFault(StoreError):
    """The disk reported an error, or the file vanished while in use."""


class NetworkHome(StoreError):
    """The file system cannot lock files, as some network homes cannot."""


class Busy(StoreError):
    """Another process is writing, for longer than we wait."""


class Damaged(StoreError):
    """The file, or a session in it, cannot be read as it was written."""


class NewerVersion(StoreError):
    """A later version of Interviewer wrote the file."""


class HeldElsewhere(StoreError):
    """Another process has the session open."""


class NoSuchSession(StoreError):
    """Nothing, or more than one thing, goes by that name."""

    exit_code = 2
