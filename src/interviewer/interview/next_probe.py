"""What the interviewer would ask next about a thread that comes from a file: the same choice as in an interview."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

from ..bank.library import Bank
from ..bank.schema import Dimension, Question
from ..rating.rater import ThreadRating
from ..session.thread import Thread
from .choosing import Chooser
from .moment import Moment
from .probing import Skip
from .ratings import Reader


class NextProbe:
    """Chooses and words the probe that should follow, or none."""

    def __init__(self, bank: Bank, reader: Reader):
        """Raises `ContentError` where a content file is faulty."""
        self._bank = bank
        self._chooser = Chooser(bank, reader)

    def after(
        self, thread: Thread, dimensions: Sequence[Dimension], weights: Mapping[str, float], rated: ThreadRating
    ) -> dict[str, str] | None:
        """The probe as `{"dimension", "part", "ask"}`; None where the thread should end here."""
        chosen = self._chooser.next(
            Moment(
                thread=thread,
                question=self._question(thread),
                dimensions=dimensions,
                weights=weights,
                rated=rated,
                seed=zlib.crc32("\n".join(thread.answers).encode(errors="replace")),
                asked=[("", probe) for probe in thread.probes],
                before=thread.probes,
            )
        )
        if isinstance(chosen, Skip):
            return None
        return {"dimension": chosen.target.dimension, "part": chosen.target.part, "ask": chosen.text}

    def _question(self, thread: Thread) -> Question | None:
        name = thread.question_id
        return self._bank.question(name) if name and self._bank.has_question(name) else None
