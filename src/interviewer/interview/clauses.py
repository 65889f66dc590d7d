"""The grammar of short pieces, as far as words tell: clauses, their heads, and the things named in them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import cached_property
from itertools import pairwise
from typing import Annotated

from pydantic import BeforeValidator

from ..bank.schema import Content, Text

_CLAUSE = re.compile(r"(?:[^,.;:!?\n()\"“”—–]|(?<=\w)[,.:](?=\w))+")
_CODE = re.compile(r"[`=_{}\[\]<>\\|@#*~^$]|\w\.\w*[A-Za-z]|--")
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]+)*")
_NUMBER = re.compile(r"\d[\d,.]*%?\Z")


def _split(listed: object) -> object:
    return listed.split() if isinstance(listed, str) else listed


WordList = Annotated[frozenset[str], BeforeValidator(_split)]
"""Words of which each stands for itself, with spaces between them."""


class Grammar(Content):
    """English as far as single words tell: `grammar` in `prompts/quoting.yaml`."""

    never_first: WordList
    """Words that make a fragment of what follows them."""
    never_last: WordList
    """Words after which something is missing."""
    subjects: WordList
    """Words that begin a clause with its subject."""
    finite: WordList
    """Words that make a clause of what they stand in."""
    relative: WordList
    """Words after which a verb says something of a thing that is only named."""
    after_a_verb: WordList
    deeds: WordList
    """Verbs that miss their subject when a piece begins with them."""
    told: WordList
    """Verbs that make a clause of what stands before them."""
    pointing: WordList
    """Words that point at something outside the quote: taken only where nothing better was said."""
    determiners: WordList
    """Words that begin a thing."""
    asides: WordList
    """Further words that no thing has inside."""
    joints: WordList
    """Words before which a clause may end and be whole all the same."""
    leaning: WordList
    """Those of the joints after which a clause leans on another, and says less without it."""
    conditions: WordList
    """Words by which a sentence says only under which condition it holds."""
    dull: tuple[Text, ...]
    """What connects, and reads oddly at the head of a quote."""

    @cached_property
    def breaks(self) -> frozenset[str]:
        """Words that no thing has inside."""
        return self.never_first | self.never_last | self.subjects | self.finite | self.determiners | self.asides

    @cached_property
    def silent(self) -> frozenset[str]:
        """Words that carry nothing by themselves."""
        return self.never_first | self.never_last | self.pointing

    @cached_property
    def connective(self) -> re.Pattern[str]:
        """A dull word or phrase at the head of a piece."""
        phrases = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in self.dull)
        return re.compile(rf"^(?:{phrases})\s+", re.IGNORECASE)


SHORTEST_CUT = 4
"""Words that must be left of a clause that is cut."""
LONG_SENTENCE = 40
"""Words from which a sentence is more than one thought."""
LONGEST_THING = 4
"""Words after the article."""


class Sort(Enum):
    """What a quote is by its grammar, as far as its words tell; the value says how well it can be taken up."""

    FRAGMENT = 0
    """A verb without its subject, or a number without its thing: somebody who reads it asks who or what."""
    PHRASE = 1
    CLAUSE = 2
    """It says something of somebody: "that" can point at it."""


def pieces(text: str, grammar: Grammar) -> Iterator[tuple[str, int, int]]:
    """Clauses, and the things named within them, each with its place."""
    for clause in _CLAUSE.finditer(text):
        piece = _trimmed(clause.group(), grammar)
        if piece and not _CODE.search(piece):
            start = clause.start() + clause.group().find(piece)
            yield piece, start, start + len(piece)
        yield from _heads(text, clause.start(), clause.end(), grammar)
        yield from _things(text, clause.start(), clause.end(), grammar)


def _heads(text: str, start: int, end: int, grammar: Grammar) -> Iterator[tuple[str, int, int]]:
    """What somebody did or is, out of a longer clause: from each subject to the joints that follow."""
    words = [(found.group(), found.start(), found.end()) for found in re.finditer(r"\S+", text[start:end])]
    for at, (word, begin, _) in enumerate(words):
        if word.casefold() not in grammar.subjects - grammar.pointing or (
            at and words[at - 1][0].casefold() not in grammar.joints - grammar.leaning
        ):
            continue
        for stop in range(at + SHORTEST_CUT, len(words) + 1):
            if stop == len(words) or words[stop][0].casefold() in grammar.joints:
                piece = text[start + begin : start + words[stop - 1][2]]
                if not _CODE.search(piece):
                    yield piece, start + begin, start + words[stop - 1][2]


def _things(text: str, start: int, end: int, grammar: Grammar) -> Iterator[tuple[str, int, int]]:
    """Things with their article or number, as far as the words around them tell where they end."""
    words = [(found.group(), found.start(), found.end()) for found in re.finditer(r"\S+", text[start:end])]
    for at, (word, _, _) in enumerate(words):
        if word.casefold() not in grammar.determiners and not _NUMBER.match(word):
            continue
        last = _thing_ends(words, at, grammar)
        if last > at:
            piece = text[start + words[at][1] : start + words[last][2]]
            if not _CODE.search(piece):
                yield piece, start + words[at][1], start + words[last][2]


def _thing_ends(words: Sequence[tuple[str, int, int]], at: int, grammar: Grammar) -> int:
    """The index of the thing's last word; the index of its article where it has no end that can be told."""
    plain = [word.casefold() for word, _, _ in words]
    last = begun = _after_share(plain, at, grammar)
    while last + 1 < len(words) and last - begun < LONGEST_THING and plain[last + 1] not in grammar.breaks:
        if last > begun and (plain[last + 1] in grammar.told or plain[last + 1].endswith("ed")):
            return last if begun > at else at  # a verb: what stands before it is its subject, and the rest is torn off
        last += 1
    follows = plain[last + 1] if last + 1 < len(words) else ""
    if follows and follows not in grammar.breaks:
        return at  # too long to tell
    if follows in grammar.determiners | grammar.subjects:
        last -= 1  # what stands before another thing is a verb
    one = plain[at] in ("a", "an") and not any(word.endswith(("'s", "s'")) for word in plain[at:last])
    while last > begun and (_is_verb(plain[last], grammar) or (one and re.search(r"[^siu]s\Z", plain[last]))):
        last -= 1
    return last if last > begun else at


def _after_share(words: Sequence[str], at: int, grammar: Grammar) -> int:
    """Where a thing's own words begin: behind "3 of the" as behind an article."""
    if not _NUMBER.match(words[at]) or words[at + 1 : at + 2] != ["of"]:
        return at
    following = words[at + 2 : at + 3]
    return at + 2 if following and (following[0] in grammar.determiners or _NUMBER.match(following[0])) else at + 1


def _is_verb(word: str, grammar: Grammar) -> bool:
    return word in grammar.deeds | grammar.told or word.endswith(("ed", "ing", "ly"))


def clauses(text: str) -> Iterator[tuple[int, int]]:
    """The places of the clauses, as far as stops and commas tell."""
    yield from (clause.span() for clause in _CLAUSE.finditer(text))


def is_torn(text: str, start: int, end: int, grammar: Grammar) -> bool:
    """Whether that piece of the text leaves out the condition under which its sentence holds."""
    around = next((each for each in _SENTENCE.finditer(text) if each.start() <= start < each.end()), None)
    if around is None:
        return False
    outside = text[around.start() : start] + " " + text[end : around.end()]
    return not grammar.conditions.isdisjoint(re.findall(r"[a-z']+", outside.casefold()))


def units(text: str) -> Iterator[tuple[int, int]]:
    """The places of the sentences; of one that goes on and on, of its clauses."""
    for sentence in _SENTENCE.finditer(text):
        if len(sentence.group().split()) <= LONG_SENTENCE:
            yield sentence.span()
        else:
            at = sentence.start()
            yield from ((at + start, at + end) for start, end in clauses(sentence.group()))


def sort_of(piece: str, grammar: Grammar) -> Sort:
    """What the piece is by its grammar."""
    first, *rest = piece.casefold().replace("’", "'").split()
    second = rest[0] if rest else ""
    if first in grammar.subjects or any(
        word in grammar.finite and before not in grammar.relative for before, word in pairwise([first, *rest])
    ):
        return Sort.CLAUSE
    if any(word in grammar.told and before not in grammar.determiners for before, word in pairwise([first, *rest])):
        return Sort.CLAUSE
    torn_off = first.endswith(("ed", "es", "ts", "ks")) and second in grammar.after_a_verb
    loose_number = first[0].isdigit() and second in grammar.never_first - {"of"}
    return (
        Sort.FRAGMENT if torn_off or loose_number or first in grammar.deeds or first in grammar.finite else Sort.PHRASE
    )


def cut_to(words: Sequence[str], longest: int, grammar: Grammar) -> str:
    """The first of the words, as many as may be quoted, ending where a phrase ends; empty when that leaves one."""
    kept = list(words[:longest])
    if len(words) > longest and words[longest].casefold() not in grammar.never_first:
        ends = [at for at, word in enumerate(kept) if at > 2 and word.casefold() in grammar.never_first]
        kept = kept[: ends[-1]] if ends else kept
    while kept and kept[-1].casefold() in grammar.never_last | grammar.never_first:
        kept.pop()
    return " ".join(kept) if len(kept) > 1 else ""


def stems(text: str, grammar: Grammar) -> frozenset[str]:
    """The words of a text that carry something, without their endings."""
    words = re.findall(r"[a-z][a-z'-]+", text.casefold().replace("’", "'"))
    telling = (word for word in words if len(word) > 3 and word not in grammar.silent)
    return frozenset(re.sub(r"(?:ing|ed|es|s|ly)$", "", word) if len(word) > 4 else word for word in telling)


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with those spans emptied, so that nothing of them is quoted and every place stays where it was."""
    for start, end in spans:
        text = text[:start] + "\n" * (end - start) + text[end:]
    return text


def _trimmed(clause: str, grammar: Grammar) -> str:
    """The clause without its leading connective, which would read oddly inside quotation marks.

    Empty where it says something of what stands before it ("which laboratory has no fridge").
    """
    piece = clause.strip(" \t'‘’*_-/")
    while (shorter := grammar.connective.sub("", piece)) != piece:
        piece = shorter
    first, _, rest = piece.partition(" ")
    if first.casefold() not in grammar.relative:
        return piece
    if rest.partition(" ")[0].casefold() in grammar.subjects | grammar.determiners:
        return rest
    return piece if first.casefold() == "that" else ""


def reads_well(piece: str, grammar: Grammar) -> bool:
    """Whether the piece is no torn-off fragment and says something."""
    first, *_, last = piece.casefold().split()
    return first not in grammar.never_first and last not in grammar.never_last and len(piece.split()) > 2


def points(piece: str, grammar: Grammar) -> bool:
    """Whether the piece begins with a word that points at something outside it."""
    return piece.casefold().replace("’", "'").split()[0] in grammar.pointing
