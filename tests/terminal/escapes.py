"""The payloads that try to take a terminal over, and what no output may hold."""

from __future__ import annotations

import json
import re
from pathlib import Path

_SHARED = Path(__file__).parents[2] / "fixtures" / "escapes.json"
PAYLOADS: dict[str, str] = {
    **{case["name"]: case["payload"] for case in json.loads(_SHARED.read_text("utf-8"))},
    "markup of rich": "[bold]not bold[/bold] [/] [link=http://evil.example]x[/link]",
    "zero-width escape of prompt_toolkit": "\x01\x1b]0;owned\x07\x02",
    "the end of a paste": "\x1b[201~rm -rf /\r",
}

_STYLING = re.compile(r"\x1b\[[0-9;]*m")
_MOVING = re.compile(r"\x1b\[\??[0-9;]*[A-HJKhlnq]|[\r\b]")
_FORBIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e0fff]"
)


def foreign(text: str) -> list[str]:
    """Characters beside our own styling that a terminal could obey."""
    return _FORBIDDEN.findall(_STYLING.sub("", text))


def foreign_beside_the_editor(raw: bytes) -> list[str]:
    """The same, where an editor may also move the cursor and erase."""
    return _FORBIDDEN.findall(_MOVING.sub("", _STYLING.sub("", raw.decode("utf-8", "replace"))))
