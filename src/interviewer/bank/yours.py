"""A question of the user's own that comes as one sentence: what is rated in it by its kind, and the file that keeps it.

The rest of what a question holds is the same for every one of a kind, from `prompts/yours.yaml`. It may not know any
interview; where packs lie is for the caller to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import yaml
from pydantic import Field

from ..errors import PlainError, reason_of
from ..places import write_private
from ..settings import SENIORITIES
from ..text import clean_line, count_words
from .catalogue import QUESTIONS
from .library import Bank
from .problems import ContentError
from .reading import read_model
from .schema import Content, Hints, Identifier, Kind, Outline, Probe, Question, RedFlag, Text

FEWEST_WORDS = 3
"""Of a question."""
WORDS_OF_AN_ID = 5
SHORTEST_OF_AN_ID = 3
"""Letters of a word in an id; shorter ones tell little."""


class NoQuestion(PlainError):
    """What was asked for cannot be kept as a question."""

    exit_code = 2


class OfAKind(Content):
    """What every own question of a kind holds."""

    hears: tuple[Text, ...]
    """Patterns of a question that is of this kind."""
    weights: dict[Identifier, int]
    tests: Text
    points: tuple[Text, ...]
    red_flags: tuple[RedFlag, ...]
    probes: tuple[Probe, ...]
    hints: Hints
    outline: Outline


class Yours(Content):
    """`prompts/yours.yaml`: what an own question gets."""

    pack: Identifier
    """The user's pack that holds them."""
    otherwise: Kind
    """The kind of a question that is of no other."""
    longest: int = Field(ge=1)
    roles: tuple[Text, ...]
    kinds: dict[Kind, OfAKind]

    def kind_of(self, ask: str) -> Kind:
        """The first kind of which words stand in the question."""
        heard = (kind for kind, each in self.kinds.items() if any(re.search(p, ask, re.IGNORECASE) for p in each.hears))
        return next(heard, self.otherwise)


def load_yours(bank: Bank) -> Yours:
    """What own questions get. Raises `ContentError`."""
    return bank.rules("yours.yaml", Yours)


def keep(said: str, kind: Kind | None, bank: Bank, packs: Path) -> str:
    """Writes the question into the user's own pack, where it is not there already; its id with the pack's name.

    Args:
        kind: the one its words tell, when None.
        packs: the folder of the user's packs.

    Raises:
        NoQuestion: it is no question that can be asked, or it could not be written.
        ContentError: `prompts/yours.yaml` is faulty.
    """
    yours, ask = load_yours(bank), clean_line(said).strip()
    if count_words(ask) < FEWEST_WORDS or len(ask) > yours.longest:
        raise NoQuestion(f"A question has {FEWEST_WORDS} words or more and at most {yours.longest} characters.")
    folder = packs / yours.pack / QUESTIONS
    name = next(name for name in _names(ask) if _is_free(folder / f"{name}.yaml", ask, kind))
    path = folder / f"{name}.yaml"
    if not path.exists():
        question = _question(name, ask, kind or yours.kind_of(ask), yours)
        try:
            write_private(path, yaml.safe_dump(question, sort_keys=False, allow_unicode=True, width=110))
        except OSError as error:
            raise NoQuestion(f"The question cannot be kept at {path} ({reason_of(error)}).") from None
    return f"{yours.pack}:{name}"


def _names(ask: str) -> Iterator[str]:
    """Ids for it: its longer words, and the same with a number."""
    words = [word for word in re.findall(r"[a-z0-9]+", ask.casefold()) if len(word) >= SHORTEST_OF_AN_ID]
    name = "-".join(words[:WORDS_OF_AN_ID]) or "question"
    yield name
    yield from (f"{name}-{number}" for number in count(2))


def _is_free(path: Path, ask: str, kind: Kind | None) -> bool:
    """Whether nothing stands there, or the same question."""
    if not path.exists():
        return True
    try:
        there = read_model(path, Question)
    except ContentError:
        return False
    return there.ask == ask and kind in (None, there.kind)


def _question(name: str, ask: str, kind: Kind, yours: Yours) -> dict[str, object]:
    """The file, its card first (see `card.py`)."""
    given = yours.kinds[kind].model_dump(mode="json", exclude={"hears", "weights"}, exclude_defaults=True)
    words = ask.rstrip("?.! ").split()
    return {
        "id": name,
        "title": " ".join(words[:WORDS_OF_AN_ID]) + ("…" if len(words) > WORDS_OF_AN_ID else ""),
        "ask": ask,
        "kind": kind.value,
        "topics": ["own question"],
        "roles": [*yours.roles],
        "seniority": [*SENIORITIES],
        "companies": [],
        "source": yours.pack,
        "weights": yours.kinds[kind].weights,
        **given,
    }
