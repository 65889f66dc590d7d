from __future__ import annotations

import pytest

from interviewer.terminal.look import Look, Role, look_for


def look(
    plain: bool = False, terminal: bool = True, encoding: str = "utf-8", theme: str = "auto", **environ: str
) -> Look:
    return look_for(environ, terminal=terminal, encoding=encoding, plain=plain, theme=theme)  # type: ignore[arg-type]


def test_a_terminal_gets_colours_and_frames() -> None:
    assert look(TERM="xterm") == Look(plain=False, styled=True, colour=True)


@pytest.mark.parametrize(
    "simple",
    [look(TERM="dumb"), look(terminal=False, TERM="xterm"), look(plain=True, TERM="xterm")],
    ids=["TERM=dumb", "no terminal", "--plain"],
)
def test_a_plain_look_writes_no_escape_sequence(simple: Look) -> None:
    assert simple.plain
    assert all(simple.paint("text", role) == "text" for role in Role)


def test_no_color_takes_the_colours_and_leaves_bold() -> None:
    colourless = look(TERM="xterm", NO_COLOR="1")
    assert colourless.paint("text", Role.ACCENT) == "text"
    assert colourless.paint("text", Role.STRONG) == "\x1b[1mtext\x1b[0m"


def test_an_empty_no_color_counts_for_nothing() -> None:
    assert look(TERM="xterm", NO_COLOR="").colour


def test_mono_is_a_theme_without_colours() -> None:
    assert not look(TERM="xterm", theme="mono").colour


@pytest.mark.parametrize(("background", "light"), [("0;15", True), ("15;0", False), ("0;default;7", True)])
def test_the_terminal_says_whether_it_is_light(background: str, light: bool) -> None:
    assert look(TERM="xterm", COLORFGBG=background).light is light


def test_a_light_look_never_uses_yellow_or_cyan() -> None:
    light = look(TERM="xterm", theme="light")
    assert not {light.style(role) for role in Role} & {"yellow", "cyan"}


def test_a_stream_that_takes_only_ascii_gets_ascii_marks() -> None:
    assert look(encoding="ascii").mark("╭", "+") == "+"
    assert look(encoding="UTF8").mark("╭", "+") == "╭"
