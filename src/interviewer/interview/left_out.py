"""What an answer leaves out of a question that asks several things, told by the words that would take it up. Pure.

Whoever is asked again for what they have said is not listened to; so anything that may have taken it up counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ..bank.schema import Question, SubQuestion
from ..text import straight


def left_out(question: Question, answers: Sequence[str]) -> SubQuestion | None:
    """The first thing asked that no answer takes up; None where all are, and where none of several is.

    Who takes up none of several has not left one out, but answered something else.
    """
    said = straight(" ".join(answers).casefold())
    missing = [asked for asked in question.sub_questions if not _is_taken_up(asked, said)]
    if len(missing) == len(question.sub_questions) > 1:
        return None
    return missing[0] if missing else None


def _is_taken_up(asked: SubQuestion, said: str) -> bool:
    return _pattern(asked.heard).search(said, len(said) // 2 if asked.closes else 0) is not None


@cache
def _pattern(heard: tuple[str, ...]) -> re.Pattern[str]:
    """Finds any of the phrases where a word begins, but for "we did" in "we didn't"."""
    return re.compile("|".join(rf"\b{re.escape(phrase.casefold())}(?!n't)" for phrase in heard))
