"""The JSON Schemas in `docs/schemas/` are those of the program, and accept what the program accepts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from interviewer.bank.json_schemas import schema_files

from .conftest import EXAMPLE, ROOT

FOLDER = ROOT / "docs" / "schemas"
SECTIONS = {
    "question.json": "prompts/questions",
    "probes.json": "prompts/probes",
    "dimension.json": "rubrics/dimensions",
    "exemplars.json": "rubrics/exemplars",
    "profile.json": "rubrics/profiles",
    "concept.json": "rubrics/concepts",
    "area.json": "rubrics/areas",
}


def as_an_editor_sees_it(path: Path) -> Any:
    """The file's data with keys as text, which is what JSON has."""
    return json.loads(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8"))))


def test_the_schemas_are_current_and_complete() -> None:
    made = schema_files()
    assert made.keys() == SECTIONS.keys()
    assert {name: (FOLDER / name).read_text(encoding="utf-8") for name in made} == made, "run `make schemas`"


@pytest.mark.parametrize("name", SECTIONS)
def test_a_schema_accepts_the_bundled_files_and_the_example_s(name: str) -> None:
    schema = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for path in [*(ROOT / SECTIONS[name]).glob("*.yaml"), *(EXAMPLE / SECTIONS[name]).glob("*.yaml")]:
        assert [error.message for error in validator.iter_errors(as_an_editor_sees_it(path))] == [], path


def test_a_schema_refuses_what_the_program_refuses() -> None:
    validator = jsonschema.Draft202012Validator(json.loads((FOLDER / "question.json").read_text(encoding="utf-8")))
    question = as_an_editor_sees_it(EXAMPLE / "prompts" / "questions" / "near-miss.yaml")
    changes: list[dict[str, Any]] = [{"titel": "x"}, {"kind": "riddle"}, {"points": []}, {"weights": {"learning": 9}}]
    for change in changes:
        assert not validator.is_valid(question | change), change


def test_an_editor_is_told_what_a_field_is_for() -> None:
    question = json.loads((FOLDER / "question.json").read_text(encoding="utf-8"))
    assert question["properties"]["ask"]["description"] == "The wording, to be spoken."
    assert "{quote}" in question["$defs"]["Probe"]["properties"]["ask"]["description"]


def test_the_example_files_name_a_schema_that_exists() -> None:
    for path in EXAMPLE.rglob("*.yaml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("# yaml-language-server: $schema=")
        assert (path.parent / first.partition("=")[2]).resolve().is_file(), path
