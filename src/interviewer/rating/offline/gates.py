"""What is looked at before anything is credited: lists, copies, scrambled words, echoes, thin answers, other languages.

A gate never reads for content. It may not know any dimension.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import compress

from ...bank.gate_cues import Gate, Gates
from ...session.thread import Thread
from .clauses import Sentence
from .heard import Heard
from .seams import Seams
from .strays import StrayFinder
from .verse import is_verse
from .word_list import ByWord, WordList
from .word_order import WordOrder

STEM = 5
"""Letters by which words of the question are recognised."""
SHORTEST_CONTENT = 4
"""Letters of the shortest word that is recognised so."""
OVERRULED: frozenset[Gate] = frozenset({"short", "terse", "stuffed", "patchwork", "elsewhere", "afar", "verse"})
"""Gates that hold for rules alone: whoever reads for content may see more."""
UNSPACED = 8
"""Letters of another script that are taken for words without spaces between them."""
FEWEST = 3
"""Content words from which a sentence can be stuffed."""


@dataclass(frozen=True, slots=True)
class Passed:
    """What the gates say of one answer."""

    cap: int = 5
    """The highest level that remains."""
    reasons: tuple[Gate, ...] = ()
    """Which gates were not passed."""

    def with_reason(self, reason: Gate, cap: int) -> Passed:
        """The same with one more gate that was not passed."""
        return Passed(min(self.cap, cap), (*self.reasons, reason))


class Gatekeeper:
    """The gates with their word lists in the form that is quick to ask."""

    def __init__(self, gates: Gates, order: WordOrder, function: Sequence[str], hollow: Sequence[str]):
        """Sets it up.

        Args:
            function: English function words.
            hollow: words of praise and slogans.
        """
        self.gates = gates
        self.function = known = frozenset(function)
        self._order = order
        self._seams = Seams(gates.seams, self.function)
        self._foreign = frozenset(gates.foreign)
        self._is_hollow = is_hollow = ByWord(WordList.of(hollow).__contains__)
        idle = WordList.of(gates.idle.words)
        self._says_little = says_little = ByWord(lambda word: word in known or word in idle or word in ":?")
        self._idle_phrases = idle.phrases
        in_phrases = frozenset(word for phrase in idle.phrases for word in phrase.split())
        self._may_be_idle = ByWord(lambda word: says_little[word] or word in in_phrases)
        self.strays = StrayFinder(gates.strays, known, says_little.__getitem__, STEM).strays
        self._is_abstract = is_abstract = ByWord(WordList.of(gates.abstract).__contains__)
        self._is_particular = ByWord(lambda word: not (says_little[word] or is_abstract[word] or is_hollow[word]))

    def content(self, sentence: Sentence) -> list[str]:
        """Its words without figures and function words."""
        function = self.function
        return [word for word in sentence.words if word not in function and word[0].isalpha()]

    def hollowness(self, content: Sequence[str]) -> float:
        """How much of the content words is praise and slogans: 0 for as much as anybody uses, 1 for all of it."""
        limits = self.gates
        over = _share(self._is_hollow.__getitem__, content) - limits.hollow_from
        return min(1.0, max(0.0, over / (limits.hollow_full - limits.hollow_from)))

    def doublings(self, sentences: Sequence[Sentence]) -> float:
        """How many times longer than usual the answer is, as a power of two; below 0 where it is shorter."""
        words = sum(len(sentence.words) for sentence in sentences)
        most = self.gates.most_doublings
        return max(-most, min(most, math.log2(max(1, words) / self.gates.usual_words)))

    def stems(self, question: str) -> frozenset[str]:
        """Beginnings of the question's content words."""
        words = (word.strip(".,;:?!'\"").lower() for word in question.split())
        return frozenset(word[:STEM] for word in words if len(word) >= SHORTEST_CONTENT and word not in self.function)

    def structure(self, sentence: Sentence, first: bool, asked: frozenset[str]) -> list[str]:
        """Which structural shapes the sentence has."""
        size = len(sentence.words)
        shapes = {
            "opening": first,
            "question_word": not asked.isdisjoint([word[:STEM] for word in sentence.words]),
            "overlong": size >= self.gates.overlong,
            "brief": size <= self.gates.brief,
        }
        return [shape for shape, has in shapes.items() if has]

    def judge(self, heard: Heard, repeated: float, thread: Thread, asked: Collection[str]) -> Passed:
        """Caps and reasons for the whole of what the candidate said.

        Args:
            repeated: share of one turn's sentences that stood there before.
            asked: stems of the question.
        """
        sentences, words = heard.sentences, heard.said
        slips = sum(map(self._order.slips, sentences))
        sizes = [len(sentence.words) for sentence in sentences]
        said, listed = sum(sizes), sum(compress(sizes, heard.lists))
        limits, different = self.gates, len(set(words))
        alone = len({sentence.turn for sentence in sentences}) == 1
        short = alone and limits.fewest_content_words <= different < limits.short_content_words
        tests: Sequence[tuple[Gate, bool]] = (
            ("thin", different < limits.fewest_content_words),
            ("short", short),
            ("terse", not short and different >= limits.fewest_content_words and said < limits.terse_words),
            ("list", said > 0 and (listed / said >= limits.list_share or self._is_all_figures(sentences, said))),
            ("stuffed", different >= limits.short_content_words and self._is_general(sentences, words, asked)),
            ("patchwork", self._seams.show(sentences, thread.answers, thread.question, slips)),
            ("scrambled", self._impossible_share(slips, said) >= limits.impossible_share),
            ("echo", bool(words) and _echo(words, thread.question) >= limits.echo_share),
            ("copy", repeated >= limits.repeated_share),
            ("verse", is_verse(sentences)),
        )
        reasons = tuple(reason for reason, met in tests if met)
        return Passed(min((limits.caps[reason] for reason in reasons), default=5), reasons)

    def is_stuffed(self, content: Sequence[str]) -> bool:
        """Whether a sentence of these content words only strings abstractions together."""
        return len(content) >= FEWEST and self._abstract_share(content) >= self.gates.stuffed_sentence

    def is_bare(self, sentences: Sequence[Sentence]) -> bool:
        """Whether a reply has too few content words to add anything: "I do not know", "No idea"."""
        words = {word for sentence in sentences for word in sentence.words}
        return len(words - self.function) < self.gates.bare_reply.fewest_content_words

    def is_idle(self, sentence: Sentence) -> bool:
        """Whether its words could be said of anything: "That is really what I wanted to say about this"."""
        if not all(map(self._may_be_idle.__getitem__, sentence.words)):
            return False
        said = f" {' '.join(sentence.words)} "
        for phrase in self._idle_phrases:
            said = said.replace(f" {phrase} ", " ")
        return all(map(self._says_little.__getitem__, said.split()))

    def is_list(self, sentence: Sentence) -> bool:
        """Whether the sentence strings terms together instead of saying something."""
        function = self.function
        kinds = "".join(["f" if word in function else "c" for word in sentence.words if word not in ":?"])
        several = sentence.commas >= 2 or len(kinds) >= 8
        return "c" * self.gates.longest_run in kinds or (
            several and kinds.count("f") / max(1, len(kinds)) < self.gates.list_function_share
        )

    def _is_all_figures(self, sentences: Sequence[Sentence], said: int) -> bool:
        """Whether figures stand beside figures, of nothing."""
        figures = sum(word[0].isdigit() for sentence in sentences for word in sentence.words)
        return figures / said >= self.gates.figure_share

    def _abstract_share(self, content: Sequence[str]) -> float:
        return _share(self._is_abstract.__getitem__, content)

    def _is_general(self, sentences: Sequence[Sentence], content: Sequence[str], asked: Collection[str]) -> bool:
        """Whether it is made of abstractions, or of few words but those that can be said of anything."""
        if self._abstract_share(content) >= self.gates.stuffed_share:
            return True
        different = {word for sentence in sentences for word in sentence.words}
        particular = [word for word in set(content) if self._is_particular[word] and word[:STEM] not in asked]
        return len(particular) < self.gates.particular_share * len(different)

    def _impossible_share(self, slips: int, said: int) -> float:
        """Share of words that cannot follow the word before; one alone is a slip, but in a very short answer."""
        return slips / said if slips > 1 or (slips and said <= self.gates.slip_words) else 0.0

    def may_be_foreign(self, words: Sequence[str]) -> bool:
        """Whether one of the plain words is of another language."""
        return not (self._foreign.isdisjoint(words) and all(map(str.isascii, words)))

    def is_foreign(self, words: Sequence[str]) -> bool:
        """Whether the plain words are of another language."""
        if not self.may_be_foreign(words):
            return False
        letters = [word for word in words if word[0].isalpha()]
        if len(letters) < 4 and sum(not letter.isascii() for letter in "".join(letters)) < UNSPACED:
            return False
        strange = sum(word in self._foreign or not word.isascii() for word in letters)
        english = sum(word in self.function for word in letters)
        return strange / len(letters) >= self.gates.foreign_share and strange > english


def _share(belongs: Callable[[str], bool], words: Sequence[str]) -> float:
    return sum(map(belongs, words)) / max(1, len(words))


def _echo(content: Sequence[str], question: str) -> float:
    asked = {word.strip(".,;:?!'\"").lower() for word in question.split()}
    return sum(word in asked for word in content) / len(content)
