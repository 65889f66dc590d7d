"""Makes the pictures of README and docs: the real program in a real terminal, its screen exported as SVG.

python -m tools.pictures        (or: make pictures)
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pyte
from rich.console import Console
from rich.style import Style
from rich.text import Text
from tests.terminal.harness import Terminal

Row = Sequence[pyte.screens.Char]
FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
PROGRAM = str(Path(sys.executable).with_name("interviewer"))
COLUMNS, ROWS = 92, 30
ANSWER = (
    "I am not sure it counts, I was only four months in. We were about to switch on a new spam filter for a school "
    "forum, and I had a bad feeling about the messages it would hide. I asked whether we could wait, and we did wait "
    "a bit."
)
SECOND = (
    "If the filter hid a cry for help, a bullied pupil could come to harm and no teacher would know. That would have "
    "been some fifty messages a week. We agreed that above one in a hundred the filter goes off again."
)
THIRD = (
    "I read 300 messages that it hid in the dry run: 41 were pupils asking for help. After I had raised the threshold "
    "it was 4 of 300, on a fresh sample that a teacher and I marked separately."
)
"""The humble junior of the demo, whose scorecard shows what a scorecard is for."""


def main() -> None:
    """Makes all pictures anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        env = {"INTERVIEWER_HOME": home, "COLORTERM": "", "COLORFGBG": "15;0"}
        with Terminal(
            [PROGRAM, "safety-over-speed", "--model", "offline", "--exam", "--seed", "11"],
            columns=COLUMNS, rows=ROWS, env=env,
        ) as terminal:  # fmt: skip
            _hold(terminal)
    print(f"Pictures are in {FOLDER}.")


def _hold(terminal: Terminal) -> None:
    terminal.wait_for("In your own words")
    terminal.type(ANSWER)
    terminal.press("enter")
    terminal.wait_for("probe 1")
    terminal.type(SECOND)
    terminal.wait_for("goes off again")
    _save("interview", terminal.cells()[-ROWS:])
    terminal.press("enter")
    terminal.wait_until(lambda screen: any("probe 2" in row or "Scorecard" in row for row in screen))
    if any("probe 2" in row for row in terminal.screen()):
        terminal.type(THIRD)
        terminal.press("enter")
    terminal.wait_exit()
    rows = terminal.cells()
    shown = [styled(row).plain for row in rows]
    start = next(index for index, row in enumerate(shown) if row.startswith("Scorecard"))
    end = next(index for index, row in enumerate(shown) if row.startswith("Look at it again"))
    _save("scorecard", rows[start:end])


def _save(name: str, rows: Sequence[Row]) -> None:
    kept = [styled(row) for row in rows]
    while kept and not kept[-1].plain.strip():
        kept.pop()
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    for row in kept:
        console.print(row, no_wrap=True, overflow="crop", crop=True)
    console.save_svg(str(FOLDER / f"{name}.svg"), title="interviewer")


def styled(row: Row) -> Text:
    """A row of the emulated screen as rich text."""
    text = Text()
    for char in row:
        name = char.fg.replace("brown", "yellow").replace("bright", "bright_")
        colour = None if name == "default" else name
        text.append(
            char.data,
            Style(color=colour, bold=char.bold, italic=char.italics, underline=char.underscore, reverse=char.reverse),
        )
    text.rstrip()
    return text


if __name__ == "__main__":
    main()
