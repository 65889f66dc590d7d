"""The kinds of flags: what a rating line may say, and what is written of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from interviewer.bank.gate_cues import Gate
from interviewer.rating.rater import FlagKind
from interviewer.report.exercises import HABITS

FORMATS = Path(__file__).parents[2] / "docs" / "formats.md"


def test_every_kind_of_flag_is_written_down_and_no_other() -> None:
    row = re.search(r"^\| `flags` \|(.*)$", FORMATS.read_text(encoding="utf-8"), re.MULTILINE)
    assert row
    assert {*re.findall(r"`(\w+)`", row[1])} - {"quote"} == {*FlagKind}


def test_what_caps_an_answer_and_what_is_a_habit_are_kinds_of_flags() -> None:
    assert {*get_args(Gate), *HABITS} <= {*FlagKind}
