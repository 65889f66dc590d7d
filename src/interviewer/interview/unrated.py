"""Why a thread can have no levels, whatever rules would find in it: nothing was said in it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from ..bank.library import Bank
from ..bank.schema import Kind
from ..rating.rescoring import Rules
from ..rating.too_little import NO_ANSWER, NO_STORY
from ..session.thread import Thread
from ..text import count_words
from .lines import UNKNOWN, Lines, load_lines
from .probing_rules import load_probing

_CLAUSE = re.compile(r"[^,.;:!?\n()]+")


def rules_of(bank: Bank) -> Rules:
    """What is so whoever rates a thread once more. Raises `ContentError`."""
    return Rules(load_lines(bank).crisis.left_out, partial(why_unrated, bank=bank))


def why_unrated(thread: Thread, bank: Bank) -> str | None:
    """Why nothing in the thread can have a level: the one story asked for is not there, or nobody knew an answer.

    Raises:
        ContentError: a content file is faulty.
    """
    few = load_probing(bank).no_story
    if _asks_for_a_story(thread, bank) and few.is_all(thread.answers):
        return NO_STORY
    return NO_ANSWER if _is_at_a_loss(thread.answers, load_lines(bank), few.few) else None


def _asks_for_a_story(thread: Thread, bank: Bank) -> bool:
    name = thread.question_id
    if not name or not bank.has_question(name):  # its pack may not be there any more
        return False
    return bank.question(name).kind is Kind.BEHAVIORAL


def _is_at_a_loss(answers: Sequence[str], lines: Lines, few: int) -> bool:
    """Whether nothing was said but that one does not know: no other clause has more than a few words."""
    clauses = [clause for answer in answers for clause in _CLAUSE.findall(answer)]
    unknown = lines.feelings[UNKNOWN]
    lost = [clause for clause in clauses if unknown.shows_in(clause)]
    return bool(lost) and all(clause in lost or count_words(clause) <= few for clause in clauses)
