"""What `rubrics/cues/quotes.yaml` may hold: which sentence is quoted, and where one that is too long may be cut."""

from __future__ import annotations

from .schema import Content
from .word_lists import WordSet


class Tells(Content):
    """What each sign is worth by which one sentence tells a part better than another (fitted; see docs/rating.md)."""

    clear: float
    """For the sentence with most of the part's evidence; others in proportion."""
    peak: float
    """For the shape that is worth most in it, in proportion to the one worth most of all."""
    dense: float
    """For evidence, in points of the part, by the logarithm of the sentence's words."""
    near: float
    """For evidence in the sentences beside it, in points."""
    terms: float
    """For each word of the rubric that belongs to the part."""
    length: float
    """For the logarithm of its words."""
    named: float
    """For a name."""
    figure: float
    """For a figure in digits."""
    echo: float
    """For words of the question or of the probe before it, by their share."""
    vague: float
    """For each word that says nothing particular."""
    setting: float
    """For a sentence that begins with what somebody or something was, and where."""


class QuoteCues(Content):
    """All of it."""

    tells: Tells
    vague: WordSet
    """Words that say nothing particular."""
    being: WordSet
    """Verbs of a sentence that only says who somebody was, or where."""
    as_good: float
    """How far below the best sentence another one may lie that is shown instead, where the best is taken."""
    as_good_elsewhere: float
    """The same, where another dimension shows the best."""
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
