"""Tells an answer that is about something else altogether: a recipe, a match, a poem, given to a question about AI.

Only where the question itself is about AI, and neither asks for something that happened nor gets a story: a story may
come from a hospital or a choir. Two vocabularies are data (`topic.yaml`): words of the field, and stems that many
bundled questions share. An answer without any word of the field and with few of the stems is about something else. It
is a guess that the model judge does not share. Where something lived is asked for, so is an answer in which nobody
says "I" or "we" and that has no word of the field. A story without any word of the field or of the question, with
few of the stems and hardly a word of work with software, is not taken for something else, but not rated high either: a
dinner has a cause and a result, too.

Measured when it was made: of 14 such texts without a word of the field it held 10 at 2; of the 137 dev and practice
answers to such questions none above 2 was held. Of fifty honest answers written by somebody else it held two, both
stories from outside of the field, before stories were let pass.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ...bank.cues import TopicCues
from .word_list import ByWord, WordList

OWN = frozenset(("i", "me", "my", "mine", "myself", "we", "us", "our", "ours"))
FEW = 20
"""Content words below which nothing can be told of a story."""
NOTE = 40
"""Words from which an answer is more than a note, in which nobody need be named."""


class Topic:
    """The rule with its vocabularies in the form that is quick to ask."""

    def __init__(self, cues: TopicCues, stem: int):
        """Sets it up.

        Args:
            stem: letters of a stem.
        """
        self._bank = frozenset(cues.bank)
        self._fewest = cues.fewest
        self._least_share = cues.least_share
        self._stem = stem
        self._is_of_field = ByWord(WordList.of(cues.field).__contains__)
        self._is_of_work = ByWord(WordList.of(cues.work).__contains__)
        self._least_work = cues.least_work

    def elsewhere(self, words: Sequence[str], question: str) -> bool:
        """Whether the content words are about something else than a question about AI."""
        if any(map(self._is_of_field.__getitem__, words)) or not self._is_about_ai(question):
            return False
        return len(self._bank.intersection([word[: self._stem] for word in words])) < self._fewest

    def nobodys(self, words: Sequence[str]) -> bool:
        """Whether nobody speaks of themselves or of the field: a recipe, a match, where something lived was asked for.

        Args:
            words: all words of the answer.
        """
        return len(words) >= NOTE and OWN.isdisjoint(words) and not any(map(self._is_of_field.__getitem__, words))

    def is_afar(self, words: Sequence[str], asked: Collection[str]) -> bool:
        """Whether nothing ties a story to the question.

        Args:
            words: the content words.
            asked: stems of the question.
        """
        stems = {word[: self._stem] for word in words}
        if len(words) < FEW or not stems.isdisjoint(asked) or any(map(self._is_of_field.__getitem__, words)):
            return False
        if len(set(filter(self._is_of_work.__getitem__, words))) >= self._least_work:
            return False
        return len(self._bank & stems) < self._least_share * len(words)

    def _is_about_ai(self, question: str) -> bool:
        words = (word.strip(".,;:?!'\"()").lower() for word in question.split())
        return any(map(self._is_of_field.__getitem__, words))
