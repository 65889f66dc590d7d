"""What the interviewer would ask next about a thread that comes from a file: the same choice as in an interview."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

from ..bank.library import Bank, NotInBank
from ..bank.schema import Dimension, Question
from ..rating.rater import ThreadRating
from ..session.thread import Thread
from . import probing
from .lines import load_lines
from .ratings import Reader


class NextProbe:
    """Chooses and words the probe that should follow, or none."""

    def __init__(self, bank: Bank, reader: Reader):
        """Sets it up.

        Args:
            reader: tells the sort of answer, and whether the last probe brought anything.

        Raises:
            ContentError: a content file is faulty.
        """
        self._bank = bank
        self._reader = reader
        self._rules = bank.wording()
        self._nothing_more = load_lines(bank).nothing_more

    def after(
        self, thread: Thread, dimensions: Sequence[Dimension], weights: Mapping[str, float], rated: ThreadRating
    ) -> dict[str, str] | None:
        """The probe as `{"dimension", "part", "ask"}`; None where the thread should end here."""
        targets = probing.choose_targets(
            rated,
            {dimension.id: dimension for dimension in dimensions},
            weights,
            heard={},
            asked=(),
            seed=zlib.crc32("\n".join(thread.answers).encode(errors="replace")),
        )
        skip = probing.stop(
            thread,
            targets,
            spent=len(thread.probes),
            gained=self._gained(thread, dimensions),
            nothing_more=self._nothing_more,
        )
        return None if skip else self._worded(targets, thread)

    def _gained(self, thread: Thread, dimensions: Sequence[Dimension]) -> bool:
        """Whether the last answer added a met part."""
        if not thread.probes:
            return True
        before = Thread(thread.question, thread.turns[:-2], thread.question_id)
        return _met(self._reader.read(thread, dimensions)) > _met(self._reader.read(before, dimensions))

    def _worded(self, targets: Sequence[probing.Target], thread: Thread) -> dict[str, str] | None:
        """The first target for which there is a wording."""
        question, answer_type = self._question(thread), self._reader.answer_type(thread)
        for target in targets:
            ask = probing.word_probe(
                target, question, self._bank, thread, answer_type, before=thread.probes, rules=self._rules
            )
            if ask:
                return {"dimension": target.dimension, "part": target.part, "ask": ask}
        return None

    def _question(self, thread: Thread) -> Question | None:
        try:
            return self._bank.question(thread.question_id) if thread.question_id else None
        except NotInBank:
            return None


def _met(rated: ThreadRating) -> int:
    return sum(finding.met for rating in rated.ratings.values() for finding in rating.findings)
