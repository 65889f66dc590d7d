"""What a pack may hold to study before an interview: concept cards, a checklist, stories to have ready."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .schema import Claim, Content, Identifier, Text


class CheckQuestion(Content):
    """A question to oneself about a concept, with what a right answer contains."""

    ask: Text
    contains: Text


class Concept(Content):
    """`rubrics/concepts/<id>.yaml`: a concept, debate, paper, book or method worth knowing."""

    id: Identifier
    name: Text
    sort: Literal["concept", "debate", "paper", "book", "method"]
    what: Text
    why: Text
    """Why it matters in an interview."""
    fails: Text
    """Where it stops working or is disputed."""
    checks: tuple[CheckQuestion, ...] = Field(min_length=2, max_length=2)
    questions: tuple[Identifier, ...] = ()
    check_this: tuple[Claim, ...] = ()


class Area(Content):
    """`rubrics/areas/<area>.yaml`: concepts that belong together."""

    concepts: tuple[Concept, ...] = Field(min_length=1)


class ChecklistEntry(Content):
    """One thing to be able to do before the interview."""

    id: Identifier
    text: Text
    concepts: tuple[Identifier, ...] = ()
    questions: tuple[Identifier, ...] = ()


class StoryType(Content):
    """One of the stories to have ready."""

    id: Identifier
    name: Text
    good_for: tuple[Text, ...]
    must_have: tuple[Text, ...]
    questions: tuple[Identifier, ...] = ()


class ValueMechanism(Content):
    """A value word and the engineering that carries it."""

    value: Text
    mechanisms: tuple[Text, ...] = Field(min_length=2)


class Preparation(Content):
    """`rubrics/preparation.yaml`: checklist, story types, and values turned into mechanisms."""

    checklist: tuple[ChecklistEntry, ...]
    stories: tuple[StoryType, ...]
    values: tuple[ValueMechanism, ...]
