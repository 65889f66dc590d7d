"""Lines of JSON that a user hands in, as answers, gold and archives are: one reader with one set of bounds.

It may not know what the objects say, nor where the lines come from.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from ..errors import PlainError

LONGEST_LINE = 8 * 1024 * 1024
"""Bytes of a line with an answer that is still read."""
ENDLESS = 16
"""How many times as long as the longest a line is read to find its end: a device has none."""

Id = str | int
"""What tells one line from the others."""


class EndlessLine(PlainError, OSError):
    """A device, or something else that holds no lines."""


def bounded_lines(stream: BinaryIO, longest: int = LONGEST_LINE) -> Iterator[bytes]:
    """The stream's lines with their line ends.

    Args:
        longest: bytes; of a longer line the first `longest + 1` are given and the rest is dropped.

    Raises:
        OSError: the stream cannot be read any further.
        EndlessLine: as it says.
    """
    while piece := stream.readline(longest + 1):
        rest, dropped = piece, 0
        while rest and not rest.endswith(b"\n") and len(rest) > longest:
            rest = stream.readline(longest + 1)
            dropped += 1
            if dropped > ENDLESS:
                raise EndlessLine("A line of the input has no end; name a file of JSON lines.")
        yield piece


def json_object(raw: bytes, longest: int = LONGEST_LINE) -> dict[str, Any]:
    """The object of a line; a mark before it that some editors begin a file with is passed over.

    Raises:
        ValueError: it is none, is too long, or holds a figure without end, which no JSON can hold once it is written
            again; the message says so in words that follow "line 7: ".
    """
    if len(raw) > longest:
        raise ValueError(f"longer than {longest // 1024 // 1024} MB")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("not UTF-8 text") from None
    body = json_value(text)
    if not isinstance(body, dict):
        raise ValueError("not a JSON object")
    return body


def json_value(text: str) -> Any:
    """What the text says. Raises `ValueError` as `json_object` does."""
    try:
        return _DECODER.decode(text)
    except (ValueError, RecursionError):
        raise ValueError("not JSON; a line holds one object and nothing else") from None


def id_of(body: Mapping[str, Any]) -> Id:
    """The id of a line. Raises `ValueError` where it is none, with a message as `json_object` has it."""
    name = body.get("id")
    if not isinstance(name, str | int) or isinstance(name, bool) or name == "":
        raise ValueError("`id` must be a text or a whole number")
    return name


def _no_number(name: str) -> None:
    raise ValueError(name)


def _figure(written: str) -> float:
    value = float(written)
    if not math.isfinite(value):  # 1e999 is a figure by JSON's grammar, and none to any reader
        raise ValueError(written)
    return value


_DECODER = json.JSONDecoder(parse_float=_figure, parse_constant=_no_number)
