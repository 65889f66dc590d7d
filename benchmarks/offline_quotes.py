"""How often the offline rater's parts, and the words it shows for them, are those of a careful reader.

The reader marked every part of the 80 dev answers as met or not, with a quote each (`fixtures/gold/marks.jsonl`). The
weights of `quotes.yaml` are fitted on these quotes; besides what ships, the figure with every question left out once.

    python -m benchmarks.offline_quotes      prints the weights, fitted on all of them
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from interviewer.bank.cue_files import load_cues
from interviewer.bank.cues import Cues
from interviewer.bank.library import Bank
from interviewer.bank.quote_cues import Tells
from interviewer.rating.evidence import find_quote
from interviewer.rating.offline.clauses import sentences_of
from interviewer.rating.offline.parts import see_parts
from interviewer.rating.offline.reader import OfflineRater
from interviewer.rating.offline.telling import Sentences, Signs
from interviewer.rating.rater import Quote
from interviewer.session.thread import Thread

from .figures import Figure
from .held_answers import FOLDER, Answer, answers

STEPS, PACE, RIDGE = 300, 0.5, 1.0
"""Of the descent; the penalty is on the sum of squared weights."""
_PARTED = re.compile(r"\.\.\.|…")


@dataclass(frozen=True)
class Choice:
    """A part that both found, the sentences to choose from with their signs, and which the reader quoted."""

    question: str
    signs: Sequence[Signs]
    right: frozenset[int]


def run() -> list[Figure]:
    """Shares of the parts that the offline rater says it read in, in the 80 dev answers."""
    bank = Bank.open()
    cues = load_cues(bank.root)
    marks, given = _marks(), answers("dev")
    rater = OfflineRater(cues)
    said = marked = shown = 0
    for answer in given:
        ratings = rater.read(answer.thread, [bank.dimension(name) for name in answer.ratings]).ratings
        for name, rating in ratings.items():
            for finding in rating.findings:
                if finding.met and finding.quote:
                    quote = marks[answer.id][name].get(finding.part, "")
                    said, marked = said + 1, marked + bool(quote)
                    shown += bool(_sentences(answer.thread, [finding.quote]) & _marked(answer.thread, quote))
    choices = list(_choices(bank, cues, given, marks))
    held = sum(_hits(choices, question) for question in {choice.question for choice in choices})
    return [
        Figure("parts read in that the reader met", marked / said, better="higher", target=">= 0.6"),
        Figure("of these, quoted from the reader's sentence", shown / marked, better="higher"),
        Figure("of all parts read in", shown / said, better="higher"),
        Figure("best sentence is the reader's, question left out", held / len(choices), better="higher"),
    ]


def fitted(choices: Sequence[Choice]) -> dict[str, float]:
    """The weights under which the reader's sentences are likeliest."""
    weights = dict.fromkeys(Tells.model_fields, 0.0)
    for _ in range(STEPS):
        slope = {name: RIDGE * weight for name, weight in weights.items()}
        for choice in choices:
            if not choice.right:
                continue
            powers = [math.exp(_score(weights, signs)) for signs in choice.signs]
            whole, right = sum(powers), sum(powers[at] for at in choice.right)
            for at, signs in enumerate(choice.signs):
                error = powers[at] / whole - (powers[at] / right if at in choice.right else 0.0)
                for name, value in zip(Signs._fields, signs, strict=True):
                    slope[name] += error * value
        for name in weights:
            weights[name] -= PACE * slope[name] / len(choices)
    return weights


def _hits(choices: Sequence[Choice], question: str) -> int:
    """For how many of the question's parts the weights fitted without it pick the reader's sentence."""
    weights = fitted([choice for choice in choices if choice.question != question])
    return sum(
        max(range(len(choice.signs)), key=lambda at: _score(weights, choice.signs[at])) in choice.right
        for choice in choices
        if choice.question == question
    )


def _score(weights: Mapping[str, float], signs: Signs) -> float:
    return sum(weights[name] * value for name, value in zip(Signs._fields, signs, strict=True))


def _choices(
    bank: Bank, cues: Cues, given: Iterable[Answer], marks: Mapping[str, Mapping[str, Mapping[str, str]]]
) -> Iterator[Choice]:
    rater = OfflineRater(cues)
    for answer in given:
        ratings = rater.read(answer.thread, [bank.dimension(name) for name in answer.ratings]).ratings
        sentences = Sentences(cues.quotes, answer.thread)
        for name, rating in ratings.items():
            seen = see_parts(cues.dimensions[name], rater.answer(answer.thread))
            for finding in rating.findings:
                quote = marks[answer.id][name].get(finding.part, "")
                if finding.met and quote:
                    terms = bank.dimension(name).parts[finding.part].terms
                    found = sentences.signs_of(seen[finding.part].places, terms)
                    wanted = _marked(answer.thread, quote)
                    spans = [(place.sentence.turn, *place.sentence.span) for place, _ in found]
                    right = frozenset(at for at, span in enumerate(spans) if _within(span, wanted))
                    yield Choice(answer.question, [signs for _, signs in found], right)


def _marks() -> dict[str, dict[str, dict[str, str]]]:
    lines = map(json.loads, (FOLDER / "marks.jsonl").read_text("utf-8").splitlines())
    return {line["id"]: line["parts"] for line in lines}


def _marked(thread: Thread, quote: str) -> set[tuple[int, int, int]]:
    """The sentences that the reader's quote touches; of one that leaves something out, those of its pieces."""
    whole = find_quote(thread, quote) if quote else None
    pieces = [whole] if whole else [find_quote(thread, piece.strip()) for piece in _PARTED.split(quote)]
    return _sentences(thread, [piece for piece in pieces if piece])


def _sentences(thread: Thread, quotes: Iterable[Quote]) -> set[tuple[int, int, int]]:
    """Turn, beginning and end of each sentence that holds some of it."""
    return {
        (quote.turn, start, end)
        for quote in quotes
        for sentence in sentences_of(thread.turns[quote.turn].text, quote.turn)
        for start, end in [sentence.span]
        if quote.start < end and start < quote.end
    }


def _within(span: tuple[int, int, int], sentences: Iterable[tuple[int, int, int]]) -> bool:
    return any(span[0] == turn and span[1] < end and start < span[2] for turn, start, end in sentences)


if __name__ == "__main__":
    opened = Bank.open()
    known = load_cues(opened.root)
    for name, weight in fitted(list(_choices(opened, known, answers("dev"), _marks()))).items():
        print(f"{name}: {weight:.2f}")
