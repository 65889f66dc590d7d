"""Fits by what one tells the sentence that shows a part: a choice among the sentences where it was seen.

Two readings say which sentences show it. One reader gave one quote for each part of the dev answers (`marks.jsonl`);
another said of most practice answers and some dev answers, for each part that the rater had read in and without seeing
what it quotes, which of all sentences show it and which do so partly (`places.jsonl`). A sign is worth the same for all
parts; beside it each part has worths of its own, kept small by a penalty, and those that come to little are left out.

    python -m benchmarks.fitting_quotes      writes the weights into rubrics/cues/quotes.yaml
"""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from interviewer.bank.cue_files import load_cues
from interviewer.bank.cues import Cues
from interviewer.bank.library import Bank
from interviewer.bank.quote_cues import QuoteCues, Tells
from interviewer.rating.evidence import find_quote
from interviewer.rating.offline.clauses import Sentence, sentences_of
from interviewer.rating.offline.parts import see_parts
from interviewer.rating.offline.reader import OfflineRater
from interviewer.rating.offline.telling import WHATEVER_THE_PART, Sentences, Signs, Sought
from interviewer.rating.rater import Quote
from interviewer.session.thread import Thread

from .fitting import CUES
from .held_answers import FOLDER, Answer, answers

STEPS, PACE = 120, 0.06
PENALTY = 1.0
"""On half the square of every weight."""
OF_ONE_PART = 0.4
"""How much less freely what is worth something for one part alone moves than what is for all."""
LEAST = 0.2
"""What comes to less for one part alone is left out."""
_PARTED = re.compile(r"\.\.\.|…")

Span = tuple[int, int, int]
"""Turn, beginning and end of a sentence."""
Name = tuple[str, ...]
"""A sign; or dimension, part, and a sign or shape."""


Row = tuple[list[list[tuple[int, float]]], frozenset[int], frozenset[int]]
"""A choice with its names numbered."""


@dataclass(frozen=True)
class Shown:
    """Which sentences show a part."""

    wholly: frozenset[Span]
    partly: frozenset[Span] = frozenset()


@dataclass(frozen=True)
class Choice:
    """A part, the sentences where it was seen with all that may speak for each, and which show it."""

    question: str
    heard: Sequence[Mapping[Name, float]]
    right: frozenset[int]
    partly: frozenset[int]


def choices(bank: Bank, cues: Cues) -> Iterator[Choice]:
    """Every choice in which some sentence shows the part and another one does not."""
    rater, given = OfflineRater(cues), {answer.id: answer for answer in answers()}
    for readers in (marks(), places()):
        for name, parts in readers.items():
            yield from _choices(bank, cues, rater, given[name], parts)


def _choices(
    bank: Bank, cues: Cues, rater: OfflineRater, answer: Answer, shown: Mapping[str, Mapping[str, Shown]]
) -> Iterator[Choice]:
    read, sentences = rater.answer(answer.thread), Sentences(cues.quotes, answer.thread)
    shapes = [each.shapes for each in read.reads]
    for dimension, parts in shown.items():
        seen = see_parts(cues.dimensions[dimension], read)
        for part, where in parts.items():
            if not seen[part].places:
                continue
            heard = sentences.heard(Sought(seen[part].places, bank.dimension(dimension).parts[part].terms), shapes)
            spans = [span_of(place.sentence) for place, _ in heard]
            right = frozenset(at for at, span in enumerate(spans) if touches(span, where.wholly))
            partly = frozenset(at for at, span in enumerate(spans) if touches(span, where.partly)) - right
            if right and len(right | partly) < len(heard):
                named = [_named(each, dimension, part) for _, each in heard]
                yield Choice(answer.question, named, right, partly)


def _named(heard: Mapping[str, float], dimension: str, part: str) -> dict[Name, float]:
    """For all parts, and once more for this one alone."""
    shared: dict[Name, float] = {(name,): heard[name] for name in Signs._fields}
    alone = [name for name in heard if name not in Signs._fields or name in WHATEVER_THE_PART]
    return shared | {(dimension, part, name): heard[name] * OF_ONE_PART for name in alone}


def fitted(given: Sequence[Choice]) -> dict[str, Any]:
    """`tells` and `speaks` under which the sentences that show their part are likeliest."""
    index: dict[Name, int] = {}
    rows: list[Row] = []
    for choice in given:
        heard = [[(index.setdefault(name, len(index)), worth) for name, worth in each.items()] for each in choice.heard]
        rows.append((heard, choice.right, choice.partly))
    weights = _descended(rows, len(index))
    speaks: defaultdict[str, defaultdict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for name, at in index.items():
        worth = weights[at] * OF_ONE_PART
        if len(name) > 1 and abs(worth) >= LEAST:
            speaks[name[0]][name[1]][name[2]] = round(worth, 1)
    tells = {name: round(weights[index[name,]], 2) if (name,) in index else 0.0 for name in Signs._fields}
    return {"tells": tells, "speaks": {dimension: dict(parts) for dimension, parts in speaks.items()}}


def _descended(rows: Sequence[Row], size: int) -> list[float]:
    """The weights, by Adam (Kingma and Ba 2015) with a pace that slackens."""
    weights, mean, square = [0.0] * size, [0.0] * size, [0.0] * size
    for step in range(1, STEPS + 1):
        pace = PACE * (1 - 0.9 * step / STEPS)
        for at, slope in enumerate(_slope(rows, weights)):
            mean[at] += 0.1 * (slope - mean[at])
            square[at] += 0.01 * (slope * slope - square[at])
            if mean[at]:
                root = math.sqrt(square[at] / (1 - 0.99**step)) + 1e-6
                weights[at] -= pace * mean[at] / (1 - 0.9**step) / root
    return weights


def _slope(rows: Sequence[Row], weights: Sequence[float]) -> list[float]:
    """Of the penalty and of how unlikely the right sentences are; those that show it partly are no choice."""
    slope = [PENALTY * weight for weight in weights]
    for sentences, right, partly in rows:
        powers = [
            0.0 if at in partly else math.exp(sum(weights[name] * value for name, value in each))
            for at, each in enumerate(sentences)
        ]
        whole, good = sum(powers), sum(powers[at] for at in right)
        for at, each in enumerate(sentences):
            error = powers[at] / whole - (powers[at] / good if at in right else 0.0)
            if error:
                for name, value in each:
                    slope[name] += error * value
    return slope


def with_weights(cues: Cues, weights: Mapping[str, Any]) -> Cues:
    """The cues with these in place of what ships."""
    quotes = cues.quotes.model_copy(update={"tells": Tells(**weights["tells"]), "speaks": weights["speaks"]})
    return cues.model_copy(update={"quotes": QuoteCues.model_validate(quotes)})


def marks() -> dict[str, dict[str, dict[str, Shown]]]:
    """By answer, dimension and part the sentences that the first reader's quote touches; parts not met left out."""
    threads = {answer.id: answer.thread for answer in answers("dev")}
    lines = map(json.loads, (FOLDER / "marks.jsonl").read_text("utf-8").splitlines())
    return {
        line["id"]: {
            dimension: {
                part: Shown(frozenset(_marked(threads[line["id"]], quote))) for part, quote in parts.items() if quote
            }
            for dimension, parts in line["parts"].items()
        }
        for line in lines
    }


def places() -> dict[str, dict[str, dict[str, Shown]]]:
    """By answer, dimension and part the sentences that show it, as the second reader found."""

    def spans(found: Sequence[Sequence[int]]) -> frozenset[Span]:
        return frozenset((turn, start, end) for turn, start, end in found)

    lines = map(json.loads, (FOLDER / "places.jsonl").read_text("utf-8").splitlines())
    return {
        line["id"]: {
            dimension: {part: Shown(spans(each["shows"]), spans(each["partly"])) for part, each in parts.items()}
            for dimension, parts in line["parts"].items()
        }
        for line in lines
    }


def _marked(thread: Thread, quote: str) -> set[Span]:
    """The sentences that the reader's quote touches; of one that leaves something out, those of its pieces."""
    whole = find_quote(thread, quote) if quote else None
    pieces = [whole] if whole else [find_quote(thread, piece.strip()) for piece in _PARTED.split(quote)]
    return {span for piece in pieces if piece for span in sentences_with(thread, piece)}


def sentences_with(thread: Thread, quote: Quote) -> set[Span]:
    """The sentences that hold some of the quote."""
    found = (span_of(each) for each in sentences_of(thread.turns[quote.turn].text, quote.turn))
    return {span for span in found if touches(span, [(quote.turn, quote.start, quote.end)])}


def span_of(sentence: Sentence) -> Span:
    """Where it stands."""
    return sentence.turn, *sentence.span


def touches(span: Span, others: Iterable[Span]) -> bool:
    """Whether it shares a character with any of these."""
    return any(span[0] == turn and span[1] < end and start < span[2] for turn, start, end in others)


def _written(weights: Mapping[str, Any]) -> str:
    """As it stands in `quotes.yaml`, no line too long."""
    tells = [f"{name}: {worth:.2f}" for name, worth in weights["tells"].items()]
    lines = ["tells:", *_flowing(tells, "  "), "speaks:"]
    for dimension, parts in sorted(weights["speaks"].items()):
        lines.append(f"  {dimension}:")
        for part, speaks in parts.items():
            most_first = sorted(speaks.items(), key=lambda each: (-each[1], each[0]))
            lines += [f"    {part}:", *_flowing([f"{name}: {worth:.1f}" for name, worth in most_first], "      ")]
    return "\n".join(lines) + "\n"


def _flowing(entries: Sequence[str], indent: str) -> list[str]:
    """Entries one after the other in braces, lines of at most 120 characters."""
    lines = [indent + "{"]
    for at, entry in enumerate(entries):
        piece = entry + (", " if at + 1 < len(entries) else "}")
        if len(lines[-1] + piece) > 120:
            lines.append(indent + " ")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


if __name__ == "__main__":
    opened = Bank.open()
    path = CUES / "quotes.yaml"
    text = path.read_text("utf-8")
    begin, end = text.index("tells:"), text.index("\nvague:") + 1
    written = _written(fitted(list(choices(opened, load_cues(opened.root)))))
    path.write_text(text[:begin] + written + text[end:], "utf-8")
