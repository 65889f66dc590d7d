"""Packs: the bundled content, a user's own folders, and installed packages. Finds them; reads nothing in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ENTRY_POINTS = "interviewer.packs"
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Pack:
    """Questions and rubrics that belong together."""

    name: str
    """The namespace of its ids; empty for the bundled pack."""
    root: Path
    """The folder that holds `prompts/` and `rubrics/`."""

    def file(self, section: str, name: str) -> Path:
        """Where the content of that id would stand, as `prompts/questions/<name>.yaml`."""
        return self.root / section / f"{name}.yaml"

    def files(self, section: str) -> list[Path]:
        """The YAML files of a section, by name."""
        folder = self.root / section
        return sorted(path for path in folder.glob("*.yaml") if path.is_file()) if folder.is_dir() else []

    def qualified(self, name: str) -> str:
        """The id as the rest of the program knows it."""
        return f"{self.name}:{name}" if self.name else name


def bundled() -> Pack:
    """The content that ships with the program: inside the package when installed, beside `src/` in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = (package / "prompts").is_dir()
    return Pack("", package if inside else package.parent.parent)


def packs_in(folder: Path) -> list[Pack]:
    """The packs in a folder of packs: each sub-folder whose name can serve as a namespace."""
    if not folder.is_dir():
        return []
    found = [path for path in sorted(folder.iterdir()) if path.is_dir() and _NAME.fullmatch(path.name)]
    return [Pack(path.name, path) for path in found]


def pack_at(folder: Path) -> Pack:
    """The folder as one pack, named after itself.

    Raises:
        ValueError: the folder's name cannot serve as a namespace.
    """
    name = folder.resolve().name.lower().replace("_", "-").replace(" ", "-")
    if not _NAME.fullmatch(name):
        raise ValueError(f"A pack's folder is named in small letters, digits and hyphens; {name!r} is not.")
    return Pack(name, folder)


def installed() -> Iterator[Pack]:
    """Packs of installed packages: an entry point `interviewer.packs` names a package that holds the two folders."""
    from importlib.metadata import entry_points
    from importlib.util import find_spec

    for point in entry_points(group=ENTRY_POINTS):
        try:
            spec = find_spec(point.value.partition(":")[0])
        except (ImportError, ValueError):
            continue
        if spec and spec.origin and _NAME.fullmatch(point.name):
            yield Pack(point.name, Path(spec.origin).parent)
