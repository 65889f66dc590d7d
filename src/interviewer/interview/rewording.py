"""Lets a model put a probe into words closer to what was said. Code checks the words; what fails is not spoken.

The target was chosen before (`probing.py`); a model never decides what is asked for. An answer may hold orders to it,
and it may be carried away, so what it says reaches the candidate only as one checked question.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace

from pydantic import Field

from ..bank.library import Bank
from ..bank.schema import Content, Text
from ..bank.wording import QUOTED, WordingRules, faults, quoted_in, says
from ..models.model import Message, Model, Reply, Request
from ..models.size import billions_of
from ..rating.evidence import find_quote
from ..rating.judge.fence import fenced, neutral, new_nonce
from ..session.thread import Thread, Turn
from . import probing
from .english import not_english
from .followup import Heard, Reworded
from .invented import load_given, said_so_far
from .lines import load_lines
from .prober import earlier_answers, recalled_in
from .quoting import Source, load_quoting, quotables
from .recalling import load_recalling
from .unwrapping import unwrapped

_MARK = re.compile(r"\b[1-5]\s?(?:/|out of)\s?5\b|\blevel [1-5]\b|\bfrom an? [1-5] to an? [1-5]\b", re.IGNORECASE)
RUN = 4
"""Words in a row that are no coincidence."""

TEMPLATE, MANNER = "interviewer.md", "rewording.yaml"


class Manner(Content):
    """What `prompts/rewording.yaml` holds."""

    examples: tuple[Text, ...]
    styles: dict[str, Text]
    tries: int = Field(ge=1, le=3)
    tokens: int
    """Longest reply."""
    earlier: int = Field(ge=0)
    """Quotes of earlier answers that a model is shown, to take one up."""
    smallest: float
    """Billions of parameters under which a model's wording is not asked for."""


def load_manner(bank: Bank) -> Manner:
    """How a model is asked for a probe. Raises `ContentError`."""
    return bank.rules(MANNER, Manner)


def is_small(model: Model, manner: Manner) -> bool:
    """Whether a model is too small to be let speak in its own words, as far as its server or its name tells."""
    size = billions_of(model)
    return size is not None and size < manner.smallest


class ModelRewording:
    """Words a probe with a model; after the tries are spent the bank's wording stays."""

    def __init__(self, model: Model, bank: Bank, on_reply: Callable[[Reply], Awaitable[None]]):
        """`on_reply` hears of every reply, for the log and the budget."""
        self.model = model
        self.bank = bank
        self.manner = load_manner(bank)
        self.rules = bank.wording()
        self._quoting = load_quoting(bank)
        self._given = load_given(bank)
        self._crisis = load_lines(bank).crisis
        self._earlier_words = load_recalling(bank).earlier_words
        self._on_reply = on_reply

    @property
    def is_small(self) -> bool:
        """Whether the model is too small to be let speak in its own words, as far as one can tell."""
        return is_small(self.model, self.manner)

    def warm_up(self) -> None:
        """Compiles the prompt; any thread may do it."""
        self.bank.templates.get_template(TEMPLATE)

    async def reword(self, target: probing.Target, bank_wording: str, heard: Heard) -> Reworded:
        """A checked wording, or that none could be had.

        Raises:
            ModelError: the model cannot be had; what to do is the candidate's choice.
        """
        if self.is_small:
            return Reworded()
        messages = [Message("user", self._prompt(target, bank_wording, heard))]
        for unfit in range(self.manner.tries):
            reply = await self.model.complete(Request(messages, self.manner.tokens, temperature=0.7))
            await self._on_reply(reply)
            text = unwrapped(reply.text)
            wrong = self._faults(text, bank_wording, target, heard)
            if not wrong:
                return Reworded(text, unfit)
            messages += [Message("assistant", reply.text), Message("user", _again(wrong))]
        return Reworded(unfit=self.manner.tries)

    def _prompt(self, target: probing.Target, plain: str, heard: Heard) -> str:
        part = self.bank.dimension(target.dimension).parts[target.part]
        thread = heard.thread.thread
        earlier = self._earlier(heard)
        nonce = new_nonce(thread)
        return self.bank.templates.get_template(TEMPLATE).render(
            wanted=part.find or part.met_when,
            terms=[term for term in part.terms if not says(_spoken(heard), term)],
            longest=self.rules.longest,
            style=self.manner.styles.get(heard.transcript.style, ""),
            examples=self.manner.examples,
            nonce=nonce,
            earlier=[neutral(quote) for quote in earlier],
            conversation=fenced(thread, nonce),
            plain=plain,
        )

    def _earlier(self, heard: Heard) -> list[str]:
        """Short quotes of earlier answers which touch on the last one; none once an earlier answer was taken up."""
        if any(probe.recalls for probe in heard.thread.probes):
            return []
        *before, last = heard.thread.thread.answers
        stems, said = self._quoting.grammar.stems, [*reversed(before), *earlier_answers(heard, self._crisis)]
        near = stems(last)
        quotes = [quote for text in said for quote in quotables(Source(text), self.rules.quote_words, self._quoting)]
        bearing = [quote for quote in dict.fromkeys(quotes) if stems(quote) & near and quote not in last]
        return sorted(bearing, key=lambda quote: len(stems(quote) & near), reverse=True)[: self.manner.earlier]

    def _faults(self, text: str, plain: str, target: probing.Target, heard: Heard) -> list[str]:
        part = self.bank.dimension(target.dimension).parts[target.part]
        thread = heard.thread.thread
        wanted = filter(None, (part.met_when, part.find))
        asked = [probe.text for state in heard.transcript.threads for probe in state.probes]
        said = " ".join(thread.answers)
        return [
            *faults(text, self.rules, terms=part.terms, heard=_spoken(heard)),
            *not_english(text, self.bank.cues, said),
            *misquotes(text, self._quotable(heard), self.rules),
            *self._given.invented(text, f"{plain} {said_so_far(heard)}"),
            *self._out_of_time(text, heard),
            *speaks_of_marks(text),
            *(["says what is looked for"] if any(tells(text, each, thread) for each in wanted) else []),
            *(["was asked before"] if probing.is_repeat(text, [*asked, heard.question.ask]) else []),
        ]

    def _quotable(self, heard: Heard) -> Thread:
        """The thread, and before it the earlier answers that a quote may come from."""
        thread = heard.thread.thread.with_answers(self._crisis.unquotable)
        if any(probe.recalls for probe in heard.thread.probes):
            return thread
        earlier = tuple(Turn("candidate", text) for text in earlier_answers(heard, self._crisis))
        return replace(thread, turns=(*earlier, *thread.turns))

    def _out_of_time(self, text: str, heard: Heard) -> list[str]:
        """Says so when something earlier is quoted as if it had just been said."""
        if recalled_in(text, heard, self._crisis) and not any(says(text, word) for word in self._earlier_words):
            return ["quotes an earlier answer and does not say that it was earlier"]
        return []


def _spoken(heard: Heard) -> str:
    """The question and what the candidate has said: a word in it gives nothing away."""
    return " ".join([heard.question.ask, *heard.thread.thread.answers])


def speaks_of_marks(text: str) -> list[str]:
    """The fault of words about levels and marks, whoever gives them."""
    return ["speaks of marks"] if _MARK.search(QUOTED.sub(" ", text)) else []


def misquotes(text: str, thread: Thread, rules: WordingRules) -> list[str]:
    """Quoted pieces that the candidate did not say, or that are too short or too long to be quoted."""
    lowest, highest = rules.quote_words
    wrong = []
    for piece in quoted_in(text):
        words = len(piece.split())
        if not said_by_candidate(piece, thread):
            wrong.append(f"quotes {piece!r}, which the candidate did not say")
        elif not lowest <= words <= highest:
            wrong.append(f"quotes {words} words, not {lowest} to {highest}")
    return wrong


def said_by_candidate(piece: str, thread: Thread) -> bool:
    """Whether the candidate said these very words in the thread."""
    said = any(piece.casefold().strip(" ,.?!") in answer.casefold() for answer in thread.answers)
    return said or find_quote(thread, piece) is not None


def tells(text: str, wanted: str, thread: Thread) -> bool:
    """Whether the text says a run of words of what is looked for that the candidate has not said.

    A model that obeys an order in an answer could otherwise read the rubric out as a question.
    """
    said = _run_on(" ".join(thread.answers))
    words = _run_on(wanted).split()
    runs = (" ".join(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1)))
    return any(f" {run} " in f" {_run_on(text)} " and f" {run} " not in f" {said} " for run in runs)


def _run_on(text: str) -> str:
    return " ".join(re.findall(r"[\w'’-]+", text.casefold()))


def _again(wrong: list[str]) -> str:
    return f"That question {'; '.join(wrong)}. Ask it again without that fault. Reply with the question alone."
