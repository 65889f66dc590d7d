"""Prints what docs/probing.md says was measured: `python -m tests.interview.measures`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from interviewer.bank.cue_files import load_cues
from interviewer.bank.library import Bank
from interviewer.bank.wording import faults, quoted_in
from interviewer.interview.choosing import Chooser, Chosen
from interviewer.interview.probing import Skip
from interviewer.rating.offline.reader import OfflineRater

from .conftest import rated_answers
from .test_probing import by_other_questions, hits, moment_of
from .test_simulated import KNOWING, PEOPLE, SEEDS, by_tell_me_more, in_reach, known, play, told

Item = dict[str, Any]


def on_gold(bank: Bank, reader: OfflineRater) -> Iterator[tuple[str, str]]:
    """What is told by the gold answers: the target, the skips, the form and the quotes."""
    chooser = Chooser(bank, reader)
    read = [(item, moment_of(item, bank, reader)) for item in rated_answers()]
    found, left_out = hits(chooser, read), by_other_questions(Chooser(bank, reader), read)
    yield "target among the two our raters named", f"{sum(found)} of {len(found)}"
    yield "the same, each question left out in turn", f"{sum(left_out)} of {len(left_out)}"
    chosen = [(item, chooser.next(moment)) for item, moment in read]
    thin = [
        not isinstance(choice, Skip) for item, choice in chosen if item["overall"] <= 2 and len(item["thread"]) == 1
    ]
    complete = [isinstance(choice, Skip) for item, choice in chosen if item["overall"] == 5]
    yield "thin answers probed (overall 1 or 2)", f"{sum(thin)} of {len(thin)}"
    yield "complete answers left (overall 5)", f"{sum(complete)} of {len(complete)}"
    yield from _wording(bank, [(item, choice) for item, choice in chosen if isinstance(choice, Chosen)])


def _wording(bank: Bank, asked: list[tuple[Item, Chosen]]) -> Iterator[tuple[str, str]]:
    wrong = given = quotes = misquotes = 0
    for item, choice in asked:
        said = [turn["text"] for turn in item["thread"] if turn["role"] == "candidate"]
        terms = bank.dimension(choice.target.dimension).parts[choice.target.part].terms
        found = faults(choice.text, bank.wording(), terms=terms, heard=" ".join(said))
        wrong += bool(found)
        given += any(fault.startswith("gives away") for fault in found)
        pieces = quoted_in(choice.text)
        quotes += len(pieces)
        misquotes += sum(not any(piece in text for text in said) for piece in pieces)
    yield "faults of form / give-aways", f"{wrong} / {given} of {len(asked)}"
    yield "misquotes", f"{misquotes} of {quotes} quotes"


def on_people(bank: Bank, reader: OfflineRater) -> Iterator[tuple[str, str]]:
    """What is told by the invented people: facts that came out, levels gained, questions asked twice."""
    games = {name: [play(bank, reader, person, seed) for seed in SEEDS] for name, person in PEOPLE.items()}
    ours = sum(told(games[name]) for name in KNOWING)
    everything, reach = (sum(count(PEOPLE[name]) for name in KNOWING) for count in (known, in_reach))
    fixed = sum(by_tell_me_more(PEOPLE[name]) for name in KNOWING)
    yield "facts out in two probes", f"{ours} of {everything} held back; {reach} are in reach of two probes"
    yield "against “tell me more”, asked as often", f"{ours / fixed:.2f} times ({fixed:.0f})"
    gains = {
        name: sum(game.level("final") - game.level("first") for game in games[name]) / len(SEEDS) for name in games
    }
    yield "levels gained by probing", ", ".join(f"{name} {gain:+.1f}" for name, gain in sorted(gains.items()))
    asked = [[probe.text for probe in game.transcript.threads[0].probes] for each in games.values() for game in each]
    yield "questions asked twice", str(sum(len(each) - len(set(each)) for each in asked))


def main() -> None:
    bank = Bank.open()
    reader = OfflineRater(load_cues(bank.root))
    for what, value in (*on_gold(bank, reader), *on_people(bank, reader)):
        print(f"{what:<45} {value}")


if __name__ == "__main__":
    main()
