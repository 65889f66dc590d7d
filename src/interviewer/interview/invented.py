"""Whether what a model wants to say states a figure, a name or a source that nobody gave it. Pure.

A made-up study is repeated by candidates who heard it from their interviewer. Words and numbers are compared, so that
what was given may be said again in any form; what a sentence claims without either is not told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from ..bank.library import Bank
from ..bank.schema import Content, Text
from ..bank.word_lists import WordSet
from ..bank.wording import QUOTED, says
from ..text import straight
from .followup import Heard

_FIGURE = re.compile(r"\d+(?:[,.]\d+)*")
_WORD = re.compile(r"[^\W\d_][\w&]*(?:['-][\w&]+)*")
_BEGINS = re.compile(r"(?:[.?!:;…–—]|\"\")[\s\"“”'()*-]*$")
"""What stands before the first word of a sentence; a quote that was left aside may have ended one."""
_NEAR = 12
"""Characters before a word that are looked at for that."""
_OF = r"(?:\s+(?:out\s+)?of|\s+in)\s+(?:every\s+|the\s+)?"


class Given(Content):
    """What `prompts/invented.yaml` holds."""

    numerals: dict[Text, int]
    least: int
    """From here on a number counts; a smaller one ("two things") only of others, or with a unit."""
    units: tuple[Text, ...]
    shares: tuple[Text, ...]
    sources: tuple[Text, ...]
    """Phrases that call somebody to witness."""
    nobody: WordSet
    """Words in capital letters that are no names."""
    names: tuple[Text, ...]
    """Names also at the beginning of a sentence."""

    def invented(self, text: str, given: str) -> list[str]:
        """What the text states and the given words do not hold, one short phrase per fault; quotes are left aside."""
        spoken = ". " + QUOTED.sub(' "" ', straight(text))
        known = straight(given)
        return [
            *(f"gives the figure {each!r}, which nobody named" for each in self._figures(spoken, known)),
            *(f"names {each!r}, which nobody spoke of" for each in self._named(spoken, known)),
            *(f"calls on a source ({each!r}) that nobody named" for each in self._missing(self.sources, spoken, known)),
        ]

    @staticmethod
    def _missing(phrases: tuple[str, ...], spoken: str, known: str) -> list[str]:
        return [phrase for phrase in phrases if says(spoken, phrase) and not says(known, phrase)]

    def _figures(self, spoken: str, known: str) -> list[str]:
        numbers = {value for _, value in self._numbers(re.sub(r"(?<=[a-z])s\b", "", known))}
        large = [(word, value) for word, value in self._numbers(spoken) if value >= self.least]
        stated = [word for word, value in [*large, *self._counts(spoken)] if value not in numbers]
        return list(dict.fromkeys([*stated, *self._missing(self.shares, spoken, known)]))

    def _numbers(self, text: str) -> Iterator[tuple[str, float]]:
        """The numbers of the text as they stand in it, and what they are; "thousands" is none."""
        for found in _FIGURE.finditer(text):
            yield found[0], _value(found[0])
        for word in re.findall(r"[a-z]+", text.casefold()):
            if word in self.numerals:
                yield word, self.numerals[word]

    def _counts(self, text: str) -> Iterator[tuple[str, float]]:
        """The small numbers that measure something: "two of fourteen", "5 per cent"."""
        for found in self._measuring.finditer(text):
            yield found[1], self.numerals.get(found[1].casefold()) or _value(found[1])

    @cached_property
    def _measuring(self) -> re.Pattern[str]:
        number = rf"{'|'.join(self.numerals)}|{_FIGURE.pattern}"
        units = "|".join(map(re.escape, self.units))
        return re.compile(rf"\b({number})(?:{_OF}(?:{number})\b|\s+(?:{units})\b|\s?%)", re.IGNORECASE)

    def _named(self, spoken: str, known: str) -> list[str]:
        """The words with a capital letter inside a sentence, and known names anywhere."""
        heard = {_bare(word) for word in _WORD.findall(known)}
        found = []
        for word in _WORD.finditer(spoken):
            inside = word[0][0].isupper() and not _BEGINS.search(spoken, max(0, word.start() - _NEAR), word.start())
            named = any(says(word[0], name) and word[0][0].isupper() for name in self.names)
            first = re.split("['-]", word[0])[0]
            known_word = first in self.nobody or not heard.isdisjoint((_bare(word[0]), _bare(first)))
            if (inside or named) and not known_word:
                found.append(word[0])
        return list(dict.fromkeys(found))


def load_given(bank: Bank) -> Given:
    """How an invention is told. Raises `ContentError`."""
    return bank.rules("invented.yaml", Given)


def said_so_far(heard: Heard) -> str:
    """All that was asked and said in the interview: whatever stands in it may be said again."""
    threads = heard.transcript.threads[: heard.index]
    turns = [turn.text for thread in (*threads, heard.thread) for turn in thread.turns]
    return " ".join([heard.question.ask, *(thread.thread.question for thread in threads), *turns])


def _value(figure: str) -> float:
    """The number that a figure in digits stands for."""
    whole = re.sub(r",(?=\d{3})", "", figure).replace(",", ".")
    return float(whole) if whole.count(".") < 2 else -1.0


def _bare(word: str) -> str:
    """The word in lower case, without the ending of a genitive or plural."""
    return re.sub(r"'s?$|s$", "", word.casefold())
