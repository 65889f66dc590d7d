"""Reads one content file: YAML in, plain data or a validated model out, and every fault located by file and line."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import yaml

from ..errors import PlainError

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

    Model = TypeVar("Model", bound=BaseModel)

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LARGEST = 512 * 1024
"""Bytes of the largest content file that is read."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault in a content file, as a person who wrote the file wants to hear it."""

    file: Path
    line: int | None
    field: str
    """Dotted path, as "probes.2.ask"; empty for the file as a whole."""
    expected: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{place}: {self.field}: {self.expected}" if self.field else f"{place}: {self.expected}"


class ContentError(PlainError):
    """A content file cannot be used; `problems` says where and why."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


def read_text(path: Path) -> str:
    """The file's text.

    Raises:
        ContentError: it cannot be read, is too large, or is not UTF-8.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise ContentError([Problem(path, None, "", f"cannot be read ({reason})")]) from None
    if len(raw) > LARGEST:
        raise ContentError([Problem(path, None, "", f"is larger than {LARGEST // 1024} KiB")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ContentError([Problem(path, line, "", "is not UTF-8 text; save it as UTF-8")]) from None


def parse(text: str, path: Path) -> Any:
    """The YAML of a file as plain data.

    Raises:
        ContentError: the YAML does not parse, or uses aliases (they can blow up small files without bound).
    """
    try:
        if "*" in text and any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=LOADER)):
            raise ContentError([Problem(path, None, "", "YAML aliases (*name) are not supported; write it out")])
        return yaml.load(text, Loader=LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        what = getattr(error, "problem", None) or "it is not valid YAML"
        line = mark.line + 1 if mark else None
        raise ContentError([Problem(path, line, "", f"is not valid YAML here ({what})")]) from None
    except (ValueError, RecursionError, OverflowError):
        raise ContentError([Problem(path, None, "", "holds a value that YAML cannot express")]) from None


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
        raise ContentError(_located(error, path, text, model)) from None
    except RecursionError:
        raise ContentError([Problem(path, None, "", "is nested too deeply")]) from None


def _located(error: ValidationError, path: Path, text: str, model: type[BaseModel]) -> list[Problem]:
    root = _node(text)
    problems = []
    for fault in error.errors(include_url=False, include_input=False):
        where = tuple(step for step in fault["loc"] if not _is_type_tag(step))
        field = ".".join(map(str, where))
        problems.append(Problem(path, line_of(root, where), field, _in_words(fault, where, model)))
    return problems


def _is_type_tag(step: object) -> bool:
    """Whether pydantic put the step into a location to name a member of a union."""
    return isinstance(step, str) and ("[" in step or "(" in step or step in {"str", "[key]"})


def _in_words(fault: Any, where: tuple[Any, ...], model: type[BaseModel]) -> str:
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(str(where[-1]), _all_keys(model), n=1)
        return "unknown key" + (f"; did you mean `{near[0]}`?" if near else "; remove it or see docs/packs.md")
    if kind == "missing":
        return "is missing"
    if kind == "string_too_short":
        return "must not be empty"
    if kind in {"too_short", "too_long"}:
        bound = context.get("min_length", context.get("max_length"))
        return f"must have {'at least' if kind == 'too_short' else 'at most'} {bound} entries"
    if kind in {"literal_error", "enum"}:
        return f"must be one of {str(context.get('expected', '')).replace(' or ', ', ')}"
    if kind == "string_pattern_mismatch":
        return "must be an id: small letters, digits, and - or _ between them"
    message = str(fault["msg"]).removeprefix("Value error, ")
    return message[:1].lower() + message[1:]


@cache
def _all_keys(model: type[BaseModel]) -> tuple[str, ...]:
    """Every key that the model or a model inside it knows."""
    definitions = model.model_json_schema()
    tables = [definitions, *definitions.get("$defs", {}).values()]
    return tuple({key for table in tables for key in table.get("properties", {})})


def _node(text: str) -> yaml.Node | None:
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError:
        return None
    return node


def line_of(node: yaml.Node | None, where: tuple[Any, ...]) -> int | None:
    """The line, counted from 1, at which the deepest part of `where` that exists stands."""
    if node is None:
        return None
    line = node.start_mark.line
    for step in where:
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if str(pair[0].value) == str(step)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line
        else:
            break
    return int(line) + 1
