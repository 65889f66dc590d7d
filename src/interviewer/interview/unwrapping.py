"""Takes off what a model wraps its words in: "Sure! Here is the question:", bold type, quotation marks, a remark.

Small models do so however they are asked, and what is inside is often right. Pure; what is left is checked by others.
"""

from __future__ import annotations

import re

_BOLD = re.compile(r"\*\*|__(?=\w)|(?<=[\w.?!])__")
_HEADS = (
    re.compile(r"^(?:[-*>#•]+|\d+[.)])\s+"),
    re.compile(
        r"^(?:sure(?: thing)?|certainly|of course|absolutely|okay|ok|alright)(?:[!.](?:\s+|$)|,?\s+(?=here\b))", re.I
    ),
    re.compile(
        r"^(?:here(?:['’]s| is| are| goes)|my|the|a|one)\b[^?:\"“]{0,50}"
        r"\b(?:question|follow-up|reply|turn|response|answer|one|it|go)\b[^?:\"“]{0,30}:\s*",
        re.I,
    ),
    re.compile(r"^(?:interviewer|(?:follow-up )?question|follow-up|reply|response|answer|I)\s*:\s*", re.I),
)
_REMARK = re.compile(r"(?<=[?.!\"”])\s*[(\[][^?()\[\]]*[)\]]$")
_MARKS = '"“”'
_OPENS_INSIDE = re.compile(r"(?:^|[\s(])[\"“]\w")


def unwrapped(text: str) -> str:
    """The words alone, on one line; of several paragraphs none that follows the one with the only question."""
    paragraphs = [part for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
    asking = [at for at, part in enumerate(paragraphs) if "?" in part]
    if len(asking) == 1:
        paragraphs = paragraphs[: asking[0] + 1]
    line = _BOLD.sub("", " ".join(" ".join(paragraphs).split()))
    return _without_marks(_REMARK.sub("", _without_marks(without_head(line))))


def without_head(line: str) -> str:
    """The line without what announces it, or says that one will."""
    for head in _HEADS:
        line = head.sub("", line, count=1).lstrip()
    return line


def without_bold(line: str) -> str:
    """The line without the marks of bold type."""
    return _BOLD.sub("", line)


def _without_marks(line: str) -> str:
    """The line without quotation marks round the whole; those round words of somebody stay."""
    if len(line) < 2 or line[0] not in _MARKS or line[-1] not in _MARKS:
        return line
    inner = line[1:-1].strip()
    marks = [at for at, sign in enumerate(inner) if sign in _MARKS]
    is_quote = marks and not _OPENS_INSIDE.match(inner[max(0, marks[0] - 1) :])
    return line if len(marks) % 2 or is_quote else inner
