"""What `rubrics/scale.yaml` holds: how levels are put into words and combined, and how far they can be trusted."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .schema import Content, Level, Text


class Band(Content):
    """A range of the overall mean, in words."""

    below: float
    name: Text
    means: Text


class OfflineWorth(Content):
    """How far an offline estimate can be trusted."""

    within_one: Annotated[int, Field(ge=0, le=100)]
    """Of 100 ratings of the gold answers, how many lie within one level of our raters'."""
    says: Text
    """`{within_one}` stands for the figure."""
    other_quotes: Annotated[int, Field(ge=0, le=10)]
    """Of ten quotes, how many are not the one that a careful reader of the gold answers gave."""
    reads: Text
    """`{other_quotes}` stands for the figure."""
    unsure: Text
    """How a part, `{says}`, is named of which it is not sure that the quote shows it."""
    briefly: Text
    """The same in one short sentence, for under a scorecard that quotes."""

    @property
    def of_quotes(self) -> str:
        """What is said of the quotes under a scorecard."""
        return self.briefly.replace("{other_quotes}", str(self.other_quotes))

    @property
    def sentence(self) -> str:
        """What is said under a scorecard."""
        return self.says.replace("{within_one}", str(self.within_one))

    @property
    def of_parts(self) -> str:
        """What is said over the parts that it reads in."""
        return self.reads.replace("{other_quotes}", str(self.other_quotes))


class Answered(Content):
    """When a part that a follow-up asked for was answered, met or not, and how it is named then."""

    fewest: int = Field(ge=1)
    """Words of a reply."""
    unless: tuple[Text, ...]
    """Phrases of a reply that gives nothing."""
    plainly: Text
    """Takes the place of what is to be found, which stands in it as `{find}`."""


class Scale(Content):
    """`rubrics/scale.yaml`: how levels are put into words and combined."""

    bands: tuple[Band, ...] = Field(min_length=1)
    typical_error: dict[Literal["offline", "judge"], float]
    """Mean distance from our rubric raters on the gold answers, in levels, for one rating."""
    uncertain_at: Level
    """A spread of so many levels between samples is called uncertain."""
    answered: Answered
    offline_worth: OfflineWorth
