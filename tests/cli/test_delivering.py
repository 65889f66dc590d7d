"""A page comes into the browser without the words of other programs, and where there is none somebody is told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SHOW = """
from pathlib import Path
from interviewer.cli.delivering import show_page
show_page("<p>words", Path("page of mine.html"))
"""


@pytest.mark.parametrize("there", [True, False])
def test_a_page_is_shown_by_the_browser_or_told_where_it_lies(tmp_path: Path, there: bool) -> None:
    browser = tmp_path / "browser"
    browser.write_text('#!/bin/sh\necho "browser: no such theme" >&2\necho "$1" > seen\n', encoding="utf-8")
    browser.chmod(0o700)
    surroundings = {"BROWSER": str(browser)} if there else {"PATH": ""}
    shown = subprocess.run(
        [sys.executable, "-c", SHOW], cwd=tmp_path, env=surroundings, capture_output=True, encoding="utf-8", check=True
    )
    told = "" if there else "No browser was found; open page of mine.html yourself.\n"
    assert (shown.stdout, shown.stderr) == ("", f"Written to page of mine.html.\n{told}")
    assert (tmp_path / "seen").exists() is there
    if there:
        assert (tmp_path / "seen").read_text(encoding="utf-8").strip() == (tmp_path / "page of mine.html").as_uri()
