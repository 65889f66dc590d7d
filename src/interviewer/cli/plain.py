"""Plain lines for the screen, without rich: columns cut to its width, and sheets wrapped to it."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable, Sequence

import click

from ..text import WIDEST, cells, clean_line, shorten

UNBOUNDED = 10_000
"""Columns where nobody looks at a screen."""
GAP = "  "
_LEAD = re.compile(r" *(?:- )?")


def screen_width() -> int:
    """Columns to write into: those of the screen, and no bound where the output goes elsewhere."""
    if sys.stdout.isatty() or os.environ.get("COLUMNS"):
        return max(20, shutil.get_terminal_size().columns)
    return UNBOUNDED


def sheet_width() -> int:
    """Columns of prose: as many as there are, and no more than are pleasant to read."""
    return min(screen_width(), WIDEST)


def columns(rows: Iterable[Sequence[str]], width: int) -> list[str]:
    """One line a row, its cells cleaned and aligned; the last column gives way where `width` is short."""
    table = [tuple(map(clean_line, row)) for row in rows]
    widths = [max(map(cells, column)) for column in zip(*table, strict=True)][:-1]
    return [_line(row, widths, width) for row in table]


def _line(row: Sequence[str], widths: Sequence[int], width: int) -> str:
    fixed = GAP.join(text + " " * (room - cells(text)) for text, room in zip(row, widths, strict=False))
    left = width - cells(fixed) - len(GAP)
    return fixed + GAP + shorten(row[-1], left) if left > 0 and row[-1] else shorten(fixed.rstrip(), width)


def wrapped(sheet: str, width: int) -> str:
    """The sheet with long lines broken; a broken line of a list hangs under its text."""
    from ..terminal.lines import fold

    lines: list[str] = []
    for line in sheet.splitlines():
        lead = _LEAD.match(line)
        mark = lead.group() if lead else ""
        first, *rest = fold(line[len(mark) :], width - len(mark))
        lines += [(mark + first).rstrip(), *(" " * len(mark) + row for row in rest)]
    return "\n".join(lines)


def show_sheet(sheet: str) -> None:
    """Prints a sheet (see `sheets.py`) as wide as is pleasant to read."""
    click.echo(wrapped(sheet, sheet_width()))
