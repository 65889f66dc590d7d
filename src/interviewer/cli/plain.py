"""Plain lines for the screen, without rich: columns cut to its width, and sheets wrapped to it."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable, Sequence

import click

from ..text import cells, clean_line, shorten

UNBOUNDED = 10_000
"""Columns where nobody looks at a screen."""
WIDEST_SHEET = 96
"""Columns beyond which prose is tiring to read."""
GAP = "  "
_LEAD = re.compile(r" *(?:- )?")


def screen_width() -> int:
    """Columns to write into: those of the screen, and no bound where the output goes elsewhere."""
    if sys.stdout.isatty() or os.environ.get("COLUMNS"):
        return max(20, shutil.get_terminal_size().columns)
    return UNBOUNDED


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
    from textwrap import wrap

    lines = []
    for line in sheet.splitlines():
        lead = _LEAD.match(line)
        hang = " " * len(lead.group()) if lead else ""
        lines += wrap(line, width, subsequent_indent=hang, break_on_hyphens=False) or [""]
    return "\n".join(lines)


def show_sheet(sheet: str) -> None:
    """Prints a sheet (see `sheets.py`) as wide as is pleasant to read."""
    click.echo(wrapped(sheet, min(screen_width(), WIDEST_SHEET)))
