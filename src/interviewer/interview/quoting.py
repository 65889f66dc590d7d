"""Picks the words that an interviewer takes up: a short whole clause, or a thing with its article, which carries
something and reads well between quotation marks. Pure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pydantic import Field

from ..bank.library import Bank
from ..bank.schema import Content, Identifier, Text
from ..bank.word_lists import WordSet
from ..bank.wording import QUOTED, says
from ..text import straight
from .clauses import blanked, clauses, is_torn, is_whole, pieces, units
from .grammar import Grammar, Sort

_CODE_BLOCK = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_TELLING = re.compile(r"\d[\d,.]*%?|[A-Za-z][A-Za-z'-]*")


class Quoting(Content):
    """What `prompts/quoting.yaml` holds."""

    least: int = Field(ge=1)
    """Words that carry something, in a quote."""
    hollow: Text
    """Words that carry nothing by themselves."""
    rests_on: dict[Identifier, dict[Identifier, tuple[Text, ...]]]
    """By dimension and part: the parts whose words a question for it takes up first, of the same dimension or
    `dimension.part`."""
    figures: frozenset[str]
    """`dimension.part` where only words with a figure are quoted."""
    uncounted: frozenset[str]
    """`dimension.part` where no words that count something are quoted."""
    unquoted: tuple[Text, ...]
    """Phrases that say what somebody cannot give, or fill: no word of their clause is quoted."""
    times: WordSet
    """Words with which a clause begins that may tell a time and place alone."""
    numerals: WordSet
    strictly: frozenset[str]
    """`dimension.part` where nothing else may be quoted."""
    grammar: Grammar

    @cached_property
    def empty(self) -> frozenset[str]:
        """The hollow words and those that only hold a sentence together."""
        return frozenset(self.hollow.split()) | self.grammar.breaks

    @cached_property
    def _common(self) -> Mapping[tuple[int, str], frozenset[str]]:
        """The empty words of four letters and more, by their length and first letter."""
        common: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
        for word in self.empty:
            if len(word) > 3:
                common[len(word), word[0]].add(word)
        return {shape: frozenset(words) for shape, words in common.items()}

    def is_slip(self, word: str) -> bool:
        """Whether it is a common word with one letter left out, or two that stand side by side changed over.

        Asked of fifty words an answer; a table of all slips would be 0.4 MiB.
        """
        if len(word) < 4 or word in self.empty:
            return False
        changed = (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))
        if any(each in self._common.get((len(each), each[0]), ()) for each in changed):
            return True
        longer = self._common.get((len(word) + 1, word[0]), ()) if len(word) > 4 else ()
        return any(word == each[:at] + each[at + 1 :] for each in longer for at in range(1, len(each)))


def load_quoting(bank: Bank) -> Quoting:
    """What may be quoted, one for a bank. Raises `ContentError`."""
    return bank.rules("quoting.yaml", Quoting)


@dataclass(frozen=True, slots=True)
class Source:
    """What may be quoted from."""

    text: str
    near: Sequence[tuple[int, int]] = ()
    """Spans (character offsets) whose words are taken first."""
    asked: str = ""
    """What the interviewer has said: an echo of it carries nothing."""
    figures: bool = False
    """Whether only what holds a figure may be quoted."""
    uncounted: bool = False
    """Whether nothing that counts something may be quoted."""
    deeds: bool = False
    """Whether only a whole clause in which somebody does something may be quoted."""
    views: bool = False
    """Whether only a clause in which nobody does anything may be quoted."""
    fits: Callable[[str], bool] | None = None
    """Tells whether words are what the question rests on; any will do when None."""
    earlier: bool = False
    """Whether it is not the last answer; a question then says so."""

    def within(self, spans: Sequence[tuple[int, int]]) -> Source:
        """The sentences alone that those spans touch; of a sentence that goes on and on, the clauses."""
        kept = [unit for unit in units(self.text) if any(start < unit[1] and unit[0] < end for start, end in spans)]
        edges = [0, *(edge for unit in kept for edge in unit), len(self.text)]
        return replace(self, text=blanked(self.text, zip(edges[::2], edges[1::2], strict=True)), near=spans)


def quotable(
    source: Source, bounds: tuple[int, int], rules: Quoting, *, only: Container[Sort] = tuple(Sort)
) -> str | None:
    """A short piece of the text that can stand in a question.

    What is no fragment comes first, then what is well spelt, what lies near, what points at nothing outside, what
    carries most, and a clause before a thing.
    """
    found = [piece for piece in quotables(source, bounds, rules) if rules.grammar.sort_of(piece) in only]
    return found[0] if found else None


def quotables(source: Source, bounds: tuple[int, int], rules: Quoting) -> list[str]:
    """Every such piece, the best first."""
    lowest, highest = bounds
    text = blanked(source.text, _not_their_own(source.text, rules))
    echoed = rules.grammar.stems(source.asked)
    ranked: list[tuple[tuple[object, ...], str]] = []
    for piece, start, end in pieces(text, rules.grammar):
        telling = _telling(piece, rules, echoed)
        if lowest <= len(piece.split()) <= highest and _says_enough(piece, telling, source, rules):
            sort = rules.grammar.sort_of(piece)
            if sort is Sort.CLAUSE and is_torn(text, start, end, rules.grammar):
                continue
            told = rules.grammar.tells_a_deed(piece)
            if (source.views and told) or (source.deeds and not (told and is_whole(text, end, rules.grammar))):
                continue
            near = any(first < end and start < last for first, last in source.near)
            well_spelt = not any(_is_slip(word, rules) for word in piece.casefold().split())
            rank = (
                sort is not Sort.FRAGMENT,
                well_spelt,
                near,
                not rules.grammar.points(piece),
                sort.value,
                len(telling),
                -start,
            )
            ranked.append((rank, piece))
    return [piece for _, piece in sorted(ranked, key=lambda entry: entry[0], reverse=True)]


def _not_their_own(text: str, rules: Quoting) -> Iterator[tuple[int, int]]:
    """The places of code, of what somebody else said, and of clauses that say nothing."""
    yield from (block.span() for block in _CODE_BLOCK.finditer(text))
    yield from (speech.span() for speech in QUOTED.finditer(text))
    yield from (place for place in clauses(text) if _says_nothing(text[slice(*place)], rules))


def _says_nothing(clause: str, rules: Quoting) -> bool:
    """Whether the clause disclaims, fills, or tells a time and place alone."""
    words = clause.casefold().split()
    only_when = words[:1] and words[0] in rules.times and rules.grammar.subjects.isdisjoint(words)
    return bool(only_when) or any(says(clause, each) for each in rules.unquoted)


def _says_enough(piece: str, telling: frozenset[str], source: Source, rules: Quoting) -> bool:
    if source.fits is not None and not source.fits(piece):
        return False
    figure = any(word[0].isdigit() for word in telling)
    if (source.figures and not figure) or (source.uncounted and (figure or _counts(piece, rules))):
        return False
    return len(telling) >= rules.least and rules.grammar.reads_well(piece)


def _counts(piece: str, rules: Quoting) -> bool:
    return not rules.numerals.isdisjoint(piece.casefold().split())


def _telling(piece: str, rules: Quoting, echoed: frozenset[str]) -> frozenset[str]:
    """What the piece says that is neither hollow nor an echo."""
    words = [straight(word.casefold()) for word in _TELLING.findall(piece)]
    said = [word for word in words if word[0].isdigit() or (len(word) > 2 and word not in rules.empty)]
    return frozenset(word for word in said if word[0].isdigit() or not rules.grammar.stems(word) & echoed)


def _is_slip(word: str, rules: Quoting) -> bool:
    """Whether the word looks mistyped or clipped, as far as common words tell."""
    return rules.is_slip(word) or (len(word) > 2 and word.isalpha() and not re.search(r"[aeiouy]", word))
