"""Two interviews, or two answers, side by side: the questions they share, dimension by dimension. Pure.

`view` pairs them; `text` and `page` show the same facts.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from ..bank.library import Bank
from ..rating.rater import Rating
from ..rating.scorecard import ThreadCard, weighted_mean
from ..text import cells, clean
from . import wording
from .comparison import Contrast, compare
from .naming import dimension_name, question_title
from .page import fill

COLUMN = 46
"""Columns of each side in text."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: a whole interview, or some of its questions."""

    name: str
    threads: tuple[ThreadCard, ...]
    means: Mapping[str, float]
    """By dimension."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two answers to one question."""

    title: str
    ask: str
    left: tuple[str, ...]
    """What the candidate said, turn by turn."""
    right: tuple[str, ...]
    contrasts: tuple[Contrast, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Both."""

    left: str
    right: str
    means: tuple[tuple[str, float | None, float | None], ...]
    """The whole first, then each dimension, with its mean on either side."""
    pairs: tuple[Pair, ...]
    apart: tuple[str, ...]
    """Why levels do not compare, where they do not."""


def view(left: Side, right: Side, bank: Bank) -> SideBySide:
    """The two side by side; where a question was answered more than once, by its last answer."""
    answers = {card.question_id: card for card in left.threads}, {card.question_id: card for card in right.threads}
    names = dict.fromkeys((*left.means, *right.means))
    raters = [{card.rater for card in side.threads if card.rater} for side in (left, right)]
    return SideBySide(
        left=left.name,
        right=right.name,
        means=(
            ("Overall", _overall(left), _overall(right)),
            *((dimension_name(bank, name), left.means.get(name), right.means.get(name)) for name in names),
        ),
        pairs=tuple(_pair(card, answers[1][name], bank) for name, card in answers[0].items() if name in answers[1]),
        apart=()
        if raters[0] == raters[1]
        else ("They were not read by the same rater: some of the change may be the rater's.",),
    )


def _overall(side: Side) -> float | None:
    return weighted_mean((line.level, line.weight) for card in side.threads for line in card.lines)


def _pair(left: ThreadCard, right: ThreadCard, bank: Bank) -> Pair:
    return Pair(
        title=question_title(bank, left.question_id),
        ask=clean(left.question),
        left=tuple(map(clean, left.state.thread.answers)),
        right=tuple(map(clean, right.state.thread.answers)),
        contrasts=compare(_ratings(left), _ratings(right), bank.dimension),
    )


def _ratings(card: ThreadCard) -> dict[str, Rating]:
    return {line.dimension: line.rating for line in card.lines}


# --- as text ----------------------------------------------------------------------------------------------


def text(seen: SideBySide) -> str:
    """As plain text, ending in a line break."""
    width = max((cells(name) for name, _, _ in seen.means), default=0)
    rows = [
        f"{name:<{width}}  {wording.figure(left):>3} → {wording.figure(right)}  {wording.changed(left, right)}".rstrip()
        for name, left, right in seen.means
    ]
    blocks = [[f"{seen.left} → {seen.right}", *seen.apart], rows]
    blocks += [list(_pair_text(pair, seen)) for pair in seen.pairs]
    if not seen.pairs:
        blocks.append(["They share no question."])
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _pair_text(pair: Pair, seen: SideBySide) -> Iterator[str]:
    yield from (pair.title, "-" * cells(pair.title), "")
    for each in pair.contrasts:
        change = wording.changed(each.left, each.right)
        yield f"{each.name}: {wording.whole(each.left)} → {wording.whole(each.right)}{f', {change}' if change else ''}"
        yield from _hanging("+", each.gained)
        yield from _hanging("-", each.lost)
    yield ""
    yield from _columns(_column(seen.left, pair.left), _column(seen.right, pair.right))


def _hanging(mark: str, entries: Sequence[str]) -> Iterator[str]:
    for entry in entries:
        yield from textwrap.wrap(entry, 88, initial_indent=f"  {mark} ", subsequent_indent="    ")


def _column(name: str, answers: Sequence[str]) -> list[str]:
    rows = [name]
    for answer in answers:
        rows += ["", *(row for line in answer.split("\n") for row in textwrap.wrap(line, COLUMN) or [""])]
    return rows


def _columns(left: Sequence[str], right: Sequence[str]) -> Iterator[str]:
    for one, other in zip_longest(left, right, fillvalue=""):
        yield f"{one}{' ' * max(0, COLUMN - cells(one))}  | {other}".rstrip()


# --- as a page --------------------------------------------------------------------------------------------


def page(seen: SideBySide) -> str:
    """As one self-contained HTML page, made and guarded like the scorecard's (see `page.py`)."""
    return fill("comparison.html", "", seen=seen)
