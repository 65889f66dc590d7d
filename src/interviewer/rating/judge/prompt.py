"""Puts a sheet and a thread into words: the constant part first, the thread last, the task again after it.

Templates are the bank's (`prompts/judge*.md`), compiled once in a sandbox; what a candidate said is only ever a value.
It may not know how a reply is read.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ...bank.judging import Exemplar, ExemplarSheet
from ...bank.library import Bank
from ...bank.schema import Dimension
from ...models.model import Message
from ...session.thread import Thread
from .fence import fenced, nonce_of
from .sheet import Sheet

if TYPE_CHECKING:
    from jinja2 import Environment, Template

TEMPLATES = (
    "judge.md", "judge-cheap.md", "judge-small.md", "judge-repair.md",
    "judge-rules.md", "judge-data.md", "judge-dimension.md", "judge-example.md", "judge-thread.md",
)  # fmt: skip
_OF_MANNER = {"full": "judge.md", "cheap": "judge-cheap.md", "small": "judge-small.md"}
_SEAM = "=== user ==="
_REPLY_KEPT = 4000
"""Characters of a faulty reply that are shown to the model again."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A dimension as the prompt shows it."""

    dimension: Dimension
    sheet: Sheet
    examples: ExemplarSheet | None


@dataclass(frozen=True, slots=True)
class FailedQuote:
    """A quote that does not count, as the model is told."""

    part: str
    quote: str
    why: str
    """Ends the line "evidence.measured: "..." ..."."""


class Prompts:
    """The judge's prompts."""

    def __init__(self, bank: Bank):
        self._bank = bank
        self._pairs: dict[str, tuple[Template, Template]] = {}
        self._secret = secrets.token_bytes(16)

    @cached_property
    def _environment(self) -> Environment:
        """Made at the first prompt: jinja2 takes 21 ms to load, and the first question needs none of it."""
        return self._bank.templates.overlay(keep_trailing_newline=True)

    @cached_property
    def hash(self) -> str:
        """Twelve hexadecimal digits over everything a judge is told besides the rubric and the thread."""
        return self._bank.judge_hash("judge.yaml", *TEMPLATES)

    def warm_up(self) -> None:
        """Compiles the templates that ask, and takes the hash over all."""
        _ = self.hash
        for name in _OF_MANNER.values():
            self._pair(name)

    def asking(self, sheet: Sheet, thread: Thread) -> list[Message]:
        """The two messages that ask for a sheet.

        The first is the same for every thread; the second begins as it did before the thread grew. A cache serves both.
        """
        system, user = self._pair(_OF_MANNER[sheet.manner])
        shown = [Shown(dim, sheet, self._bank.exemplars(dim.id)) for dim in sheet.dimensions]
        nonce = nonce_of(thread, self._secret)
        return [
            Message("system", system.render(dimensions=shown, report_of=_report).strip()),
            Message(
                "user",
                user.render(
                    thread=fenced(thread, nonce),
                    names=", ".join(dim.name for dim in sheet.dimensions),
                    parts=", ".join(sheet.names),
                ).strip(),
            ),
        ]

    def mending(self, messages: Sequence[Message], reply: str, sheet: Sheet, fault: str) -> list[Message]:
        """The same conversation with what is wrong with the reply."""
        text = self._repair(sheet, fault=fault, quotes=(), parts=", ".join(sheet.names))
        return _continued(messages, reply, text)

    def requoting(
        self, messages: Sequence[Message], reply: str, sheet: Sheet, failed: Sequence[FailedQuote]
    ) -> list[Message]:
        """The same conversation with the quotes that do not count."""
        return _continued(messages, reply, self._repair(sheet, fault="", quotes=failed, parts=""))

    def _repair(self, sheet: Sheet, **values: Any) -> str:
        small = sheet.manner == "small"
        verdict = '"yes" or "no"' if small else "true or false"
        form = f'{{"parts": [{{"part": "...", "quote": "...", "met": {verdict}}}, ...]}}'
        if values["fault"] and not small:
            form = '{"notes": "...", ' + form[1:-1] + ', "no_occasion": []}'
        template = self._environment.get_template("judge-repair.md")
        return template.render(form=form, no='"no"' if small else "false", **values).strip()

    def _pair(self, name: str) -> tuple[Template, Template]:
        if name not in self._pairs:
            system, _, user = self._bank.prompt(name).partition(_SEAM)
            self._pairs[name] = self._environment.from_string(system), self._environment.from_string(user)
        return self._pairs[name]


def _report(shown: Shown, example: Exemplar) -> str:
    """An exemplar's parts in the form of a reply."""
    small = shown.sheet.manner == "small"
    yes, no = ("yes", "no") if small else (True, False)
    met = {shown.sheet.name(shown.dimension, part): quote for part, quote in example.met.items()}
    parts = [
        {"part": name, "quote": met.get(name, ""), "met": yes if name in met else no}
        for name in shown.sheet.asked(shown.dimension)
    ]
    report = {"parts": parts} if small else {"notes": example.notes, "parts": parts, "no_occasion": []}
    return json.dumps(report, ensure_ascii=False)


def _continued(messages: Sequence[Message], reply: str, text: str) -> list[Message]:
    """The conversation with the reply and an answer to it; an empty reply is passed over."""
    if reply.strip():
        return [*messages, Message("assistant", reply[:_REPLY_KEPT]), Message("user", text)]
    *before, last = messages
    return [*before, Message(last.role, f"{last.content}\n\n{text}")]
