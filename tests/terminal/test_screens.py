"""Whole screens, kept as text in `screens/` for whoever reviews a change: `KEEP_SCREENS=1 pytest` writes them anew."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from .harness import Terminal

DEMO = Path(__file__).with_name("demo.py")
KEPT = Path(__file__).with_name("screens")
CLOCK = re.compile(r"\d\d:\d\d")


@dataclass(frozen=True)
class Shown:
    """How a screen comes about."""

    seen: str
    """What is on it when it is whole."""
    typed: str = ""
    sent: bool = False
    columns: int = 80
    rows: int = 24
    options: tuple[str, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict)
    waits_for: str = "0 words"


ASKED = "In your own words, 2–3 minutes. Enter sends, Alt-Enter makes a line. question 1 of 1"
"""The line to answer on, with the bar of the bottom drawn below it."""
SCREENS = {
    "question-80": Shown("0 words"),
    "question-40": Shown("0 words", columns=40),
    "question-light-no-colour": Shown("0 words", options=("theme=light",), env={"NO_COLOR": "1"}),
    "draft-40": Shown("11 words", "I was the only one who thought that it should wait", columns=40),
    "short-answer": Shown("once more sends it", "not sure", sent=True),
    "help-coach": Shown(f"starts with a slash › {ASKED}", "/help", sent=True, rows=50, options=("mode=coach",)),
    "plain": Shown("a lot", "We argued a lot", columns=60, options=("plain=yes",), waits_for="you:"),
    "dumb": Shown("a lot", "We argued a lot", columns=60, env={"TERM": "dumb"}, waits_for="you:"),
}


@pytest.mark.parametrize("name", SCREENS)
def test_the_screen_is_the_one_that_is_kept(name: str, tmp_path: Path) -> None:
    wanted, file = SCREENS[name], KEPT / f"{name}.txt"
    command = ["python", str(DEMO), str(tmp_path / "record.json"), *wanted.options]
    with Terminal(command, columns=wanted.columns, rows=wanted.rows, env=wanted.env) as terminal:
        terminal.wait_for(wanted.waits_for)
        terminal.type(wanted.typed)
        terminal.wait_for(wanted.typed)
        if wanted.sent:
            terminal.press("enter")
        if os.environ.get("KEEP_SCREENS"):
            terminal.wait_for(wanted.seen)
            file.write_text(timeless(terminal.screen()), encoding="utf-8")
        kept = file.read_text("utf-8")
        terminal.wait_until(lambda screen: timeless(screen) == kept, f"this screen:\n{kept}\n")


def timeless(screen: list[str]) -> str:
    return CLOCK.sub("00:00", "\n".join(screen)) + "\n"
