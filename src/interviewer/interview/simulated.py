"""Simulated candidates: invented people who say little at first and more when a question asks for it.

They are data (`fixtures/candidates.yaml`), for tests and for `interviewer demo`. What a probe asks for is read from the
interview's log, as the review shows it; the wording does not matter to them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path

from ..bank.reading import read_model
from ..bank.schema import Content, Identifier, Text
from ..session.events import ProbeAsked
from ..session.transcript import Transcript
from .candidate import Answer, Purpose, Reply, Situation, Utterance


class Fact(Content):
    """Something that a person knows and has not said."""

    asked_by: tuple[Text, ...]
    """The kinds of thing that must be asked for: "evidence", or "ownership.result" for one part alone."""
    says: Text

    def is_asked(self, probe: ProbeAsked) -> bool:
        """Whether the probe asks for it."""
        return probe.dimension in self.asked_by or f"{probe.dimension}.{probe.part}" in self.asked_by


class Person(Content):
    """One of `fixtures/candidates.yaml`."""

    id: Identifier
    says: Text
    """What they are like, in a line."""
    question: Identifier
    first: Text
    facts: tuple[Fact, ...]
    otherwise: tuple[Text, ...]
    """What they say in turn to a question that asks for nothing they know."""


class People(Content):
    """`fixtures/candidates.yaml`."""

    people: tuple[Person, ...]


def people() -> dict[str, Person]:
    """Everybody who ships with the program, by id. Raises `ContentError`."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "candidates.yaml"
    path = inside if inside.is_file() else package.parent.parent / "fixtures" / "candidates.yaml"
    return {person.id: person for person in read_model(path, People).people}


class SimulatedCandidate:
    """Plays a person; one object per interview."""

    def __init__(self, person: Person, transcript: Callable[[], Transcript]):
        """Args:
        transcript: gives the interview as it stands, to see what the last probe is after.
        """
        self.person = person
        self.told: list[Fact] = []
        """The facts that came out."""
        self._transcript = transcript
        self._spoken = 0

    async def hear(self, utterance: Utterance) -> None:
        """Needs no ear: see `transcript`."""

    async def listen(self, purpose: Purpose, pieces: AsyncIterator[str]) -> None:
        """Lets the interviewer finish."""
        async for _ in pieces:
            pass

    async def reply(self, situation: Situation) -> Reply:
        """The first answer, a fact that was asked for, or what they say otherwise.

        Raises:
            EOFError: they have nothing more to say.
        """
        state = self._transcript().open_thread
        if state is None:
            raise EOFError
        return Answer(self._answer(state.probes[-1]) if state.probes else self.person.first)

    async def choose(self, ask: str, options: Mapping[str, str], default: str) -> str:
        """The default."""
        return default

    def _answer(self, probe: ProbeAsked) -> str:
        fact = next((fact for fact in self.person.facts if fact not in self.told and fact.is_asked(probe)), None)
        if fact is not None:
            self.told.append(fact)
            return fact.says
        said = self.person.otherwise[self._spoken % len(self.person.otherwise)]
        self._spoken += 1
        return said
