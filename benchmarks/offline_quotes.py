"""How often the words that the offline rater shows for a part are those that a careful reader would show for it.

One reader marked every part of the 80 dev answers as met or not, with one quote each (`fixtures/gold/marks.jsonl`).
Another said which sentences of 126 answers show each part that the rater read in, wholly or partly
(`fixtures/gold/places.jsonl`). The weights of `quotes.yaml` are fitted on both (`fitting_quotes.py`), so every question
is left out of the fitting in its turn. Of the second reader's answers only those to practice questions are counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from interviewer.bank.cue_files import load_cues
from interviewer.bank.cues import Cues
from interviewer.bank.library import Bank
from interviewer.rating.deciding import is_sure, surest_words
from interviewer.rating.offline.reader import OfflineRater
from interviewer.rating.rater import Quote, Rating

from .figures import Figure
from .fitting_quotes import Shown, choices, fitted, marks, places, sentences_with, touches, with_weights
from .held_answers import Answer, answers

FOLDS = 5
CROWDED = 5
"""Parts for which one sentence is shown."""
SHOWS, PARTLY, NOT = "shows it", "partly", "not"


def run() -> list[Figure]:
    """Shares of the parts that the offline rater says it read in, and of the quotes it shows for them."""
    bank = Bank.open()
    first, second = marks(), places()
    seen: Counter[str] = Counter()
    for answer, cues in _left_out(bank, load_cues(bank.root)):
        ratings = OfflineRater(cues).read(answer.thread, [bank.dimension(name) for name in answer.ratings]).ratings
        if answer.set == "dev":
            seen.update(_by_marks(answer, ratings, first[answer.id]))
        elif answer.id in second:
            seen.update(_by_places(bank, answer, ratings, second[answer.id]))
    return [
        Figure("parts read in that the reader met", seen["met"] / seen["said"], better="higher", target=">= 0.6"),
        Figure("of these, quoted from the reader's sentence", seen["quoted"] / seen["met"], better="higher"),
        Figure("of all parts read in", seen["quoted"] / seen["said"], better="higher"),
        *_shares(seen),
    ]


def _shares(seen: Mapping[str, int]) -> list[Figure]:
    def share(what: str, of: str) -> list[Figure]:
        total = _total(seen, of)
        return [
            Figure(f"{what}: shows it", seen[f"{of} {SHOWS}"] / total, better="higher"),
            Figure(f"{what}: partly", seen[f"{of} {PARTLY}"] / total, better="nearer 0"),
        ]

    return [
        *share("practice, quote of a part", "part"),
        *share("practice, quote called sure", "sure"),
        Figure("practice, share called sure", _total(seen, "sure") / _total(seen, "part"), better="higher"),
        *share("practice, quote under a level", "level"),
        Figure("practice, share of levels with a quote", _total(seen, "level") / seen["levels"], better="higher"),
        Figure("practice, sentences shown for five parts or more", seen["crowded"] / seen["answers"], "an answer"),
    ]


def _total(seen: Mapping[str, int], of: str) -> int:
    return sum(seen[f"{of} {grade}"] for grade in (SHOWS, PARTLY, NOT))


def _left_out(bank: Bank, cues: Cues) -> Iterator[tuple[Answer, Cues]]:
    """Every answer, with cues fitted without the answers to its question."""
    given, read = list(choices(bank, cues)), answers()
    questions = sorted({answer.question for answer in read})
    for fold in range(FOLDS):
        left_out = set(questions[fold::FOLDS])
        without = with_weights(cues, fitted([choice for choice in given if choice.question not in left_out]))
        yield from ((answer, without) for answer in read if answer.question in left_out)


def _by_marks(answer: Answer, ratings: Mapping[str, Rating], marked: Mapping[str, Mapping[str, Shown]]) -> Counter[str]:
    """How many parts are read in, the reader met of these, and are quoted from the reader's sentence."""
    seen: Counter[str] = Counter()
    for dimension, rating in ratings.items():
        for part, quote in _quotes(rating).items():
            where = marked[dimension].get(part)
            seen["said"] += 1
            seen["met"] += bool(where)
            seen["quoted"] += bool(where and sentences_with(answer.thread, quote) & where.wholly)
    return seen


def _by_places(
    bank: Bank, answer: Answer, ratings: Mapping[str, Rating], shown: Mapping[str, Mapping[str, Shown]]
) -> Counter[str]:
    """How well each quote shows its part, and the one under each level one of those that it is quoted for."""
    told, taken, uses = bank.told(), list[Quote](), Counter[tuple[int, int]]()
    seen: Counter[str] = Counter(answers=1)
    for name, rating in ratings.items():
        known = {part: quote for part, quote in _quotes(rating).items() if part in shown.get(name, {})}
        for part, quote in known.items():
            grade = _grade(answer, quote, [shown[name][part]])
            seen[f"part {grade}"] += 1
            seen[f"sure {grade}"] += is_sure(told, name, part, quote)
            uses[quote.turn, quote.end] += 1
        seen["levels"] += rating.level is not None
        if best := surest_words(bank.dimension(name), rating, told, taken=taken):
            taken.append(best)
            seen[f"level {_grade(answer, best, [shown[name][part] for part in known if known[part] == best])}"] += 1
    seen["crowded"] = sum(parts >= CROWDED for parts in uses.values())
    return seen


def _quotes(rating: Rating) -> dict[str, Quote]:
    return {finding.part: finding.quote for finding in rating.findings if finding.met and finding.quote}


def _grade(answer: Answer, quote: Quote, shown: Sequence[Shown]) -> str:
    """How well the quote shows the one of these parts that it shows best."""
    held = sentences_with(answer.thread, quote)
    if any(touches(span, each.wholly) for each in shown for span in held):
        return SHOWS
    return PARTLY if any(touches(span, each.partly) for each in shown for span in held) else NOT
