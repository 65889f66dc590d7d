"""Picks the words that an interviewer takes up: a short whole clause that reads well between quotation marks. Pure."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from enum import Enum
from itertools import pairwise

_CLAUSE = re.compile(r"(?:[^,.;:!?\n()\"“”—–]|(?<=\d)[,.:](?=\d))+")
_DULL = re.compile(
    r"^(?:and|but|so|or|because|that|which|who|then|well|also|yes|no|again|anyway|actually|basically|honestly|fine"
    r"|absolutely|sorry|i think|i guess|i mean|i would say|you know|in fact|of course)\s+",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")
_CONTENT = re.compile(r"[A-Za-z][a-z]{4,}|\d")


def _words(listed: str) -> list[str]:
    return listed.split()


NEVER_FIRST = frozenset(
    _words(
        "is are was were be been being has have had do does did can could would will should may might must "
        "of on by in at with from for to if when as than while about into over under across during before after behind "
        "per not nor until unless since "
        "whether where how what why such maybe perhaps"
    )
)
"""Words that make a fragment of what follows them."""
NEVER_LAST = frozenset(
    _words(
        "to of the a an and or but with for in on at by from as than that which who is are was were be been has have "
        "had would could should will can not my our your their his her its i we they you he she "
        "it this these those very"
    )
)
"""Words after which something is missing."""
SUBJECTS = frozenset(
    _words("i we you they he she it that this there nobody everybody somebody i'd i'm we'd it's they're")
)
"""Words that begin a clause with its subject."""
FINITE = frozenset(
    _words("is are was were has have had do does did can could will would must should may might isn't wasn't didn't")
)
"""Words that make a clause of what they stand in."""
RELATIVE = ("that", "which", "who")
"""Words after which a verb says something of a thing that is only named."""
AFTER_A_VERB = frozenset(_words("the a an it them him her me us my our your their by to out up down"))
DEEDS = frozenset(
    _words(
        "wrote built ran made took got gave found kept told saw sent went put set cut chose asked led held let began "
        "grade ask check run write build make take give keep tell see send go find hold use try"
    )
)
"""Verbs that miss their subject when a piece begins with them."""
POINTING = frozenset(_words("that this these those they he she there that's it's there's they're"))
"""Words that point at something outside the quote: taken only where nothing better was said."""


class Sort(Enum):
    """What a quote is by its grammar, as far as its words tell; the value says how well it can be taken up."""

    FRAGMENT = 0
    """A verb without its subject, or a number without its thing: somebody who reads it asks who or what."""
    PHRASE = 1
    CLAUSE = 2
    """It says something of somebody: "that" can point at it."""


def quotable(
    text: str, bounds: tuple[int, int], near: Sequence[tuple[int, int]] = (), *, only: Container[Sort] = tuple(Sort)
) -> str | None:
    """A short piece of the text that can stand in a question: a whole clause of that many words.

    What is no fragment comes first, then what lies within the spans of `near` (character offsets), then what points at
    nothing outside, then what says most.
    """
    found = [piece for piece in quotables(text, bounds, near) if sort_of(piece) in only]
    return found[0] if found else None


def quotables(text: str, bounds: tuple[int, int], near: Sequence[tuple[int, int]] = ()) -> list[str]:
    """Every such piece, the best first."""
    lowest, highest = bounds
    pieces = [
        (any(start < clause.end() and clause.start() < end for start, end in near), _trimmed(clause.group()))
        for clause in _CLAUSE.finditer(text)
    ]
    fitting = [
        (
            sort_of(piece) is not Sort.FRAGMENT,
            near_by,
            not _points(piece),
            sort_of(piece).value,
            _richness(piece),
            piece,
        )
        for near_by, piece in pieces
        if lowest <= len(piece.split()) <= highest and _reads_well(piece)
    ]
    return [entry[-1] for entry in sorted(fitting, key=lambda entry: entry[:-1], reverse=True)]


def sort_of(piece: str) -> Sort:
    """What the piece is by its grammar."""
    first, *rest = piece.casefold().replace("’", "'").split()
    second = rest[0] if rest else ""
    if first in SUBJECTS or any(word in FINITE and before not in RELATIVE for before, word in pairwise([first, *rest])):
        return Sort.CLAUSE
    torn_off = first.endswith(("ed", "es", "ts", "ks")) and second in AFTER_A_VERB
    loose_number = first[0].isdigit() and second in NEVER_FIRST
    return Sort.FRAGMENT if torn_off or loose_number or first in DEEDS or first in FINITE else Sort.PHRASE


def cut_to(words: Sequence[str], longest: int) -> str:
    """The first of the words, as many as may be quoted, ending where a phrase ends; empty when that leaves one."""
    kept = list(words[:longest])
    if len(words) > longest and words[longest].casefold() not in NEVER_FIRST:
        ends = [at for at, word in enumerate(kept) if at > 2 and word.casefold() in NEVER_FIRST]
        kept = kept[: ends[-1]] if ends else kept
    while kept and kept[-1].casefold() in NEVER_LAST | NEVER_FIRST:
        kept.pop()
    return " ".join(kept) if len(kept) > 1 else ""


def stems(text: str) -> frozenset[str]:
    """The words of a text that carry something, without their endings."""
    words = re.findall(r"[a-z][a-z'-]+", text.casefold().replace("’", "'"))
    telling = (word for word in words if len(word) > 3 and word not in NEVER_FIRST | NEVER_LAST | POINTING)
    return frozenset(re.sub(r"(?:ing|ed|es|s|ly)$", "", word) if len(word) > 4 else word for word in telling)


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with those spans emptied, so that nothing of them is quoted and every place stays where it was."""
    for start, end in spans:
        text = text[:start] + "\n" * (end - start) + text[end:]
    return text


def quoted_in(text: str) -> list[str]:
    """What stands between quotation marks in a question."""
    return _QUOTED.findall(text)


def _trimmed(clause: str) -> str:
    """The clause without its leading connective, which would read oddly inside quotation marks."""
    piece = clause.strip(" \t'‘’*_-")
    while (shorter := _DULL.sub("", piece)) != piece:
        piece = shorter
    return piece


def _reads_well(piece: str) -> bool:
    """Whether the piece is no torn-off fragment and says something."""
    first, *_, last = piece.casefold().split()
    whole = first not in NEVER_FIRST and last not in NEVER_LAST
    return whole and len(piece.split()) > 2 and _richness(piece) > 0


def _points(piece: str) -> bool:
    return piece.casefold().replace("’", "'").split()[0] in POINTING


def _richness(piece: str) -> int:
    return len(_CONTENT.findall(piece))
