"""Names of sessions: the day and two words, short enough to type. Nothing in them tells what was said."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import date

FIRST = (
    "amber apt bold brave brief bright brisk calm candid clear clever cosy crisp deft eager early even fair fine firm "
    "fleet fresh gentle glad grand green handy hardy humble jolly keen kind level light lively lucid mellow merry mild "
    "neat nimble noble patient plain polite proud prompt quick quiet ready round sharp silver sleek smart snug sober "
    "steady still sturdy sunny swift tidy"
)
SECOND = (
    "badger beaver bison bittern bream carp cedar condor crane curlew dolphin dove eagle egret elk falcon finch fox "
    "gannet gecko goose grebe hare hawk heron hoopoe ibex ibis jay kestrel kite lark linnet lynx marten merlin moose "
    "newt nightjar oak osprey otter owl plover puffin quail raven robin rook seal shrike sparrow stork swan swift teal "
    "tern thrush toad trout vole walrus wren yew"
)


def new_name(taken: Callable[[str], bool], today: date | None = None) -> str:
    """A name that is not taken, as "2026-11-21-quiet-otter"; with a number after it on a very busy day."""
    day = (today or date.today()).isoformat()
    name = f"{day}-{_one_of(FIRST)}-{_one_of(SECOND)}"
    unique, count = name, 1
    while taken(unique):
        count += 1
        unique = f"{name}-{count}"
    return unique


def is_name(text: str) -> bool:
    """Whether it looks like a name made here; others may be no good as the name of a file."""
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}-[a-z]{2,12}-[a-z]{2,12}(-\d{1,6})?", text) is not None


def _one_of(words: str) -> str:
    choices = words.split()
    return choices[int.from_bytes(os.urandom(4), "big") % len(choices)]
