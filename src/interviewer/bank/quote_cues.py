"""What `rubrics/cues/quotes.yaml` may hold: which sentence is quoted, and where one that is too long may be cut."""

from __future__ import annotations

from .schema import Content, Identifier
from .word_lists import WordSet


class Tells(Content):
    """What each sign is worth by which one sentence tells a part better than another (fitted; see docs/rating.md)."""

    clear: float
    """For the sentence with most of the part's evidence; others in proportion."""
    peak: float
    """For the shape that is worth most in it, in proportion to the one worth most of all."""
    dense: float
    """For evidence, in points of the part, by the logarithm of the sentence's words."""
    worth: float
    """For the evidence itself, in points."""
    near: float
    """For evidence in the sentences beside it, in points."""
    terms: float
    """For each word of the rubric that belongs to the part."""
    length: float
    """For the logarithm of its words."""
    named: float
    """For a name."""
    digits: float
    """For a figure in digits."""
    echo: float
    """For words of the question or of the probe before it, by their share."""
    vague: float
    """For each word that says nothing particular."""
    setting: float
    """For a sentence that begins with what somebody or something was, and where."""
    reply: float
    """For a sentence of a reply."""
    late: float
    """For where it stands: 0 for the first sentence, 1 for the last."""


class QuoteCues(Content):
    """All of it."""

    tells: Tells
    speaks: dict[Identifier, dict[Identifier, dict[Identifier, float]]]
    """By dimension and part, what else that stands in a sentence is worth for this part alone: shapes, and signs that
    are true of a sentence whatever the part (fitted; what is worth little is left out)."""
    vague: WordSet
    """Words that say nothing particular."""
    being: WordSet
    """Verbs of a sentence that only says who somebody was, or where."""
    again: float
    """What it costs to show a sentence once more, times the square of how often it was shown already."""
    enough: int
    """Words from which a clause is understood without its neighbours."""
    joins: WordSet
    """Words that may stand between two clauses, and between two things as well."""
    subjects: WordSet
    """Words that make a clause of what follows a joining word."""
    depends: WordSet
    """Words that begin a clause, but not a thought."""
    never_last: WordSet
    """Words after which something is missing."""
    breaks: WordSet
    """Words before which a clause may be cut that has no other end within reach."""
