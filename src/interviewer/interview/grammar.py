"""English as far as single words tell: what a short piece is, and which of its words carry something. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import cached_property
from itertools import pairwise

from ..bank.schema import Content, Text
from ..bank.word_lists import WordSet
from ..text import straight

_ENDING = re.compile(r"(?:ing|ed|es|s|ly)$")


def stem(word: str) -> str:
    """The word, in lower case, without its ending."""
    return _ENDING.sub("", word) if len(word) > 4 else word


class Sort(Enum):
    """What a quote is by its grammar, as far as its words tell; the value says how well it can be taken up."""

    FRAGMENT = 0
    """A verb without its subject, or a number without its thing: somebody who reads it asks who or what."""
    PHRASE = 1
    CLAUSE = 2
    """It says something of somebody: "that" can point at it."""


class Grammar(Content):
    """`grammar` in `prompts/quoting.yaml`: lists of words, and what they tell of a piece."""

    never_first: WordSet
    """Words that make a fragment of what follows them."""
    never_last: WordSet
    """Words after which something is missing."""
    subjects: WordSet
    """Words that begin a clause with its subject."""
    finite: WordSet
    """Words that make a clause of what they stand in."""
    relative: WordSet
    """Words after which a verb says something of a thing that is only named."""
    after_a_verb: WordSet
    deeds: WordSet
    """Verbs that miss their subject when a piece begins with them."""
    told: WordSet
    """Verbs that make a clause of what stands before them."""
    doers: WordSet
    """Subjects of which one hears that they do something."""
    states: WordSet
    """Verbs by which nobody does anything."""
    before_a_deed: WordSet
    """Words that stand between a doer and the deed."""
    next_clause: WordSet
    """Those of the joints after which a further clause stands that the one before does not need."""
    pointing: WordSet
    """Words that point at something outside the quote: taken only where nothing better was said."""
    determiners: WordSet
    """Words that begin a thing."""
    asides: WordSet
    """Further words that no thing has inside."""
    joints: WordSet
    """Words before which a clause may end and be whole all the same."""
    leaning: WordSet
    """Those of the joints after which a clause leans on another, and says less without it."""
    conditions: WordSet
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

    def sort_of(self, piece: str) -> Sort:
        """What the piece is."""
        first, *rest = words = straight(piece.casefold()).split()
        if first in self.subjects or any(self._is_said(word, before) for before, word in pairwise(words)):
            return Sort.CLAUSE
        torn_off = first.endswith(("ed", "es", "ts", "ks")) and rest[:1] and rest[0] in self.after_a_verb
        loose_number = first[0].isdigit() and rest[:1] and rest[0] in self.never_first - {"of"}
        fragment = torn_off or loose_number or first in self.deeds or first in self.finite
        return Sort.FRAGMENT if fragment else Sort.PHRASE

    def _is_said(self, word: str, before: str) -> bool:
        """Whether the word says something of what stands before it."""
        return (word in self.finite and before not in self.relative) or (
            word in self.told and before not in self.determiners
        )

    def reads_well(self, piece: str) -> bool:
        """Whether the piece is no torn-off fragment and says something."""
        first, *_, last = piece.casefold().split()
        return first not in self.never_first and last not in self.never_last and len(piece.split()) > 2

    def tells_a_deed(self, piece: str) -> bool:
        """Whether somebody does something in the piece, as far as its first words tell."""
        doer, *rest = straight(piece.casefold()).split()
        verb = next((word for word in rest if word not in self.before_a_deed), "")
        return doer in self.doers and bool(verb) and verb not in self.states

    def points(self, piece: str) -> bool:
        """Whether the piece begins with a word that points at something outside it."""
        return straight(piece.casefold()).split()[0] in self.pointing

    def is_verb(self, word: str) -> bool:
        """Whether a word behind an article may be a verb, in lower case."""
        return word in self.deeds or word in self.told or word.endswith(("ed", "ing", "ly"))

    def stems(self, text: str) -> frozenset[str]:
        """The words of a text that carry something, without their endings."""
        words = re.findall(r"[a-z][a-z'-]+", straight(text.casefold()))
        telling = (word for word in words if len(word) > 3 and word not in self.silent)
        return frozenset(map(stem, telling))

    def cut_to(self, words: Sequence[str], longest: int) -> str:
        """The first of the words, as many as may be quoted, ending where a phrase ends; empty when that leaves one."""
        kept = list(words[:longest])
        if len(words) > longest and words[longest].casefold() not in self.never_first:
            ends = [at for at, word in enumerate(kept) if at > 2 and word.casefold() in self.never_first]
            kept = kept[: ends[-1]] if ends else kept
        while kept and kept[-1].casefold() in self.never_last | self.never_first:
            kept.pop()
        return " ".join(kept) if len(kept) > 1 else ""

    def trimmed(self, clause: str) -> str:
        """The clause without its leading connective, which would read oddly inside quotation marks.

        Empty where it says something of what stands before it ("which laboratory has no fridge").
        """
        piece = clause.strip(" \t'‘’*_-/")
        while (shorter := self.connective.sub("", piece)) != piece:
            piece = shorter
        first, _, rest = piece.partition(" ")
        if first.casefold() not in self.relative:
            return piece
        if rest.partition(" ")[0].casefold() in self.subjects | self.determiners:
            return rest
        return piece if first.casefold() == "that" else ""
