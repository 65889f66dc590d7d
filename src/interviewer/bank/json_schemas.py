"""JSON Schemas of pack files, so that an editor completes their keys and explains them.

They go by pydantic's own account of the models, with the docstring of each field as its description.
"""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Iterator
from types import ModuleType
from typing import Any, TypeGuard

from . import judging, schema, study
from .judging import ExemplarSheet
from .schema import Content, Dimension, ProbeBank, Profile, Question
from .study import Area, Concept

MODELS: dict[str, type[Content]] = {
    "question": Question,
    "probes": ProbeBank,
    "dimension": Dimension,
    "exemplars": ExemplarSheet,
    "profile": Profile,
    "concept": Concept,
    "area": Area,
}


def schema_files() -> dict[str, str]:
    """The text of each schema by file name, as "question.json"."""
    docstrings = _field_docstrings()
    return {f"{name}.json": json.dumps(_schema(model, docstrings), indent=2) + "\n" for name, model in MODELS.items()}


def _schema(model: type[Content], docstrings: dict[tuple[str, str], str]) -> dict[str, Any]:
    made = model.model_json_schema()
    for definition in (made, *made.get("$defs", {}).values()):
        for field, described in definition.get("properties", {}).items():
            if docstring := docstrings.get((definition["title"], field)):
                described["description"] = docstring
            _name_keys_as_text(described)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def _name_keys_as_text(described: dict[str, Any]) -> None:
    """JSON knows only text for keys, so levels as keys are "1" to "5" there."""
    if keys := described.get("propertyNames", {}).get("enum"):
        described["propertyNames"] = {"enum": [str(key) for key in keys]}


def _field_docstrings() -> dict[tuple[str, str], str]:
    """By class and field: the string that stands under the field. Pydantic could read them, but at every start."""
    kinds = [statement for module in (schema, judging, study) for statement in _statements(module)]
    return {(kind.name, field): text for kind in kinds if isinstance(kind, ast.ClassDef) for field, text in _of(kind)}


def _statements(module: ModuleType) -> list[ast.stmt]:
    return ast.parse(inspect.getsource(module)).body


def _of(kind: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, below in zip(kind.body, kind.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and _is_text(below):
            yield field.target.id, inspect.cleandoc(ast.literal_eval(below.value))


def _is_text(statement: ast.stmt) -> TypeGuard[ast.Expr]:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
