"""Finds what was said before: sentences that stand in an answer twice, also with a few words changed.

Two texts are the same where they share rows of five words (shingles, after Broder 1997). It may not know what a
repetition costs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ...session.thread import Thread
from .clauses import Sentence

ROW = 5
"""Words in a row by which a copy is known."""
KNOWN_SHARE = 0.6
"""Share of a sentence's rows said before from which it says nothing new."""
FEWEST = 3
"""Repeated rows of `SHORTEST` words below which nothing can have been said twice that is worth looking for."""
NOWHERE = 1_000_000
"""A run that there is not."""
SHORTEST = 3
"""Words of a short sentence that counts as repeated when it comes again word for word."""


def runs_of(thread: Thread) -> tuple[int, ...]:
    """For each turn the number of its run: what one speaker says until the other one speaks."""
    runs: list[int] = []
    for index, turn in enumerate(thread.turns):
        same = index > 0 and thread.turns[index - 1].role == turn.role
        runs.append(runs[-1] if same else runs[-1] + 1 if runs else 0)
    return tuple(runs)


def repeated_sentences(sentences: Sequence[Sentence], runs: Sequence[int]) -> tuple[tuple[bool, ...], float]:
    """For each sentence whether it was said before, and the largest share of words that one run says again.

    Args:
        runs: number of the run by turn; what is said again in a later run is an answer to another question.
    """
    words_said = [word for sentence in sentences for word in sentence.words]
    different = len(set(zip(*(words_said[at:] for at in range(SHORTEST)), strict=False)))
    if len(words_said) - SHORTEST + 1 - different < FEWEST:
        return (False,) * len(sentences), 0.0
    rows_said = [row for sentence in sentences for row in _rows(sentence)]
    if len(set(rows_said)) == len(rows_said):
        return (False,) * len(sentences), 0.0
    said: dict[tuple[str, ...], int] = {}
    again: list[bool] = []
    words: Counter[int] = Counter()
    copied: Counter[int] = Counter()
    for sentence in sentences:
        run = runs[sentence.turn]
        rows = _rows(sentence)
        again.append(sum(row in said for row in rows) >= KNOWN_SHARE * len(rows) > 0)
        here = 0
        for row in rows:
            here += said.setdefault(row, NOWHERE) == run
            said[row] = min(said[row], run)
        words[run] += len(sentence.words)
        copied[run] += round(len(sentence.words) * here / max(1, len(rows)))
    share = max((copied[run] / total for run, total in words.items() if total), default=0.0)
    return tuple(again), share


def _rows(sentence: Sentence) -> list[tuple[str, ...]]:
    plain = sentence.words
    if len(plain) < ROW:
        return [plain] if len(plain) >= SHORTEST else []
    return [plain[at : at + ROW] for at in range(len(plain) - ROW + 1)]
