"""The interviewer's voice: a model that words the probes, or nobody, and then the bank's own words are spoken."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from ..bank.library import Bank
from ..models.model import Model, ModelError, Reply
from ..models.privacy import where
from ..session.events import OFFLINE, Event, ModelCalled, ModelChanged
from .followup import Heard, Reworded, Speech

if TYPE_CHECKING:
    from ..bank.schema import Side
    from .debate import DebateRules
    from .probing import Target
    from .rewording import ModelRewording

MOMENT = 0.3
"""Seconds: a server that is not running says so at once; one that is loading may take minutes."""
LONGER = 1.0
"""Seconds that it gets where a model was just named, and nothing waits to be read."""
ASKED_BACK = "asked back"
"""What a call is for, in the log."""
DRAWN = 0.25
"""Seconds after which there is a prompt to type at; only then is anything heavy loaded."""


class Voice:
    """Who words the probes at the moment; it can be changed in mid-interview."""

    def __init__(self, bank: Bank, opened: Callable[[str], Model], record: Callable[[Event], object]):
        """Args:
        opened: opens a model by name; raises `ModelError`.
        """
        self._bank = bank
        self._opened = opened
        self._record = record
        self._model: Model | None = None
        self._former: list[Model] = []
        self._made: ModelRewording | None = None
        self._warming: asyncio.Future[None] | None = None
        self._given_up: list[asyncio.Future[None]] = []

    @property
    def name(self) -> str:
        """The model's name, "offline" when nobody but the bank speaks."""
        return self._model.name if self._model else OFFLINE

    @property
    def model(self) -> Model | None:
        """The model that speaks, if any."""
        return self._model

    @property
    def host(self) -> str:
        """Where words go; empty when they stay in the program."""
        return self._model.host if self._model else ""

    @property
    def destination(self) -> str:
        """Where words go, in a sentence; empty when they stay in the program."""
        return where(self._model.host, local=self._model.local) if self._model else ""

    def take(self, name: str) -> None:
        """Speaks with that model from now on.

        Raises:
            ModelError: there is no such model, or no key for it; the voice stays as it was.
        """
        self._speak_with(self._named(name))

    def _named(self, name: str) -> Model | None:
        return None if name == OFFLINE else self._opened(name)

    def _speak_with(self, model: Model | None) -> None:
        self._stop_warming()
        if self._model:
            self._former.append(self._model)  # let go of at the end: it may be at work yet, as the judge
        self._model, self._made = model, None

    def _stop_warming(self) -> None:
        if self._warming:
            self._warming.cancel()
            self._given_up.append(self._warming)
            self._warming = None

    async def change(self, name: str, reason: str) -> None:
        """Takes another model and says so in the log.

        Raises:
            ModelError: there is none of that name, as its server says too, or no key; the voice stays as it was.
        """
        model = self._named(name)
        if model:
            try:
                await _insist_on(model, LONGER)
            except ModelError:
                await model.close()
                raise
        self._speak_with(model)
        self._record(ModelChanged(purpose="interviewer", model=name, reason=reason))

    async def prepare(self) -> None:
        """Lets the model get ready in the background, once; waits just long enough to hear of one that is not there.

        Raises:
            ModelError: it failed within a moment. A later failure shows when the model is needed.
        """
        warm_up = getattr(self.model, "warm_up", None)
        if self.model is None or warm_up is None or self._warming is not None:
            return
        await _insist_on(self.model, MOMENT)
        self._warming = asyncio.ensure_future(_after_the_prompt(warm_up))

    def warm_up(self) -> None:
        """Loads what it takes to word a probe. Any thread may do it. Raises `ContentError`."""
        if self._rewording:
            self._rewording.warm_up()

    @property
    def _rewording(self) -> ModelRewording | None:
        """Who words, if anybody; made after the first question, with the judge's fence and all the checks."""
        if self._made is None and self._model:
            from .rewording import ModelRewording

            self._made = ModelRewording(self._model, self._bank, self._replied)
        return self._made

    async def reword(self, target: Target, wording: str, heard: Heard) -> Reworded:
        """A checked wording closer to what was said, or that the bank's stays. Raises `ModelError`."""
        if self._rewording is None:
            return Reworded()
        try:
            return await self._rewording.reword(target, wording, heard)
        except ModelError as error:
            self._record(ModelCalled(purpose="probe", model=self.name, host=self.host, state="error", error=error.kind))
            raise
        except asyncio.CancelledError:
            self._record(self._cancelled("probe"))
            raise

    def _cancelled(self, purpose: str) -> ModelCalled:
        """A call that nobody waited for to its end; what it used, nobody counted."""
        cost = 0.0 if self._model and self._model.local else None
        return ModelCalled(
            purpose=purpose, model=self.name, host=self.host, state="cancelled", estimated=True, cost=cost
        )

    def argue(self, heard: Heard, side: Side, bank_turn: str, rules: DebateRules, *, last: bool) -> Speech:
        """A turn of a debate: the model's within limits, or the bank's."""
        if self._rewording is None or self._rewording.is_small:
            return Speech("debate", bank_turn)
        from .arguing import speech

        style = self._rewording.manner.styles.get(heard.transcript.style, "")
        return speech(
            self._rewording.model, self._bank, heard, side, bank_turn, rules,
            last=last, style=style, account=self._argued,
        )  # fmt: skip

    async def reply_back(self, heard: Heard, plain: str, last_asked: str) -> str | None:
        """A model's reply to what was asked back, checked; None where the bank's stays.

        One that fails now is not worth a question about it.
        """
        if self._rewording is None or self._rewording.is_small:
            return None
        from .own_replies import on_what_was_asked_back

        model = self._rewording.model
        try:
            return await on_what_was_asked_back(model, self._bank, heard, last_asked, plain, self._was_asked_back)
        except ModelError as error:
            failed = ModelCalled(purpose=ASKED_BACK, model=model.name, host=model.host, state="error", error=error.kind)
            self._record(failed)
            return None
        except asyncio.CancelledError:
            self._record(self._cancelled(ASKED_BACK))
            raise

    async def _was_asked_back(self, reply: Reply) -> None:
        self._record(call_event(ASKED_BACK, self.name, reply))

    def _argued(self, reply: Reply, failure: ModelError | None) -> None:
        called = call_event("debate", self.name, reply)
        self._record(called.model_copy(update={"error": failure.kind}) if failure else called)

    async def _replied(self, reply: Reply) -> None:
        self._record(call_event("probe", self.name, reply))

    async def close(self) -> None:
        """Lets go of the connections of all models that spoke."""
        self._stop_warming()
        await asyncio.gather(*self._given_up, return_exceptions=True)
        for model in (*self._former, self._model):
            if model:
                await model.close()


async def _insist_on(model: Model, seconds: float) -> None:
    """Nothing, unless the model's server says in time that it is not there, or is not there itself.

    Raises:
        ModelError: it says so.
    """
    if locate := getattr(model, "locate", None):
        with suppress(TimeoutError):
            await asyncio.wait_for(locate(), seconds)


async def _after_the_prompt(warm_up: Callable[[], Awaitable[None]]) -> None:
    await asyncio.sleep(DRAWN)
    with suppress(ModelError):  # told when the model is needed
        await warm_up()


def call_event(purpose: str, model: str, reply: Reply) -> ModelCalled:
    """A reply as it stands in the log: where the words went, how it ended, what it used; never what it said."""
    return ModelCalled(
        purpose=purpose,
        model=model,
        host=reply.host,
        state=reply.state,
        prompt_tokens=reply.usage.prompt_tokens,
        completion_tokens=reply.usage.completion_tokens,
        estimated=reply.usage.estimated,
        cost=reply.usage.cost,
        seconds=round(reply.seconds, 3),
    )
