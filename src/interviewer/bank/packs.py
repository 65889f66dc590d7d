"""Packs: the bundled content, a user's own folders, and installed packages. Finds them; reads nothing in them."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .problems import Problem
from .volumes import bound_in, volume_of

ENTRY_POINTS = "interviewer.packs"
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NAMED = "must be named in lower-case letters, digits and hyphens, because its name stands before the ids of the pack"


@dataclass(frozen=True, slots=True)
class Pack:
    """Questions and rubrics that belong together."""

    name: str
    """The namespace of its ids; empty for the bundled pack."""
    root: Path
    """The folder that holds `prompts/` and `rubrics/`."""
    installed: bool = False
    """Whether its files may be links to elsewhere, as some installers make them."""

    def files(self, section: str) -> list[Path]:
        """The YAML files of a section, by name."""
        folder = self.root / section
        if not folder.is_dir():
            volume = volume_of(folder)
            return bound_in(volume) if not self.name and volume.is_file() else []
        return sorted(path for path in folder.glob("*.yaml") if path.is_file() and self.holds(path))

    def holds(self, path: Path) -> bool:
        """Whether the path lies in the pack, and is no link that leads out of it: a pack that somebody else made would
        have lines of any file shown."""
        return self.installed or path.resolve().is_relative_to(self.root.resolve())

    def qualified(self, name: str) -> str:
        """The id as the rest of the program knows it."""
        return f"{self.name}:{name}" if self.name else name


def bundled() -> Pack:
    """The content that ships with the program: inside the package when installed, beside `src/` in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = (package / "prompts").is_dir()
    return Pack("", package if inside else package.parent.parent, installed=True)


def bundled_gold() -> Path:
    """The rated answers that ship with the program, to measure raters against."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "gold" / "dev.jsonl"
    return inside if inside.is_file() else package.parent.parent / "fixtures" / "gold" / "dev.jsonl"


def packs_in(folder: Path) -> list[Pack | Problem]:
    """The packs in a folder of packs, one a sub-folder; a problem where its name cannot serve as a namespace."""
    if not folder.is_dir():
        return []
    return [pack_at(path) for path in sorted(folder.iterdir()) if path.is_dir() and path.name[0] not in "._"]


def pack_at(folder: Path) -> Pack | Problem:
    """The folder as one pack, named after itself; a problem where its name cannot serve as a namespace."""
    name = folder.resolve().name
    return Pack(name, folder) if _NAME.fullmatch(name) else Problem(folder, None, "", _NAMED)


def installed() -> Iterator[Pack | Problem]:
    """Packs of installed packages: an entry point `interviewer.packs` names a package that holds the two folders.

    The package is located and not imported.
    """
    if not _any_announced():
        return
    from importlib.metadata import entry_points
    from importlib.util import find_spec

    for point in entry_points(group=ENTRY_POINTS):
        named = Path(point.value)
        if not _NAME.fullmatch(point.name):
            yield Problem(named, None, point.name, _NAMED)
        elif "." in point.value or not (spec := find_spec(point.value)) or not spec.submodule_search_locations:
            yield Problem(named, None, point.name, "must name an installed top-level package that holds the pack")
        else:
            yield Pack(point.name, Path(next(iter(spec.submodule_search_locations))), installed=True)


def _any_announced() -> bool:
    """Whether any package on the path announces a pack at all; asking `importlib.metadata` costs far more than this."""
    return any(ENTRY_POINTS.encode() in text for folder in sys.path for text in _entry_point_files(folder or "."))


def _entry_point_files(folder: str) -> Iterator[bytes]:
    try:
        names = [entry.name for entry in os.scandir(folder) if entry.name.endswith((".dist-info", ".egg-info"))]
    except OSError:
        return
    for name in names:
        try:
            yield Path(folder, name, "entry_points.txt").read_bytes()
        except OSError:
            continue
