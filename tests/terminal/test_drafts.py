"""What was typed is kept until what became of it is stored, and no longer."""

from __future__ import annotations

import asyncio
import io
import os
from collections.abc import Callable, Iterator
from typing import TextIO

import pytest

from interviewer.interview.candidate import Answer, Command, Purpose, Situation, Utterance
from interviewer.terminal.chat import TerminalCandidate
from interviewer.terminal.look import Look
from interviewer.terminal.screen import Screen
from interviewer.terminal.writing import Draft

SITUATION = Situation("t", 1, 1, 0, 0.0, None, "exam", "offline", "", ("help",))
NOTHING = Draft()


class Drawer:
    """Keeps drafts in memory."""

    def __init__(self, kept: Draft):
        self.kept = kept
        self.stored: list[str] = []

    def save_draft(self, text: str, cursor: int) -> None:
        self.kept = Draft(text, cursor)

    def set_aside(self, text: str) -> None:
        raise AssertionError("nothing is cleared here")

    def sent(self) -> int:
        return len(self.stored)


Resumed = Callable[[Draft], tuple[TerminalCandidate, Drawer]]


@pytest.fixture
def enter() -> Iterator[TextIO]:
    """A stream that ends at once, which sends what is written already."""
    reading, writing = os.pipe()
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as stream:
        yield stream


@pytest.fixture
def resumed(enter: TextIO) -> Resumed:
    def open_candidate(draft: Draft) -> tuple[TerminalCandidate, Drawer]:
        drawer, screen = Drawer(draft), Screen(Look(plain=True, styled=False, ascii=True), io.StringIO(), 80)
        return TerminalCandidate(screen, drawer=drawer, draft=draft, stdin=enter), drawer

    return open_candidate


def test_a_command_that_leaves_is_no_draft_when_the_interview_goes_on(resumed: Resumed) -> None:
    candidate, drawer = resumed(Draft("/quit", 5))
    assert asyncio.run(candidate.reply(SITUATION)) == Command("quit")
    assert drawer.kept == NOTHING


def test_an_answer_that_could_not_be_stored_stays_the_draft(resumed: Resumed) -> None:
    sent = Draft("We argued and then we measured.", 31)
    candidate, drawer = resumed(sent)

    async def fail_to_store() -> None:
        assert await candidate.reply(SITUATION) == Answer(sent.text)
        await candidate.hear(Utterance(Purpose.TROUBLE, "The disk is full."))
        assert await candidate.choose("Your answer is not saved yet.", {"leave": "leave"}, "leave") == "leave"

    asyncio.run(fail_to_store())
    assert drawer.kept == sent


def test_an_answer_that_was_stored_is_no_draft_any_more(resumed: Resumed) -> None:
    candidate, drawer = resumed(Draft("We argued and then we measured.", 31))

    async def go_on() -> None:
        await candidate.reply(SITUATION)
        await candidate.hear(Utterance(Purpose.PROBE, "What did you measure?"))

    asyncio.run(go_on())
    assert drawer.kept == NOTHING


@pytest.mark.parametrize("before", [[], ["We measured."]], ids=["first", "said-before-too"])
@pytest.mark.parametrize("stored", [False, True])
def test_an_answer_is_a_draft_again_where_ctrl_c_came_before_it_was_stored(stored: bool, before: list[str]) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"We measured.\n")
    os.close(writing)
    drawer, screen = Drawer(NOTHING), Screen(Look(plain=True, styled=False, ascii=True), io.StringIO(), 80)
    drawer.stored = list(before)

    def send_and_break_off() -> None:
        with (
            os.fdopen(reading, encoding="utf-8") as typed,
            TerminalCandidate(screen, drawer=drawer, stdin=typed) as who,
        ):
            assert asyncio.run(who.reply(SITUATION)) == Answer("We measured.")
            drawer.kept = NOTHING
            drawer.stored += ["We measured."] * stored
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send_and_break_off()
    assert drawer.kept == (NOTHING if stored else Draft("We measured.", 12))
