"""The JSON document and its published schema are one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter

from interviewer.bank.library import Bank
from interviewer.report.document import interview_document
from interviewer.report.document_schema import InterviewShape, published
from interviewer.session.events import Event

from . import sample

SCHEMA = Path(__file__).parents[2] / "docs" / "schemas" / "interview.json"


def test_the_published_schema_is_that_of_the_code() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == published(), "make schemas makes it anew"


def test_every_field_that_needs_words_has_them() -> None:
    text = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert text["properties"]["ended"]["description"] == "Why it is over; null while it can be resumed."
    assert all("description" in shape for shape in text["$defs"].values())


def test_a_document_fits_its_schema(bank: Bank, events: list[Event]) -> None:
    document = json.dumps(interview_document("2026-11-21-quiet-otter", *sample.card_of(events, bank)))
    assert TypeAdapter(InterviewShape).validate_json(document, strict=True, extra="forbid") == json.loads(document)


def test_a_document_names_all_that_are_alike_as_the_card_does(bank: Bank, events: list[Event]) -> None:
    transcript, card = sample.card_of(events, bank)
    tied = replace(card, by_dimension={"humility": 5.0, "evidence": 4.96, "safety": 2.0})
    overall = interview_document(None, transcript, tied)["overall"]
    assert (overall["strongest"], overall["weakest"]) == (["humility", "evidence"], ["safety"])


def test_a_document_without_anything_fits_too(bank: Bank) -> None:
    document = interview_document(None, *sample.card_of([], bank))
    assert TypeAdapter(InterviewShape).validate_python(document) == document
