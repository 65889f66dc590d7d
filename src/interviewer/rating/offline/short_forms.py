"""The short form that only what stands behind it writes out: "I'd asked" is over, "I'd ask" is not.

What somebody did would otherwise be read as what they only would do.
"""

from __future__ import annotations

from collections.abc import Sequence

_OVER = frozenset((
    "been", "done", "gone", "got", "had", "said", "told", "thought", "built", "found", "taken", "given", "written",
    "seen", "known", "left", "lost", "kept", "held", "sent", "spent", "brought", "bought", "taught", "caught",
    "chosen", "broken", "fallen", "forgotten", "grown", "heard", "felt", "met", "paid", "sold", "stood", "won",
    "begun", "better", "made", "meant", "understood", "drawn", "driven", "eaten", "flown", "frozen", "hidden",
    "risen", "shaken", "shown", "spoken", "stolen", "thrown", "a", "an", "no", "none",
))  # fmt: skip
"""Before these, before other words in "-ed" and before figures "'d" means "had"."""
_NOT_OVER = frozenset((
    "need", "feed", "seed", "bleed", "breed", "speed", "embed", "shed", "proceed", "succeed", "exceed",
))  # fmt: skip
_BETWEEN = frozenset((
    "not", "never", "just", "already", "only", "also", "always", "really", "simply", "since", "all", "both",
    "still", "even", "ever", "once",
))  # fmt: skip


def with_had(words: Sequence[str], starts: Sequence[int]) -> tuple[str, ...]:
    """The words with "had" for the "would" of a short form where what follows is over.

    Args:
        starts: by word, where it begins; both words of one short form begin at the same place.
    """
    return tuple(
        [
            "had" if word == "would" and starts[at] == starts[at - 1] and _is_over(words[at + 1 : at + 4]) else word
            for at, word in enumerate(words)
        ]
    )


def _is_over(following: Sequence[str]) -> bool:
    first = next((word for word in following if word not in _BETWEEN), "")
    return first in _OVER or first[:1].isdigit() or (first.endswith("ed") and first not in _NOT_OVER)
