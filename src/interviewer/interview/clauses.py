"""The grammar of short pieces, as far as words tell: clauses, their heads, and the things named in them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import pairwise

_CLAUSE = re.compile(r"(?:[^,.;:!?\n()\"“”—–]|(?<=\w)[,.:](?=\w))+")
_CODE = re.compile(r"[`=_{}\[\]<>\\|@#*~^$]|\w\.\w*[A-Za-z]|--")
_DULL = re.compile(
    r"^(?:and|but|so|or|because|then|well|also|yes|no|again|anyway|actually|basically|honestly|fine"
    r"|absolutely|sorry|i think|i guess|i mean|i would say|you know|in fact|of course)\s+",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]+)*")
_NUMBER = re.compile(r"\d[\d,.]*%?\Z")


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
TOLD = frozenset(
    _words(
        "broke fell rose grew came went left lost hurt spoke knew thought felt stood met paid spent won hit drew threw "
        "drove shook hid sold bought taught caught brought became began meant helped failed stopped asked wanted said"
    )
)
"""Verbs that make a clause of what stands before them."""
POINTING = frozenset(_words("that this these those they he she there that's it's there's they're"))
"""Words that point at something outside the quote: taken only where nothing better was said."""


DETERMINERS = frozenset(
    _words("a an the our my your his her its their this these those some any each every another no two three four five")
)
"""Words that begin a thing."""
BREAKS = (
    NEVER_FIRST | NEVER_LAST | SUBJECTS | FINITE | DETERMINERS
    | frozenset(_words("only also just then again later still always never once too so because however though"))
    | frozenset(_words("although back away anyway"))
)  # fmt: skip
"""Words that no thing has inside."""
JOINTS = frozenset(
    _words("in on at by with from for if when as while about into over under across during before after behind until")
    + _words("since because and but so which where although though unless without within through")
)
"""Words before which a clause may end and be whole all the same."""
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


def pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """Clauses, and the things named within them, each with its place."""
    for clause in _CLAUSE.finditer(text):
        piece = _trimmed(clause.group())
        if piece and not _CODE.search(piece):
            start = clause.start() + clause.group().find(piece)
            yield piece, start, start + len(piece)
        yield from _heads(text, clause.start(), clause.end())
        yield from _things(text, clause.start(), clause.end())


def _heads(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """What somebody did or is, out of a longer clause: from each subject to the joints that follow."""
    words = [(found.group(), found.start(), found.end()) for found in re.finditer(r"\S+", text[start:end])]
    for at, (word, begin, _) in enumerate(words):
        if word.casefold() not in SUBJECTS - POINTING or (at and words[at - 1][0].casefold() not in JOINTS):
            continue
        for stop in range(at + SHORTEST_CUT, len(words) + 1):
            if stop == len(words) or words[stop][0].casefold() in JOINTS:
                piece = text[start + begin : start + words[stop - 1][2]]
                if not _CODE.search(piece):
                    yield piece, start + begin, start + words[stop - 1][2]


def _things(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Things with their article or number, as far as the words around them tell where they end."""
    words = [(found.group(), found.start(), found.end()) for found in re.finditer(r"\S+", text[start:end])]
    for at, (word, _, _) in enumerate(words):
        if word.casefold() not in DETERMINERS and not _NUMBER.match(word):
            continue
        last = _thing_ends(words, at)
        if last > at:
            piece = text[start + words[at][1] : start + words[last][2]]
            if not _CODE.search(piece):
                yield piece, start + words[at][1], start + words[last][2]


def _thing_ends(words: Sequence[tuple[str, int, int]], at: int) -> int:
    """The index of the thing's last word; the index of its article where it has no end that can be told."""
    plain = [word.casefold() for word, _, _ in words]
    last = begun = _after_share(plain, at)
    while last + 1 < len(words) and last - begun < LONGEST_THING and plain[last + 1] not in BREAKS:
        if last > begun and (plain[last + 1] in TOLD or plain[last + 1].endswith("ed")):
            return last if begun > at else at  # a verb: what stands before it is its subject, and the rest is torn off
        last += 1
    follows = plain[last + 1] if last + 1 < len(words) else ""
    if follows and follows not in BREAKS:
        return at  # too long to tell
    if follows in DETERMINERS | SUBJECTS:
        last -= 1  # what stands before another thing is a verb
    one = plain[at] in ("a", "an")
    while last > begun and (_is_verb(plain[last]) or (one and re.search(r"[^siu]s\Z", plain[last]))):
        last -= 1
    return last if last > begun else at


def _after_share(words: Sequence[str], at: int) -> int:
    """Where a thing's own words begin: behind "3 of the" as behind an article."""
    if not _NUMBER.match(words[at]) or words[at + 1 : at + 2] != ["of"]:
        return at
    following = words[at + 2 : at + 3]
    return at + 2 if following and (following[0] in DETERMINERS or _NUMBER.match(following[0])) else at + 1


def _is_verb(word: str) -> bool:
    return word in DEEDS | TOLD or word.endswith(("ed", "ing", "ly"))


def units(text: str) -> Iterator[tuple[int, int]]:
    """The places of the sentences; of one that goes on and on, of its clauses."""
    for sentence in _SENTENCE.finditer(text):
        if len(sentence.group().split()) <= LONG_SENTENCE:
            yield sentence.span()
        else:
            at = sentence.start()
            yield from ((at + found.start(), at + found.end()) for found in _CLAUSE.finditer(sentence.group()))


def sort_of(piece: str) -> Sort:
    """What the piece is by its grammar."""
    first, *rest = piece.casefold().replace("’", "'").split()
    second = rest[0] if rest else ""
    if first in SUBJECTS or any(word in FINITE and before not in RELATIVE for before, word in pairwise([first, *rest])):
        return Sort.CLAUSE
    if any(word in TOLD and before not in DETERMINERS for before, word in pairwise([first, *rest])):
        return Sort.CLAUSE
    torn_off = first.endswith(("ed", "es", "ts", "ks")) and second in AFTER_A_VERB
    loose_number = first[0].isdigit() and second in NEVER_FIRST - {"of"}
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


def _trimmed(clause: str) -> str:
    """The clause without its leading connective, which would read oddly inside quotation marks.

    Empty where it says something of what stands before it ("which laboratory has no fridge").
    """
    piece = clause.strip(" \t'‘’*_-/")
    while (shorter := _DULL.sub("", piece)) != piece:
        piece = shorter
    first, _, rest = piece.partition(" ")
    if first.casefold() not in RELATIVE:
        return piece
    if rest.partition(" ")[0].casefold() in SUBJECTS | DETERMINERS:
        return rest
    return piece if first.casefold() == "that" else ""


def reads_well(piece: str) -> bool:
    """Whether the piece is no torn-off fragment and says something."""
    first, *_, last = piece.casefold().split()
    return first not in NEVER_FIRST and last not in NEVER_LAST and len(piece.split()) > 2


def points(piece: str) -> bool:
    """Whether the piece begins with a word that points at something outside it."""
    return piece.casefold().replace("’", "'").split()[0] in POINTING
