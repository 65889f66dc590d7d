"""The bank: all content by id, validated when it is first asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ..errors import PlainError
from .card import Card
from .catalogue import AREAS, CONCEPTS, DIMENSIONS, EXEMPLARS, PROBES, PROFILES, QUESTIONS, Catalogue
from .packs import Pack
from .problems import ContentError, Problem
from .reading import compose, read_bytes, read_model, read_text
from .scale import Scale
from .schema import Content, Dimension, Expectation, Expectations, Probe, ProbeBank, Profile, Question, SubQuestion
from .wording import WordingRules

if TYPE_CHECKING:
    from jinja2 import Environment

    from .cues import Cues
    from .judging import ExemplarSheet, JudgeSettings
    from .study import Concept, Preparation
    from .told import Told

Model = TypeVar("Model", bound=Content)

LISTS = {"question": "list", "company": "companies", "concept": "concepts", "level": "levels"}
"""Commands of `interviewer questions` that list what there is of a kind."""


class NotInBank(PlainError, LookupError):
    """There is no content of that id; the message names the nearest ones."""

    exit_code = 2

    def __init__(self, what: str, name: str, known: Iterable[str]):
        from difflib import get_close_matches

        known = list(known)
        if near := get_close_matches(name, known, n=3, cutoff=0.5):
            hint = f"Did you mean {', '.join(near)}?"
        elif what in LISTS:
            hint = f"`interviewer questions {LISTS[what]}` shows what there is."
        else:
            hint = f"The {what}s are {', '.join(known)}."
        super().__init__(f"There is no {what} {name!r}. {hint}")


class Bank:
    """All content, over all packs. Every method that takes an id raises `NotInBank` or `ContentError`."""

    def __init__(self, catalogue: Catalogue):
        self.catalogue = catalogue
        self._kept: dict[Path, Content] = {}
        self._hashes: dict[frozenset[str], str] = {}

    @classmethod
    def open(cls, folder: Path | None = None) -> Bank:
        """The bundled pack, the packs in the user's folder, and installed ones."""
        return cls(Catalogue.open(folder))

    @property
    def cards(self) -> Mapping[str, Card]:
        """Every question's card by id."""
        return self.catalogue.cards

    def has_question(self, name: str) -> bool:
        """Whether there is a question of that id; nothing of it is read."""
        return self.catalogue.find(QUESTIONS, name) is not None

    def has_dimension(self, name: str) -> bool:
        """The same of a dimension."""
        return self.catalogue.find(DIMENSIONS, name) is not None

    def question(self, name: str) -> Question:
        """The whole question, its references namespaced."""
        pack, path = self._find("question", QUESTIONS, name)
        question = self._read(path, Question)
        if not pack.name:
            return question
        own = partial(self.catalogue.reference, pack)
        changes = {
            "id": pack.qualified(question.id),
            "weights": {own(DIMENSIONS, dimension): weight for dimension, weight in question.weights.items()},
            "probes": self._probes(pack, question.probes),
            "sub_questions": self._sub_questions(pack, question.sub_questions),
            "companies": tuple(own(PROFILES, company) for company in question.companies),
            "concepts": tuple(own(CONCEPTS, concept) for concept in question.concepts),
        }
        return question.model_copy(update=changes)

    def dimension(self, name: str) -> Dimension:
        """What is rated under that id."""
        pack, path = self._find("dimension", DIMENSIONS, name)
        dimension = self._read(path, Dimension)
        return dimension.model_copy(update={"id": pack.qualified(dimension.id)}) if pack.name else dimension

    def dimension_or_bare(self, name: str) -> Dimension:
        """The same for looking back; of one whose pack was removed since, its id for a name, and no parts."""
        if self.has_dimension(name):
            return self.dimension(name)
        return Dimension.model_construct(id=name, name=name, asks="", anchors={}, parts={}, levels={})

    def probes(self, dimension: str) -> Mapping[str, tuple[Probe, ...]]:
        """Wordings that fit any question, by part; empty where the dimension has none."""
        found = self.catalogue.find(PROBES, dimension)
        if found is None:
            return {}
        pack, local = found
        probes = self._read(self.catalogue.own(pack, PROBES)[local], ProbeBank).probes
        return {part: self._probes(pack, variants) for part, variants in probes.items()} if pack.name else probes

    def exemplars(self, dimension: str) -> ExemplarSheet | None:
        """Marked answers that show a judge how the dimension is read; None where it has none."""
        from .judging import ExemplarSheet

        found = self.catalogue.find(EXEMPLARS, dimension)
        return self._read(self.catalogue.own(found[0], EXEMPLARS)[found[1]], ExemplarSheet) if found else None

    def judge_settings(self) -> JudgeSettings:
        """How models are asked to rate."""
        from .judging import JudgeSettings

        return self.rules("judge.yaml", JudgeSettings)

    def profile(self, name: str) -> Profile:
        """A company's weights and habits, its references namespaced."""
        pack, path = self._find("company", PROFILES, name)
        profile = self._read(path, Profile)
        if not pack.name:
            return profile
        own = partial(self.catalogue.reference, pack)
        changes = {
            "id": pack.qualified(profile.id),
            "weights": {own(DIMENSIONS, dimension): weight for dimension, weight in profile.weights.items()},
            "favourites": tuple(own(QUESTIONS, question) for question in profile.favourites),
        }
        return profile.model_copy(update=changes)

    def expectation(self, seniority: str) -> Expectation:
        """What counts more at that level of experience, and what strong answers hold there."""
        levels = self._read(self.root / "rubrics" / "seniority.yaml", Expectations).levels
        known = {str(each.id): each for each in levels}
        if seniority not in known:
            raise NotInBank("level", seniority, known)
        return known[seniority]

    def concept(self, name: str) -> Concept:
        """A concept card, its references namespaced."""
        from .study import Concept

        pack, path = self._find("concept", CONCEPTS, name)
        in_area = path in pack.files(AREAS)
        concept = self._in_area(path, name.rpartition(":")[2]) if in_area else self._read(path, Concept)
        if not pack.name:
            return concept
        questions = tuple(self.catalogue.reference(pack, QUESTIONS, question) for question in concept.questions)
        return concept.model_copy(update={"id": pack.qualified(concept.id), "questions": questions})

    def preparation(self) -> Preparation:
        """Checklist, story types, and values turned into mechanisms."""
        from .study import Preparation

        return self._read(self.root / "rubrics" / "preparation.yaml", Preparation)

    def scale(self) -> Scale:
        """How levels are put into words and combined."""
        return self._read(self.root / "rubrics" / "scale.yaml", Scale)

    def told(self) -> Told:
        """By which words one hears what the offline rules may have missed."""
        from .told import Told

        return self._read(self.root / "rubrics" / "told.yaml", Told)

    def wording(self) -> WordingRules:
        """What a probe may not do."""
        return self.rules("wording.yaml", WordingRules)

    def rules(self, name: str, model: type[Model]) -> Model:
        """A file of `prompts/`, as "probing.yaml", read once for all who go by it."""
        return self._read(self.root / "prompts" / name, model)

    @cached_property
    def cues(self) -> Cues:
        """What the offline rater knows, read once: 37 ms. Raises `ContentError`."""
        from .cue_files import load_cues

        return load_cues(self.root)

    def let_go_of_cues(self) -> None:
        """Forgets them, to be read again by whoever asks."""
        self.__dict__.pop("cues", None)

    def prompt(self, name: str) -> str:
        """The text of a prompt template, as "judge.md"."""
        return read_text(self.root / "prompts" / name)

    @cached_property
    def templates(self) -> Environment:
        """The prompt templates, compiled once, in a sandbox; a variable that is not given is an error."""
        from jinja2 import FunctionLoader, StrictUndefined
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        return ImmutableSandboxedEnvironment(
            loader=FunctionLoader(self.prompt), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )

    @property
    def root(self) -> Path:
        """The folder of the bundled content."""
        return self.catalogue.packs[""].root

    def rubric_hash(self, names: Iterable[str]) -> str:
        """Twelve hexadecimal digits over the rubric by which these dimensions are rated; stands beside every rating.

        That is all bundled dimensions, and the dimensions and exemplars of the packs that these come from: a pack that
        has no part in a rating does not make it another rater's.

        Args:
            names: of dimensions; or of questions, for what their packs hold.
        """
        packs = frozenset(name.rpartition(":")[0] for name in names) - {""}
        known = self._hashes.get(packs)
        if known is None:
            own = (self._bytes(section, name) for name in sorted(packs) for section in (DIMENSIONS, EXEMPLARS))
            known = self._hashes[packs] = hash_of(chain(self._bytes(DIMENSIONS), *own))
        return known

    def judge_hash(self, *names: str) -> str:
        """The same over prompt templates and bundled exemplars: what a judge is told besides the rubric."""
        return hash_of([*(self.prompt(name).encode() for name in names), *self._bytes(EXEMPLARS)])

    def _bytes(self, section: str, pack: str = "") -> Iterator[bytes]:
        """The files of a pack's section; none of a pack that is gone."""
        found = self.catalogue.packs.get(pack)
        return map(read_bytes, found.files(section) if found else ())

    def _find(self, what: str, section: str, name: str) -> tuple[Pack, Path]:
        found = self.catalogue.find(section, name)
        if found is None:
            raise NotInBank(what, name, self.catalogue.names(section))
        pack, local = found
        return pack, self.catalogue.own(pack, section)[local]

    def _in_area(self, path: Path, name: str) -> Concept:
        from .study import Area

        for concept in self._read(path, Area).concepts:
            if concept.id == name:
                return concept
        raise ContentError([Problem(path, None, "concepts", f"holds no card {name!r}")])

    def _read(self, path: Path, model: type[Model]) -> Model:
        kept = self._kept.get(path)
        if not isinstance(kept, model):
            kept = self._kept[path] = read_named(path, model)
        return kept

    def _probes(self, pack: Pack, probes: Iterable[Probe]) -> tuple[Probe, ...]:
        own = partial(self.catalogue.reference, pack, DIMENSIONS)
        return tuple(probe.model_copy(update={"dimension": own(probe.dimension)}) for probe in probes)

    def _sub_questions(self, pack: Pack, asked: Iterable[SubQuestion]) -> tuple[SubQuestion, ...]:
        split = [(each, *each.after.rpartition(".")[::2]) for each in asked]
        own = partial(self.catalogue.reference, pack, DIMENSIONS)
        return tuple(each.model_copy(update={"after": f"{own(name)}.{part}"}) for each, name, part in split)


def read_named(path: Path, model: type[Model]) -> Model:
    """The file as a validated model that bears the file's name.

    Raises:
        ContentError: with one located problem per fault.
    """
    content = read_model(path, model)
    field = "dimension" if model is ProbeBank else "id"
    if getattr(content, field, path.stem) != path.stem:
        from .located import line_of

        line = line_of(compose(read_text(path)), (field,))
        raise ContentError([Problem(path, line, field, f"must be the file's name, {path.stem!r}")])
    return content


def hash_of(pieces: Iterable[bytes]) -> str:
    """Twelve hexadecimal digits that change when any piece, or where one ends, changes."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(len(piece).to_bytes(8, "big") + piece)
    return digest.hexdigest()[:12]
