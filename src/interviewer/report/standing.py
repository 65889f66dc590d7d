"""Which dimensions stand highest and lowest in an interview, in the same words on every scorecard. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..rating.scorecard import Scorecard
from .wording import figure


@dataclass(frozen=True, slots=True)
class Standing:
    """Some dimensions that stand equally high."""

    label: str
    """"Strongest", "Weakest", or "All equal"."""
    names: str
    level: str
    """"3.0"."""
    each: str
    """" each" where they are several."""

    @property
    def told(self) -> str:
        """ "Evidence, Humility, 3.0 each"."""
        return f"{self.names}, {self.level}{self.each}"


def standings(card: Scorecard, name: Callable[[str], str]) -> tuple[Standing, ...]:
    """The strongest and the weakest; all of them in one where they are alike, and none where there is only one.

    Args:
        name: gives what a dimension is called, by its id.
    """
    if len(card.by_dimension) < 2:
        return ()
    groups = {"Strongest": card.strongest, "Weakest": card.weakest}
    if card.strongest == card.weakest:
        groups = {"All equal": card.strongest}
    return tuple(
        Standing(
            label,
            ", ".join(map(name, names)),
            figure(card.by_dimension[names[0]]),
            " each" if len(names) > 1 else "",
        )
        for label, names in groups.items()
    )
