"""What must fit together across content files: references, parts, probes' form, and names that clash.

Pure over a `Bank`: content in, misfits out, each with the way to its field.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import singledispatch

from .catalogue import CONCEPTS, DIMENSIONS, PROFILES, QUESTIONS
from .library import Bank
from .located import Where
from .packs import Pack
from .problems import ContentError
from .schema import Content, Dimension, Expectations, Probe, ProbeBank, Profile, Question, SubQuestion
from .study import Area, Concept, Preparation
from .wording import QUOTE_SLOT, faults

Misfits = Iterator[tuple[Where, str]]

_SECTIONS = {"dimension": DIMENSIONS, "question": QUESTIONS, "concept": CONCEPTS, "company": PROFILES}
_SLOT = re.compile(r"\{[^}]*\}?")


@dataclass(frozen=True, slots=True)
class Names:
    """The bank as seen from inside a pack: its own names first, then everybody else's."""

    bank: Bank
    pack: Pack

    def dimension(self, name: str) -> Dimension | None:
        """The dimension of that name; None when there is none or it cannot be used, which its own file reports."""
        try:
            return self.bank.dimension(self.bank.catalogue.reference(self.pack, DIMENSIONS, name))
        except (LookupError, ContentError):
            return None

    def unknown(self, what: str, name: str) -> str | None:
        """What to say of a name that leads nowhere, None when it leads somewhere."""
        catalogue, section = self.bank.catalogue, _SECTIONS[what]
        if catalogue.find(section, catalogue.reference(self.pack, section, name)):
            return None
        known = [*catalogue.own(self.pack, section), *catalogue.names(section)]
        near = difflib.get_close_matches(name, known, n=1)
        return f"there is no {what} {name!r}" + (f"; did you mean `{near[0]}`?" if near else "")


@singledispatch
def misfits(content: Content, names: Names) -> Misfits:
    """What of a valid file does not fit the rest of the bank."""
    yield from ()


@misfits.register
def _question(content: Question, names: Names) -> Misfits:
    yield from _unknown(names, "dimension", _keys(content.weights, "weights"))
    yield from _unknown(names, "company", _entries(content.companies, "companies"))
    yield from _unknown(names, "concept", _entries(content.concepts, "concepts"))
    for at, probe in enumerate(content.probes):
        yield from _probe(probe, names, ("probes", at))
        if probe.dimension not in content.weights and not names.unknown("dimension", probe.dimension):
            yield ("probes", at, "dimension"), f"is after {probe.dimension!r}, which `weights` does not rate"
    for at, asked in enumerate(content.sub_questions):
        yield from _sub_question(asked, names, ("sub_questions", at))
        if (rated := asked.after.rpartition(".")[0]) not in content.weights:
            yield ("sub_questions", at, "after"), f"is after {rated!r}, which `weights` does not rate"
    yield from _repeated((probe.ask for probe in content.probes), "probes", "ask")
    yield from _repeated((flag.id for flag in content.red_flags), "red_flags", "id")
    for at, development in enumerate(content.developments):
        for fault in faults(development.ask, names.bank.wording()):
            yield ("developments", at, "ask"), fault


@misfits.register
def _probe_bank(content: ProbeBank, names: Names) -> Misfits:
    if content.dimension not in names.bank.catalogue.own(names.pack, DIMENSIONS):
        yield ("dimension",), f"{content.dimension!r} is no dimension of this pack; its probes would never be asked"
    for part, probes in content.probes.items():
        for at, probe in enumerate(probes):
            where = ("probes", part, at)
            if (probe.dimension, probe.part) != (content.dimension, part):
                yield where, f"must name the dimension {content.dimension!r} and the part {part!r} it stands under"
            yield from _probe(probe, names, where)


@misfits.register
def _dimension(content: Dimension, names: Names) -> Misfits:
    if names.pack.name and names.bank.catalogue.find(DIMENSIONS, content.id):
        yield ("id",), "is the name of a bundled dimension too; choose another, so that it is plain which is meant"


@misfits.register
def _profile(content: Profile, names: Names) -> Misfits:
    yield from _unknown(names, "dimension", _keys(content.weights, "weights"))
    yield from _unknown(names, "question", _entries(content.favourites, "favourites"))


@misfits.register
def _expectations(content: Expectations, names: Names) -> Misfits:
    for at, level in enumerate(content.levels):
        yield from _unknown(names, "dimension", _keys(level.strong_answers, "levels", at, "strong_answers"))
        yield from _unknown(names, "dimension", _keys(level.weights, "levels", at, "weights"))
    yield from _repeated((level.id for level in content.levels), "levels", "id")


@misfits.register
def _concept(content: Concept, names: Names) -> Misfits:
    yield from _unknown(names, "question", _entries(content.questions, "questions"))


@misfits.register
def _area(content: Area, names: Names) -> Misfits:
    for at, concept in enumerate(content.concepts):
        yield from ((("concepts", at, *where), said) for where, said in misfits(concept, names))
        if ":" in concept.id:
            yield ("concepts", at, "id"), "must do without the name of a pack; the folder gives it"
    yield from _repeated((concept.id for concept in content.concepts), "concepts", "id")


@misfits.register
def _preparation(content: Preparation, names: Names) -> Misfits:
    for at, entry in enumerate(content.checklist):
        yield from _unknown(names, "concept", _entries(entry.concepts, "checklist", at, "concepts"))
        yield from _unknown(names, "question", _entries(entry.questions, "checklist", at, "questions"))
    for at, story in enumerate(content.stories):
        yield from _unknown(names, "question", _entries(story.questions, "stories", at, "questions"))


def _probe(probe: Probe, names: Names, where: Where) -> Misfits:
    if said := names.unknown("dimension", probe.dimension):
        yield (*where, "dimension"), said
    dimension = names.dimension(probe.dimension)
    part = dimension.parts.get(probe.part) if dimension else None
    if dimension and not part:
        yield (*where, "part"), f"{probe.dimension!r} has no part {probe.part!r}; it has {', '.join(dimension.parts)}"
    for fault in faults(probe.ask, names.bank.wording(), terms=part.terms if part else ()):
        yield (*where, "ask"), fault
    for slot in _SLOT.findall(probe.ask):
        if slot != QUOTE_SLOT:
            yield (*where, "ask"), f"holds {slot!r}; the only slot is {QUOTE_SLOT}"
    if probe.quotes and QUOTE_SLOT not in probe.ask:
        yield (*where, "quotes"), f"goes with {QUOTE_SLOT}, which `ask` does not hold"


def _sub_question(asked: SubQuestion, names: Names, where: Where) -> Misfits:
    name, _, part = asked.after.rpartition(".")
    if (dimension := names.dimension(name)) and part not in dimension.parts:
        yield (*where, "after"), f"{name!r} has no part {part!r}; it has {', '.join(dimension.parts)}"
    for fault in faults(asked.ask, names.bank.wording()):
        yield (*where, "ask"), fault


def _unknown(names: Names, what: str, places: Iterable[tuple[Where, str]]) -> Misfits:
    return ((where, said) for where, name in places if (said := names.unknown(what, name)))


def _keys(table: Iterable[str], *where: str | int) -> Iterator[tuple[Where, str]]:
    return (((*where, name), name) for name in table)


def _entries(names: Iterable[str], *where: str | int) -> Iterator[tuple[Where, str]]:
    return (((*where, at), name) for at, name in enumerate(names))


def _repeated(texts: Iterable[str], where: str, field: str) -> Misfits:
    seen: dict[str, int] = {}
    for at, text in enumerate(texts):
        if text in seen:
            yield (where, at, field), f"is the same as that of {where}.{seen[text]}"
        seen.setdefault(text, at)
