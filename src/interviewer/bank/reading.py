"""Reads one content file: YAML in, plain data or a validated model out, and every fault located by file and line.

Packs of others come through here, so size and nesting are limited and aliases are refused. (libyaml's composer recurses
at each level of nesting and crashes on too many, and aliases can make a small file grow without bound.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import yaml

from ..errors import reason_of
from .problems import ContentError, Problem
from .volumes import is_bound, read_bound

if TYPE_CHECKING:
    from pydantic import BaseModel

    Model = TypeVar("Model", bound=BaseModel)

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LARGEST = 512 * 1024
"""Bytes of the largest content file that is read."""
DEEPEST = 40
"""Levels of nesting; the deepest of ours has six."""
_INDENT = re.compile(rf"[ \t?:-]{{{DEEPEST},}}")
_OPENING = re.compile(r"[\[{]")
_UNREADABLE_VALUE = (ValueError, ArithmeticError, AttributeError, LookupError, TypeError)
"""What PyYAML raises, besides errors of its own, when a text does not fit the tag it bears."""


def read_text(path: Path) -> str:
    """The file's text.

    Raises:
        ContentError: it cannot be read, is too large, or is not UTF-8.
    """
    try:
        raw = read_bytes(path)
    except OSError as error:
        raise ContentError([Problem(path, None, "", f"cannot be read ({reason_of(error)})")]) from None
    if len(raw) > LARGEST:
        raise ContentError([Problem(path, 1, "", f"is larger than {LARGEST // 1024} KiB; split it up")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ContentError([Problem(path, line, "", "is not UTF-8 text; save it as UTF-8")]) from None


def read_bytes(path: Path) -> bytes:
    """As much of the file as shows whether it is too large; of the program's own, it may lie in a volume."""
    if is_bound(path):
        return read_bound(path)
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def parse(text: str, path: Path) -> Any:
    """The YAML of a file as plain data.

    Raises:
        ContentError: the YAML does not parse, is nested too deeply, or uses aliases.
    """
    try:
        _refuse_unbounded(text, path)
        return yaml.load(text, Loader=LOADER)
    except yaml.YAMLError as error:
        raise ContentError([Problem(path, _line_in(error, text), "", _yaml_in_words(error))]) from None
    except _UNREADABLE_VALUE:
        raise ContentError([Problem(path, 1, "", "holds a date, a number or a tag that YAML cannot read")]) from None


def compose(text: str) -> yaml.Node | None:
    """The YAML as nodes that know their lines. Only for text that `parse` has accepted."""
    node: yaml.Node | None = yaml.compose(text, Loader=LOADER)
    return node


def read_model(path: Path, model: type[Model]) -> Model:
    """The file as a validated model.

    Raises:
        ContentError: with one located problem per fault.
    """
    from pydantic import ValidationError

    text = read_text(path)
    content = parse(text, path)
    if not isinstance(content, dict):
        raise ContentError([Problem(path, 1, "", "must be a mapping of keys to values")])
    try:
        return model.model_validate(content)
    except ValidationError as error:
        from .located import problems_of

        raise ContentError(problems_of(error, path, compose(text), model)) from None


def _refuse_unbounded(text: str, path: Path) -> None:
    if "*" not in text and not _INDENT.search(text) and len(_OPENING.findall(text)) < DEEPEST:
        return
    depth = 0
    for event in _events(text):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise ContentError([Problem(path, line, "", "YAML aliases (*name) are not supported; write it out")])
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise ContentError([Problem(path, line, "", "is nested too deeply")])


def _events(text: str) -> Iterator[yaml.Event]:
    events: Iterator[yaml.Event] = yaml.parse(text, Loader=LOADER)
    return events


def _line_in(error: yaml.YAMLError, text: str) -> int:
    """Where the fault is; for a bracket or a quotation mark that was left open, where it opens."""
    left_open = "flow" in str(getattr(error, "context", "")) or "quoted" in str(getattr(error, "context", ""))
    marks = [getattr(error, "problem_mark", None), getattr(error, "context_mark", None)]
    for mark in reversed(marks) if left_open else marks:
        if mark:  # the end of a file may be told as one line further than there is
            return min(int(mark.line) + 1, len(text.splitlines()))
    return text.count("\n", 0, getattr(error, "position", 0) or 0) + 1


_YAML_FAULTS = {
    "mapping values are not allowed": "has one colon too many; put text that holds a colon and a space in quotes",
    "could not find expected ':'": "lacks a colon after a key, or the text before it is not indented enough",
    "found character that cannot start any token": "starts with a character that needs quotes (a tab, @, ` or %)",
    "found unexpected end of stream": "opens a quotation mark that is not closed",
    "did not find expected key": "is not indented like the lines around it, or lacks a quotation mark",
    "did not find expected '-' indicator": "is not indented like the entries of the list above it",
    "did not find expected ',' or ']'": "lacks a comma or a closing square bracket",
    "did not find expected ',' or '}'": "lacks a comma or a closing brace",
    "found undefined tag handle": "starts with an exclamation mark; put the text in quotes",
    "could not determine a constructor": "starts with an exclamation mark; put the text in quotes",
    "found unhashable key": "uses a list or a mapping as a key",
    "expected a single document": "starts a second YAML document; keep to one a file",
    "control characters are not allowed": "holds a control character; remove it",
}


def _yaml_in_words(error: yaml.YAMLError) -> str:
    told = str(error)
    for theirs, ours in _YAML_FAULTS.items():
        if theirs in told:
            return f"is not valid YAML: {ours}"
    return "is not valid YAML; look at the quotes, colons and indentation of this line and the one before"
