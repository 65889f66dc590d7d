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

WIDTH = 95
"""Columns that the text takes at most."""
NARROW = 64
"""Columns under which two answers stand one below the other."""


OTHER_RATER = "They were not read by the same rater: some of the change may be the rater's."
NO_PAIR = "They share no question, so only the means are set side by side."


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
    """Why levels or answers do not compare, where they do not."""


def view(left: Side, right: Side, bank: Bank) -> SideBySide:
    """The two side by side; where a question was answered more than once, by its last answer."""
    answers = {card.question_id: card for card in left.threads}, {card.question_id: card for card in right.threads}
    names = dict.fromkeys((*left.means, *right.means))
    raters = [{card.rater for card in side.threads if card.rater} for side in (left, right)]
    pairs = tuple(_pair(card, answers[1][name], bank) for name, card in answers[0].items() if name in answers[1])
    apart = [] if raters[0] == raters[1] else [OTHER_RATER]
    if not pairs:
        apart.append(NO_PAIR)
    return SideBySide(
        left=left.name,
        right=right.name,
        means=(
            ("Overall", _overall(left), _overall(right)),
            *((dimension_name(bank, name), left.means.get(name), right.means.get(name)) for name in names),
        ),
        pairs=pairs,
        apart=tuple(apart),
    )


def _overall(side: Side) -> float | None:
    counting = [card for card in side.threads if not card.superseded] or side.threads
    return weighted_mean((line.level, line.weight) for card in counting for line in card.lines)


def _pair(left: ThreadCard, right: ThreadCard, bank: Bank) -> Pair:
    return Pair(
        title=question_title(bank, left.question_id),
        ask=clean(left.question),
        left=tuple(map(clean, left.state.thread.answers)),
        right=tuple(map(clean, right.state.thread.answers)),
        contrasts=compare(_ratings(left), _ratings(right), bank.dimension_or_bare),
    )


def _ratings(card: ThreadCard) -> dict[str, Rating]:
    return {line.dimension: line.rating for line in card.lines}


# --- as text ----------------------------------------------------------------------------------------------


def text(seen: SideBySide, width: int = WIDTH) -> str:
    """As plain text, ending in a line break.

    Args:
        width: columns to fit into.
    """
    width = min(width, WIDTH)
    names = max((cells(name) for name, _, _ in seen.means), default=0)
    rows = [
        f"{name:<{names}}  {wording.figure(left):>3} → {wording.figure(right)}  {wording.changed(left, right)}".rstrip()
        for name, left, right in seen.means
    ]
    apart = [row for sentence in seen.apart for row in textwrap.wrap(sentence, width)]
    blocks = [[*textwrap.wrap(f"{seen.left} → {seen.right}", width, break_on_hyphens=False), *apart], rows]
    if seen.pairs:
        blocks.append([f"+ found only in {seen.right}", f"- found only in {seen.left}"])
    blocks += [list(_pair_text(pair, seen, width)) for pair in seen.pairs]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _pair_text(pair: Pair, seen: SideBySide, width: int) -> Iterator[str]:
    yield from (pair.title, "-" * min(cells(pair.title), width), "")
    for each in pair.contrasts:
        yield from contrast_lines(each, width)
    yield ""
    if width < NARROW:
        yield from (*_column(seen.left, pair.left, width), "", *_column(seen.right, pair.right, width))
        return
    column = (width - 4) // 2
    left, right = _column(seen.left, pair.left, column), _column(seen.right, pair.right, column)
    for one, other in zip_longest(left, right, fillvalue=""):
        yield f"{one}{' ' * max(0, column - cells(one))}  | {other}".rstrip()


def contrast_lines(each: Contrast, width: int) -> Iterator[str]:
    """One dimension: from which level to which, what is met on one side alone, and why the right has no level."""
    change = wording.changed(each.left, each.right)
    yield f"{each.name}: {wording.whole(each.left)} → {wording.whole(each.right)}{f', {change}' if change else ''}"
    if each.why:
        yield from textwrap.wrap(f"not scored: {each.why}", width, initial_indent="  ", subsequent_indent="    ")
    for mark, entries in (("+", each.gained), ("-", each.lost)):
        for entry in entries:
            yield from textwrap.wrap(entry, width, initial_indent=f"  {mark} ", subsequent_indent="    ")


def _column(name: str, answers: Sequence[str], width: int) -> list[str]:
    rows = [name]
    for answer in answers:
        rows += ["", *(row for line in answer.split("\n") for row in textwrap.wrap(line, width) or [""])]
    return rows


# --- as a page --------------------------------------------------------------------------------------------


def page(seen: SideBySide) -> str:
    """As one self-contained HTML page, made and guarded like the scorecard's (see `page.py`)."""
    return fill("comparison.html", "", seen=seen)
