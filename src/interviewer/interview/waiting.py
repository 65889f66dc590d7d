"""Waiting for a model together with the candidate, who may say that they would wait no longer."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, Protocol, TypeVar, runtime_checkable

from ..models.model import Model, ModelError
from .candidate import Candidate

Done = TypeVar("Done")


class StoppedWaiting(ModelError):
    """The candidate would wait no longer."""

    kind = "stopped"

    def __init__(self) -> None:
        super().__init__("You stopped waiting for the model.")


@runtime_checkable
class Waits(Protocol):
    """A candidate who is shown that one waits, and can stop it. A script needs none of this."""

    async def wait_for(self, work: Coroutine[Any, Any, Done]) -> Done:
        """What the work comes to.

        Raises:
            StoppedWaiting: they would wait no longer; the work is cancelled then.
        """
        ...


async def awaited(candidate: Candidate, work: Coroutine[Any, Any, Done], model: Model | None) -> Done:
    """What the work comes to.

    Args:
        model: that it waits for; without one there is nothing to stop.

    Raises:
        StoppedWaiting: the candidate can say stop, and does.
    """
    return await (candidate.wait_for(work) if model and isinstance(candidate, Waits) else work)
