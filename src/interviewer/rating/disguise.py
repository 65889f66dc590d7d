"""Writes disguised text plainly: invisible and wide characters, look-alike letters, digits for letters.

Every character that remains knows its place in the text it came from. It may not know what is looked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_INVISIBLE = re.compile(r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_STRANGE = re.compile(r"[^\x00-\xff\u2010-\u2015\u2018-\u201f\u2026\u20ac]|\xad")
"""What is neither western letters nor the usual marks of print."""
_TAG = range(0xE0020, 0xE007F)
_TAGS_BEGIN = 0xE0000
"""Where the invisible copies of the ASCII characters begin."""
_ALIKE = str.maketrans(
    "аеорсухіјѕԁһԛԝмтвнкАВЕКМНОРСТХІЈЅαοενρτυικΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijsdhqwmtbhkABEKMHOPCTXIJSaoevptuikABEZHIKMNOPTYX",
)
_MIXED = re.compile(r"(?=\w*[A-Za-z])(?=\w*[\u0370-\u052f])\w+")
_LEET = str.maketrans("0134578@$!", "oieastb" + "asi")
_DIGITS_IN_WORD = re.compile(r"(?<![\w.])(?=[a-z0-9@$!]*[a-z])[a-z]*[0134578@$!]+[a-z]+[a-z0134578@$!]*", re.IGNORECASE)
_DIGIT_IN_WORD = re.compile(r"[0134578@$!](?=[a-z])", re.IGNORECASE)
LEET_WORDS = 3
"""Words with digits for letters from which they are read as letters: one or two are names of things."""


def plainly(text: str) -> tuple[str, Sequence[int]]:
    """The text written plainly, and for each of its characters where it stands in `text`."""
    places: Sequence[int] = range(len(text))
    if not text.isascii() and _STRANGE.search(text):
        shown = [(plain, at) for at, char in enumerate(text) if (plain := _shown(char))]
        text, places = "".join(plain for plain, _ in shown), [at for _, at in shown]
        text = _MIXED.sub(lambda word: word[0].translate(_ALIKE), text)
    if len(_DIGIT_IN_WORD.findall(text)) >= LEET_WORDS <= len(_DIGITS_IN_WORD.findall(text)):
        text = _DIGITS_IN_WORD.sub(lambda word: word[0].translate(_LEET), text)
    return text, places


def _shown(char: str) -> str:
    """The character as it is read: one character, or none where nothing is seen."""
    if char.isascii():
        return char
    if ord(char) in _TAG:
        return chr(ord(char) - _TAGS_BEGIN)
    if _INVISIBLE.match(char) or _TAGS_BEGIN <= ord(char) <= _TAG.stop:
        return ""
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 else char
