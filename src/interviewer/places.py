"""Where things lie on this machine, and how a file is written there: 0600 from birth, replaced in one step.

It may know nothing of what the files hold.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .errors import PlainError, reason_of


class NoSuchPlace(PlainError):
    """The home that was named cannot be one."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Paths:
    """The directories of this user. Nothing is made before something is written."""

    config: Path
    """`config.toml` and keys."""
    data: Path
    """Sessions and what is made of them, and the user's own packs."""
    state: Path
    """What may be lost without harm: the last model, what was told, where backups went."""

    @property
    def config_file(self) -> Path:
        """The TOML file of settings."""
        return self.config / "config.toml"

    @property
    def keys_file(self) -> Path:
        """The keys of providers, where no keyring is wanted."""
        return self.config / "keys.json"

    @property
    def sessions_file(self) -> Path:
        """The store, alone with its backups in a directory of its own."""
        return self.data / "sessions" / "sessions.db"

    def page_file(self, session: str) -> Path:
        """Where the page of an interview lies when it was opened in a browser."""
        return self.data / "pages" / f"{session}.html"

    @property
    def packs(self) -> Path:
        """The folder of the user's own packs, one a sub-folder (docs/packs.md)."""
        return self.data / "packs"

    @property
    def state_file(self) -> Path:
        """What the program remembers of its own accord."""
        return self.state / "state.json"

    @property
    def calibrations_file(self) -> Path:
        """How well each rater did when it was last calibrated."""
        return self.state / "calibrations.json"

    def is_ours(self, path: Path) -> bool:
        """Whether the path leads to a file that only the program writes: the store with its companions and copies,
        settings, keys, what is remembered, packs. Pages are not among them: who names one may write over it."""
        own = (self.config_file, self.keys_file, self.state_file, self.calibrations_file, self.sessions_file)
        beside_store = path.name.lstrip(".").casefold().startswith(self.sessions_file.name)
        return (
            any(_is_same(path, each) for each in own)
            or (beside_store and _is_same(path.parent, self.sessions_file.parent))
            or Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self.packs))
        )


def _is_same(path: Path, other: Path) -> bool:
    """Whether both lead to one file or folder: by links, or in capitals where those make no difference."""
    try:
        return path.samefile(other)
    except OSError:  # one of them is not there yet
        return os.path.realpath(path) == os.path.realpath(other)


def find_paths(environ: Mapping[str, str] = os.environ) -> Paths:
    """All under `INTERVIEWER_HOME` where that is set, else where the platform keeps such things.

    Raises:
        NoSuchPlace: `INTERVIEWER_HOME` names a file, or nothing that this user may look at.
    """
    if home := environ.get("INTERVIEWER_HOME"):
        root = _home(home)
        return Paths(root, root, root)
    from platformdirs import PlatformDirs

    dirs = PlatformDirs("interviewer", appauthor=False)
    return Paths(dirs.user_config_path, dirs.user_data_path, dirs.user_state_path)


def _home(named: str) -> Path:
    """The directory that was named, which need not be there yet."""
    try:
        root = Path(named).expanduser().absolute()
    except (OSError, RuntimeError):  # a relative one below a deleted folder; "~somebody" who is not known
        raise NoSuchPlace(
            f"INTERVIEWER_HOME, {named}, leads nowhere; set it to the full path of a directory of yours."
        ) from None
    try:
        is_directory = stat.S_ISDIR(root.stat().st_mode)
    except FileNotFoundError:
        return root
    except OSError as error:
        raise NoSuchPlace(
            f"INTERVIEWER_HOME, {root}, cannot be used ({reason_of(error)}); set it to a directory of yours."
        ) from None
    if not is_directory:
        raise NoSuchPlace(f"INTERVIEWER_HOME names a file, {root}; set it to a directory of yours.")
    return root


def make_private_directory(path: Path) -> None:
    """Makes the directory and any missing above it, closed to others (0700). One that exists stays as it is.

    Raises:
        OSError: as `mkdir` does.
    """
    if path.is_dir():
        return
    make_private_directory(path.parent)
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        if not path.is_dir():  # else another process was quicker
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path)) from None


LARGEST = 4 << 20
"""Bytes of the largest small file of ours that is read."""


def read_own(path: Path) -> str:
    """The text of a small file of ours, as settings and keys are.

    Raises:
        OSError: it cannot be read; among others what is no ordinary file, which might have no end, and what is too
            large to be ours.
        UnicodeDecodeError: it is not UTF-8.
    """
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "not an ordinary file", str(path))
    if status.st_size > LARGEST:
        raise OSError(errno.EFBIG, "too large", str(path))
    return path.read_text(encoding="utf-8")


def write_private(path: Path, text: str) -> None:
    """Writes the file in one step, 0600 from birth: a reader sees the old text or the new one, whole.

    Raises:
        OSError: nothing was changed; among others where something lies there that is no ordinary file.
    """
    make_private_directory(path.parent)
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():  # a device or a pipe, which would be replaced by a file
        raise OSError(errno.EINVAL, "Not an ordinary file", str(path))
    fresh = target.with_name(f".{target.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(target)
    except BaseException:
        with suppress(OSError):
            fresh.unlink()
        raise
