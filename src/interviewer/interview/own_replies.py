"""Lets a model answer the candidate's own question from the company's profile. Code checks the words; what fails is not
spoken, and everything a model says here is marked as made up.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from pydantic import Field

from ..bank.library import Bank
from ..bank.reading import read_model
from ..bank.schema import Content, Profile, Text
from ..bank.wording import says
from ..models.model import Message, Model, Reply, Request
from ..rating.judge.fence import fenced, new_nonce
from ..session.thread import Thread, Turn
from .rewording import is_small, load_manner

TEMPLATE, RULES = "own_question.md", "own_question.yaml"
_MARK = re.compile(r"\b[1-5]\s?(?:/|out of)\s?5\b|\blevel [1-5]\b", re.IGNORECASE)


class ReplyRules(Content):
    """What `prompts/own_question.yaml` holds."""

    longest: int = Field(ge=20)
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
    manner, rules = load_manner(bank), read_model(bank.root / "prompts" / RULES, ReplyRules)
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
    for _ in range(rules.tries):
        reply = await model.complete(Request([Message("user", prompt)], rules.tokens, temperature=0.7))
        await on_reply(reply)
        text = " ".join(reply.text.split()).strip('"“”')
        if may_be_said(text, rules) and nonce not in text:
            return text
    return None


def may_be_said(text: str, rules: ReplyRules) -> bool:
    """Whether the text is an answer of some words, without a mark, a verdict, a promise or a question."""
    words = len(text.split())
    if not 3 <= words <= rules.longest or "?" in text or _MARK.search(text):
        return False
    return not any(says(text, phrase) for phrase in rules.never)
