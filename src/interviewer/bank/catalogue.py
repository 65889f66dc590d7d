"""The catalogue: which packs there are and every question's card. Needs no pydantic, so that a list comes at once.

A faulty file is reported (`Catalogue.problems`) and never stops the rest; ids of a pack are namespaced
(`mypack:my-question`) and may refer to the bundled content without a prefix.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from .card import Card, card_from, card_text
from .packs import Pack, bundled, installed, packs_in
from .problems import ContentError, Problem
from .reading import parse, read_model, read_text

QUESTIONS, PROBES = "prompts/questions", "prompts/probes"
DIMENSIONS, EXEMPLARS = "rubrics/dimensions", "rubrics/exemplars"
PROFILES = "rubrics/profiles"
CONCEPTS, AREAS = "rubrics/concepts", "rubrics/areas"
"""Concept cards, one a file, and several of an area in one file."""
_CARD_STARTS = re.compile(r"""^ *- +id: *["']?([\w:-]+)["']?(?!\S)""", re.MULTILINE)


class Catalogue:
    """All packs with the cards of their questions. Reading is lazy; what was read is kept."""

    def __init__(self, packs: Iterable[Pack | Problem]):
        self.packs: dict[str, Pack] = {}
        self.problems: list[Problem] = []
        self._own: dict[tuple[str, str], Mapping[str, Path]] = {}
        for pack in packs:
            self._add(pack)

    @classmethod
    def open(cls, folder: Path | None = None) -> Catalogue:
        """The bundled pack, the packs in the user's folder, and installed ones."""
        return cls([bundled(), *(packs_in(folder) if folder else ()), *installed()])

    def _add(self, pack: Pack | Problem) -> None:
        if isinstance(pack, Problem):
            self.problems.append(pack)
        elif pack.name in self.packs:
            first = self.packs[pack.name].root
            self.problems.append(Problem(pack.root, None, "", f"another pack is already named {pack.name!r}: {first}"))
        else:
            self.packs[pack.name] = pack

    @cached_property
    def cards(self) -> Mapping[str, Card]:
        """Every question's card by id, the bundled ones first. A file without a usable card becomes a problem."""
        cards: dict[str, Card] = {}
        for pack in self.packs.values():
            for path in pack.files(QUESTIONS):
                if card := self._card(path):
                    qualified = self._qualified(pack, card)
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
        return (pack, local) if pack and local in self.own(pack, section) else None

    def names(self, section: str) -> tuple[str, ...]:
        """The ids in a section, as `rubrics/profiles`, over all packs."""
        return tuple(pack.qualified(name) for pack in self.packs.values() for name in sorted(self.own(pack, section)))

    def own(self, pack: Pack, section: str) -> Mapping[str, Path]:
        """The ids, without namespace, that a pack holds in a section, and the file in which each stands."""
        key = (pack.name, section)
        if key not in self._own:
            alone = {path.stem: path for path in pack.files(section)}
            self._own[key] = _in_areas(pack) | alone if section == CONCEPTS else alone
        return self._own[key]

    def reference(self, pack: Pack, section: str, name: str) -> str:
        """The id by which the rest of the program knows what a file of the pack calls `name`: its own, or bundled."""
        return pack.qualified(name) if pack.name and name in self.own(pack, section) else name

    def _qualified(self, pack: Pack, card: Card) -> Card:
        if not pack.name:
            return card
        weights = {self.reference(pack, DIMENSIONS, name): weight for name, weight in card.weights.items()}
        companies = tuple(self.reference(pack, PROFILES, name) for name in card.companies)
        return replace(card, id=pack.qualified(card.id), weights=weights, companies=companies)


def _in_areas(pack: Pack) -> dict[str, Path]:
    """The concepts of a pack's areas, and the file of each: found by the first line of a card, so that no file need be
    parsed for one concept."""
    return {name: path for path in pack.files(AREAS) for name in _CARD_STARTS.findall(_text(path))}


def _text(path: Path) -> str:
    """What the file holds; nothing where it cannot be read, which is told by whoever checks the pack."""
    try:
        return read_text(path)
    except ContentError:
        return ""


def _raise_fault(path: Path) -> None:
    """Reads the whole file against the schema, which names the fault exactly."""
    from .schema import Question

    read_model(path, Question)
    raise ContentError([Problem(path, 1, "", "is not a question")])
