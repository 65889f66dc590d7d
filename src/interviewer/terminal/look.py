"""How things look: what the terminal can do and what the candidate wants, decided once. Pure; writes nothing.

Colours are the terminal's own palette (the sixteen names) and never a background, so that light and dark themes of
the candidate's choosing stay readable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Theme = Literal["auto", "dark", "light", "mono"]


class Role(StrEnum):
    """What a piece of text is, for whoever colours it."""

    TEXT = "text"
    QUIET = "quiet"
    """Frames, labels, notices."""
    STRONG = "strong"
    ACCENT = "accent"
    """What the interviewer asks."""
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


_DARK: Mapping[Role, str] = {
    Role.TEXT: "",
    Role.QUIET: "dim",
    Role.STRONG: "bold",
    Role.ACCENT: "cyan",
    Role.GOOD: "green",
    Role.WARNING: "yellow",
    Role.BAD: "red",
}
_LIGHT: Mapping[Role, str] = {**_DARK, Role.ACCENT: "blue", Role.WARNING: "magenta"}

_SGR: Mapping[str, str] = {
    "bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "magenta": "35", "cyan": "36",
}  # fmt: skip
_COLOURLESS = ("bold", "dim")


@dataclass(frozen=True, slots=True)
class Look:
    """How to write to one screen."""

    plain: bool = False
    """Linear labelled text for screen readers, pipes and simple terminals: no frames, no redraws."""
    styled: bool = True
    """Whether escape sequences for bold and the like may be written at all."""
    colour: bool = True
    light: bool = False
    """Whether the background is light."""
    ascii: bool = False
    """Whether the stream takes no box drawing or other marks."""

    def style(self, role: Role) -> str:
        """The style's name ("bold", "dim", "cyan"), as rich understands it; empty for none."""
        name = (_LIGHT if self.light else _DARK)[role]
        if not self.styled or (name not in _COLOURLESS and not self.colour):
            return ""
        return name

    def paint(self, text: str, role: Role) -> str:
        """The text between the escape sequences of the role; unchanged where nothing is styled."""
        code = _SGR.get(self.style(role), "")
        return f"\x1b[{code}m{text}\x1b[0m" if code and text else text

    def mark(self, mark: str, substitute: str) -> str:
        """The mark, or what stands for it where the stream takes only ASCII."""
        return substitute if self.ascii else mark


def look_for(
    environ: Mapping[str, str], *, terminal: bool, encoding: str, plain: bool = False, theme: Theme = "auto"
) -> Look:
    """The look for a stream.

    Args:
        environ: `NO_COLOR`, `TERM` and `COLORFGBG` are read (no-color.org: any value that is not empty counts).
        terminal: whether the stream is one.
        encoding: of the stream.
        plain: the candidate wants linear text.
        theme: "auto", "dark", "light", or "mono" for no colours.
    """
    linear = plain or is_dumb(environ) or not terminal
    return Look(
        plain=linear,
        styled=not linear,
        colour=not linear and theme != "mono" and not environ.get("NO_COLOR"),
        light=theme == "light" or (theme == "auto" and _light_background(environ)),
        ascii=not encoding.lower().replace("-", "").startswith("utf"),
    )


def is_dumb(environ: Mapping[str, str]) -> bool:
    """Whether `TERM` says that the terminal can do nothing but write lines."""
    return environ.get("TERM", "") in ("dumb", "unknown")


def wraps_anew(environ: Mapping[str, str]) -> bool:
    """Whether the terminal wraps lines anew when it becomes narrower, as most do but xterm and the Linux console."""
    return "XTERM_VERSION" not in environ and environ.get("TERM", "") not in ("linux", "vt100", "vt220")


def _light_background(environ: Mapping[str, str]) -> bool:
    """What `COLORFGBG` ("15;0": white on black) says, where a terminal sets it; dark otherwise."""
    return environ.get("COLORFGBG", "").rpartition(";")[2] in ("7", "15")
