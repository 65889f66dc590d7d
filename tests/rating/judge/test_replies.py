"""Every way in which a reply fails ends in a right finding or in unscored."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from interviewer.models.scripted import ScriptedModel
from interviewer.rating.rater import Finding, Rating

from .conftest import FIXTURES

Recorded = Callable[[str], tuple[Rating, ScriptedModel]]


def finding(rating: Rating, part: str) -> Finding:
    return next(finding for finding in rating.findings if finding.part == part)


READ_AT_ONCE = (
    "plain", "fenced", "prose-around", "think-tags", "think-end-only", "whole-before-the-limit", "verdict-in-words",
    "bare-list", "two-objects", "quote-with-its-mark", "quote-typeset", "no-occasion-and-met",
)  # fmt: skip


@pytest.mark.parametrize("name", READ_AT_ONCE)
def test_a_whole_reply_is_read_however_it_is_wrapped(recorded: Recorded, name: str) -> None:
    rating, model = recorded(name)
    assert (rating.level, rating.unscored, len(model.requests)) == (5, None, 1)


MENDED = (
    "truncated-once", "connection-cut", "unknown-part", "verdict-off-the-menu", "verdict-missing", "part-left-out",
    "empty", "schema-refused", "nested-without-end",
)  # fmt: skip


@pytest.mark.parametrize("name", MENDED)
def test_a_faulty_reply_is_asked_for_once_more(recorded: Recorded, name: str) -> None:
    rating, model = recorded(name)
    assert (rating.level, len(model.requests)) == (5, 2)


def test_the_second_request_names_the_fault(recorded: Recorded) -> None:
    said = {name: recorded(name)[1].requests[1].messages[-1].content for name in MENDED}
    assert "cut off" in said["truncated-once"]
    assert "'baseline', which is not a part" in said["unknown-part"]
    assert "leaves out bounded" in said["part-left-out"]
    assert "`parts.3.met` is missing" in said["verdict-missing"]


def test_a_second_try_has_room_for_a_model_that_spent_the_first_on_reasoning(recorded: Recorded) -> None:
    assert [request.max_tokens for request in recorded("truncated-once")[1].requests] == [4096, 8192]


def test_a_server_that_fails_on_the_schema_is_asked_without_one(recorded: Recorded) -> None:
    _, model = recorded("schema-refused")
    assert [request.schema is None for request in model.requests] == [False, True]
    assert model.requests[0].messages == model.requests[1].messages


@pytest.mark.parametrize(
    ("name", "reason", "calls"),
    [
        ("truncated-always", "could not be used: it was cut off", 3),
        ("part-always-left-out", "leaves out bounded", 3),
        ("empty-always", "no JSON object", 3),
        ("refusal-in-prose", "no JSON object", 3),
        ("withheld", "declined to rate", 1),
        ("quota", "the call failed: quota", 1),
        ("unreachable", "the call failed: unreachable", 1),
        ("too-long", "the call failed: too long", 1),
        ("no-occasion", "gave no room", 1),
    ],
)
def test_what_cannot_be_read_is_unscored_with_the_reason(
    recorded: Recorded, name: str, reason: str, calls: int
) -> None:
    rating, model = recorded(name)
    assert rating.level is None
    assert reason in (rating.unscored or "")
    assert len(model.requests) == calls


@pytest.mark.parametrize(
    ("name", "part", "note"),
    [
        ("quote-of-the-interviewer-twice", "bounded", "is the interviewer's"),
        ("paraphrase-twice", "measured", "was not found word for word"),
        ("paraphrase-then-silence", "measured", "was not found word for word"),
        ("quote-missing", "compared", "is empty"),
    ],
)
def test_a_part_whose_quote_fails_twice_is_not_met_and_says_why(
    recorded: Recorded, name: str, part: str, note: str
) -> None:
    rating, model = recorded(name)
    found = finding(rating, part)
    assert (found.met, found.quote) == (False, None)
    assert note in found.note
    assert rating.level is not None
    assert rating.level < 5
    assert len(model.requests) == 2


@pytest.mark.parametrize(
    ("name", "part"), [("quote-of-the-interviewer", "bounded"), ("quote-of-the-question", "mention")]
)
def test_a_part_taken_back_is_simply_not_met(recorded: Recorded, name: str, part: str) -> None:
    rating, _ = recorded(name)
    assert finding(rating, part) == Finding(part, False)


@pytest.mark.parametrize(
    ("name", "part", "why"),
    [
        ("paraphrase-mended", "measured", "was not found word for word"),
        ("quote-with-dots", "method", "was not found word for word"),
        ("quote-too-long", "specific", "more than 25"),
    ],
)
def test_a_failed_quote_is_named_and_may_be_mended(recorded: Recorded, name: str, part: str, why: str) -> None:
    rating, model = recorded(name)
    asked = model.requests[1].messages[-1].content
    assert finding(rating, part).met
    assert rating.level == 5
    assert f"- {part}:" in asked
    assert why in asked


@pytest.mark.parametrize(("name", "part"), [("null-quote", "bounded"), ("said-twice", "bounded")])
def test_the_last_word_on_a_part_counts(recorded: Recorded, name: str, part: str) -> None:
    rating, _ = recorded(name)
    assert not finding(rating, part).met
    assert rating.level == 4


def test_reasoning_is_no_verdict(recorded: Recorded) -> None:
    assert finding(recorded("think-tags")[0], "bounded").met


def test_every_recorded_reply_is_spoken_for(recorded: Recorded, request: pytest.FixtureRequest) -> None:
    source = request.path.read_text(encoding="utf-8")
    names = {path.stem for path in (FIXTURES / "replies" / "judge").glob("*.yaml")}
    assert {name for name in names if f'"{name}"' not in source} == set()
