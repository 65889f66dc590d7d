"""Lets a model answer the candidate: an own question from the company's profile, marked as made up, or a question that
was put back. Code checks the words; what fails is not spoken.
"""

from __future__ import annotations

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
from .invented import load_given
from .rewording import is_small, load_manner, speaks_of_marks
from .unwrapping import unwrapped

TEMPLATE, RULES = "own_question.md", "own_question.yaml"
ASKED_BACK = "asked_back.md"


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
    given, known = load_given(bank), " ".join([profile.name, *(each.answer for each in profile.answers), asked])

    def faults(text: str) -> list[str]:
        return [*_leaks(text, nonce), *not_english(text, bank.cues), *given.invented(text, known)]

    return await _spoken(model, prompt, rules, on_reply, faults)


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

    given = load_given(bank)

    def faults(text: str) -> list[str]:
        away = [f"gives away {term!r}" for term in terms if says(text, term) and not says(said, term)]
        invented = given.invented(text, f"{said} {plain}")
        return [*_leaks(text, nonce), *away, *not_english(text, bank.cues, asked), *invented]

    rules = ReplyRules(longest=limits.longest, tokens=limits.tokens, tries=limits.tries, never=never)
    return await _spoken(model, prompt, rules, on_reply, faults)


async def _spoken(
    model: Model,
    prompt: str,
    rules: ReplyRules,
    on_reply: Callable[[Reply], Awaitable[None]],
    faults: Callable[[str], list[str]],
) -> str | None:
    """The first reply that may be spoken; None after the tries. The model hears what was wrong with the one before."""
    messages = [Message("user", prompt)]
    for _ in range(rules.tries):
        reply = await model.complete(Request(messages, rules.tokens, temperature=0.7))
        await on_reply(reply)
        text = unwrapped(reply.text)
        wrong = [*not_to_be_said(text, rules), *faults(text)]
        if not wrong:
            return text
        messages += [Message("assistant", reply.text), Message("user", _again(wrong))]
    return None


def not_to_be_said(text: str, rules: ReplyRules) -> list[str]:
    """What keeps the text from being an answer of some words: a mark, a verdict, a promise, a question, its length."""
    words = len(text.split())
    return [
        *([f"has {words} words, not 3 to {rules.longest}"] if not 3 <= words <= rules.longest else []),
        *(["asks something"] if "?" in text else []),
        *speaks_of_marks(text),
        *(f"says {phrase!r}" for phrase in rules.never if says(text, phrase)),
    ]


def _leaks(text: str, nonce: str) -> list[str]:
    return ["says the secret word"] if nonce in text else []


def _again(wrong: list[str]) -> str:
    return f"That {'; '.join(wrong)}. Say it again without that. Reply with what you say now, and nothing else."
