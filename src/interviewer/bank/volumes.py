"""Volumes: a folder of small files bound into one, as the wheel holds them. Knows nothing of what stands in them.

A wheel compresses each file by itself. Bound, what questions have in common is compressed once: the wheel is 70 kB
smaller. A file in a volume has a path as it had in its folder: `prompts/questions.yaml/near-miss.yaml`. The volume is
YAML itself, a document for each file under a heading with its name; `tools/binding.py` makes it.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

_HEADING = re.compile(rb"^--- # (.+)\n", re.MULTILINE)


def volume_of(folder: Path) -> Path:
    """Where the volume lies that takes the folder's place."""
    return folder.with_suffix(".yaml")


def bound_in(volume: Path) -> list[Path]:
    """The files in a volume, by name. Raises OSError."""
    return [volume / name for name in _places(volume, volume.stat().st_mtime_ns)]


def is_bound(path: Path) -> bool:
    """Whether the file lies in a volume."""
    return path.parent.suffix == ".yaml" and path.parent.is_file()


def read_bound(path: Path) -> bytes:
    """What stands in a file of a volume.

    Raises:
        OSError: the volume cannot be read, or holds no such file.
    """
    volume = path.parent
    place = _places(volume, volume.stat().st_mtime_ns).get(path.name)
    if place is None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    with volume.open("rb") as file:
        file.seek(place.start)
        return file.read(len(place))


@lru_cache(maxsize=8)
def _places(volume: Path, changed: int) -> Mapping[str, range]:
    """Where each file lies in the volume, in bytes, as long as it was not `changed` again."""
    text = volume.read_bytes()
    found = [*_HEADING.finditer(text)]
    ends = [*(heading.start() for heading in found[1:]), len(text)]
    return {heading[1].decode(): range(heading.end(), end) for heading, end in zip(found, ends, strict=True)}
