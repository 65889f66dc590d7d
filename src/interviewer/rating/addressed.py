"""Finds the pieces of an answer that address the rater instead of answering: orders, claimed scores, fake roles.

Talk *about* such text is not a piece: what stands in quotation marks after "a page that says" is reported. Doubtful
pieces are found too: they are no accusation, but an answer is also read without them. It looks at one turn at a time
and may not know how answers are rated.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

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
_TURKISH = {0x130: "i", 0x131: "i"}
"""The dotted capital, whose small letter is two characters, and the i without a dot."""
_HINTS = re.compile(r"([^\W_]{1,4})[^\W_]*")
"""The first letters of each word, which are looked at first."""
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
    blocks = [block for sign, known in rules.blocks if sign in read for block in known]
    spans = [Span(*match.span()) for block in blocks for match in block.finditer(read)]
    guilty, doubtful = _sentences(read, rules, frozenset(cues.hints))
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


_Test = Callable[[str], re.Match[str] | None]
"""Whether a rule fits a text."""


@dataclass(frozen=True, slots=True)
class _Rules:
    blocks: tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]
    """By their signs."""
    begun: re.Pattern[str]
    bidden: re.Pattern[str]
    bidden_by: tuple[str, ...]
    at_words: re.Pattern[str]
    """All of them in one: a sentence is gone through once."""
    orders: tuple[re.Pattern[str], ...]
    sentences: tuple[_Test, ...]
    doubtful: tuple[_Test, ...]
    talk: tuple[_Test, ...]
    trailing: tuple[_Test, ...]
    reported: tuple[_Test, ...]


@lru_cache(maxsize=4)
def _compiled(
    names: tuple[tuple[str, str], ...],
    blocks: tuple[tuple[str, tuple[str, ...]], ...],
    begun: str,
    bidden: str,
    bidden_by: tuple[str, ...],
    at_words_begin: tuple[str, ...],
    at_words: tuple[str, ...],
    orders: tuple[str, ...],
    *groups: tuple[str, ...],
) -> _Rules:
    known = dict(names)

    def written_out(rule: str) -> str:
        """The rule with the expressions of its names, and theirs, put in."""
        return _NAME.sub(lambda name: written_out(known[name[1]]) if name[1] in known else name[0], rule)

    def compiled(rules: Iterable[str]) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(written_out(rule)) for rule in rules)

    def tests(rules: Iterable[str]) -> tuple[_Test, ...]:
        """How each rule is tried; to search for a beginning would look for it at every letter."""
        return tuple(rule.match if rule.pattern.startswith("^") else rule.search for rule in compiled(rules))

    at_any_word = "|".join(f"(?:{rule})" for rule in at_words)
    first, further, any_word = compiled((begun, bidden, rf"\b(?={_any_of(at_words_begin)})(?:{at_any_word})"))
    by_sign = tuple((sign, compiled(rules)) for sign, rules in blocks)
    signs = tuple(sign.replace("_", " ") for sign in bidden_by)
    return _Rules(by_sign, first, further, signs, any_word, compiled(orders), *map(tests, groups))


def _rules(cues: AddressedCues) -> _Rules:
    names, blocks = tuple(cues.names.items()), tuple(cues.blocks.items())
    groups = cues.orders, cues.sentences, cues.doubtful, cues.talk, cues.trailing, cues.reported
    return _compiled(
        names, blocks, cues.begun, cues.bidden, cues.bidden_by, cues.at_words_begin, cues.at_words, *groups
    )


def _any_of(words: Iterable[str]) -> str:
    """An expression for these words and beginnings of words; those with the same letter first are tried together."""
    endings = ((word[0], word[1:-1] if word.endswith("*") else rf"{word[1:]}\b") for word in sorted(words))
    return "|".join(
        f"{letter}(?:{'|'.join(ending for _, ending in found)})" for letter, found in groupby(endings, itemgetter(0))
    )


def _without_reports(text: str, rules: _Rules) -> str:
    """The text with reported quotations blanked: they are talk about such text."""
    for match in _QUOTED.finditer(text):
        before = text[max(0, match.start() - 60) : match.start()]
        line = before[before.rfind("\n") + 1 :].rstrip(" ,:;(")
        if line and _matches(line, rules.reported):
            text = text[: match.start()] + "_" * len(match[0]) + text[match.end() :]
    return text


def _sentences(text: str, rules: _Rules, hints: frozenset[str]) -> tuple[list[Span], list[Span]]:
    """Sentences that address the rater, and those that may."""
    spans: list[Span] = []
    doubtful: list[Span] = []
    for line in re.finditer(r"[^\n]+", text):
        pieces = [*_SENTENCE.finditer(text, line.start(), line.end())]
        said = [piece[0] for piece in pieces]
        hinted = [_hinted(sentence, hints) for sentence in said]
        if not any(hinted):
            continue
        suspect = [worth and _addresses(sentence, rules) for worth, sentence in zip(hinted, said, strict=True)]
        guilty = [is_so and not _matches(sentence, rules.talk) for is_so, sentence in zip(suspect, said, strict=True)]
        for index, (piece, sentence) in enumerate(zip(pieces, said, strict=True)):
            beside = any(guilty[max(0, index - 1) : index + 2])
            if guilty[index] or (beside and _matches(sentence, rules.trailing)):
                spans.append(Span(*piece.span()))
            elif hinted[index] and _matches(sentence, rules.doubtful):
                doubtful.append(Span(*piece.span()))
    return spans, doubtful


def _small(text: str) -> str:
    """The text in small letters, each in its place: rules that need not ignore case are twice as quick."""
    return (text if text.isascii() else text.translate(_TURKISH)).lower()


def _hinted(sentence: str, hints: frozenset[str]) -> bool:
    """Whether there is a reason to look: a telling word, or no everyday English."""
    return not hints.isdisjoint(_HINTS.findall(sentence)) or not _EVERYDAY.search(sentence)


def _addresses(sentence: str, rules: _Rules) -> bool:
    """Whether it does as it stands, or read backwards or by the thirteenth letter where it is no English."""
    if _speaks_to_the_rater(sentence, rules):
        return True
    if len(sentence.split()) < 5 or _ENGLISH.search(sentence):
        return False
    disguised = (codecs.encode(sentence, "rot13"), sentence[::-1])
    return any(_ENGLISH.search(read) is not None and _speaks_to_the_rater(read, rules) for read in disguised)


def _speaks_to_the_rater(sentence: str, rules: _Rules) -> bool:
    places = _where_orders_may_stand(sentence, rules)
    ordered = any(order.match(sentence, place) for place in places for order in rules.orders)
    return ordered or rules.at_words.search(sentence) is not None or _matches(sentence, rules.sentences)


def _where_orders_may_stand(sentence: str, rules: _Rules) -> set[int]:
    begun = rules.begun.match(sentence)
    first = begun.end() if begun else 0
    if not any(sign in sentence for sign in rules.bidden_by):
        return {first}
    return {first, *(match.end() for match in rules.bidden.finditer(sentence, first))}


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
