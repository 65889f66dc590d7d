"""One sheet, one sample: asks the model, mends the reply at most twice, has failed quotes named once, and makes levels.

Whatever goes wrong ends as unscored with a reason; nothing is raised but cancellation.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from ...bank.judging import JudgeSettings
from ...bank.schema import Dimension
from ...errors import PlainError
from ...models.model import Broken, EndState, Model, ModelError, Refused, Reply, Request
from ...session.events import ModelCalled
from ...session.thread import Thread
from ..levels import level_of
from ..rater import Finding, Rating
from .decoys import MARKED
from .prompt import FailedQuote, Prompts
from .quotes import Evidence
from .reply import JudgeReply, MarkedPart, Unreadable, read_reply
from .sheet import Sheet

NO_OCCASION = "The judge found that the question gave no room for it."
UNREADABLE = "The judge's reply could not be used: {fault}."
_CUT_OFF = "it was cut off before its end; keep the notes to a few words"


@dataclass(frozen=True, slots=True)
class Sampling:
    """How one sample is taken."""

    temperature: float
    seed: int


@dataclass(frozen=True, slots=True)
class _Exchange:
    """A reply that could be read, and the request that it answers."""

    request: Request
    text: str
    reply: JudgeReply


class Asking:
    """Asks one model, at most so many calls at a time. Belongs to one event loop."""

    def __init__(
        self,
        model: Model,
        prompts: Prompts,
        settings: JudgeSettings,
        on_call: Callable[[ModelCalled], None],
        at_once: int,
    ):
        self._model = model
        self._prompts = prompts
        self._settings = settings
        self._on_call = on_call
        self._free = asyncio.Semaphore(at_once)

    async def ratings(self, sheet: Sheet, shown: Thread, evidence: Evidence, sampling: Sampling) -> dict[str, Rating]:
        """One sample's rating of each dimension of the sheet.

        Args:
            shown: the thread as the model sees it.
            evidence: where its quotes are looked for.
        """
        try:
            exchange = await self._read(sheet, shown, sampling)
        except PlainError as error:
            return _unscored(sheet, str(error))
        except Unreadable as fault:
            return _unscored(sheet, UNREADABLE.format(fault=fault))
        if any(marked.met for marked in exchange.reply.parts if marked.part not in sheet.parts):
            return _unscored(sheet, MARKED)
        reply = await self._requoted(sheet, exchange, evidence)
        return {dim.id: _rating(sheet, dim, reply, evidence) for dim in sheet.dimensions}

    async def _read(self, sheet: Sheet, shown: Thread, sampling: Sampling) -> _Exchange:
        """The reply: as asked, then with the fault named, at last with no schema on the wire (servers choke on it).

        The second and third try have twice the room, since a model may have spent the first on reasoning.

        Raises:
            ModelError: the model could not be asked, or declined.
            Unreadable: no reply could be used.
        """
        asked = self._prompts.asking(sheet, shown)
        longest = self._settings.max_tokens[sheet.manner]
        request = Request(asked, longest, sampling.temperature, sheet.schema(), sampling.seed)
        for tries_left in (2, 1, 0):
            try:
                text = await self._said(request)
                return _Exchange(request, text, read_reply(text, sheet.parts, sheet.names))
            except Broken:
                if not tries_left or request.schema is None:
                    raise
                request = replace(request, schema=None, max_tokens=2 * longest)
            except Unreadable as fault:
                if not tries_left:
                    raise
                mending = self._prompts.mending(asked, fault.reply, sheet, str(fault))
                schema = request.schema if tries_left == 2 else None
                request = replace(request, messages=mending, schema=schema, max_tokens=2 * longest)
        raise AssertionError("the last try returns or raises")

    async def _requoted(self, sheet: Sheet, exchange: _Exchange, evidence: Evidence) -> JudgeReply:
        """What was told, with second quotes where first ones do not count and the model has better ones."""
        failed = [
            FailedQuote(marked.part, marked.quote, evidence.why_not(marked.quote))
            for marked in exchange.reply.parts
            if marked.met and not evidence.find(marked.quote)
        ]
        if not failed:
            return exchange.reply
        names = [quote.part for quote in failed]
        messages = self._prompts.requoting(exchange.request.messages, exchange.text, sheet, failed)
        schema = sheet.schema(names) if exchange.request.schema else None
        try:
            text = await self._said(replace(exchange.request, messages=messages, schema=schema))
            second = {
                marked.part: marked for marked in read_reply(text, names, sheet.names).parts if marked.part in names
            }
        except (ModelError, Unreadable):
            return exchange.reply
        return exchange.reply.model_copy(
            update={"parts": tuple(_better(m, second, evidence) for m in exchange.reply.parts)}
        )

    async def _said(self, request: Request) -> str:
        """The text of the reply.

        Raises:
            ModelError: there was none, or it was withheld.
            Unreadable: it was cut off, and what there is of it cannot be used.
        """
        async with self._free:
            reply = await self._complete(request)
        if reply.state is EndState.FILTERED:
            raise Refused(f"{self._model.name} declined to rate this answer.", "Choose another judge.")
        if reply.state is EndState.COMPLETE or _closes(reply.text):
            return reply.text
        raise Unreadable(_CUT_OFF, reply.text)

    async def _complete(self, request: Request) -> Reply:
        try:
            reply = await self._model.complete(request)
        except ModelError as error:
            self._on_call(
                ModelCalled(
                    purpose="judge", model=self._model.name, host=self._model.host, state="error", error=error.kind
                )
            )
            raise
        self._on_call(
            ModelCalled(
                purpose="judge",
                model=reply.model or self._model.name,
                host=reply.host or self._model.host,
                state=reply.state.value,
                prompt_tokens=reply.usage.prompt_tokens,
                completion_tokens=reply.usage.completion_tokens,
                estimated=reply.usage.estimated,
                cost=reply.usage.cost,
                seconds=reply.seconds,
            )
        )
        return reply


def _closes(text: str) -> bool:
    """Whether the JSON is whole although the reply was cut off after it."""
    return text.rstrip().rstrip("`").rstrip().endswith("}")


def _better(first: MarkedPart, second: Mapping[str, MarkedPart], evidence: Evidence) -> MarkedPart:
    """The second word on a part whose quote failed: a quote that counts, or that it is not met after all."""
    again = second.get(first.part)
    if again is None or (again.met and not evidence.find(again.quote)):
        return first
    return again


def _rating(sheet: Sheet, dimension: Dimension, reply: JudgeReply, evidence: Evidence) -> Rating:
    marked = {marked.part: marked for marked in reply.parts}
    findings = tuple(_finding(part, marked[sheet.name(dimension, part)], evidence) for part in dimension.parts)
    met = [finding.part for finding in findings if finding.met]
    if dimension.id in reply.no_occasion and not met:
        return Rating(dimension.id, None, NO_OCCASION, findings)
    level = level_of(dimension, met)
    return Rating(dimension.id, level, None, findings, float(level))


def _finding(part: str, marked: MarkedPart, evidence: Evidence) -> Finding:
    if not marked.met:
        return Finding(part, False)
    quote = evidence.find(marked.quote)
    if quote is None:
        return Finding(part, False, None, f"The judge's quote {evidence.why_not(marked.quote)}.")
    return Finding(part, True, quote)


def _unscored(sheet: Sheet, reason: str) -> dict[str, Rating]:
    return {dimension.id: Rating(dimension.id, None, reason) for dimension in sheet.dimensions}
