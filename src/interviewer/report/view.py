"""What a reader of a scorecard sees, in plain words and in order: the page, Markdown and text are made from this.

Every text here has been cleaned of control and bidirectional characters; escaping for HTML or Markdown is left to
whoever writes the document. Nothing here knows a document's format. `viewing.py` fills these in.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..rating.scorecard import Scorecard, weighted_mean
from .passages import Passage
from .standing import Standing
from .wording import remarks


@dataclass(frozen=True, slots=True)
class PartView:
    """One part of a dimension, as found."""

    says: str
    """The statement that is met or not."""
    quote: str = ""
    """The candidate's words it rests on."""
    turn: int | None = None
    """The turn where the quote stands."""
    start: int = 0
    """Character offset of the quote in the turn's raw text: with the turn, it finds the passage."""
    find: str = ""
    """What to go and find, where it is missing."""
    note: str = ""
    """Why a claim of it does not count."""


@dataclass(frozen=True, slots=True)
class DimensionView:
    """One dimension of one question."""

    id: str
    name: str
    asks: str
    slot: int
    """Number of the dimension in this interview, from 0: the same in every question."""
    weight: float
    level: int | None
    unscored: str
    """Why there is no level; empty where there is one."""
    before: int | None
    estimate: int | None
    self_rating: int | None
    spread: float
    uncertain: bool
    """Whether the samples lie so far apart that the level is called uncertain."""
    anchors: tuple[tuple[int, str], ...]
    """The rubric's texts for the level reached and for a 4 and a 5, which is told as what it holds beyond a 4."""
    met: tuple[PartView, ...]
    missing: tuple[PartView, ...]
    """What stands before the next level."""
    later: tuple[PartView, ...]
    """What else is not met; empty where there is no level."""
    faults: tuple[PartView, ...]
    """What went wrong, where it was seen."""
    dropped: tuple[PartView, ...]
    """Claimed by the rater, and not counted."""
    disputes: tuple[str, ...]

    @property
    def told(self) -> bool:
        """Whether there is more to say of it than why it was not scored."""
        return self.level is not None or self.estimate is not None or bool(self.dropped or self.disputes)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What stands beside the level, each a phrase."""
        return tuple(
            remarks(self.estimate, self.self_rating, self.spread, disagrees=self.disagrees, uncertain=self.uncertain)
        )

    @property
    def disagrees(self) -> bool:
        """Whether judge and offline reader lie two levels or more apart."""
        return self.level is not None and self.estimate is not None and abs(self.level - self.estimate) >= 2


@dataclass(frozen=True, slots=True)
class TurnView:
    """What one of the two said."""

    role: str
    passages: tuple[Passage, ...]
    words: int
    seconds: float | None
    """How long an answer took; None for the interviewer, and where it was not measured."""
    because: str = ""
    """Why a probe was asked."""
    aims_at: str = ""
    """The name of the dimension a probe was after."""


@dataclass(frozen=True, slots=True)
class FlagView:
    """Something a reader should know."""

    text: str
    quote: str


@dataclass(frozen=True, slots=True)
class OtherRating:
    """A rating of the same question that does not count, kept on record."""

    rater: str
    stage: str
    levels: str
    """Each dimension with its level, and why one has none: "Evidence 3, Humility –, Nothing was said of it."."""


@dataclass(frozen=True, slots=True)
class AskedBackView:
    """A question that the candidate put back instead of an answer; nothing of it is rated."""

    text: str
    reply: str
    """Empty where none was given."""
    when: str
    """Where in the thread: "before your first answer"."""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question with all that was said and found."""

    number: int
    """From 1."""
    title: str
    ask: str
    facts: tuple[str, ...]
    """Kind, words, time, probes, who read it, and how it ended where it ended early."""
    turns: tuple[TurnView, ...]
    dimensions: tuple[DimensionView, ...]
    flags: tuple[FlagView, ...]
    points: tuple[str, ...]
    """What a strong answer may reach, as facts to go and find; empty where an earlier try has them, and as long as the
    question is open, which they would give away."""
    checks: tuple[str, ...]
    """Claims about the world that may have changed since."""
    stopped: tuple[str, ...]
    """Why no further probe was asked."""
    hints: tuple[str, ...]
    """Commands by which help was taken: "/hint (2 times)"."""
    again_of: int | None
    """Number of the question that this one tries again."""
    other_ratings: tuple[OtherRating, ...]
    asked_back: tuple[AskedBackView, ...]
    estimate: str
    """What the parts are worth that only the offline reader found; empty where a model read."""

    @property
    def found(self) -> str:
        """What is said of a part that counts: a model's reading finds it met, the offline rules probably."""
        return "probably met" if self.estimate else "met"

    @property
    def raised(self) -> bool:
        """Whether a level rose after the first answer."""
        return any(line.before is not None and line.level and line.before < line.level for line in self.dimensions)

    @property
    def mean(self) -> float | None:
        """Weighted mean level; None when nothing is scored."""
        return weighted_mean((line.level, line.weight) for line in self.dimensions)


@dataclass(frozen=True, slots=True)
class Axis:
    """One dimension over the whole interview."""

    name: str
    slot: int
    mean: float | None
    before: float | None
    """Mean of the levels before probes, where probes were asked; None where none was."""


@dataclass(frozen=True, slots=True)
class ChangeView:
    """The one change that would help most."""

    question: int
    title: str
    dimension: str
    slot: int
    find: str


@dataclass(frozen=True, slots=True)
class InterviewView:
    """The whole interview."""

    heading: tuple[str, ...]
    """Format, company, level of experience, date, length: what says which interview this is."""
    card: Scorecard
    axes: tuple[Axis, ...]
    raters: str
    """Who gave the levels."""
    gave_no_level: str
    """A sentence about judges that read and gave none; empty where there is none such."""
    standings: tuple[Standing, ...]
    change: ChangeView | None
    questions: tuple[QuestionView, ...]
    unanswered: tuple[str, ...]
    """Titles of questions that were asked and not answered."""
    not_scored: tuple[str, ...]
    """One sentence a question and reason."""
    caution: str
    """What an offline estimate is worth, where nothing else was had; else empty."""
    notes: tuple[str, ...]
    asked: tuple[str, ...]
    """The candidate's own questions at the end."""
    provenance: tuple[tuple[str, str], ...]
    """Who and what made this: label and value."""
