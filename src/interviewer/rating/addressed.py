"""Finds the pieces of an answer that address the rater instead of answering: orders, claimed scores, fake roles.

Talk *about* such text is not a piece: what stands in quotation marks after "a page that says" is reported. Doubtful
pieces are found too: they are no accusation, but an answer is also read without them. It looks at one turn at a time
and may not know how answers are rated.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, groupby
from operator import itemgetter
from typing import NamedTuple, TypeVar

from ..bank.cues import AddressedCues
from .disguise import plainly

_SENTENCE = re.compile(r"[^.!?\n。！？।؟]+(?:\.(?=\S)[^.!?\n。！？।؟]*)*[.!?。！？।؟]*[\"'”’)\]]*")
_QUOTED = re.compile(
    r"\"[^\"\n]{3,400}\"|“[^”\n]{3,400}”|„[^“\n]{3,400}“|«[^»\n]{3,400}»|'(?<!\w')[^'\n]{8,400}'(?!\w)|`[^`\n]{3,400}`"
)
_NAME = re.compile(r"<([a-z]+)>")
_EVERYDAY = re.compile(
    r"\b(?:the|to|of|and|we|is|that|for|it|not|with|my|our|you|your|they|them|she|this|these|were|would|what|when|which"
    r"|because|there|who|why|how|from|by|nobody|nothing)\b"
)
_ENGLISH = re.compile(r"\b(?:the|to|of|and|we|is|that|for|it|a|an|i|in|was|you|my|not|or|if|with)\b")
_PARAGRAPH = re.compile(r"[^\n](?:[^\n]|\n(?!\s*\n))*")
_MARK = re.compile(r"[\W_]")
_NO_MARKS = str.maketrans({mark: " " for mark in map(chr, range(128)) if not mark.isalnum()})
MOSTLY = 0.75
"""Share of a paragraph's letters from which all of it addresses the rater."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a turn's text that earns nothing."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What was found in a turn."""

    addressed: tuple[Span, ...] = ()
    """What addresses the rater, in order and apart from each other."""
    doubtful: tuple[Span, ...] = ()
    """What may."""


def suspicion(text: str, cues: AddressedCues) -> Suspicion:
    """The pieces of `text` that address the rater, and those that may; character offsets."""
    rules = _rules(cues)
    plain, places = plainly(text)
    read = _without_reports(_small(plain), rules)
    words = _words(read)
    blocks = _signed(rules.blocks, f"\n{read}") + _signed(rules.spelt, words)
    spans = [Span(*match.span()) for block in blocks for match in block.finditer(read)]
    guilty, doubtful = _sentences(_Said(read, words), rules)
    found = _whole_paragraphs(read, _joined(spans + guilty))

    if not found and not doubtful:
        return Suspicion()

    def in_text(spans: Iterable[Span]) -> tuple[Span, ...]:
        return tuple(Span(places[span.start], places[span.end - 1] + 1) for span in spans)

    return Suspicion(in_text(found), in_text(_joined(doubtful)))


def without(text: str, spans: Sequence[Span]) -> str:
    """The text with each piece turned into line breaks, so that offsets stay and no sentence runs across."""
    for span in spans:
        text = text[: span.start] + "\n" * (span.end - span.start) + text[span.end :]
    return text


class _Said(NamedTuple):
    """A sentence, or all of them."""

    text: str
    """In small letters."""
    words: str
    """The same behind a space, and with a space for each mark: words are found by that at a third of the cost."""


_Test = Callable[[str], re.Match[str] | None]
"""Whether a rule fits a text."""
_Rule = TypeVar("_Rule")
_BySign = Sequence[tuple[re.Pattern[str], Sequence[_Rule]]]
"""Rules by a sign without which none of them matches."""


@dataclass(frozen=True, slots=True)
class _Rules:
    hint: re.Pattern[str]
    blocks: _BySign[re.Pattern[str]]
    spelt: _BySign[re.Pattern[str]]
    begun: re.Pattern[str]
    bidden: Sequence[tuple[Sequence[str], re.Pattern[str]]]
    orders: _BySign[re.Pattern[str]]
    first_word: re.Pattern[str]
    at_words: Mapping[str, Sequence[re.Pattern[str]]]
    """By what `first_word` finds."""
    sentences: Sequence[_Test]
    doubtful: _BySign[_Test]
    talk: Sequence[_Test]
    trailing: Sequence[_Test]
    reported: Sequence[_Test]


@lru_cache(maxsize=4)
def _rules(cues: AddressedCues) -> _Rules:
    def compiled(rule: str) -> re.Pattern[str]:
        """The rule with the expressions of its names, and theirs, put in."""
        known = _NAME.sub(lambda name: cues.names.get(name[1], name[0]), rule)
        return re.compile(known) if known == rule else compiled(known)

    def test(rule: str) -> _Test:
        """How the rule is tried; to search for a beginning would look for it at every letter."""
        known = compiled(rule)
        return known.match if known.pattern.startswith("^") else known.search

    def sign(words: str) -> re.Pattern[str]:
        return compiled(f" (?:{words})" if words else "")

    at_words = {words: [compiled(rf"\b(?:{rule})") for rule in rules] for words, rules in cues.at_words.items()}
    return _Rules(
        hint=_any_of(cues.hints),
        blocks=[(compiled(mark), [*map(compiled, rules)]) for mark, rules in cues.blocks.items()],
        spelt=[(sign(words), [*map(compiled, rules)]) for words, rules in cues.spelt.items()],
        begun=compiled(cues.begun),
        bidden=[([text.replace("_", " ") for text in texts], compiled(rule)) for texts, rule in cues.bidden.items()],
        orders=[(sign(words), [*map(compiled, rules)]) for words, rules in cues.orders.items()],
        first_word=_any_of(chain.from_iterable(at_words)),
        at_words=_by_first_word(at_words),
        sentences=[*map(test, cues.sentences)],
        doubtful=[(sign(words), [*map(test, rules)]) for words, rules in cues.doubtful.items()],
        talk=[*map(test, cues.talk)],
        trailing=[*map(test, cues.trailing)],
        reported=[*map(test, cues.reported)],
    )


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Finds these words and beginnings of words; those with the same letter first are tried together."""
    endings = ((word[0], word[1:-1] if word.endswith("*") else rf"{word[1:]}\b") for word in sorted({*words}))
    letters = ((letter, "|".join(ending for _, ending in found)) for letter, found in groupby(endings, itemgetter(0)))
    return re.compile(f" (?:{'|'.join(f'{letter}(?:{ending})' for letter, ending in letters)})")


def _by_first_word(at_words: Mapping[tuple[str, ...], list[re.Pattern[str]]]) -> dict[str, list[re.Pattern[str]]]:
    """For each word, and each beginning, the rules that may match there, be it by a longer or a shorter one."""
    known = [([word.rstrip("*") for word in words], rules) for words, rules in at_words.items()]

    def may_match(first: str, words: Iterable[str]) -> bool:
        return any(first.startswith(word) or word.startswith(first) for word in words)

    firsts = {first for words, _ in known for first in words}
    return {first: [rule for words, rules in known if may_match(first, words) for rule in rules] for first in firsts}


def _without_reports(text: str, rules: _Rules) -> str:
    """The text with reported quotations blanked: they are talk about such text."""
    for match in _QUOTED.finditer(text):
        before = text[max(0, match.start() - 60) : match.start()]
        line = before[before.rfind("\n") + 1 :].rstrip(" ,:;(")
        if line and _matches(line, rules.reported):
            text = text[: match.start()] + "_" * len(match[0]) + text[match.end() :]
    return text


def _sentences(read: _Said, rules: _Rules) -> tuple[list[Span], list[Span]]:
    """Sentences that address the rater, and those that may."""
    spans: list[Span] = []
    doubtful: list[Span] = []
    for line in re.finditer(r"[^\n]+", read.text):
        pieces = [*_SENTENCE.finditer(read.text, line.start(), line.end())]
        said = [_Said(piece[0], read.words[piece.start() : piece.end() + 1]) for piece in pieces]
        hinted = [_hinted(sentence, rules) for sentence in said]
        if not any(hinted):
            continue
        suspect = [worth and _addresses(sentence, rules) for worth, sentence in zip(hinted, said, strict=True)]
        guilty = [
            is_so and not _matches(sentence.text, rules.talk) for is_so, sentence in zip(suspect, said, strict=True)
        ]
        for index, (piece, sentence) in enumerate(zip(pieces, said, strict=True)):
            beside = any(guilty[max(0, index - 1) : index + 2])
            if guilty[index] or (beside and _matches(sentence.text, rules.trailing)):
                spans.append(Span(*piece.span()))
            elif hinted[index] and _matches(sentence.text, _signed(rules.doubtful, sentence.words)):
                doubtful.append(Span(*piece.span()))
    return spans, doubtful


def _signed(rules: _BySign[_Rule], text: str) -> list[_Rule]:
    """The rules whose sign is in the text."""
    return [rule for sign, known in rules if sign.search(text) for rule in known]


def _small(text: str) -> str:
    """The text in small letters, each in its place: rules that need not ignore case are twice as quick.

    Of the dotted capital the small letter would be two characters; no rule knows the i without a dot.
    """
    return text.replace("\u0130", "i").replace("\u0131", "i").lower()


def _words(text: str) -> str:
    """See `_Said.words`."""
    return f" {text.translate(_NO_MARKS) if text.isascii() else _MARK.sub(' ', text)}"


def _hinted(said: _Said, rules: _Rules) -> bool:
    """Whether there is a reason to look: a telling word, or no everyday English."""
    return rules.hint.search(said.words) is not None or not _EVERYDAY.search(said.text)


def _addresses(said: _Said, rules: _Rules) -> bool:
    """Whether it does as it stands, or read backwards or by the thirteenth letter where it is no English."""
    if _speaks_to_the_rater(said, rules):
        return True
    if len(said.text.split()) < 5 or _ENGLISH.search(said.text):
        return False
    disguised = (codecs.encode(said.text, "rot13"), said.text[::-1])
    return any(
        _ENGLISH.search(read) is not None and _speaks_to_the_rater(_Said(read, _words(read)), rules)
        for read in disguised
    )


def _speaks_to_the_rater(said: _Said, rules: _Rules) -> bool:
    return _orders(said, rules) or _speaks_at_a_word(said, rules) or _matches(said.text, rules.sentences)


def _orders(said: _Said, rules: _Rules) -> bool:
    orders = _signed(rules.orders, said.words)
    places = _where_orders_may_stand(said.text, rules) if orders else ()
    return any(order.match(said.text, place) for place in places for order in orders)


def _where_orders_may_stand(sentence: str, rules: _Rules) -> set[int]:
    begun = rules.begun.match(sentence)
    first = begun.end() if begun else 0
    for texts, bidden in rules.bidden:
        if any(text in sentence for text in texts):
            return {first, *(match.end() for match in bidden.finditer(sentence, first))}
    return {first}


def _speaks_at_a_word(said: _Said, rules: _Rules) -> bool:
    words = rules.first_word.finditer(said.words)
    return any(rule.match(said.text, word.start()) for word in words for rule in rules.at_words[word[0][1:]])


def _matches(text: str, rules: Sequence[_Test]) -> bool:
    return any(fits(text) for fits in rules)


def _whole_paragraphs(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans, grown over every paragraph that they mostly fill."""
    grown = list(spans)
    for paragraph in _PARAGRAPH.finditer(text) if spans else ():
        inside = [span for span in spans if paragraph.start() <= span.start < paragraph.end()]
        if sum(span.end - span.start for span in inside) >= MOSTLY * len(paragraph[0]):
            grown.append(Span(*paragraph.span()))
    return _joined(grown)


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if span.start == span.end:
            continue
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return tuple(joined)
