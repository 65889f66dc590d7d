"""Marked names, companies and numbers taken out of a text, in every spelling that a reader takes for the same. Pure.

Each is replaced by the same words each time ("[name 1]"). Whole words go; where one may stand within another word, as
in a handle or the name of a file, that word is named for the user to look at (`perhaps_in`). It may know no event.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Marks:
    """What the user wants out."""

    names: tuple[str, ...] = ()
    """Of people; of "Ana Lopes-Smith", "Ana", "Lopes" and "Smith" alone go too."""
    companies: tuple[str, ...] = ()
    """Of "Globex-Initech", "Globex" and "Initech" alone go too."""
    numbers: tuple[str, ...] = ()


SHORTEST_PIECE = 3
"""Letters of a piece that goes alone, where no space parts it from the rest or it was typed without a capital."""
TELLING = 5
"""Letters of a piece that is looked for within any word; a shorter one is in too many, as "Ana" in "analysis"."""
_LINKING = frozenset(("and", "del", "der", "for", "los", "our", "the", "van", "von"))
"""Pieces of a name typed without capitals that are no names."""

_UNSEEN = "\u00ad\u200b-\u200f\u2060\ufeff"
"""Characters that documents do not show, and that would hide a name from a plain search."""
_ACCENT = "\u0300-\u036f"
_APOSTROPHES, _HYPHENS = "’‘ʼ`´", "‐‑"
_JOINED = rf"(?:[\s_{_UNSEEN}-]|\.(?=\w))*+"
"""What may stand between the words of a name: "Ana Lopes", "ana.lopes", "AnaLopes"."""
_BETWEEN = re.compile(r"[;\n]|,(?!\d)")
_TOKEN = re.compile(r"[^\s()\[\]{}<>\"“”«»,;:!?/|…]+")


def parted(typed: str) -> tuple[str, ...]:
    """What a user typed as several words to hide, one by one: by semicolons, and by commas that are in no number."""
    return tuple(word for each in _BETWEEN.split(typed) if (word := each.strip()))


def is_number(word: str) -> bool:
    """Whether it goes as a number, as "40", "$3" or "40,000 records"; "Unit 42" is a name."""
    return re.match(r"[^\w\s]?\d", word) is not None


@dataclass(frozen=True, slots=True)
class Replacement:
    """A marked word in a text, and what stands there instead."""

    start: int
    end: int
    text: str


class Replacer:
    """Finds what is marked, whole words only, whatever their case, accents, apostrophes and what joins them."""

    def __init__(self, marks: Marks):
        self._text_of: dict[str, str] = {}
        spelt: dict[str, str] = {}
        for sort, marked in (("name", marks.names), ("company", marks.companies), ("number", marks.numbers)):
            words = dict.fromkeys(" ".join(word.split()) for word in marked if key_of(word))
            for number, word in enumerate(words, 1):
                for each in (word, *_pieces(word, sort)):
                    self._text_of.setdefault(key_of(each), f"[{sort} {number}]")
                    spelt.setdefault(_spelt(each, r"\s+" if sort == "number" else _JOINED), each)
        longest_first = sorted(spelt, key=lambda pattern: (-len(spelt[pattern]), pattern))
        self._pattern = re.compile("|".join(longest_first), re.IGNORECASE) if spelt else None

    def found(self, text: str) -> Iterator[Replacement]:
        """Each place where something marked stands, in order."""
        if self._pattern:
            for match in self._pattern.finditer(_plain(text)):
                yield Replacement(*match.span(), self._text_of.get(_key(match[0]), "[removed]"))


def replaced(text: str, found: Sequence[Replacement]) -> str:
    """The text after the replacements."""
    for each in reversed(found):
        text = text[: each.start] + each.text + text[each.end :]
    return text


def moved(found: Sequence[Replacement], offset: int, *, to_end: bool) -> int:
    """The offset after the replacements; one inside a replaced word moves to that word's edge."""
    shift = 0
    for each in found:
        if each.end <= offset:
            shift += len(each.text) - (each.end - each.start)
        elif each.start < offset:
            return each.start + shift + (len(each.text) if to_end else 0)
    return offset + shift


def key_of(word: str) -> str:
    """What all spellings of a word that a reader takes for the same have in common."""
    return _key(_plain(word))


def perhaps_in(text: str, marks: Marks) -> tuple[str, ...]:
    """Words of the text that may tell a marked one all the same: it stands within them, or a piece of it does."""
    pieces = {
        _bare(_plain(piece)).casefold() for word in (*marks.names, *marks.companies) for piece in _all_pieces(word)
    }
    numbers = {found[0] for word in marks.numbers if (found := re.search(r"\d[\d.,]*", word))}
    tokens = dict.fromkeys(token[0].strip(".'’-") for token in _TOKEN.finditer(text))
    return tuple(
        token
        for token in tokens
        if any(_tells(token, piece) for piece in pieces) or any(_has_number(token, number) for number in numbers)
    )


# --- spellings --------------------------------------------------------------------------------------------


def _pieces(word: str, sort: str) -> Iterator[str]:
    """What goes alone as well: of a name each word of it, of a name or a company what hyphens join."""
    if sort == "number":
        return
    typed_small = word == word.lower()
    spaced = word.split() if sort == "name" else [word]
    for piece in spaced:
        if sort == "name" and (_is_word(piece) if typed_small else len(piece) > 1 and piece[0].isupper()):
            yield piece
        hyphened = re.split(f"[{_HYPHENS}-]", piece)
        yield from (each for each in hyphened if _is_word(each) and (typed_small or each[0].isupper()))


def _all_pieces(word: str) -> Iterator[str]:
    return (piece for piece in re.split(rf"[\s{_APOSTROPHES}{_HYPHENS}'-]+", word) if _is_word(piece))


def _is_word(piece: str) -> bool:
    return len(piece) >= SHORTEST_PIECE and piece[0].isalpha() and piece.casefold() not in _LINKING


def _spelt(word: str, between: str) -> str:
    """The pattern of the word; within numbers no shorter number is found."""
    words = _bare(_plain(word)).split() if between == r"\s+" else re.split(r"[\s-]+", _bare(_plain(word)))
    within = rf"[{_UNSEEN}{_ACCENT}]*+"
    letters = (within.join("'?" if char == "'" else re.escape(char) for char in each) for each in words if each)
    first = r"(?<!\w)(?<!\d[.,])" if word[0].isdigit() else r"(?<![^\W_])"
    last = r"(?!\w)(?![.,]\d)" if word[-1].isdigit() else r"(?![^\W_])"
    return f"{first}(?:{f'[{_ACCENT}]*+{between}'.join(letters)})[{_ACCENT}]*+{last}"


def _key(plain: str) -> str:
    """Of a text that is plain: without what joins its words, but for what stands between two digits."""
    loose = " ".join(_bare(plain).casefold().replace("'", "").split())
    return re.sub(r"(?<!\d)[\s_.-]+|[\s_.-]+(?!\d)", "", loose)


def _bare(text: str) -> str:
    return re.sub(f"[{_UNSEEN}{_ACCENT}]", "", text)


def _plain(text: str) -> str:
    """The text with plain letters, apostrophes and hyphens, each where it stood."""
    return text if text.isascii() else "".join(map(_plain_char, text))


def _plain_char(char: str) -> str:
    if char in _APOSTROPHES:
        return "'"
    if char in _HYPHENS:
        return "-"
    taken_apart = unicodedata.normalize("NFD", char)
    return taken_apart[0] if all(map(unicodedata.combining, taken_apart[1:])) else char


# --- within other words -----------------------------------------------------------------------------------


def _tells(token: str, piece: str) -> bool:
    """Whether the piece stands in the token: a long one anywhere, a short one where the token seems to be joined."""
    plain = _plain(unicodedata.normalize("NFC", token))
    at = plain.casefold().find(piece)
    if at < 0 or len(piece) >= TELLING:
        return at >= 0
    end = at + len(piece)
    begins = at == 0 or not plain[at - 1].isalpha() or (plain[at - 1].islower() and plain[at].isupper())
    ends = end >= len(plain) or not plain[end].isalpha() or (plain[end - 1].islower() and plain[end].isupper())
    return (begins or ends) if "@" in token else (begins and ends)


def _has_number(token: str, number: str) -> bool:
    return re.search(rf"(?<![\d.,]){re.escape(number)}(?!\d|[.,]\d)", token) is not None
