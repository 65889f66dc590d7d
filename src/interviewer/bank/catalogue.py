"""The catalogue: which packs there are and every question's card. Needs no pydantic, so that a list comes at once.

A faulty file is reported (`Catalogue.problems`) and never stops the rest; ids of a pack are namespaced
(`mypack:my-question`) and may refer to the bundled content without a prefix.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from .card import Card, card_from, card_text
from .packs import Pack, bundled, installed, packs_in
from .reading import ContentError, Problem, parse, read_model, read_text

QUESTIONS = "prompts/questions"
DIMENSIONS = "rubrics/dimensions"


class Catalogue:
    """All packs with the cards of their questions. Reading is lazy; what was read is kept."""

    def __init__(self, packs: Iterable[Pack]):
        self.packs: dict[str, Pack] = {}
        self.problems: list[Problem] = []
        for pack in packs:
            self._add(pack)

    @classmethod
    def open(cls, folder: Path | None = None) -> Catalogue:
        """The bundled pack, the packs in the user's folder, and installed ones."""
        return cls([bundled(), *(packs_in(folder) if folder else ()), *installed()])

    def _add(self, pack: Pack) -> None:
        if pack.name in self.packs:
            first = self.packs[pack.name].root
            self.problems.append(Problem(pack.root, None, "", f"another pack is already named {pack.name!r}: {first}"))
        else:
            self.packs[pack.name] = pack

    @cached_property
    def cards(self) -> Mapping[str, Card]:
        """Every question's card by id, the bundled ones first. A file without a usable card becomes a problem."""
        cards: dict[str, Card] = {}
        for pack in self.packs.values():
            own = self.own_dimensions(pack)
            for path in pack.files(QUESTIONS):
                if card := self._card(path):
                    qualified = _qualified(pack, card, own)
                    cards[qualified.id] = qualified
        return cards

    def _card(self, path: Path) -> Card | None:
        try:
            text = read_text(path)
            card = card_from(parse(card_text(text), path)) or card_from(parse(text, path))
            if card is None:
                _raise_fault(path)
            elif card.id != path.stem:
                raise ContentError([Problem(path, 1, "id", f"must be the file's name, {path.stem!r}")])
        except ContentError as error:
            self.problems.extend(error.problems)
            return None
        return card

    def find(self, section: str, name: str) -> tuple[Pack, str] | None:
        """The pack that holds the id in that section and the id without its namespace; None when there is none."""
        space, _, local = name.rpartition(":")
        pack = self.packs.get(space)
        if not pack or not local or set(local) & set("/\\\0") or local in {".", ".."}:
            return None
        return (pack, local) if pack.file(section, local).is_file() else None

    def names(self, section: str) -> tuple[str, ...]:
        """The ids in a section, as `rubrics/profiles`, over all packs."""
        return tuple(pack.qualified(path.stem) for pack in self.packs.values() for path in pack.files(section))

    def own_dimensions(self, pack: Pack) -> frozenset[str]:
        """The dimensions a pack brings itself: references to these are its own."""
        return frozenset(path.stem for path in pack.files(DIMENSIONS)) if pack.name else frozenset()


def reference(pack: Pack, name: str, own: frozenset[str]) -> str:
    """A dimension's id as seen from outside the pack."""
    return pack.qualified(name) if name in own else name


def _qualified(pack: Pack, card: Card, own: frozenset[str]) -> Card:
    if not pack.name:
        return card
    weights = {reference(pack, name, own): weight for name, weight in card.weights.items()}
    return replace(card, id=pack.qualified(card.id), weights=weights)


def _raise_fault(path: Path) -> None:
    """Reads the whole file against the schema, which names the fault exactly."""
    from .schema import Question

    read_model(path, Question)
    raise ContentError([Problem(path, 1, "", "is not a question")])
