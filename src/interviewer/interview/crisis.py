"""Hears that somebody wants to die or to hurt themselves, in whatever words they type it. Pure.

Only what somebody says of themselves counts: here people answer about processes that die, and about what users write
to a model. Wherever such words stand, whoever said them, they are never quoted back.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache

from pydantic import Field

from ..bank.schema import Text
from ..bank.word_lists import WordSet
from ..session.thread import Thread, Turn
from ..text import straight
from .clauses import blanked
from .feelings import Feeling

_ON = ("and", "but", "or")
_SENTENCE = re.compile(r"[^.!?;…\n]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\.")
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|`[^`]*`|(?<!\w)'[^'\n]*'(?!\w)")

Phrases = Mapping[str, Sequence[tuple[str, ...]]]
"""By their first words, the longest first."""


class Crisis(Feeling):
    """How it is said, in `prompts/lines.yaml`."""

    spelt: dict[Text, Text]
    """What people type for other words, without apostrophes."""
    mistyped: WordSet
    """Long words that are known with a letter left out, doubled or changed over."""
    fillers: WordSet
    """Words that change nothing, wherever they stand."""
    sayings: tuple[Text, ...] = Field(min_length=1)
    """Whole ones, whose "I" may be left out at the beginning of a sentence."""
    with_i: tuple[Text, ...]
    """Whole ones that say so only with their "I"."""
    openings: tuple[Text, ...] = Field(min_length=1)
    """Of a saying that goes on with one of `deeds`."""
    deeds: tuple[Text, ...] = Field(min_length=1)
    figures: tuple[Text, ...]
    """Phrases that only sound so."""
    abroad: tuple[Text, ...]
    """The plainest sayings in other languages, as they stand in a text."""
    denied: WordSet
    """Words shortly before a saying that deny it."""
    over: tuple[Text, ...]
    """Phrases of a sentence about a time that is over."""
    reports: WordSet
    """Words shortly before a saying that make it another's, or a text."""
    speech: WordSet
    """The same, except after "I": who tells us what they said says it."""

    def shows_in(self, answer: str) -> bool:
        """Whether somebody says so of themselves, now and in their own words. The last answers are remembered."""
        return bool(self._own_places(answer))

    @cached_property
    def _own_places(self) -> Callable[[str], list[tuple[int, int]]]:
        return lru_cache(maxsize=8)(self._said_in)

    def _said_in(self, answer: str) -> list[tuple[int, int]]:
        """The sentences in which it is said, in characters."""
        plain = straight(answer)
        own = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), plain)
        if not _WORD.search(own):
            own = plain
        return [each.span() for each in _SENTENCE.finditer(own) if self._is_own(each[0])]

    def left_out(self, thread: Thread) -> Thread:
        """The thread without what somebody says of themselves, nor what was said to it: it is no part of an answer, and
        nobody rates it."""
        if not any(map(self.shows_in, thread.answers)):
            return thread
        kind = {said for sentences in self.says.values() for said in (*sentences.probe, *sentences.end)}
        turns = (Turn(turn.role, "") if turn.text in kind else turn for turn in thread.turns)
        return replace(thread, turns=tuple(turns)).with_answers(lambda said: blanked(said, self._own_places(said)))

    def places(self, answer: str) -> list[tuple[int, int]]:
        """The sentences with such words, in characters, whoever they are ascribed to: none of it is quoted."""
        return [each.span() for each in _SENTENCE.finditer(answer) if self._holds(each[0])]

    def unquotable(self, answer: str) -> str:
        """The answer with those sentences emptied, so that every place stays where it was."""
        return blanked(answer, self.places(answer))

    def _holds(self, sentence: str) -> bool:
        return self._is_abroad(sentence) or next(self._sayings(self._words(sentence)), None) is not None

    def _is_own(self, sentence: str) -> bool:
        if self._is_abroad(sentence):
            return True
        words = self._words(sentence)
        said = any(not self._is_denied(words, at) and not self._is_reported(words, at) for at in self._sayings(words))
        return said and not any(_begins(words, at, self._past) for at in range(len(words)))

    def _is_abroad(self, sentence: str) -> bool:
        folded = " ".join(sentence.casefold().split())
        return any(phrase in folded for phrase in self.abroad)

    def _words(self, sentence: str) -> list[str]:
        """The words as they are meant, without figures of speech; a full stop where a clause ends."""
        words = [*self._meant(sentence), "."]
        if self._figures.keys().isdisjoint(words):
            return words
        at = 0
        while at < len(words):
            length = _begins(words, at, self._figures)
            words[at : at + length] = [""] * length
            at += length or 1
        return words

    def _meant(self, text: str) -> list[str]:
        """The words without fillers, and as they should be spelt."""
        typed = _WORD.findall(straight(text.casefold()).replace("'", "").replace(",", "."))
        meant: list[str] = []
        for word in typed:
            if word in self._spelling:
                meant += self._spelling[word].split()
            else:
                meant.append(word)
        return [word for word in meant if word not in self.fillers]

    def _sayings(self, words: Sequence[str]) -> Iterator[int]:
        """Where one begins. The "I" may be left out at the beginning of a sentence, and after "and" within it."""
        for at, word in enumerate(words):
            full = word in self._firsts and (self._is_saying(words, at) or _begins(words, at, self._with_i))
            if full or (_may_lack_i(words, at) and self._is_saying(["i", *words[at:]], 0)):
                yield at

    def _is_saying(self, words: Sequence[str], at: int) -> bool:
        opened = _begins(words, at, self._openings)
        return bool(_begins(words, at, self._whole) or (opened and _begins(words, at + opened, self._deeds)))

    def _is_denied(self, words: Sequence[str], at: int) -> bool:
        return not self.denied.isdisjoint(words[max(0, at - 3) : at])

    def _is_reported(self, words: Sequence[str], at: int) -> bool:
        """Whether somebody else says it, or a text does."""
        for place in range(max(0, at - 4), at):
            own = "i" in words[max(0, place - 2) : place]
            if words[place] in self.reports or (words[place] in self.speech and not own):
                return True
        return False

    @cached_property
    def _spelling(self) -> dict[str, str]:
        return {slip: word for word in self.mistyped for slip in _slips(word)} | self.spelt

    @cached_property
    def _whole(self) -> Phrases:
        return self._by_first_word(self.sayings)

    @cached_property
    def _with_i(self) -> Phrases:
        return self._by_first_word(self.with_i)

    @cached_property
    def _openings(self) -> Phrases:
        return self._by_first_word(self.openings)

    @cached_property
    def _firsts(self) -> frozenset[str]:
        return frozenset(self._whole.keys() | self._openings.keys())

    @cached_property
    def _deeds(self) -> Phrases:
        return self._by_first_word(self.deeds)

    @cached_property
    def _figures(self) -> Phrases:
        return self._by_first_word(self.figures)

    @cached_property
    def _past(self) -> Phrases:
        return self._by_first_word(self.over)

    def _by_first_word(self, phrases: Iterable[str]) -> Phrases:
        found: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
        for words in sorted((tuple(self._meant(phrase)) for phrase in phrases), key=len, reverse=True):
            found[words[0]].append(words)
        return found


def _may_lack_i(words: Sequence[str], at: int) -> bool:
    return at == 0 or (words[at - 1] in _ON and "i" in words[:at])


def _begins(words: Sequence[str], at: int, phrases: Phrases) -> int:
    """How many words the longest of the phrases takes that begins there; 0 where none does."""
    if at >= len(words):
        return 0
    found = (len(each) for each in phrases.get(words[at], ()) if tuple(words[at : at + len(each)]) == each)
    return next(found, 0)


def _slips(word: str) -> Iterator[str]:
    """The word with one letter left out, doubled, or changed over with the next."""
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at] + word[at:]
        yield word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
