"""The shape of the JSON document, field by field; `docs/schemas/interview.json` is made from it.

`document.py` is checked against these types, so that the published schema cannot drift from what is written.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, TypeAdapter, with_config
from typing_extensions import TypedDict

_DESCRIBED = with_config(ConfigDict(use_attribute_docstrings=True))

Level = Annotated[int, Field(ge=1, le=5)]
Mean = Annotated[float, Field(ge=1, le=5)]


@_DESCRIBED
class TurnShape(TypedDict):
    """What one of the two said."""

    role: Literal["candidate", "interviewer"]
    text: str
    """Raw, as it was typed."""


@_DESCRIBED
class RatingShape(TypedDict):
    """A rating line: all that one rater says of one thread."""

    rater: dict[str, Any]
    """`model`, `samples`, and the hashes `prompt` and `rubric`."""
    ratings: dict[str, Any]
    """By dimension: `level`, `unscored`, `mean`, `spread`, and `parts` with `met`, `quote`, `at` and `note`."""
    flags: list[dict[str, Any]]
    """`kind`, `text`, and `quote` where it has one."""


@_DESCRIBED
class ProbeShape(TypedDict):
    """A follow-up question that was asked."""

    dimension: str
    part: str
    ask: str
    because: str
    """Ends the sentence "asked because ..."."""
    wording: str
    """Whose words it is asked in: "bank" or "model"."""
    unfit: int
    """Wordings of a model that were not fit to be asked."""


@_DESCRIBED
class MissingShape(TypedDict):
    """A part that stands before the next level."""

    part: str
    find: str
    """The fact to go and find."""


@_DESCRIBED
class LineShape(TypedDict):
    """One dimension of one thread, as the scorecard has it."""

    dimension: str
    name: str
    weight: float
    level: Level | None
    unscored: str | None
    """Why there is no level."""
    before_probes: Level | None
    """The level of the first answer alone."""
    offline_estimate: Level | None
    """The offline reader's level beside a judge's."""
    spread: float
    """Highest minus lowest level of the samples."""
    quote: str | None
    """The words the level rests on."""
    missing: list[MissingShape]


@_DESCRIBED
class AskedBackShape(TypedDict):
    """A question of the candidate's; nothing of it is rated."""

    text: str
    reply: str | None
    """What the interviewer said to it."""


class ThreadShape(TypedDict):
    """A transcript line with its rating line, and what the scorecard adds to them."""

    id: str
    """Index of the thread in the interview."""
    question_id: str
    question: str
    thread: list[TurnShape]
    """Starts with the answer to the question."""
    closed: str | None
    """Why the thread ended; null while it is open."""
    seconds: list[float]
    """For each answer."""
    probes: list[ProbeShape]
    skipped_probe: list[str]
    """Why no further probe was asked."""
    hints: list[str]
    asked_back: list[AskedBackShape]
    """What the candidate put back as a question instead of an answer."""
    self_rating: dict[str, Level]
    """The candidate's own guess, by dimension."""
    rating: RatingShape | None
    """The rating that counts."""
    lines: list[LineShape]


@_DESCRIBED
class OverallShape(TypedDict):
    """All levels together."""

    level: Mean | None
    """Weighted mean; null when nothing was scored."""
    low: Mean | None
    high: Mean | None
    """Of the band around the mean: one typical error of the rater, narrowed by the number of ratings."""
    band: str
    """The mean in words."""
    strongest: list[str]
    """Ids of the dimensions with the highest mean: all that are alike to one decimal, none where nothing was scored."""
    weakest: list[str]
    """Those with the lowest, likewise."""
    scored: int
    unscored: int


@_DESCRIBED
class ChangeShape(TypedDict):
    """The one change that would help most."""

    thread: int
    dimension: str
    part: str
    find: str


@_DESCRIBED
class FailedCallShape(TypedDict):
    """A call to a model that failed."""

    purpose: str
    model: str
    host: str
    error: str | None
    """One of the eight kinds, as "quota", or a sentence."""


@_DESCRIBED
class ChangedModelShape(TypedDict):
    """Another model took over, by choice or after a failure."""

    role: str
    """Interviewer or judge."""
    model: str
    reason: str
    """The kind of the failure, or "asked for"."""


@_DESCRIBED
class CallsShape(TypedDict):
    """What the models were asked, all calls together."""

    count: int
    hosts: list[str]
    """Where words went."""
    prompt_tokens: int
    completion_tokens: int
    estimated: bool
    """Whether some of the counts are guesses."""
    cost: float | None
    """US dollars; null when a price is unknown."""
    failed: list[FailedCallShape]
    changes: list[ChangedModelShape]


@_DESCRIBED
class InterviewShape(TypedDict):
    """An interview with its scorecard."""

    schema: int
    """Rises when a field changes its meaning; new fields do not raise it."""
    session: str | None
    """Its name in the store."""
    setup: dict[str, Any] | None
    """What was asked for: format, mode, company, models, seed, version, hashes, planned questions."""
    ended: str | None
    """Why it is over; null while it can be resumed."""
    overall: OverallShape
    change: ChangeShape | None
    threads: list[ThreadShape]
    notes: list[str]
    """The candidate's notes to themselves."""
    asked: list[str]
    """The candidate's own questions at the end."""
    calls: CallsShape


def published() -> str:
    """The JSON schema as it stands in `docs/schemas/interview.json`."""
    schema = TypeAdapter(InterviewShape).json_schema()
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Interview"}
    return json.dumps(head | schema | {"title": "Interview"}, indent=2, ensure_ascii=False) + "\n"
