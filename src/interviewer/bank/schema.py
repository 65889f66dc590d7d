"""What a pack may hold: pydantic models of every content file, strict and frozen.

A question file's first keys (down to `weights`) are its *card*: what a list shows and what a candidate may see.
The rest is the coach's side. `library.py` reads the files; nothing here touches a disk.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Identifier = Annotated[str, StringConstraints(pattern=r"^([a-z0-9-]+:)?[a-z0-9]+(?:[-_][a-z0-9]+)*$")]
Level = Literal[1, 2, 3, 4, 5]


class Kind(StrEnum):
    """What sort of question it is; it decides the outline and the way of probing."""

    STANCE = "stance"
    BEHAVIORAL = "behavioral"
    TECHNICAL = "technical"
    SCENARIO = "scenario"
    DESIGN = "design"
    DEBATE = "debate"
    MOTIVATION = "motivation"


class AnswerType(StrEnum):
    """What a candidate gave when asked (after Bangerter, Corvalan and Cavin 2014, with `plan` for hypotheticals)."""

    STORY = "story"
    GENERIC_STORY = "generic_story"
    EXAMPLE = "example"
    OPINION = "opinion"
    SELF_DESCRIPTION = "self_description"
    PLAN = "plan"


class Seniority(StrEnum):
    """How experienced the candidate is: it decides which questions fit and what counts more, not what a level means."""

    ENTRY = "entry"
    MID = "mid"
    SENIOR = "senior"
    STAFF = "staff"


class Content(BaseModel):
    """The base of all content: frozen, and every unknown key is an error."""

    # Python keeps one expression for all fields that share it; the usual engine one for each: half a MiB.
    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True, regex_engine="python-re"
    )


class Misfit(ValueError):
    """Fields that are right by themselves do not fit together; `where` is the way to the one to mend."""

    def __init__(self, message: str, where: tuple[str | int, ...]):
        super().__init__(message)
        self.where = where


# --- dimensions -------------------------------------------------------------------------------------------


class Nearly(Content):
    """What to say in place of `find` where words of the part were said, and the part was not met all the same."""

    said: tuple[tuple[Text, ...], ...] = Field(min_length=1)
    """Of each group one phrase stands in the answers; a "*" stands for any ending, "#" for a digit."""
    find: Text
    """What is still lacking."""


class Lengthy(Content):
    """What to say in place of `find` where much was said."""

    words: int = Field(ge=1)
    """From which it is so, of all answers to a question."""
    find: Text


class Part(Content):
    """One observable statement that an anchor is made of."""

    met_when: Text
    """The statement a reader marks as met or not met, with a quote."""
    fault: bool = False
    """A fault is something gone wrong: it is met when it is seen, and pulls the level down."""
    find: Text | None = None
    """What to go and find when it is missing, said to the candidate after the interview."""
    nearly: tuple[Nearly, ...] = ()
    """The first whose words were said takes the place of `find`, so that nobody is told to say what they said."""
    lengthy: Lengthy | None = None
    """What to say of long answers alone."""
    because: Text | None = None
    """Why a probe for it was asked: "no baseline had been named"."""
    terms: tuple[Text, ...] = ()
    """Words that would give the part away if a probe used them before the candidate did."""


class Floor(Content):
    """A part that pulls a level down, and what may lift it again."""

    part: Identifier
    cap: Level
    """The highest level that remains when the part is met."""
    lifted_by: tuple[Identifier, ...] = ()
    """When all of these are met too, the cap rises."""
    to: Level | None = None
    """The cap when lifted."""

    @model_validator(mode="after")
    def _lifts_or_does_not(self) -> Self:
        if bool(self.lifted_by) != (self.to is not None):
            raise Misfit("`lifted_by` and `to` go together", ("lifted_by" if self.to is not None else "to",))
        if self.to is not None and self.to <= self.cap:
            raise Misfit(f"must be above the cap, {self.cap}", ("to",))
        return self


Needs = Annotated[tuple[Identifier | Annotated[tuple[Identifier, ...], Field(min_length=1)], ...], Field(min_length=1)]
"""Parts, or choices of them."""


class Dimension(Content):
    """What is rated: anchors for people, parts for raters, and the rule from parts to a level."""

    id: Identifier
    name: Text
    asks: Text
    """The question a rater answers about the candidate's answer."""
    anchors: dict[Level, Text]
    parts: dict[Identifier, Part]
    levels: dict[Level, Needs]
    """What each level above `base` needs besides the one below: all named parts; a tuple inside means one of these."""
    base: Level = 1
    """The level that remains when nothing is met."""
    floors: tuple[Floor, ...] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        self._require_own_parts()
        if missing := sorted({1, 2, 3, 4, 5} - self.anchors.keys()):
            raise Misfit(f"an anchor for level {missing[0]} is missing", ("anchors",))
        steps = set(range(self.base + 1, 6))
        if missing := sorted(steps - self.levels.keys()):
            raise Misfit(f"what level {missing[0]} needs is missing; without it no answer gets there", ("levels",))
        if low := sorted(self.levels.keys() - steps):
            raise Misfit(f"must be above the base, {self.base}", ("levels", low[0]))
        return self

    def _require_own_parts(self) -> None:
        named = {part for needs in self.levels.values() for need in needs for part in _alternatives(need)}
        named |= {part for floor in self.floors for part in (floor.part, *floor.lifted_by)}
        if unknown := sorted(named - self.parts.keys()):
            place = self._place_of(unknown[0])
            raise Misfit(f"unknown part {unknown[0]!r}; the parts are {', '.join(self.parts)}", place)

    def _place_of(self, part: str) -> tuple[str | int, ...]:
        for level, needs in self.levels.items():
            if any(part in _alternatives(need) for need in needs):
                return ("levels", level)
        return ("floors", next(at for at, floor in enumerate(self.floors) if part in (floor.part, *floor.lifted_by)))


def _alternatives(need: str | tuple[str, ...]) -> tuple[str, ...]:
    return (need,) if isinstance(need, str) else need


# --- questions --------------------------------------------------------------------------------------------


class RedFlag(Content):
    """Something that loses the interview, and how one hears it."""

    id: Identifier
    flag: Text
    heard_as: Text


class Probe(Content):
    """A follow-up question bound to the part it is after; it never names that part."""

    dimension: Identifier
    part: Identifier
    suits: tuple[AnswerType, ...] = tuple(AnswerType)
    ask: Text
    """One question of at most 30 words; `{quote}` stands for two to six words of the candidate's own."""
    quotes: Literal["deed", "claim", "view", "name"] | None = None
    """What those words must be for the wording to fit: something that somebody did or would do, something that is so or
    is not, the same with nobody doing anything in it, or the name of a thing; None where it goes with all of these."""
    documented: bool = False
    """Whether it renders a follow-up that the source holds, as `questions show ID --spoilers` says."""


class Hints(Content):
    """A ladder of three; none of them is the answer."""

    nudge: Text
    direction: Text
    structure: Text


class Outline(Content):
    """The shape of an answer to this question, without its content."""

    pattern: Text
    steps: tuple[Text, ...] = Field(min_length=3)


class FurtherReading(Content):
    """Where to read on."""

    title: Text
    why: Text


class Claim(Content):
    """A statement about the world that may have changed since."""

    claim: Text
    as_of: Text
    """Year and month the statement held, "2026-03"."""
    check: Text
    """Where to look before repeating it."""


class Development(Content):
    """A new fact in a scenario that unfolds, told between probes."""

    fact: Text
    ask: Text


class Side(Content):
    """One side of a debate, as the interviewer would argue it fairly."""

    position: Text
    case: tuple[Text, ...] = Field(min_length=2)
    taken_by: tuple[Text, ...] = ()
    """Words, with any ending, by which one hears in the first sentences that somebody takes this side."""
    made_by: tuple[tuple[Text, ...], ...] = ()
    """Per point of the case: words, with any ending, by which one hears that the candidate has made it already."""
    concedes: Text
    """The other side's point that this side ought to grant."""


class SubQuestion(Content):
    """One of several things that a question asks, which an answer may leave out."""

    ask: Text
    """It alone, in the words of the question, to be asked once more: "what does a policy like that miss?"."""
    after: Text
    """`dimension.part` that asking for it is after."""
    heard: tuple[Text, ...] = Field(min_length=1)
    """Words and phrases of which one stands, with any ending, in whatever takes it up; rather too many than too few."""
    closes: bool = False
    """Whether it asks for how a matter ended: then the second half of what was said is listened to."""


class Question(Content):
    """A seed question: first its card (see `card.py`), then what the coach knows about it."""

    id: Identifier
    title: Text
    """Two to five words for lists and the bottom line."""
    ask: Text
    """The wording, to be spoken."""
    kind: Kind
    topics: tuple[Text, ...] = Field(min_length=1)
    roles: tuple[Text, ...] = Field(min_length=1)
    seniority: tuple[Seniority, ...] = Field(min_length=1)
    companies: tuple[Identifier, ...] = ()
    """Profile ids; empty means any."""
    source: Identifier
    """Which source document it comes from: "000" to "004", or a pack's own name."""
    weights: dict[Identifier, Annotated[int, Field(ge=1, le=5)]] = Field(min_length=1)
    """The dimensions rated, most telling first, with their weights."""
    tests: Text
    """What it really tests, in two sentences."""
    points: tuple[Text, ...] = Field(min_length=5)
    """What a strong answer may reach; none is required word for word."""
    sub_questions: tuple[SubQuestion, ...] = ()
    """What is asked, where several things are; a story that the question begins with need not be among them."""
    simply: Text | None = None
    """It in plain words, for somebody who did not understand it; where none are given, it is asked in fewer words."""
    red_flags: tuple[RedFlag, ...] = Field(min_length=3, max_length=5)
    probes: tuple[Probe, ...] = Field(min_length=5)
    hints: Hints
    outline: Outline
    concepts: tuple[Identifier, ...] = ()
    """Concept cards worth knowing for it."""
    reading: tuple[FurtherReading, ...] = ()
    check_this: tuple[Claim, ...] = ()
    developments: tuple[Development, ...] = ()
    sides: tuple[Side, ...] = ()

    @model_validator(mode="after")
    def _debates_have_two_sides(self) -> Self:
        if self.kind is Kind.DEBATE and len(self.sides) < 2:
            raise Misfit("a debate needs two of them", ("sides",))
        return self


# --- probes for any question, profiles, seniority ---------------------------------------------------------


class ProbeBank(Content):
    """`prompts/probes/<dimension>.yaml`: wordings for each part that fit any question."""

    dimension: Identifier
    probes: dict[Identifier, tuple[Probe, ...]]
    """By part id; at least one variant per part that is worth asking for."""


class OwnQuestion(Content):
    """What a candidate may ask back, and what an interviewer there would answer."""

    about: tuple[Text, ...]
    """Words by which the topic is recognised."""
    answer: Text
    invented: bool = False
    """Whether the answer is made up for practice."""


class Profile(Content):
    """A company's weights and habits."""

    id: Identifier
    name: Text
    safety_weight: Annotated[int, Field(ge=1, le=5)]
    """How much safety counts in the interview, 1 to 5."""
    weights: dict[Identifier, Annotated[float, Field(gt=0, le=3)]]
    """Factor per dimension, 1 when not named."""
    favourites: tuple[Identifier, ...]
    """Question ids asked first."""
    strong_signal: Text
    habits: tuple[Text, ...] = ()
    answers: tuple[OwnQuestion, ...] = ()
    check_this: tuple[Claim, ...] = ()


class Expectation(Content):
    """What counts more at this level of experience, and what to prepare for."""

    id: Seniority
    name: Text
    strong_answers: dict[Identifier, Text]
    """What they hold there, by dimension. To prepare by: no rater reads it."""
    weights: dict[Identifier, Annotated[float, Field(gt=0, le=3)]] = {}


class Expectations(Content):
    """`rubrics/seniority.yaml`: the levels of experience."""

    levels: tuple[Expectation, ...]
