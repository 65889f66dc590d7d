"""Runs the tests behind docs/reliability.md, the long ones too, prints its table and keeps the figures with their date.

    python -m tools.soak [PYTEST ARGUMENTS]

A row is kept by the test it names: with `-k kills` only those rows change. A test says its figure by
`record_property("figure", ...)`; of one that says none, what is kept is that it passed.
"""

from __future__ import annotations

import re
import signal
import sys
from collections import defaultdict
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
        self._figures: dict[str, str] = {}
        self._outcomes: dict[str, list[str]] = defaultdict(list)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Takes the result of a test in."""
        test = report.nodeid.partition("[")[0]
        if report.when == "call" or not report.passed:
            self._outcomes[test].append(report.outcome)
        for name, value in report.user_properties:
            if name == "figure":
                self._figures[test] = str(value)

    def of(self, test: str) -> str | None:
        """The new figure; None where the test did not run."""
        outcomes = self._outcomes[test]
        if "failed" in outcomes:
            return "**failed**"
        if not outcomes or set(outcomes) == {"skipped"}:
            return None
        passed = "passed" if len(outcomes) == 1 else f"{outcomes.count('passed')} cases passed"
        return self._figures.get(test, passed)


def renewed(page: str, figures: Figures, today: str) -> str:
    """The page with the figures of the tests that ran."""

    def row(match: re.Match[str]) -> str:
        figure = figures.of(match["test"])
        if figure is None:
            return match[0]
        return f"| {match['promise']} | `{match['test']}` | {figure} | {today} |"

    return ROW.sub(row, page)


def main(arguments: list[str]) -> int:
    """Runs them; returns pytest's exit code."""
    page = PAGE.read_text(encoding="utf-8")
    figures = Figures()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what ran until then is kept
    code = pytest.main([*named_tests(page), "-m", "", "-p", "no:cacheprovider", *arguments], plugins=[figures])
    # Read again: the run took a while, and others write too.
    page = renewed(PAGE.read_text(encoding="utf-8"), figures, datetime.now(UTC).date().isoformat())
    PAGE.write_text(page, encoding="utf-8")
    for row in ROW.finditer(page):
        print(f"{row['promise'].strip()}\n    {row['figure'].strip()}  ({row['date'].strip()})")
    return int(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
