"""A turn that only asks something back: told from an answer by its form, and replied to. Nothing of it is rated.

Offline the reply comes from `prompts/asked_back.yaml`; a model may word it, within checks. A rhetorical question within
an answer is part of the answer: here every sentence asks, hesitates or says that something is not clear.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import Field

from ..bank.library import Bank
from ..bank.schema import Content, Question, Text
from ..bank.wording import says
from ..session.transcript import ThreadState
from ..text import count_words, straight
from .lines import Lines
from .simply import simply, what_is_asked

RULES = "asked_back.yaml"
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’)]*\s+|\n+")
_WORD = re.compile(r"[a-z']+")
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|(?<!\w)['‘][^']*'(?!\w)")


class Plea(Content):
    """How a request, as for plainer words, is told by all that it is made of, where its grammar tells nothing."""

    longest: int
    """Words."""
    about: frozenset[str]
    """One of these stands in it."""
    to_us: frozenset[str]
    """And one of these, which turn to the interviewer."""
    besides: frozenset[str]
    """Nothing else stands in it but these, hesitations, and what is quoted."""
    others: int
    """Other words that may stand where somebody says in so many words that something is not clear."""


class Sort(Content):
    """One sort of question back, and what is said to it."""

    cues: tuple[Text, ...] = ()
    says: tuple[Text, ...] = Field(min_length=1)
    repeats: bool = False
    """Whether the question follows once more."""
    restates: Text | None = None
    """Said before other words for the same, where there are any; `says` where there are none."""
    again: Text | None = None
    """Said before a probe once more, where there are no other words for it."""
    simply: Text | None = None
    """Said before the question itself in fewer words."""
    hints: Text | None = None
    """Said before the first hint, where a coach may give one."""
    patience: int | None = None
    """Turns of this sort at one place, where they are borne longer than others."""
    bare: bool = False
    """Whether it is told by its form alone, so that in a debate it may be an argument."""
    beside: bool = False
    """Whether a short statement may stand beside it."""
    waits: bool = False
    """Whether it is said to who wants time to think."""


class ModelLimits(Content):
    """Within what a model may word the reply."""

    longest: int = Field(ge=10)
    """Words."""
    tokens: int
    tries: int = Field(ge=1, le=3)


class AskedBackRules(Content):
    """What `prompts/asked_back.yaml` holds."""

    longest: int
    patience: int = Field(ge=1)
    beside: int
    hesitations: frozenset[str]
    unclear: tuple[Text, ...]
    asks: tuple[Text, ...]
    opens: tuple[Text, ...]
    plea: Plea
    pause: Plea
    tells: frozenset[str]
    sorts: dict[str, Sort]
    plain: Sort
    model: ModelLimits


def load_asked_back(bank: Bank) -> AskedBackRules:
    """What counts as asking back, and what is said to it. Raises `ContentError`."""
    return bank.rules(RULES, AskedBackRules)


@dataclass(frozen=True, slots=True)
class QuestionsBack:
    """Tells questions back from answers."""

    rules: AskedBackRules
    lines: Lines

    def asks(self, state: ThreadState, *, arguing: bool) -> bool:
        """Whether the last answer only asks something back, and the interviewer's patience lasts.

        Args:
            arguing: in a debate a bare question may be an argument; there only one about the question counts.
        """
        text, before = state.turns[-1].text, len(state.turns) - 1
        if self.lines.crisis.shows_in(text):
            return False
        sort = self._sort(text)
        patience = sort.patience if sort and sort.patience else self.rules.patience
        if sum(asked.at == before for asked in state.asked_back) >= patience:
            return False
        if sort is self.rules.plain or (sort and sort.bare):
            return not arguing and self.lines.feeling_in(text) is None
        return sort is not None

    def wants_other_words(self, text: str) -> bool:
        """Whether it says that the question was not understood."""
        sort = self._sort(text)
        return sort is not None and sort.restates is not None

    def reply(self, state: ThreadState, text: str, question: str, other_words: str | None = None) -> str:
        """What is said to it, in the bank's words.

        Args:
            question: what the candidate was asked last.
            other_words: the same in other words, for a question that was not understood.
        """
        sort = self._sort(text) or self.rules.plain
        if sort.restates and other_words:
            return f"{sort.restates} {other_words}"
        told = self._told(state)
        if (once_more := self._once_more(sort, state, question)) and once_more not in told:
            return once_more
        fresh = [each for each in sort.says if not any(reply.startswith(each) for reply in told)]
        said = fresh[0] if fresh else sort.says[(len(state.asked_back_here) - 1) % len(sort.says)]
        return f"{said} {question}" if sort.repeats else said

    def put_simply(self, state: ThreadState, text: str, question: Question, hint: str | None) -> str | None:
        """The question itself in fewer words, and to the second plea the hint; None where both were said.

        Args:
            hint: what a coach may say; None in an exam.
        """
        sort, fewer = self._sort(text) or self.rules.plain, simply(question, self.rules.tells)
        ways = [(sort.simply, fewer), (sort.hints, hint)]
        words = [f"{lead} {other}" for lead, other in ways if lead and other]
        return next((each for each in words if each not in self._told(state)), None)

    def may_be_worded(self, text: str) -> bool:
        """Whether a model may find better words: for all but asking once more."""
        sort = self._sort(text)
        return sort is None or not sort.repeats

    @staticmethod
    def _once_more(sort: Sort, state: ThreadState, asked: str) -> str | None:
        """The last probe without what leads up to it; None for what is no probe, and for sorts that do not need it."""
        is_probe = any(probe.text == asked for probe in state.probes)
        return f"{sort.again} {what_is_asked(asked)}" if sort.again and is_probe else None

    @staticmethod
    def _told(state: ThreadState) -> list[str]:
        """The replies to what was asked back in this thread."""
        return [asked.reply for asked in state.asked_back if asked.reply]

    def _sort(self, text: str) -> Sort | None:
        """The sort of question that the turn is; None for an answer."""
        plain = straight(text.casefold())
        if count_words(plain) > self.rules.longest:
            return None
        if self._is_plea(plain, self.rules.plea) or self._is_plea(plain, self.rules.pause):
            return self._sort_of(plain)
        sentences = [sentence for sentence in map(str.strip, _SENTENCE_END.split(plain)) if sentence]
        rest = [each for each in sentences if not _is_marked(each) and not self._begins(each, self.rules.asks)]
        stated = sum(count_words(sentence) for sentence in rest if not self._says_nothing(sentence))
        if not any(self._is_question(each) or self._is_unclear(each) for each in sentences):
            return None
        sort = self._sort_of(plain)
        asked = any(self._is_question(each) and self._sort_of(each) is sort for each in sentences)
        return sort if not stated or (asked and sort.beside and stated <= self.rules.beside) else None

    def _is_question(self, sentence: str) -> bool:
        """Whether the sentence is a question by itself."""
        opened = self._begins(sentence, self.rules.opens) or self._sort_of(sentence) is not self.rules.plain
        return self._begins(sentence, self.rules.asks) or (_is_marked(sentence) and opened)

    def _begins(self, sentence: str, openings: Iterable[str]) -> bool:
        """Whether one of those opens the sentence, some hesitation aside."""
        words = _WORD.findall(sentence)
        hesitant = next((at for at, word in enumerate(words) if word not in self.rules.hesitations), len(words))
        begun = [" ".join(words[at:]) + " " for at in range(hesitant + 1)]
        return any(rest.startswith(f"{opening} ") for rest in begun for opening in openings)

    def _is_plea(self, text: str, plea: Plea) -> bool:
        """Whether it asks for that and has room for nothing else."""
        words = _WORD.findall(_QUOTED.sub(" ", text))
        if len(words) > plea.longest or any(map(str.isdigit, text)):
            return False
        turned = plea.about.intersection(words) and plea.to_us.intersection(words)
        return bool(turned) and not self._foreign_to(plea, words)

    def _foreign_to(self, plea: Plea, words: Iterable[str]) -> list[str]:
        allowed = plea.about | plea.to_us | plea.besides | self.rules.hesitations
        return [word for word in words if word not in allowed]

    def _sort_of(self, text: str) -> Sort:
        pleads, pauses = self._is_plea(text, self.rules.plea), self._is_plea(text, self.rules.pause)
        for sort in self.rules.sorts.values():
            if self._found(sort.cues, text) or (pleads and sort.simply) or (pauses and sort.waits):
                return sort
        return self.rules.plain

    def _says_nothing(self, sentence: str) -> bool:
        """Whether a sentence that asks nothing only hesitates, or says that something is not clear."""
        words = _WORD.findall(sentence)
        return self._is_unclear(sentence) or all(word in self.rules.hesitations for word in words)

    def _is_unclear(self, sentence: str) -> bool:
        """Whether it says that something is not clear, and little about what: more would be an answer."""
        others = self._foreign_to(self.rules.plea, _WORD.findall(_QUOTED.sub(" ", sentence)))
        return len(others) <= self.rules.plea.others and self._found(self.rules.unclear, f"{sentence.rstrip(' .!?…')}.")

    @staticmethod
    def _found(cues: Iterable[str], text: str) -> bool:
        return any(says(text, cue) for cue in cues)


def _is_marked(sentence: str) -> bool:
    return sentence.rstrip('"”’)').endswith("?")
