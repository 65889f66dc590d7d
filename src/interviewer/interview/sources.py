"""What may be quoted in a question: of which answer, and which of its words the question rests on. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from ..bank.told import Told
from ..rating.rater import Flag, ThreadRating
from ..session.thread import Thread
from .clauses import blanked
from .crisis import Crisis
from .lines import Lines
from .moment import Moment
from .probing import Target
from .quoting import Quoting, Source


class Sources:
    """Finds what a question for a target may quote."""

    def __init__(self, quoting: Quoting, told: Told, lines: Lines):
        self._quoting, self._told, self._lines = quoting, told, lines

    def of(self, target: Target, moment: Moment) -> Source:
        """What may be quoted in a question for that target: of the last answer, the words first that it rests on.

        Where others would make nonsense, these alone, and where they fell in an earlier answer, from there.
        """
        found = self._rests_on(target.dimension, target.part, moment)
        last = len(moment.thread.turns) - 1
        if (name := f"{target.dimension}.{target.part}") in self._quoting.strictly:
            at = max((turn for turn, _ in found), default=last)
            only = self._answer(moment, at).within([span for turn, span in found if turn == at])
            return replace(
                only,
                figures=name in self._quoting.figures,
                uncounted=name in self._quoting.uncounted,
                fits=partial(self._shows, self._rested_on(target.dimension, target.part)),
            )
        near = [span for turn, span in found if turn == last]
        return replace(
            self._answer(moment, last),
            near=near or [span for turn, span in _places(moment.rated, target.dimension) if turn == last],
        )

    def _answer(self, moment: Moment, turn: int) -> Source:
        """An answer without what addresses the rater; nothing of one that shows how somebody feels."""
        asked = " ".join([moment.thread.question, *moment.thread.probes])
        text = moment.thread.turns[turn].text
        if self._lines.feeling_in(text):
            return Source("", asked=asked)
        barred = [flag.quote for flag in moment.rated.flags if flag.quote and flag.quote.turn == turn]
        said = blanked(self._lines.crisis.unquotable(text), [(quote.start, quote.end) for quote in barred])
        return Source(said, asked=asked, earlier=turn < len(moment.thread.turns) - 1)

    def _rests_on(self, dimension: str, part: str, moment: Moment) -> list[tuple[int, tuple[int, int]]]:
        """Turn and span of each quote for a part that this one rests on."""
        return [place for name in self._rested_on(dimension, part) for place in _places(moment.rated, *name)]

    def _rested_on(self, dimension: str, part: str) -> list[tuple[str, str]]:
        """Dimension and part of each that a question for this one rests on."""
        names = self._quoting.rests_on.get(dimension, {}).get(part, ())
        split = (name.rpartition(".") for name in names)
        return [(own or dimension, name) for own, _, name in split]

    def _shows(self, parts: Sequence[tuple[str, str]], words: str) -> bool:
        """Whether one hears one of the parts in the words; where there is nothing to go by, the reader's word does."""
        heard = [part for part in parts if self._told.listens_for(*part)]
        return not heard or any(self._told.perhaps(*part, words) for part in heard)


def answers_to_quote(thread: Thread, flags: Sequence[Flag], crisis: Crisis) -> list[str]:
    """The answers without what addresses the rater, or says that somebody wants to die: neither is ever quoted."""
    barred = [flag.quote for flag in flags if flag.quote]
    return [
        blanked(crisis.unquotable(turn.text), [(quote.start, quote.end) for quote in barred if quote.turn == index])
        for index, turn in enumerate(thread.turns)
        if turn.role == "candidate"
    ]


def _places(rated: ThreadRating, dimension: str, part: str | None = None) -> list[tuple[int, tuple[int, int]]]:
    """Turn and span of what the reader quoted for a part; for all parts of the dimension when None."""
    rating = rated.ratings.get(dimension)
    found = [finding for finding in rating.findings if finding.met] if rating else []
    return [
        (each.quote.turn, (each.quote.start, each.quote.end))
        for each in found
        if each.quote and part in (None, each.part)
    ]
