"""Lets a model argue the interviewer's side. Its words are checked sentence by sentence before any is spoken."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import replace

from ..bank.library import Bank
from ..bank.schema import Question, Side
from ..bank.wording import quoted_in, says
from ..models.listening import Account, accounted
from ..models.model import EndState, Message, Model, ModelError, Reply, Request
from ..rating.judge.fence import fenced, new_nonce
from ..session.thread import Thread
from .debate import DebateRules
from .english import not_english
from .followup import Heard, Speech
from .invented import load_given, said_so_far
from .lines import load_lines
from .probing import is_repeat
from .rewording import said_by_candidate
from .unwrapping import without_bold, without_head

TEMPLATE = "debater.md"
TELLING = 5
"""Words from which a sentence says something that should not be said twice."""
_END = re.compile(r"[.!?…][\"”’)]?(?=\s)")
_ATTRIBUTED = re.compile(r"\byou (?:said|say|told|mention|wrote|claim)", re.IGNORECASE)


class ModelSpeech(Speech):
    """A turn that a model makes up while it is heard; the bank's where nothing it said could be spoken."""

    def __init__(
        self,
        model: Model,
        request: Request,
        check: Callable[[str], list[str]],
        rules: DebateRules,
        bank_turn: str,
        ask: str,
        account: Account,
    ):
        """Args:
        check: what keeps a sentence from being spoken, one short phrase per fault.
        """
        super().__init__("debate", bank_turn)
        self._model, self._request, self._check, self._rules = model, request, check, rules
        self._ask, self._account = ask, account
        self._wrong: tuple[str, list[str]] | None = None
        """The sentence at which the model was stopped, and its faults."""

    async def pieces(self) -> AsyncGenerator[str, None]:
        """Sentences that passed, as they come; a closing question where the model forgot it.

        Raises:
            ModelError: nothing came that could be spoken.
        """
        self.state = "cancelled"
        request = self._request
        for _ in range(self._rules.tries):
            try:
                async with aclosing(self._sentences(request)) as sentences:
                    async for sentence in sentences:
                        yield self.say(sentence)
            except ModelError:
                if not self.heard:
                    raise
                self.state = EndState.CUT.value
                break
            if self._wrong is None or not self._is_short:
                break
            request = self._once_more(*self._wrong)
        async with aclosing(self._ending()) as ending:
            async for piece in ending:
                yield piece

    @property
    def _is_short(self) -> bool:
        """Whether what was heard is too little for a turn."""
        return len(self.heard.split()) < self._rules.least

    async def _ending(self) -> AsyncGenerator[str, None]:
        """What is missing to a turn: the bank's point, or a closing question."""
        if not self.heard:
            self.state = "complete"
            yield self.say(self.bank_turn)
        elif self.heard.rstrip(' "”').endswith("?"):
            return
        elif self._wrong and self._is_short:
            yield self.say(f" {self.bank_turn}")
        else:
            yield self.say(f" {self._ask}")

    def _once_more(self, sentence: str, faults: list[str]) -> Request:
        """The same request, with what was wrong; what was heard already is gone on from."""
        wrong = f'This sentence {"; ".join(faults)}: "{sentence.strip()}"'
        goes_on = "Leave it out and go on behind what you said before it." if self.heard else "Say your turn again."
        said = [Message("assistant", f"{self.heard}{sentence}"), Message("user", f"{wrong} {goes_on}")]
        return replace(self._request, messages=[*self._request.messages, *said])

    async def _sentences(self, request: Request) -> AsyncGenerator[str, None]:
        """What the model says, a sentence at a time, up to the first that may not be spoken or does not fit."""
        rest, room = "", self._rules.longest - len(f"{self._ask} {self.heard}".split())
        self._wrong = None
        async with accounted(self._model, request, self._account) as stream:
            async for piece in stream:
                if isinstance(piece, Reply):
                    self.state = piece.state.value
                else:
                    rest += piece
                *whole, rest = _cut(rest, ended=isinstance(piece, Reply))
                for sentence in filter(None, map(self._bare, whole)):
                    room -= len(sentence.split())
                    faults = self._check(sentence)
                    if room < 0 or faults:
                        self.state = EndState.CUT.value
                        self._wrong = (sentence, faults) if faults else None
                        return
                    yield sentence

    def _bare(self, sentence: str) -> str:
        """The sentence without what a model wraps a turn in; empty where it is nothing else, or was heard already."""
        bare = without_bold(sentence).strip()
        if not self.heard:
            bare = without_head(bare).lstrip('"“')
        if bare.count('"') % 2:
            bare = bare.rstrip('"')
        if not self.heard or not bare:
            return bare
        return "" if bare in self.heard else f" {bare}"


def speech(
    model: Model, bank: Bank, heard: Heard, side: Side, bank_turn: str, rules: DebateRules, *, last: bool, style: str,
    account: Account,
) -> ModelSpeech:  # fmt: skip
    """The model's turn for that side."""
    thread = load_lines(bank).crisis.left_out(heard.thread.thread)
    nonce = new_nonce(thread)
    prompt = bank.templates.get_template(TEMPLATE).render(
        position=side.position, case=side.case, concedes=side.concedes, longest=rules.longest - 20, last=last,
        style=style, nonce=nonce, conversation=fenced(thread, nonce),
    )  # fmt: skip
    request = Request([Message("user", prompt)], rules.tokens, temperature=0.7)
    ask = rules.asks[(len(thread.answers) - 1) % len(rules.asks)]
    given, said = load_given(bank), " ".join(thread.answers)
    known = " ".join([_material(heard.question), bank_turn, said_so_far(heard)])

    def faults(sentence: str) -> list[str]:
        return [
            *not_english(sentence, bank.cues, said),
            *not_to_be_spoken(sentence, thread, rules),
            *given.invented(sentence, known),
        ]

    return ModelSpeech(model, request, faults, rules, bank_turn, ask, account)


def _material(question: Question) -> str:
    """All that the bank says for either side."""
    return " ".join(text for side in question.sides for text in (side.position, side.concedes, *side.case))


def not_to_be_spoken(sentence: str, thread: Thread, rules: DebateRules) -> list[str]:
    """What is wrong with the sentence: that it is not new, marks or praises, or puts words into somebody's mouth."""
    said = [each for turn in thread.probes for each in _cut(turn, ended=True) if each]
    quoted = quoted_in(sentence) if _ATTRIBUTED.search(sentence) else []
    again = len(sentence.split()) >= TELLING and is_repeat(sentence, said)
    return [
        *(["was said before"] if again else []),
        *(f"says {phrase!r}" for phrase in rules.never if says(sentence, phrase)),
        *(f"quotes {piece!r}, which was not said" for piece in quoted if not said_by_candidate(piece, thread)),
    ]


def _cut(text: str, *, ended: bool) -> list[str]:
    """The whole sentences of the text, line breaks folded, and last of all what is still open."""
    sentences, at = [], 0
    for end in _END.finditer(text):
        sentences.append(_folded(text[at : end.end()], first=at == 0))
        at = end.end()
    rest = text[at:]
    if ended:
        return [*sentences, *([_folded(rest, first=at == 0)] if rest.strip() else []), ""]
    return [*sentences, rest]


def _folded(sentence: str, *, first: bool) -> str:
    """The sentence on one line; a space stays before all but the first."""
    line = " ".join(sentence.split())
    return line if first and not sentence[:1].isspace() else f" {line}"
