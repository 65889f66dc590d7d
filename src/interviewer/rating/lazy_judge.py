"""The judge, made when it is first needed: the first question does not wait for its prompts and checks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from ..bank.library import Bank
from ..bank.schema import Dimension
from ..models.model import Model
from ..session.events import ModelCalled
from ..session.thread import Thread
from .rater import RaterIdentity, ThreadRating

if TYPE_CHECKING:
    from .judge import Judge


class LazyJudge:
    """Rates as `Judge` does, red flags too. Any method raises `ContentError` when its settings cannot be used."""

    def __init__(self, model: Model, bank: Bank, on_call: Callable[[ModelCalled], None]):
        self._model, self._bank, self._on_call = model, bank, on_call

    @property
    def identity(self) -> RaterIdentity:
        """Who rates, and by which texts."""
        return self._judge.identity

    async def rate(self, thread: Thread, dimensions: Sequence[Dimension]) -> ThreadRating:
        """As `Judge.rate`."""
        return await self._judge.rate(thread, dimensions)

    def warm_up(self) -> None:
        """As `Judge.warm_up`."""
        self._judge.warm_up()

    @cached_property
    def _judge(self) -> Judge:
        from .judge import Judge

        return Judge(self._model, self._bank, on_call=self._on_call, red_flags=True)
