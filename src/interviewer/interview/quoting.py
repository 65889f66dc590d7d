"""Picks the words that an interviewer takes up: a short whole clause that reads well between quotation marks. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

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
POINTING = frozenset(_words("that this these those they he she there that's it's there's they're"))
"""Words that point at something outside the quote: taken only where nothing better was said."""


def quotable(text: str, bounds: tuple[int, int], near: Sequence[tuple[int, int]] = ()) -> str | None:
    """A short piece of the text that can stand in a question: a whole clause of that many words.

    Clauses within the spans of `near` (character offsets) come first, then those that stand by themselves, then those
    that say most.
    """
    lowest, highest = bounds
    pieces = [
        (any(start < clause.end() and clause.start() < end for start, end in near), _trimmed(clause.group()))
        for clause in _CLAUSE.finditer(text)
    ]
    fitting = [
        (near_by, not _points(piece), _richness(piece), piece)
        for near_by, piece in pieces
        if lowest <= len(piece.split()) <= highest and _reads_well(piece)
    ]
    return max(fitting, key=lambda entry: entry[:3])[3] if fitting else None


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
