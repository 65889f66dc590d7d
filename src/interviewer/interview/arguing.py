"""Lets a model argue the interviewer's side. Its words are checked sentence by sentence before any is spoken."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

from ..bank.library import Bank
from ..bank.schema import Side
from ..bank.wording import quoted_in, says
from ..models.listening import Account, accounted
from ..models.model import EndState, Message, Model, ModelError, Reply, Request
from ..rating.judge.fence import fenced, new_nonce
from ..session.thread import Thread
from .debate import DebateRules
from .english import not_english
from .followup import Heard, Speech
from .probing import is_repeat
from .rewording import said_by_candidate

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
        check: Callable[[str], bool],
        rules: DebateRules,
        bank_turn: str,
        ask: str,
        account: Account,
    ):
        super().__init__("debate", bank_turn)
        self._model, self._request, self._check, self._rules = model, request, check, rules
        self._ask, self._account = ask, account

    async def pieces(self) -> AsyncGenerator[str, None]:
        """Sentences that passed, as they come; a closing question where the model forgot it.

        Raises:
            ModelError: nothing came that could be spoken.
        """
        self.state = "cancelled"
        for _ in range(self._rules.tries):
            try:
                async with aclosing(self._sentences()) as sentences:
                    async for sentence in sentences:
                        yield self.say(sentence)
            except ModelError:
                if not self.heard:
                    raise
                self.state = EndState.CUT.value
            if self.heard:
                break
        if not self.heard:
            self.state = "complete"
            yield self.say(self.bank_turn)
        elif not self.heard.rstrip(' "”').endswith("?"):
            yield self.say(f" {self._ask}")

    async def _sentences(self) -> AsyncGenerator[str, None]:
        """What the model says, a sentence at a time, up to the first that may not be spoken or does not fit."""
        rest, room = "", self._rules.longest - len(self._ask.split())
        async with accounted(self._model, self._request, self._account) as stream:
            async for piece in stream:
                if isinstance(piece, Reply):
                    self.state = piece.state.value
                else:
                    rest += piece
                *whole, rest = _cut(rest, ended=isinstance(piece, Reply))
                for sentence in whole:
                    room -= len(sentence.split())
                    if room < 0 or not self._check(sentence):
                        self.state = EndState.CUT.value
                        return
                    yield sentence


def speech(
    model: Model, bank: Bank, heard: Heard, side: Side, bank_turn: str, rules: DebateRules, *, last: bool, style: str,
    account: Account,
) -> ModelSpeech:  # fmt: skip
    """The model's turn for that side."""
    thread = heard.thread.thread
    nonce = new_nonce(thread)
    prompt = bank.templates.get_template(TEMPLATE).render(
        position=side.position, case=side.case, concedes=side.concedes, longest=rules.longest - 20, last=last,
        style=style, nonce=nonce, conversation=fenced(thread, nonce),
    )  # fmt: skip
    request = Request([Message("user", prompt)], rules.tokens, temperature=0.7)
    ask = rules.asks[(len(thread.answers) - 1) % len(rules.asks)]

    def speakable(sentence: str) -> bool:
        in_english = not not_english(sentence, bank.cues, " ".join(thread.answers))
        return in_english and may_be_spoken(sentence, thread, rules)

    return ModelSpeech(model, request, speakable, rules, bank_turn, ask, account)


def may_be_spoken(sentence: str, thread: Thread, rules: DebateRules) -> bool:
    """Whether the sentence is new, gives no mark or praise, and puts no words into the candidate's mouth."""
    said = [each for turn in thread.probes for each in _cut(turn, ended=True) if each]
    if len(sentence.split()) >= TELLING and is_repeat(sentence, said):
        return False
    if any(says(sentence, phrase) for phrase in rules.never):
        return False
    quoted = quoted_in(sentence) if _ATTRIBUTED.search(sentence) else []
    return all(said_by_candidate(piece, thread) for piece in quoted)


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
