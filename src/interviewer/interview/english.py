"""Whether what a model wants to say is English, as the interview is: models of many languages slip into another."""

from __future__ import annotations

import re
import unicodedata

from ..bank.cues import Cues
from ..bank.wording import QUOTED

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
RUN_ON = 4
"""Words from which English has one of those that hold a sentence together."""


def not_english(text: str, cues: Cues, said: str = "") -> list[str]:
    """The fault of a text in another language or script, its quotes aside; empty for English.

    Args:
        said: what the candidate has said; a word of theirs may be taken up in any script.
    """
    words = _WORD.findall(QUOTED.sub(" ", text))
    english, foreign = cues.words["function"], cues.gates.foreign
    known = sum(word.casefold() in english for word in words)
    strange = sum(word.casefold() in foreign or not (word.isascii() or word[0].isupper()) for word in words)
    of_script = [word for word in words if not _is_latin(word) and word not in said]
    no_english = known <= strange and (strange or len(words) >= RUN_ON)
    return ["is not in English"] if of_script or no_english else []


def _is_latin(word: str) -> bool:
    return all(unicodedata.name(letter, "LATIN").startswith("LATIN") for letter in word if letter.isalpha())
