"""Everything that can happen in an interview, as events of an append-only log.

State is a fold over these (`transcript.py`). An event is stored before it is acknowledged on the screen, and the
candidate's text before any model sees it. A kind that this version does not know is kept as it came (`Unknown`).
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidationError

NOTHING_NEW = "the last probe brought nothing new"
"""Why no further probe is asked, where the last reply held nothing that was not known."""

OFFLINE = "offline"
"""The name under which nobody but the program itself reads and speaks."""

TOLD = frozenset({"debate", "development"})
"""Purposes of what the interviewer says to a question that is neither a probe nor a word on the way."""
UNREAD = "unread"
"""The purpose of what is said where nobody can read the answer."""
CARE = "care"
"""The purpose of what is said to somebody in a crisis; nothing else is asked then."""
TURNS = TOLD | {UNREAD, CARE}
"""Purposes of what is a turn of its thread."""

Stage = Literal["first", "final", "rescore", "dispute"]
"""When a thread was rated: at its first answer, at its end, or when somebody looked back."""


# Bounds so wide that only what was made up lies outside; within them no sum of a life's interviews has no end.
Seconds = Annotated[float, Field(ge=0, le=1e6)]
MOST_TOKENS = 10**9
Tokens = Annotated[int, Field(ge=0, le=MOST_TOKENS)]
Dollars = Annotated[float, Field(ge=0, le=1e9)]
Weight = Annotated[float, Field(gt=0, le=1000)]
Level = Annotated[int, Field(ge=1, le=5)]


class Event(BaseModel):
    """The base of all events: frozen; fields added by later versions are kept; figures are finite and bounded."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True, allow_inf_nan=False)


class Started(Event):
    """The interview was set up; nothing here changes later except through an event that says so."""

    kind: Literal["started"] = "started"
    format: str
    mode: Literal["exam", "coach"]
    style: str = "neutral"
    company: str | None = None
    role: str | None = None
    seniority: str | None = None
    minutes: int | None = None
    model: str
    judge: str
    seed: int
    version: str
    hashes: dict[str, str] = {}
    """Of the rubric at the beginning: `{"rubric": ...}`. What a rating went by stands in its line."""
    plan: tuple[str, ...] = ()
    """Question ids, in the order planned."""
    self_rating: bool = False
    """Whether the candidate guesses their levels before any is shown."""
    local_only: bool = False
    """Whether it was begun on condition that nothing leaves this machine; whoever goes on with it or reads it again
    keeps that."""


class QuestionAsked(Event):
    """A thread begins."""

    kind: Literal["question_asked"] = "question_asked"
    question_id: str
    text: str
    weights: dict[str, Weight]
    """The dimensions rated in this thread with their weights, company and seniority included."""


class AnswerGiven(Event):
    """The candidate answered the question or the last probe of the open thread."""

    kind: Literal["answer_given"] = "answer_given"
    text: str
    seconds: Seconds = 0.0
    """From the question on the screen to the answer, without pauses and long silences."""


class AskedBack(Event):
    """The last answer of the open thread only asked something back: it is no answer, and is not rated."""

    kind: Literal["asked_back"] = "asked_back"


class AnswerTakenBack(Event):
    """The last answer of the open thread, and whatever was asked after it, no longer count; the log keeps them."""

    kind: Literal["answer_taken_back"] = "answer_taken_back"


class ProbeAsked(Event):
    """A follow-up question, with what it is after and why."""

    kind: Literal["probe_asked"] = "probe_asked"
    dimension: str
    part: str
    text: str
    reason: str
    """Ends the sentence "asked because ..."."""
    wording: Literal["bank", "model"] = "bank"
    unfit: int = Field(default=0, ge=0)
    """Wordings of a model that were not fit to be asked, so that these words are the bank's."""
    reader: str = "offline"
    """Whose findings chose the target: "offline" or a judge's name."""
    recalls: str = ""
    """Words of an earlier answer that it takes up, where it is a call-back."""


class ProbeSkipped(Event):
    """No (further) probe was asked, and why."""

    kind: Literal["probe_skipped"] = "probe_skipped"
    reason: str


class Said(Event):
    """The interviewer said something that is neither question nor probe: a debate turn, a new fact, feedback."""

    kind: Literal["said"] = "said"
    text: str
    purpose: str
    state: str = "complete"
    """The terminal state of the reply, where a model spoke."""


class CandidateAsked(Event):
    """The candidate's own question, at the end of a round."""

    kind: Literal["candidate_asked"] = "candidate_asked"
    text: str


class HintGiven(Event):
    """A rung of the hint ladder was shown."""

    kind: Literal["hint_given"] = "hint_given"
    rung: str


class QuestionClosed(Event):
    """The thread ended."""

    kind: Literal["question_closed"] = "question_closed"
    reason: Literal["done", "skipped", "time", "ended"]


class Redone(Event):
    """The candidate answers the same question once more; the thread before stays beside the new one."""

    kind: Literal["redone"] = "redone"
    question_id: str


class Noted(Event):
    """The candidate's note to themselves; never rated, never sent."""

    kind: Literal["noted"] = "noted"
    text: str


class DraftSetAside(Event):
    """The candidate cleared what they had typed; it can be brought back, and is neither rated nor sent."""

    kind: Literal["draft_set_aside"] = "draft_set_aside"
    text: str


class Paused(Event):
    """The clock stopped."""

    kind: Literal["paused"] = "paused"


class Resumed(Event):
    """The clock goes on, in this or another process."""

    kind: Literal["resumed"] = "resumed"


class SelfRated(Event):
    """The candidate's own guess, before any level is shown."""

    kind: Literal["self_rated"] = "self_rated"
    thread: int
    levels: dict[str, Level]


class Rated(Event):
    """A rater has read a thread. `line` is a rating line (see `rating/lines.py`)."""

    kind: Literal["rated"] = "rated"
    thread: int
    """Index of the thread in the transcript."""
    stage: Stage
    line: dict[str, Any]


class Disputed(Event):
    """The candidate contests a rating, and says why."""

    kind: Literal["disputed"] = "disputed"
    thread: int
    dimension: str
    note: str


class ModelCalled(Event):
    """A call to a model ended: where the words went, how it ended, and what it used."""

    kind: Literal["model_called"] = "model_called"
    purpose: str
    model: str
    host: str
    state: str
    error: str | None = None
    prompt_tokens: Tokens | None = None
    completion_tokens: Tokens | None = None
    estimated: bool = False
    cost: Dollars | None = None
    """None when unknown."""
    seconds: Seconds = 0.0


class ModelChanged(Event):
    """Another model took over a role, by choice or after a failure."""

    kind: Literal["model_changed"] = "model_changed"
    purpose: Literal["interviewer", "judge"]
    model: str
    reason: str = ""


class SettingChanged(Event):
    """Style or mode changed in mid-interview."""

    kind: Literal["setting_changed"] = "setting_changed"
    name: Literal["style", "mode"]
    value: str


class Ended(Event):
    """The interview is over."""

    kind: Literal["ended"] = "ended"
    reason: Literal["finished", "left", "time"]


class Unknown(Event):
    """An event of a later version: kept, never understood."""

    kind: str


KNOWN = (
    Started, QuestionAsked, AnswerGiven, AnswerTakenBack, ProbeAsked, ProbeSkipped, Said, HintGiven, QuestionClosed,
    Redone, Noted, Paused, Resumed, SelfRated, Rated, Disputed, ModelCalled, ModelChanged, SettingChanged, Ended,
    CandidateAsked, DraftSetAside, AskedBack,
)  # fmt: skip
SENT = (AnswerGiven, CandidateAsked)
"""What was a draft until the candidate sent it."""
_BY_KIND: dict[str, type[Event]] = {event.model_fields["kind"].default: event for event in KNOWN}


def parse_event(body: dict[str, Any]) -> Event:
    """The event of a stored body; `Unknown` for a kind of a later version.

    Raises:
        pydantic.ValidationError: a known kind whose fields do not fit.
    """
    return _BY_KIND.get(str(body.get("kind")), Unknown).model_validate(body)


_IMPOSSIBLE = ("greater_than", "greater_than_equal", "less_than_equal", "finite_number")


def impossible_figures(error: ValidationError) -> list[tuple[int | str, ...]]:
    """Where the body that did not fit its kind has a figure that cannot be, as `("weights", "evidence")`; empty where
    anything else did not fit, as in a kind that a later version changed."""
    found = [
        each["loc"]
        for each in error.errors(include_url=False, include_context=False)
        if each["type"] in _IMPOSSIBLE or (each["type"] in ("float_type", "int_type") and each["input"] is None)
    ]
    return found if len(found) == error.error_count() else []


def looks_back(event: Event) -> bool:
    """Whether it tells of an interview that was looked at once more, and is no part of holding it."""
    return isinstance(event, Disputed) or (isinstance(event, Rated) and event.stage in ("rescore", "dispute"))


class Log(Protocol):
    """Where an interview writes what happens. `append` returns only when the event is safe."""

    def append(self, event: Event) -> int:
        """Stores the event; returns its sequence number, counted from 1."""
        ...


class MemoryLog:
    """A log that lives as long as the process: for scripts, tests and `--no-save`."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def append(self, event: Event) -> int:
        """Keeps the event; returns its sequence number."""
        self.events.append(event)
        return len(self.events)
