"""What an interview will cost, before it begins: measured needs of tokens times the models' own prices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..bank.library import Bank
from ..bank.schema import Content
from ..models.diagnosis import dollars
from ..models.model import ReadyModel, Usage


class Tokens(Content):
    """Of all calls of one role."""

    prompt: int
    completion: int

    @property
    def usage(self) -> Usage:
        """The same, as models count it."""
        return Usage(self.prompt, self.completion, estimated=True)


class Needs(Content):
    """Of one interview."""

    interviewer: Tokens
    judge: Tokens

    @property
    def together(self) -> Usage:
        """For a model that does both."""
        prompt = self.interviewer.prompt + self.judge.prompt
        return Usage(prompt, self.interviewer.completion + self.judge.completion, estimated=True)


class NeedsFile(Content):
    """`prompts/needs.yaml`."""

    drill: Needs
    round: Needs

    def of(self, format_: str) -> Needs:
        """The needs of a round, or of a single question in any other format."""
        return self.round if format_ == "round" else self.drill


def load_needs(bank: Bank) -> NeedsFile:
    """What interviews take. Raises `ContentError`."""
    return bank.rules("needs.yaml", NeedsFile)


@dataclass(frozen=True, slots=True)
class Estimate:
    """What an interview will probably cost."""

    cost: float | None
    """US dollars; None when a price is unknown."""
    unpriced: tuple[str, ...] = ()
    """The models whose price is unknown."""

    def __str__(self) -> str:
        if self.cost is None:
            return f"What this will cost is unknown: there is no price for {' and '.join(self.unpriced)}."
        return f"This will cost about {dollars(self.cost)}; long answers cost more."

    def beside(self, budget: float | None) -> str:
        """The same, and what a limit in US dollars, or none, means for it."""
        if budget is None:
            return f"{self} --budget sets a limit."
        if self.cost is None:
            return f"{self} Within a budget no such model is asked."
        if self.cost > budget:
            return f"{self} Your budget of {dollars(budget)} will be used up before the end."
        return f"{self} Your budget is {dollars(budget)}."


async def estimate(needs: Needs, interviewer: ReadyModel | None, judge: ReadyModel | None) -> Estimate:
    """What the models will take for it; None stands for nobody, who takes nothing.

    Raises:
        ModelError: a model cannot say its price, because it cannot be had.
    """
    roles: Mapping[str, tuple[ReadyModel | None, Tokens]] = {
        "interviewer": (interviewer, needs.interviewer),
        "judge": (judge, needs.judge),
    }
    total, unpriced = 0.0, []
    for model, tokens in roles.values():
        if model is None:
            continue
        price = await model.price(tokens.usage)
        if price is None:
            unpriced.append(model.name)
        else:
            total += price
    return Estimate(None if unpriced else total, tuple(dict.fromkeys(unpriced)))
