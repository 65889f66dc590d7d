"""Faults of content files: what is wrong, where, and what was expected."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..errors import PlainError


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault in a content file, as a person who wrote the file wants to hear it."""

    file: Path
    line: int | None
    field: str
    """Dotted path, as "probes.2.ask"; empty for the file as a whole."""
    expected: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{place}: {self.field}: {self.expected}" if self.field else f"{place}: {self.expected}"


class ContentError(PlainError):
    """A content file cannot be used; `problems` says where and why."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))
