"""Where the clauses of an answer stand, and what may be quoted of each: itself, its head, the things it names. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .grammar import Grammar

_CLAUSE = re.compile(r"(?:[^,.;:!?\n()\"“”—–]|(?<=\w)[,.:](?=\w))+")
_CODE = re.compile(r"[`=_{}\[\]<>\\|@#*~^$]|\w\.\w*[A-Za-z]|--")
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]+)*")
_NUMBER = re.compile(r"\d[\d,.]*%?\Z")
_WORD = re.compile(r"\S+")

SHORTEST_CUT = 4
"""Words that must be left of a clause that is cut."""
LONG_SENTENCE = 40
"""Words from which a sentence is more than one thought."""
LONGEST_THING = 4
"""Words after the article."""

Piece = tuple[str, int, int]
"""A piece of the text, with its place: from the first character to before the last."""


def pieces(text: str, grammar: Grammar) -> Iterator[Piece]:
    """Clauses, and the heads and things within them, each with its place."""
    for start, end in clauses(text):
        if piece := grammar.trimmed(text[start:end]):
            begin = text.index(piece, start)
            yield from _speech([(piece, begin, begin + len(piece))])
        words = [(word.group(), word.start(), word.end()) for word in _WORD.finditer(text, start, end)]
        spoken = _Clause(text, words, grammar)
        yield from _speech(spoken.heads())
        yield from _speech(spoken.things())


def _speech(found: Iterable[Piece]) -> Iterator[Piece]:
    """Those that are no code."""
    return (piece for piece in found if not _CODE.search(piece[0]))


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause by its words."""

    text: str
    words: list[Piece]
    grammar: Grammar

    def heads(self) -> Iterator[Piece]:
        """What somebody did or is, out of a longer clause: from each subject to the joints that follow."""
        plain, joints = self._plain, self.grammar.joints
        subjects, before = self.grammar.subjects - self.grammar.pointing, joints - self.grammar.leaning
        for at, word in enumerate(plain):
            if word not in subjects or (at and plain[at - 1] not in before):
                continue
            for stop in range(at + SHORTEST_CUT, len(plain) + 1):
                if stop == len(plain) or plain[stop] in joints:
                    yield self._piece(at, stop - 1)

    def things(self) -> Iterator[Piece]:
        """Things with their article or number, as far as the words around them tell where they end."""
        plain = self._plain
        for at, word in enumerate(plain):
            if (word in self.grammar.determiners or _NUMBER.match(word)) and (last := self._thing_ends(plain, at)) > at:
                yield self._piece(at, last)

    @property
    def _plain(self) -> list[str]:
        return [word.casefold() for word, _, _ in self.words]

    def _piece(self, first: int, last: int) -> Piece:
        start, end = self.words[first][1], self.words[last][2]
        return self.text[start:end], start, end

    def _thing_ends(self, plain: list[str], at: int) -> int:
        """The index of the thing's last word; the index of its article where it has no end that can be told."""
        grammar = self.grammar
        last = begun = self._after_share(plain, at)
        while last + 1 < len(plain) and last - begun < LONGEST_THING and plain[last + 1] not in grammar.breaks:
            if last > begun and (plain[last + 1] in grammar.told or plain[last + 1].endswith("ed")):
                return last if begun > at else at  # a verb: what stands before it is its subject, the rest is torn off
            last += 1
        follows = plain[last + 1] if last + 1 < len(plain) else ""
        if follows and follows not in grammar.breaks:
            return at  # too long to tell
        if follows in grammar.determiners | grammar.subjects:
            last -= 1  # what stands before another thing is a verb
        one = plain[at] in ("a", "an") and not any(word.endswith(("'s", "s'")) for word in plain[at:last])
        while last > begun and (grammar.is_verb(plain[last]) or (one and re.search(r"[^siu]s\Z", plain[last]))):
            last -= 1
        return last if last > begun else at

    def _after_share(self, plain: list[str], at: int) -> int:
        """Where a thing's own words begin: behind "3 of the" as behind an article."""
        if not _NUMBER.match(plain[at]) or plain[at + 1 : at + 2] != ["of"]:
            return at
        following = plain[at + 2 : at + 3]
        another = following and (following[0] in self.grammar.determiners or _NUMBER.match(following[0]))
        return at + 2 if another else at + 1


def clauses(text: str) -> Iterator[tuple[int, int]]:
    """The places of the clauses, as far as stops and commas tell."""
    yield from (clause.span() for clause in _CLAUSE.finditer(text))


def units(text: str) -> Iterator[tuple[int, int]]:
    """The places of the sentences; of one that goes on and on, of its clauses."""
    for sentence in _SENTENCE.finditer(text):
        if len(sentence.group().split()) <= LONG_SENTENCE:
            yield sentence.span()
        else:
            at = sentence.start()
            yield from ((at + start, at + end) for start, end in clauses(sentence.group()))


def is_torn(text: str, start: int, end: int, grammar: Grammar) -> bool:
    """Whether that piece of the text leaves out the condition under which its sentence holds."""
    around = next((each for each in _SENTENCE.finditer(text) if each.start() <= start < each.end()), None)
    if around is None:
        return False
    outside = text[around.start() : start] + " " + text[end : around.end()]
    return not grammar.conditions.isdisjoint(re.findall(r"[a-z']+", outside.casefold()))


def is_whole(text: str, end: int, grammar: Grammar) -> bool:
    """Whether nothing more of its clause follows a piece that ends there, or only another that is joined to it."""
    rest = _CLAUSE.match(text, end)
    following = rest.group().split() if rest else []
    return not following or following[0].casefold() in grammar.next_clause


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with those spans emptied, so that nothing of them is quoted and every place stays where it was."""
    for start, end in spans:
        text = text[:start] + "\n" * (end - start) + text[end:]
    return text
