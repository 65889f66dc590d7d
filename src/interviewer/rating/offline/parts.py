"""From shapes to findings: how clearly each part is seen, where, and which parts therefore count as met.

A single cue is ambiguous, so the sum over a dimension decides how strictly its parts are read: parts of the levels
that the sum reaches need one piece of evidence, parts beyond it stay open. The level itself is `levels.level_of`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ...bank.cues import Cue, DimensionCues, PartCues
from ...bank.schema import Dimension
from ..levels import level_of
from .clauses import Sentence
from .patterns import Match
from .telling import Place, place_of

MOST = 3.0
"""Points that one part can bring to its dimension: evidence saturates."""
FAINT_COSTS = 0.5
"""Share of a level by which the sum has to lie higher where a part is only seen faintly."""
CLEAR = 1.5
"""Points below which a part is not claimed unless the level needs it: on the marked dev answers 10 of 27 such claims
were right, of all others 87 %."""


class Read(NamedTuple):
    """A sentence with what was found in it."""

    sentence: Sentence
    shapes: Mapping[str, Match]
    empty: bool
    """Whether it only lists or only praises."""
    supposed: bool
    """Whether it stands in "would" or "could"."""
    denied: frozenset[str]
    """Shapes that a "no" or "never" stands right before."""
    undone: frozenset[str]
    """Shapes whose clause says that nothing of the kind happened; see `denial.py`."""


class Seen(NamedTuple):
    """How clearly a part was seen, and everywhere it was."""

    points: float
    places: Sequence[Place] = ()
    """Places without any points are faint."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything read in a thread, with where each shape stands."""

    reads: tuple[Read, ...]
    places: Mapping[str, tuple[int, ...]]
    """Indices into `reads` by shape."""
    past_question: bool
    """Whether the question asks for something that happened."""

    @classmethod
    def of(cls, reads: Sequence[Read], past_question: bool) -> Answer:
        """The answer with its shapes looked up."""
        places: dict[str, list[int]] = {}
        for index, read in enumerate(reads):
            for shape in read.shapes:
                places.setdefault(shape, []).append(index)
        return cls(tuple(reads), {shape: tuple(found) for shape, found in places.items()}, past_question)


def see_parts(cues: DimensionCues, answer: Answer) -> dict[str, Seen]:
    """Every part of the dimension's cues with its points, 0 to `MOST`."""
    return {part: _see(known, answer) for part, known in cues.parts.items()}


def _see(known: PartCues, answer: Answer) -> Seen:
    points = 0.0
    places: list[Place] = []
    for cue in known.cues:
        if cue.shape in answer.places:
            found = _places(cue, answer, known.affirmed)
            for place in found[: cue.most]:
                points += place.worth
            places += found
    return Seen(min(points, MOST), places or _faint_places(known, answer))


def _places(cue: Cue, answer: Answer, affirmed: bool) -> list[Place]:
    """Where the cue counts, for a part that has to be affirmed or for another."""
    shape, worth = cue.shape, cue.worth
    halved = cue.told and answer.past_question
    near = None if cue.near is None else answer.places.get(cue.near, ())
    places: list[Place] = []
    for index in answer.places[shape]:
        read = answer.reads[index]
        if (read.empty and not cue.naming) or (shape in read.denied and not cue.denied):
            continue
        if affirmed and shape in read.undone:
            continue
        if near is None or not {index - 1, index, index + 1}.isdisjoint(near):
            worth_here = worth / 2 if halved and read.supposed else worth
            places.append(place_of((worth_here, index, read.sentence, read.shapes[shape])))
    return places


def _faint_places(known: PartCues, answer: Answer) -> list[Place]:
    """Where the shapes stand outside of hollow sentences; what a place is worth beside the others tells how near."""
    places: list[Place] = []
    for far, shape in enumerate(known.faint, 1):
        for index in answer.places.get(shape, ()):
            read = answer.reads[index]
            if not read.empty and shape not in read.denied and not (known.affirmed and shape in read.undone):
                places.append(place_of((1 / far, index, read.sentence, read.shapes[shape])))
    return places


@dataclass(frozen=True, slots=True)
class Whole:
    """What is true of an answer as a whole."""

    hollow: float
    """Share of words in sentences that only list or only praise."""
    doublings: float
    """How many times longer than usual it is, as a power of two."""
    manner: float
    """How particular and plain its wording is; see `manner.py`."""
    off: Mapping[str, float]
    """By trait of wording, how many spreads it lies off the usual."""


def sum_of(cues: DimensionCues, seen: Mapping[str, Seen], whole: Whole) -> float:
    """The reading of the whole dimension, in points."""
    points = [known.weight * seen[part].points for part, known in cues.parts.items()]
    own = [worth * whole.off[trait] for trait, worth in cues.own.items()]
    wording = cues.manner * whole.manner + sum(own)
    return sum(points) + wording - cues.hollow * whole.hollow - cues.doubling * whole.doublings


def met_parts(dimension: Dimension, cues: DimensionCues, seen: Mapping[str, Seen], total: float) -> set[str]:
    """The parts that count as met at that sum: all with evidence up to the level it reaches, and faults."""
    reached = _reached(cues, total)
    faintly = _reached(cues, total - FAINT_COSTS * (cues.begins[-1] - cues.begins[0]) / (len(cues.begins) - 1))
    faults = {part for part, known in dimension.parts.items() if known.fault}
    clear = {part for part in seen if part in faults and seen[part].points >= cues.fault}
    within = {part for part in _needed(dimension, reached) if part in seen and seen[part].points > 0}
    within |= {part for part in _needed(dimension, faintly) if part in seen and seen[part].places}
    return clear | hold_to(dimension, within, seen, reached)


def _reached(cues: DimensionCues, total: float) -> int:
    return 1 + bisect_right(cues.begins, total)


def hold_to(dimension: Dimension, met: set[str], seen: Mapping[str, Seen], level: int) -> set[str]:
    """The met parts without those, weakest first, that would lift the dimension above the level."""
    kept = set(met)
    while kept and level_of(dimension, kept) > level:
        step = level_of(dimension, kept)
        above = kept.intersection(_of_step(dimension, step))
        if not above:
            break
        kept.discard(min(above, key=lambda part: (seen[part].points if part in seen else 0.0, part)))
    return kept


def claimed(dimension: Dimension, met: set[str], seen: Mapping[str, Seen]) -> set[str]:
    """The met parts without those, weakest first, that are seen too dimly and that the level stands without."""
    level, kept = level_of(dimension, met), set(met)
    dim = [part for part in met if not dimension.parts[part].fault and seen[part].points < CLEAR]
    for part in sorted(dim, key=lambda part: (seen[part].points, part)):
        if level_of(dimension, kept - {part}) == level:
            kept.discard(part)
    return kept


def _needed(dimension: Dimension, level: int) -> set[str]:
    return {part for step in dimension.levels if step <= level for part in _of_step(dimension, step)}


def _of_step(dimension: Dimension, step: int) -> list[str]:
    needs = dimension.levels.get(step, ())  # type: ignore[call-overload]
    return [part for need in needs for part in ((need,) if isinstance(need, str) else need)]
