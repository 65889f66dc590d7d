"""The form rules of a probe, checked by code whoever worded it: the bank, a pack or a model.

One question, one "?", at most thirty words, open; no praise, no verdict, nothing leading, no list of options, and no
word that gives the part away before the candidate has used it.
The phrases are data: `prompts/wording.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from pydantic import Field

from .schema import Content, Text

QUOTE_SLOT = "{quote}"
_SENTENCE_END = re.compile(r"(?<=[.!?…:;])[\"”’']?\s+")
QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")
"""What stands between quotation marks; without them it is the group."""
_OPTIONS = re.compile(r"\b(?:either|whether)\b.*\bor\b|\w+, (?:\w+ ){1,3}or \w+", re.IGNORECASE)
_SECOND_ASK = re.compile(r"\b(?:and|or) (?:what|why|how|who|when|where|which)\b", re.IGNORECASE)
_OPENS = re.compile(r"\b(?:what|why|how|who|whom|whose|when|where|which)\b", re.IGNORECASE)


class WordingRules(Content):
    """What `prompts/wording.yaml` holds."""

    longest: int = Field(ge=5)
    """Words of a probe."""
    quote_words: tuple[int, int]
    """Fewest and most words of the candidate's own that stand in a probe."""
    praise: tuple[Text, ...]
    verdict: tuple[Text, ...]
    leading: tuple[Text, ...]
    """Phrases that put an answer into the candidate's mouth."""
    closed: tuple[Text, ...]
    """First words of a question that yes or no would answer."""


def faults(text: str, rules: WordingRules, *, terms: Iterable[str] = (), heard: str = "") -> list[str]:
    """What is wrong with a probe's form, one short phrase per fault; empty when it may be asked.

    Args:
        terms: words that would give the part away.
        heard: what the candidate has said so far; words in it give nothing away.
    """
    spoken = QUOTED.sub('""', text)
    return [
        *_shape(text, spoken, rules),
        *(f"praises ({phrase!r})" for phrase in _found(rules.praise, spoken)),
        *(f"gives a verdict ({phrase!r})" for phrase in _found(rules.verdict, spoken)),
        *(f"leads ({phrase!r})" for phrase in _found(rules.leading, spoken)),
        *(f"gives away {term!r}" for term in _found(terms, spoken) if not says(heard, term)),
    ]


def _shape(text: str, spoken: str, rules: WordingRules) -> Iterator[str]:
    words = len(text.replace(QUOTE_SLOT, "some four words here").split())
    if words > rules.longest:
        yield f"has {words} words, more than {rules.longest}"
    if spoken.count("?") != 1:
        yield f"has {spoken.count('?')} question marks, not one"
    if _SECOND_ASK.search(_question(spoken)):
        yield "asks two things"
    if _OPTIONS.search(_question(spoken)):
        yield "offers options"
    if _first_word(_question(spoken)) in rules.closed and not _OPENS.search(_question(spoken)):
        yield "can be answered with yes or no"


def _question(text: str) -> str:
    """The sentence that ends in the question mark."""
    head = text.partition("?")[0]
    return _SENTENCE_END.split(head)[-1]


def _first_word(sentence: str) -> str:
    found = re.search(r"[a-z']+", sentence.lower())
    return found.group() if found else ""


def _found(phrases: Iterable[str], text: str) -> list[str]:
    return [phrase for phrase in phrases if says(text, phrase)]


def quoted_in(text: str) -> list[str]:
    """What stands between quotation marks in the text."""
    return QUOTED.findall(text)


def says(text: str, phrase: str) -> bool:
    """Whether the phrase stands in the text on word boundaries, case folded; its plural counts too."""
    # Nearly all phrases are told to be missing by this alone: 30 of 940 patterns are compiled and kept, 0.5 MiB less.
    return _squeezed(phrase) in _squeezed_text(text) and bool(_pattern(phrase).search(text))


def _squeezed(text: str) -> str:
    """Without spaces and hyphens, and with all letters alike that `re.IGNORECASE` takes for one another."""
    return "".join(text.casefold().split()).replace("-", "").replace("ı", "i").replace("\u0307", "")


_squeezed_text = lru_cache(maxsize=4)(_squeezed)
"""The same of what is looked in for many phrases, one after the other."""


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    head = r"\b" if phrase[:1].isalnum() else ""
    escaped = re.escape(phrase.strip()).replace(r"\ ", r"\s+").replace(r"\-", r"[-\s]?")
    tail = r"(?:s|es)?\b" if phrase[-1:].isalnum() else ""
    return re.compile(rf"{head}{escaped}{tail}", re.IGNORECASE)
