from __future__ import annotations

import asyncio
import io
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import pytest

from interviewer.interview.candidate import Situation
from interviewer.terminal.linemode import LineReader, LineWriter
from interviewer.terminal.look import Look
from interviewer.terminal.screen import Screen
from interviewer.terminal.writing import Draft, DraftKeeper

SITUATION = Situation("t", 1, 1, 0, time.monotonic(), None, "coach", "offline", "", ("help",))


@pytest.fixture
def typed(tmp_path: Path) -> Iterator[TextIO]:
    """A stream whose lines are in the file `lines` when the test reads."""
    reading, writing = os.pipe()
    with os.fdopen(reading, encoding="utf-8") as stream, os.fdopen(writing, "wb", buffering=0) as typist:
        stream.typist = typist  # type: ignore[attr-defined]
        yield stream


def type_lines(stream: TextIO, text: str, *, end: bool = True) -> None:
    stream.typist.write(text.encode())  # type: ignore[attr-defined]
    if end:
        stream.typist.close()  # type: ignore[attr-defined]


def written(stream: TextIO, count: int, draft: Draft = Draft()) -> tuple[list[str], str, list[str]]:  # noqa: B008
    """The answers given, what was on the screen, and the drafts stored; "EOF" where the input ended."""
    out = io.StringIO()
    drafts: list[str] = []

    async def write() -> list[str]:
        keeper = DraftKeeper(lambda text, cursor: drafts.append(text))
        writer = LineWriter(Screen(Look(plain=True, styled=False, ascii=True), out, 80), keeper, stream)
        answers = []
        for turn in range(count):
            try:
                answers.append(await writer.write(SITUATION, draft if turn == 0 else Draft()))
            except EOFError:
                answers.append("EOF")
        keeper.save()
        return answers

    return asyncio.run(write()), out.getvalue(), drafts


def test_a_full_stop_alone_sends_the_answer(typed: TextIO) -> None:
    type_lines(typed, "We argued.\n\nThen we measured.\n.\nThe second one was this.\n.\n")
    answers, screen, _ = written(typed, 3)
    assert answers == ["We argued.\n\nThen we measured.", "The second one was this.", "EOF"]
    assert screen.count("a line with a single full stop (.) sends the answer") == 1


def test_the_end_of_input_sends_what_there_is(typed: TextIO) -> None:
    type_lines(typed, "We argued and then we measured")
    assert written(typed, 2)[0] == ["We argued and then we measured", "EOF"]


def test_a_command_needs_no_full_stop(typed: TextIO) -> None:
    type_lines(typed, "/hint\n")
    assert written(typed, 1)[0] == ["/hint"]


def test_a_short_answer_is_asked_about_once(typed: TextIO) -> None:
    type_lines(typed, "dunno\n.\n.\n")
    answers, screen, _ = written(typed, 1)
    assert answers == ["dunno"]
    assert "note: Only 1 word: once more sends it." in screen


def test_a_draft_of_before_is_shown_and_goes_on(typed: TextIO) -> None:
    type_lines(typed, "and then we measured.\n.\n")
    answers, screen, drafts = written(typed, 1, Draft("We argued", 9))
    assert answers == ["We argued\nand then we measured."]
    assert "you: We argued\n" in screen
    assert drafts == ["We argued\nand then we measured."]


def test_bytes_that_are_no_text_do_not_stop_it(typed: TextIO) -> None:
    typed.typist.write(b"caf\xe9 was the place we met\n.\n")  # type: ignore[attr-defined]
    assert written(typed, 1)[0] == ["caf\ufffd was the place we met"]


def test_a_wait_that_is_given_up_takes_nothing(typed: TextIO) -> None:
    async def read() -> str | None:
        reader = LineReader(typed)
        waiting = asyncio.ensure_future(reader.line())
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        type_lines(typed, "for the next one\n", end=False)
        return await reader.line()

    assert asyncio.run(read()) == "for the next one"


def test_an_ordinary_file_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "answers.txt"
    path.write_text("one two three\n.\n", encoding="utf-8")
    with path.open(encoding="utf-8") as stream:
        assert written(stream, 2)[0] == ["one two three", "EOF"]
