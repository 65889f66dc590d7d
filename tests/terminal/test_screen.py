from __future__ import annotations

import errno
import io

import pytest
from rich.text import Text

from interviewer.interview.candidate import Purpose, Utterance
from interviewer.terminal import views
from interviewer.terminal.flow import Flow, WholeLines
from interviewer.terminal.lines import Span, line
from interviewer.terminal.look import Look, Role
from interviewer.terminal.screen import Screen

from .escapes import PAYLOADS, foreign

FANCY, PLAIN = Look(), Look(plain=True, styled=False)


class Stream(io.StringIO):
    encoding = "utf-8"


def screen(look: Look = FANCY, width: int = 60) -> tuple[Screen, Stream]:
    stream = Stream()
    return Screen(look, stream, width), stream


@pytest.mark.parametrize("look", [FANCY, PLAIN], ids=["fancy", "plain"])
@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_no_byte_but_our_own_styling_reaches_the_terminal(payload: str, look: Look) -> None:
    target, written = screen(look)
    text = f"before {payload} after"
    for purpose in Purpose:
        target.show(views.utterance(Utterance(purpose, text, text), look, target.width))
    target.show(views.answer(text, look, target.width))
    target.show([line(text)])
    target.say(text, Role.WARNING)
    target.put((Span(text, Role.ACCENT),))
    target.print(Text(text, style="bold"))
    assert foreign(written.getvalue()) == []
    assert written.getvalue().count("after") >= len(Purpose) + 5


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_a_stream_may_be_split_anywhere_and_stays_harmless(payload: str) -> None:
    for cut in range(len(payload) + 1):
        target, written = screen()
        for flow in (Flow(40, Span("| ")), WholeLines(40, "interviewer: ")):
            for piece in (f"before {payload[:cut]}", f"{payload[cut:]} after"):
                target.put(flow.feed(piece))
            target.put(flow.close())
        assert foreign(written.getvalue()) == []
        assert written.getvalue().count("after") == 2


def test_rich_reads_nothing_as_markup_and_makes_no_links() -> None:
    target, written = screen()
    target.print(Text("[bold]x[/bold] [/]", style="link http://evil.example"))
    assert written.getvalue() == "[bold]x[/bold] [/]\n"


def test_no_color_is_kept_by_rich_too() -> None:
    target, written = screen(Look(colour=False))
    target.print(Text("x", style="bold red"))
    assert written.getvalue() == "\x1b[1mx\x1b[0m\n"


def test_a_plain_screen_gets_no_escape_sequence_from_rich() -> None:
    target, written = screen(PLAIN)
    target.print(Text("x", style="bold red"))
    assert written.getvalue() == "x\n"


def test_a_stream_that_cannot_write_a_character_gets_a_question_mark() -> None:
    stream = Stream()
    stream.encoding = "ascii"
    Screen(PLAIN, stream, 60).say("naïve")
    assert stream.getvalue() == "na?ve\n"


def test_a_terminal_that_is_gone_stops_nothing() -> None:
    class Gone(Stream):
        def write(self, text: str) -> int:
            raise OSError(errno.EIO, "gone")

    Screen(FANCY, Gone(), 60).say("nobody reads this")


def test_a_full_disk_behind_the_stream_is_not_hidden() -> None:
    class Full(Stream):
        def write(self, text: str) -> int:
            raise OSError(errno.ENOSPC, "full")

    with pytest.raises(OSError, match="full"):
        Screen(FANCY, Full(), 60).say("text")


def test_a_line_is_renewed_in_place_or_said_anew() -> None:
    fancy, there = screen()
    fancy.renew("1 left")
    assert there.getvalue() == "\r\x1b[K1 left"
    plain, below = screen(PLAIN)
    plain.renew("1 left")
    assert below.getvalue() == "1 left\n"
