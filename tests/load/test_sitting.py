"""A sitting as long as two hours, played as fast as it goes: on a real terminal, with a model, drafts and streams."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer.bank.library import Bank
from tests.doubles.ollama import OllamaDouble
from tests.end_to_end.conftest import PROGRAM, obliging_model
from tests.terminal.harness import Terminal

ANSWERS = 240
TWO_HOURS = 80
"""Answers of two hours, at a minute and a half for each and what is asked before it."""
ANSWER = (
    "In turn {turn} I stopped the release for two days because a scan over 40,000 records found 212 names of patients. "
    "The product manager wanted to ship with a filter; I showed her that it missed 31 of the names.\n\n"
    "We cleaned the set, shipped nine days late, and the scan runs in the build today."
)
Note = Callable[[str, object], None]
WAITING = re.compile(r"(\d+) of \d+ · (?:probe (\d+) · )?.*\b0 words")
GROWTH = 5.0
"""MiB in two hours, once everything is loaded: the log of what was said and how it was rated is kept in memory."""


def resident(process: int) -> float:
    """MiB."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def place(screen: list[str]) -> tuple[str, ...] | None:
    """The question and the probe that wait for an answer."""
    found = WAITING.search("\n".join(screen))
    return found.groups() if found else None


@pytest.mark.soak
def test_two_hours_of_answers_take_no_more_memory(tmp_path: Path, record_property: Note) -> None:
    questions = [card.id for card in Bank.open().cards.values() if card.kind != "debate"]
    with OllamaDouble(speech=obliging_model) as ollama:
        env = {"INTERVIEWER_HOME": str(tmp_path), "OLLAMA_HOST": ollama.url}
        command = [PROGRAM, *questions, "--exam", "--model", "ollama/ok"]
        with Terminal(command, columns=90, rows=40, env=env) as terminal:
            sizes = []
            for turn in range(ANSWERS):
                sizes.append(sat(terminal, turn))
                if turn % 8 != 7:
                    taken_back(terminal)
    loaded = sizes[ANSWERS // 4 :]
    grown = max(later - earlier for earlier, later in zip(loaded, loaded[TWO_HOURS:], strict=False))
    in_all = max(loaded) - loaded[0]
    record_property("figure", f"{ANSWERS} answers, {max(sizes):.1f} MiB at most; {grown:.1f} MiB more in two hours at "
                              f"most ({TWO_HOURS} answers), {in_all:.1f} in the last {len(loaded)}")  # fmt: skip
    assert grown <= GROWTH


def sat(terminal: Terminal, turn: int) -> float:
    """One answer, pasted, gone over by hand and sent; what is resident afterwards."""
    terminal.wait_until(lambda screen: place(screen) is not None, "a question", patience=60)
    before = place(terminal.screen())
    terminal.paste(ANSWER.format(turn=turn))
    terminal.wait_for("56 words")
    terminal.type(" Nobody has to remember it")
    terminal.wait_for("61 words")
    terminal.press("enter")
    terminal.wait_until(lambda screen: place(screen) not in (None, before), "the next question", patience=60)
    return resident(terminal.process)


def taken_back(terminal: Terminal) -> None:
    """Takes the answer back, where that may still be done: the bank would be through too soon."""
    before = heard(terminal)
    terminal.type("/back")
    terminal.press("enter")
    terminal.wait_until(lambda screen: heard(terminal) > before, "the answer taken back", patience=60)
    terminal.wait_until(lambda screen: place(screen) is not None, "the question again", patience=60)


def heard(terminal: Terminal) -> int:
    """How often a taking back was answered."""
    return terminal.raw.count(b"Taken back;") + terminal.raw.count(b"no answer to take back")
