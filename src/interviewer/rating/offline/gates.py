"""What is looked at before anything is credited: lists, copies, scrambled words, echoes, thin answers, other languages.

A gate never reads for content. It may not know any dimension.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...bank.cues import Gate, Gates
from .clauses import Sentence

END = "<end>"
"""Stands in the table of impossible pairs for the end of a sentence."""
STEM = 5
"""Letters by which words of the question are recognised."""


@dataclass(frozen=True, slots=True)
class Passed:
    """What the gates say of one answer."""

    cap: int = 5
    """The highest level that remains."""
    reasons: tuple[Gate, ...] = ()
    """Which gates were not passed."""


@dataclass(frozen=True, slots=True)
class Gatekeeper:
    """The gates with their word lists in the form that is quick to ask."""

    gates: Gates
    function: frozenset[str]
    impossible: Mapping[str, frozenset[str]]
    foreign: frozenset[str]
    hollow: frozenset[str]
    hollow_begins: tuple[str, ...]

    @classmethod
    def of(cls, gates: Gates, function: Sequence[str], hollow: Sequence[str]) -> Gatekeeper:
        """A gatekeeper with these limits, English function words, and words of praise and slogans."""
        impossible = {word: frozenset(nexts) for word, nexts in gates.impossible.items()}
        begins = tuple(word[:-1] for word in hollow if word.endswith("*"))
        return cls(gates, frozenset(function), impossible, frozenset(gates.foreign), frozenset(hollow), begins)

    def hollowness(self, sentences: Sequence[Sentence]) -> float:
        """How much of the answer is praise and slogans: 0 for as much as anybody uses, 1 for all of it."""
        words = [word.plain for sentence in sentences for word in sentence.words]
        content = [word for word in words if word[0].isalpha() and word not in self.function]
        said = sum(word in self.hollow or word.startswith(self.hollow_begins) for word in content)
        limits = self.gates
        over = said / max(1, len(content)) - limits.hollow_from
        return min(1.0, max(0.0, over / (limits.hollow_full - limits.hollow_from)))

    def doublings(self, sentences: Sequence[Sentence]) -> float:
        """How many times longer than usual the answer is, as a power of two; below 0 where it is shorter."""
        words = sum(len(sentence.words) for sentence in sentences)
        most = self.gates.most_doublings
        return max(-most, min(most, math.log2(max(1, words) / self.gates.usual_words)))

    def stems(self, question: str) -> frozenset[str]:
        """Beginnings of the question's content words."""
        words = (word.strip(".,;:?!'\"").lower() for word in question.split())
        return frozenset(word[:STEM] for word in words if len(word) >= 4 and word not in self.function)

    def structure(self, sentence: Sentence, first: bool, asked: frozenset[str]) -> list[str]:
        """Which structural shapes the sentence has."""
        size = len(sentence.words)
        shapes = {
            "opening": first,
            "question_word": any(word.plain[:STEM] in asked for word in sentence.words),
            "overlong": size >= self.gates.overlong,
            "brief": size <= self.gates.brief,
        }
        return [shape for shape, has in shapes.items() if has]

    def judge(self, sentences: Sequence[Sentence], lists: Sequence[bool], repeated: float, question: str) -> Passed:
        """Caps and reasons for the whole of what the candidate said.

        Args:
            lists: for each sentence whether it only lists.
            repeated: share of one turn's sentences that stood there before.
        """
        words = [word.plain for sentence in sentences for word in sentence.words]
        tests = (*self._tests(sentences, lists, words, question), ("copy", repeated >= self.gates.repeated_share))
        reasons = [reason for reason, met in tests if met]
        return Passed(min((self.gates.caps[reason] for reason in reasons), default=5), tuple(reasons))

    def _tests(
        self, sentences: Sequence[Sentence], lists: Sequence[bool], words: Sequence[str], question: str
    ) -> Sequence[tuple[Gate, bool]]:
        content = [word for word in words if word[0].isalpha() and word not in self.function]
        listed = sum(len(sentence.words) for sentence, is_list in zip(sentences, lists, strict=True) if is_list)
        return (
            ("thin", len(set(content)) < self.gates.fewest_content_words),
            ("list", bool(words) and listed / len(words) >= self.gates.list_share),
            ("scrambled", self._impossible_share(sentences) >= self.gates.impossible_share),
            ("echo", bool(content) and _echo(content, question) >= self.gates.echo_share),
        )

    def is_bare(self, sentences: Sequence[Sentence]) -> bool:
        """Whether a reply has too few content words to add anything: "I do not know", "No idea"."""
        words = {word.plain for sentence in sentences for word in sentence.words}
        return len(words - self.function) < self.gates.bare_reply.fewest_content_words

    def is_list(self, sentence: Sentence) -> bool:
        """Whether the sentence strings terms together instead of saying something."""
        words = [word.plain for word in sentence.words if word.plain not in ":?"]
        run = longest = 0
        for word in words:
            run = 0 if word in self.function else run + 1
            longest = max(longest, run)
        function = sum(word in self.function for word in words)
        several = sentence.commas >= 2 or len(words) >= 8
        return longest >= self.gates.longest_run or (
            several and function / max(1, len(words)) < self.gates.list_function_share
        )

    def _impossible_share(self, sentences: Sequence[Sentence]) -> float:
        """Share of words that cannot follow the word before; one alone is a slip, but in a very short answer."""
        found = sum(self._impossible_in(sentence) for sentence in sentences)
        words = sum(len(sentence.words) for sentence in sentences)
        return found / words if found > 1 or (found and words <= self.gates.slip_words) else 0.0

    def _impossible_in(self, sentence: Sentence) -> int:
        words = sentence.words
        found = 0
        for index in range(1, len(words)):
            joined = index + 1 < len(words) and not words[index + 1].follows  # "the on-call engineer", "of, say, a"
            if words[index].follows and not joined:
                found += words[index].plain in self.impossible.get(words[index - 1].plain, ())
        return found + (END in self.impossible.get(words[-1].plain, ()))

    def is_foreign(self, words: Sequence[str]) -> bool:
        """Whether the plain words are of another language."""
        letters = [word for word in words if word[0].isalpha()]
        if len(letters) < 4:
            return False
        strange = sum(word in self.foreign or not word.isascii() for word in letters)
        english = sum(word in self.function for word in letters)
        return strange / len(letters) >= self.gates.foreign_share and strange > english


def _echo(content: Sequence[str], question: str) -> float:
    asked = {word.strip(".,;:?!'\"").lower() for word in question.split()}
    return sum(word in asked for word in content) / len(content)
