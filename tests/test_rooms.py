"""Whoever opens a room finds a map of it, and the map is right."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "interviewer"


def map_of(room: Path) -> set[str]:
    """The names in the first column of the map, a folder's with its slash."""
    docstring = ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8"))) or ""
    rows = re.findall(r"^ *([\w/]+(?:, [\w/]+)*)  +\S", docstring, re.MULTILINE)
    return {name for row in rows for name in row.split(", ")}


MANY = 8
"""Files that one no longer takes in at a glance."""

MAPPED = [path.parent for path in sorted(PACKAGE.glob("*/**/__init__.py")) if map_of(path.parent)]


@pytest.mark.parametrize("room", MAPPED, ids=lambda room: room.relative_to(PACKAGE).as_posix())
def test_the_map_at_the_door_of_a_room_names_its_files_and_no_others(room: Path) -> None:
    files = {path.stem for path in room.glob("*.py")} - {"__init__"}
    folders = {f"{path.parent.name}/" for path in room.glob("*/__init__.py")}
    assert map_of(room) == files | folders, f"the docstring of {room.name}/__init__.py has the map"


def test_every_room_with_many_files_has_a_map() -> None:
    rooms = {path.parent for path in PACKAGE.glob("*/**/__init__.py")}
    assert [room.name for room in rooms - set(MAPPED) if len(list(room.glob("*.py"))) > MANY] == []
