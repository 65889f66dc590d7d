"""What pydantic found wrong with a content file, in plain words and at its line."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from .problems import Problem

Where = tuple[str | int, ...]
"""The way to a field: keys and positions in lists."""

_EXPECTED = {
    "missing": "is missing",
    "string_too_short": "must not be empty",
    "string_type": "must be text; put it in quotes if it looks like a number, a date, yes or no",
    "string_pattern_mismatch": "must be an id: lower-case letters, digits, and - or _ between them",
    "tuple_type": "must be a list",
    "dict_type": "must be a mapping of keys to values",
    "model_type": "must be a mapping of keys to values",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "invalid_key": "must have text for a key; put it in quotes",
}


MOST_TOLD = 50
"""Faults that are told of one file; a longer list is usually one mistake made many times."""


def problems_of(error: ValidationError, path: Path, root: yaml.Node | None, model: type[BaseModel]) -> list[Problem]:
    """One problem per fault, each at the line of the field or of the nearest part of it that exists; of very many the
    first, and how many more there are."""
    faults = {_where(fault): fault for fault in islice(error.errors(include_url=False), MOST_TOLD)}
    told = [
        Problem(path, line_of(root, where), ".".join(map(str, where)), _in_words(fault, where, model))
        for where, fault in faults.items()
        if fault["type"] != "too_short" or not _any_inside(where, faults)
    ]
    left = error.error_count() - MOST_TOLD
    return [*told, Problem(path, None, "", f"has {left:,} more fault{'s' if left > 1 else ''}")] if left > 0 else told


def _where(fault: Any) -> Where:
    steps = fault["loc"]
    # The last step to an unknown key is what somebody wrote, whatever it looks like.
    written = len(steps) - 1 if fault["type"] == "extra_forbidden" else None
    found: Where = tuple(step for at, step in enumerate(steps) if at == written or not _is_type_tag(step))
    misfit: Where = getattr(fault.get("ctx", {}).get("error"), "where", ())
    return found + misfit


def _any_inside(where: Where, others: Iterable[Where]) -> bool:
    """Whether an entry has a fault of its own; pydantic does not count such entries and calls the list too short."""
    return any(len(other) > len(where) and other[: len(where)] == where for other in others)


def line_of(node: yaml.Node | None, where: Where) -> int:
    """The line, counted from 1, at which the deepest part of `where` that exists stands."""
    line = node.start_mark.line if node else 0
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


def _is_type_tag(step: object) -> bool:
    """Whether pydantic put the step into a location to name a member of a union, or to say that a key is meant."""
    return isinstance(step, str) and ("[" in step or "(" in step or step == "str")


def _in_words(fault: Any, where: Where, model: type[BaseModel]) -> str:
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(str(where[-1]), _keys_at(where, model), n=1, cutoff=0.5)
        return "unknown key" + (f"; did you mean `{near[0]}`?" if near else "; remove it or see docs/packs.md")
    if kind != "missing" and fault["input"] is None:
        return "must not be empty"
    if kind in {"too_short", "too_long"}:
        bound = context.get("min_length", context.get("max_length"))
        return f"must have {'at least' if kind == 'too_short' else 'at most'} {bound} entries"
    if kind in {"literal_error", "enum"}:
        return f"must be one of {str(context.get('expected', '')).replace(' or ', ', ')}"
    if kind in _BOUNDS:
        return f"must be {_BOUNDS[kind]} {next(iter(context.values()))}"
    if kind == "value_error":
        return str(context["error"])
    return _EXPECTED.get(kind, "does not fit; docs/packs.md says what belongs here")


_BOUNDS = {
    "greater_than": "more than",
    "greater_than_equal": "at least",
    "less_than": "less than",
    "less_than_equal": "at most",
}


def _keys_at(where: Where, model: type[BaseModel]) -> list[str]:
    """The keys that may stand where the last step of `where` stands."""
    whole = _json_schema(model)
    here = whole
    for step in where[:-1]:
        inside = [here.get("properties", {}).get(step), here.get("items"), here.get("additionalProperties")]
        inside += here.get("patternProperties", {}).values()
        here = next((found for found in inside if isinstance(found, dict)), {})
        here = whole["$defs"][here["$ref"].rpartition("/")[2]] if "$ref" in here else here
    return list(here.get("properties", {}))


@cache
def _json_schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema()
