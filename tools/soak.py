"""Runs the tests behind docs/reliability.md, the long ones too, prints its table and keeps the figures with their date.

    python -m tools.soak [WORDS ...]        all rows, or those whose promise or test holds one of the words

One row after the other, and each is kept as soon as it is known: a run that is broken off loses nothing. A test says
its figure by `record_property("figure", ...)`; of one that says none, what is kept is that it passed.
"""

from __future__ import annotations

import re
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[1] / "docs" / "reliability.md"
ROW = re.compile(r"^\| (?P<promise>[^|]+) \| `(?P<test>tests/[^`]+)` \| (?P<figure>[^|]*) \| (?P<date>[^|]*) \|$", re.M)


def named_tests(page: str) -> list[str]:
    """The node ids in the table, in order."""
    return [row["test"] for row in ROW.finditer(page)]


class Figures:
    """What each test came to, its parametrised cases together. A plugin of pytest."""

    def __init__(self) -> None:
        self._figures: dict[str, list[str]] = defaultdict(list)
        self._outcomes: dict[str, list[str]] = defaultdict(list)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Takes the result of a test in."""
        test = report.nodeid.partition("[")[0]
        if report.when == "call" or not report.passed:
            self._outcomes[test].append(report.outcome)
        for name, value in report.user_properties:
            if name == "figure":
                self._figures[test].append(str(value))

    def of(self, test: str) -> str | None:
        """The new figure; None where the test did not run."""
        outcomes = self._outcomes[test]
        if "failed" in outcomes:
            return "**failed**"
        if not outcomes or set(outcomes) == {"skipped"}:
            return None
        passed = "passed" if len(outcomes) == 1 else f"{outcomes.count('passed')} cases passed"
        return "; ".join(dict.fromkeys(self._figures[test])) or passed


def renewed(page: str, figures: Figures, today: str) -> str:
    """The page with the figures of the tests that ran."""

    def row(match: re.Match[str]) -> str:
        figure = figures.of(match["test"])
        if figure is None:
            return match[0]
        return f"| {match['promise']} | `{match['test']}` | {figure} | {today} |"

    return ROW.sub(row, page)


def chosen(page: str, words: Sequence[str]) -> list[str]:
    """The node ids of the rows whose promise or test holds one of the words, in order; of all without words."""
    rows = ROW.finditer(page)
    return [row["test"] for row in rows if not words or any(word.lower() in row[0].lower() for word in words)]


def main(words: Sequence[str]) -> int:
    """Runs them; returns 1 when any failed."""
    began, failed = time.monotonic(), False
    for test in chosen(PAGE.read_text(encoding="utf-8"), words):
        figures, since = Figures(), time.monotonic()
        code = pytest.main([test, "-qq", "--no-header", "-m", "", "-p", "no:cacheprovider"], plugins=[figures])
        # Read again: the run took a while, and others write too.
        page = renewed(PAGE.read_text(encoding="utf-8"), figures, datetime.now(UTC).date().isoformat())
        PAGE.write_text(page, encoding="utf-8")
        (row,) = (row for row in ROW.finditer(page) if row["test"] == test)
        took = f"{time.monotonic() - since:.0f} s"
        print(f"{row['promise']}\n    {test}\n    {row['figure']}  ({row['date']}; {took})\n", flush=True)
        failed = failed or code != pytest.ExitCode.OK
        if code == pytest.ExitCode.INTERRUPTED:
            break
    print(f"{(time.monotonic() - began) / 60:.1f} minutes; the figures are in docs/reliability.md")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
