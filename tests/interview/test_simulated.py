"""What probing brings out of invented people, and what it does not."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest

from interviewer.bank.library import Bank
from interviewer.interview.opening import Readers, begin
from interviewer.interview.planning import Wishes
from interviewer.interview.simulated import Person, SimulatedCandidate, people
from interviewer.rating.lines import rating_from_line
from interviewer.rating.offline.reader import OfflineRater
from interviewer.session.events import MemoryLog
from interviewer.session.transcript import Transcript

PEOPLE = people()
SEEDS = range(8)
KNOWING = sorted(name for name, person in PEOPLE.items() if person.facts)


@dataclass(frozen=True)
class Played:
    """An interview with an invented person."""

    candidate: SimulatedCandidate
    transcript: Transcript

    def level(self, stage: str) -> float:
        """Mean level of the thread; what could not be scored counts nothing."""
        rated = self.transcript.threads[0].rated(stage)
        assert rated is not None
        levels = [rating.level or 0 for rating in rating_from_line(rated.line).ratings.values()]
        return sum(levels) / len(levels)


def play(bank: Bank, reader: OfflineRater, person: Person, seed: int = 1) -> Played:
    interview = begin(bank, MemoryLog(), Readers(reader), Wishes(questions=(person.question,), seed=seed))
    candidate = SimulatedCandidate(person, lambda: interview.transcript)
    asyncio.run(interview.run(candidate))
    return Played(candidate, interview.transcript)


@pytest.fixture(scope="module")
def played(bank: Bank, reader: OfflineRater) -> dict[str, list[Played]]:
    return {name: [play(bank, reader, person, seed) for seed in SEEDS] for name, person in PEOPLE.items()}


def told(games: list[Played]) -> int:
    return sum(len(game.candidate.told) for game in games)


def known(person: Person) -> int:
    """Facts that a person holds back, over all seeds."""
    return len(person.facts) * len(SEEDS)


def in_reach(person: Person) -> int:
    """Of these, how many two probes can bring out: whoever is asked tells one fact at a time."""
    return min(2, len(person.facts)) * len(SEEDS)


def by_tell_me_more(person: Person) -> float:
    """The facts that "tell me more" brings out when asked as often: anything unsaid comes with the same chance."""
    return in_reach(person) * len(person.facts) / (len(person.facts) + len(person.otherwise))


def test_hidden_facts_come_out_more_often_than_with_tell_me_more(
    played: dict[str, list[Played]],
) -> None:
    ours = sum(told(played[name]) for name in KNOWING)
    reach = sum(in_reach(PEOPLE[name]) for name in KNOWING)
    fixed = sum(by_tell_me_more(PEOPLE[name]) for name in KNOWING)
    assert ours / reach >= 0.6
    assert ours >= 1.3 * fixed


@pytest.mark.parametrize("name", ["bluffer", "injector", "silent"])
def test_somebody_without_facts_gains_nothing_by_being_asked(name: str, played: dict[str, list[Played]]) -> None:
    for game in played[name]:
        assert game.level("final") <= game.level("first")


def test_whoever_knows_more_than_they_said_is_rated_higher_for_saying_it(played: dict[str, list[Played]]) -> None:
    for name in ("terse-expert", "humble-junior", "non-native"):
        games = played[name]
        assert sum(game.level("final") - game.level("first") for game in games) / len(games) > 0


@pytest.mark.parametrize("name", sorted(PEOPLE))
def test_every_interview_with_an_invented_person_comes_to_its_end(name: str, played: dict[str, list[Played]]) -> None:
    for game in played[name]:
        assert game.transcript.ended == "finished"
        assert 1 <= len(game.transcript.threads[0].probes) <= 2
        assert game.transcript.threads[0].rated("final") is not None


def test_the_worked_thread_of_the_docs_is_what_is_asked(played: dict[str, list[Played]]) -> None:
    told = " ".join((Path(__file__).parents[2] / "docs" / "probing.md").read_text(encoding="utf-8").split())
    thread = told.partition("## One thread")[2]
    for probe in played["terse-expert"][1].transcript.threads[0].probes:
        assert f"*{probe.text}* (asked because {probe.reason})" in thread


def test_no_two_probes_of_an_interview_are_the_same(played: dict[str, list[Played]]) -> None:
    for games in played.values():
        for game in games:
            asked = [probe.text for probe in game.transcript.threads[0].probes]
            assert len(set(asked)) == len(asked)
