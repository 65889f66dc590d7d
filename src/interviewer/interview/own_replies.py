"""Lets a model answer the candidate: an own question from the company's profile, marked as made up, or a question that
was put back. Code checks the words; what fails is not spoken.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from pydantic import Field

from ..bank.library import Bank
from ..bank.schema import Content, Profile, Text
from ..bank.wording import says
from ..models.model import Message, Model, Reply, Request
from ..rating.judge.fence import fenced, new_nonce
from ..session.thread import Thread, Turn
from .asked_back import load_asked_back
from .english import not_english
from .followup import Heard
from .rewording import is_small, load_manner

TEMPLATE, RULES = "own_question.md", "own_question.yaml"
ASKED_BACK = "asked_back.md"
_MARK = re.compile(r"\b[1-5]\s?(?:/|out of)\s?5\b|\blevel [1-5]\b", re.IGNORECASE)


class ReplyRules(Content):
    """What `prompts/own_question.yaml` holds."""

    longest: int = Field(ge=10)
    """Words."""
    tokens: int
    tries: int = Field(ge=1, le=3)
    never: tuple[Text, ...]
    """Phrases that may not be spoken: marks, verdicts, flattery, promises."""


async def worded(
    model: Model, bank: Bank, profile: Profile, asked: str, style: str, on_reply: Callable[[Reply], Awaitable[None]]
) -> str | None:
    """A checked answer; None where the model is too small or nothing it said may be spoken.

    Raises:
        ModelError: the model cannot be had.
        ContentError: a content file is faulty.
    """
    manner, rules = load_manner(bank), bank.rules(RULES, ReplyRules)
    if is_small(model, manner):
        return None
    thread = Thread(asked, ())
    nonce = new_nonce(Thread(asked, (Turn("candidate", asked),)))
    prompt = bank.templates.get_template(TEMPLATE).render(
        profile=profile,
        longest=rules.longest,
        style=manner.styles.get(style, ""),
        nonce=nonce,
        conversation=fenced(thread, nonce),
    )
    return await _spoken(
        model, prompt, rules, on_reply, lambda text: nonce not in text and not not_english(text, bank.cues)
    )


async def on_what_was_asked_back(
    model: Model, bank: Bank, heard: Heard, question: str, plain: str, on_reply: Callable[[Reply], Awaitable[None]]
) -> str | None:
    """A checked reply to what a candidate asked about a question; None where nothing the model said may be spoken.

    A word that would give a part away is spoken only where it stood in the question or in what was asked about it.

    Args:
        question: what the candidate was to answer.
        plain: the bank's reply.

    Raises:
        ModelError: the model cannot be had.
        ContentError: a content file is faulty.
    """
    limits, never = load_asked_back(bank).model, bank.rules(RULES, ReplyRules).never
    asked = heard.thread.asked_back[-1].text
    thread = Thread(question, (Turn("candidate", asked),))
    nonce, said = new_nonce(thread), f"{question} {asked}"
    terms = {term for dimension in heard.dimensions for part in dimension.parts.values() for term in part.terms}
    prompt = bank.templates.get_template(ASKED_BACK).render(
        longest=limits.longest,
        plain=plain,
        style=load_manner(bank).styles.get(heard.transcript.style, ""),
        nonce=nonce,
        conversation=fenced(thread, nonce),
    )

    def gives_nothing_away(text: str) -> bool:
        return not any(says(text, term) and not says(said, term) for term in terms)

    def is_fit(text: str) -> bool:
        return nonce not in text and gives_nothing_away(text) and not not_english(text, bank.cues, asked)

    rules = ReplyRules(longest=limits.longest, tokens=limits.tokens, tries=limits.tries, never=never)
    return await _spoken(model, prompt, rules, on_reply, is_fit)


async def _spoken(
    model: Model,
    prompt: str,
    rules: ReplyRules,
    on_reply: Callable[[Reply], Awaitable[None]],
    is_fit: Callable[[str], bool],
) -> str | None:
    """The first reply that may be spoken; None after the tries."""
    for _ in range(rules.tries):
        reply = await model.complete(Request([Message("user", prompt)], rules.tokens, temperature=0.7))
        await on_reply(reply)
        text = " ".join(reply.text.split()).strip('"“”')
        if may_be_said(text, rules) and is_fit(text):
            return text
    return None


def may_be_said(text: str, rules: ReplyRules) -> bool:
    """Whether the text is an answer of some words, without a mark, a verdict, a promise or a question."""
    words = len(text.split())
    if not 3 <= words <= rules.longest or "?" in text or _MARK.search(text):
        return False
    return not any(says(text, phrase) for phrase in rules.never)
