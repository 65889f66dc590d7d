"""What the model judge is given besides its prompts: exemplars of each dimension, and its settings. Reads no disk."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .schema import Content, Identifier, Level, Text

Manner = Literal["full", "cheap", "small"]
"""One dimension a call; three dimensions a call; one dimension, a short prompt and yes or no."""


class Exemplar(Content):
    """An answer with its parts marked, as the judge should mark it."""

    question: Text
    answer: Text
    notes: Text
    """What a reader would observe before any verdict."""
    met: dict[Identifier, Text]
    """The parts that are met, each with its quote from `answer`; the others are not met."""
    level: Level
    """What the rule makes of it. The judge is not told: levels are code's."""


class ExemplarSheet(Content):
    """`rubrics/exemplars/<dimension>.yaml`: two or three answers to other questions than the bank's."""

    mind: tuple[Text, ...] = ()
    """Where readers of this dimension stumble, one sentence each."""
    exemplars: tuple[Exemplar, ...] = Field(min_length=2, max_length=3)

    @property
    def contrast(self) -> tuple[Exemplar, Exemplar]:
        """The lowest and the highest, for models that cannot hold more."""
        ranked = sorted(self.exemplars, key=lambda exemplar: exemplar.level)
        return ranked[0], ranked[-1]


class Decoy(Content):
    """A part that no answer shows; a judge that marks it as met follows orders or says yes to everything."""

    id: Identifier
    says: Text
    """As a part would say it."""


class ModelClass(Content):
    """How the models whose names fit are asked."""

    names: tuple[Text, ...]
    """Patterns with `*`, matched against the name as the user writes it, case folded."""
    billions: float | None = None
    """Parameters, where the name itself does not say."""
    costly: bool = False
    """Whether a call is dear enough for three dimensions a call."""


class JudgeSettings(Content):
    """`prompts/judge.yaml`."""

    max_tokens: dict[Manner, Annotated[int, Field(gt=0)]]
    """Tokens a reply may have; reasoning counts towards them with most providers."""
    temperature: Annotated[float, Field(ge=0, le=2)]
    """When several samples are taken; a single one is taken at 0."""
    at_once: dict[Literal["local", "remote"], Annotated[int, Field(gt=0)]]
    """Calls under way at the same time. A model on this machine answers one after the other anyway."""
    dimensions_a_call: Annotated[int, Field(gt=0)]
    """In the cheap manner."""
    small_below: float
    """Billions of parameters below which a model is asked in the small manner."""
    veto: Annotated[float, Field(gt=0, le=1)]
    """Share of samples that say "not met" from which a part is not met."""
    second_look_from: Annotated[int, Field(ge=1)]
    """Levels above the estimate of the rules from which a level is looked at twice."""
    decoys: tuple[Decoy, ...] = Field(min_length=1)
    """Each judge draws one of these for each dimension."""
    models: tuple[ModelClass, ...]
    """The first class that fits counts."""
