"""What the pages of the docs lead to is there: links, headings, files, commands of `make` and benchmarks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from benchmarks.__main__ import NAMES

ROOT = Path(__file__).parents[1]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
TREES = ("benchmarks", "docs", "examples", "fixtures", "prompts", "rubrics", "src", "tests", "tools")
FILES = {path.relative_to(ROOT).as_posix() for tree in TREES for path in (ROOT / tree).rglob("*") if path.is_file()}
LINK = re.compile(r"\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]*))?\)")
FILE = re.compile(r"`([\w./-]+\.(?:py|yaml|jsonl))(?:::\w+)?`")
WRITTEN = {"all.jsonl", "my-question.yaml", "FILE.jsonl", "FILE.yaml"}
"""Names of files that somebody else makes."""


def headings(page: Path) -> set[str]:
    """As links name them: small letters, no marks, hyphens for spaces."""
    found = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in found}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    for path, heading in LINK.findall(page.read_text(encoding="utf-8")):
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), path
        assert not heading or heading in headings(there), f"{path}#{heading}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_is_named_is_there(page: Path) -> None:
    named = {name for name in FILE.findall(page.read_text(encoding="utf-8")) if Path(name).name not in WRITTEN}
    assert {name for name in named if not any(f"/{known}".endswith(f"/{name}") for known in FILES)} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_target_of_make_and_module_to_run_is_there(page: Path) -> None:
    said = page.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([\w-]+)", said)) <= targets
    modules = re.findall(r"python -m (benchmarks|tools|tests)((?:\.\w+)*)", said)
    paths = {f"{folder}{name}".replace(".", "/") for folder, name in modules}
    assert {path for path in paths if not (ROOT / f"{path}.py").exists() and not (ROOT / path).is_dir()} == set()


def test_every_benchmark_that_the_page_on_ratings_names_is_there() -> None:
    said = (ROOT / "docs" / "rating.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(offline_\w+|rate_offline)`", said))
    assert named
    assert named <= {*NAMES}
