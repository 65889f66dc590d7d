"""The figures as they are kept: a JSON file with a section for each benchmark, and the day it was measured."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .figures import Figure

LATEST = Path(__file__).with_name("results") / "latest.json"


@dataclass(frozen=True, slots=True)
class Section:
    """What one benchmark found."""

    measured: str
    """The day, ISO."""
    figures: tuple[Figure, ...]


Results = dict[str, Section]
"""By the name of the benchmark."""


def read(path: Path) -> Results:
    """All sections of the file; none where there is no file. Raises ValueError and TypeError for a foreign file."""
    if not path.exists():
        return {}
    body: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return {
        name: Section(section["measured"], tuple(Figure(**figure) for figure in section["figures"]))
        for name, section in body.items()
    }


def keep(path: Path, results: Mapping[str, Section]) -> None:
    """Writes all sections."""
    path.parent.mkdir(exist_ok=True)
    body = {
        name: {"measured": section.measured, "figures": [asdict(figure) for figure in section.figures]}
        for name, section in results.items()
    }
    path.write_text(json.dumps(body, indent=1) + "\n", encoding="utf-8")


def in_order(results: Mapping[str, Section], names: Sequence[str]) -> Results:
    """The sections in that order; those of other names are left out, for nothing measures them any more."""
    return {name: results[name] for name in names if name in results}
