"""What `rubrics/cues/gates.yaml` may hold: what is looked at before anything is credited, and its limits."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .schema import Content, Identifier, Level
from .word_lists import Words, WordSet

Gate = Literal[
    "thin", "short", "terse", "list", "stuffed", "copy", "patchwork", "scrambled", "echo", "elsewhere", "afar", "verse"
]
Share = Annotated[float, Field(ge=0, le=1)]


class Denial(Content):
    """Words that make a clause say that nothing of the kind happened; see `rating/offline/denial.py`."""

    nouns: WordSet
    """Who did not, or what was not done."""
    verbs: WordSet
    harmless: WordSet
    """Behind one of these words they deny nothing ("not only")."""
    breaks: WordSet
    """Words with which another clause begins."""


class TakenBack(Content):
    """What a claim costs that the candidate takes back: a level at least, and whatever lies above the cap."""

    shape: Identifier
    unless: Identifier
    """Shape of a plan to undo something: no claim is taken back in its words."""
    cap: Level
    dimensions: tuple[Identifier, ...]


class BareReply(Content):
    """A reply to a probe that says too little to add anything; only what speaks against the candidate counts."""

    fewest_content_words: int
    """Fewer different ones than these make a reply bare."""
    faults: tuple[Identifier, ...]
    """Shapes that count all the same."""


class Idle(Content):
    """Sentences of words that anybody can say of anything: only what speaks against the candidate counts of them."""

    words: Words
    """Such words beside function words; "*" stands for any ending, "_" for a space."""
    faults: tuple[Identifier, ...]
    """Shapes that count all the same, beside those of a bare reply."""


class Strays(Content):
    """Sentences that belong to nothing else in the answer and talk of marking; see `rating/offline/strays.py`."""

    most_sentences: int
    """A larger group of sentences is a part of the answer."""
    without_function_words: int
    """Words of a sentence without any function word from which it is a stray wherever it stands."""
    kept_share: Share
    """Share of the words that has to remain, or nothing is a stray."""
    marking: Words
    """Words of marking, of orders and of machines; "*" stands for any ending."""


class SeamCues(Content):
    """By which signs a text that was sewn together is told, and what each is worth; see `rating/offline/seams.py`."""

    weights: dict[Identifier, float]
    """By sign; together below what is wanted for texts that were sewn together (fitted)."""
    usual: int
    """Words of an answer of which the least is wanted as it stands."""
    least: float
    shorter: float
    """How much less is wanted for each time that an answer is shorter, by the natural logarithm."""
    longer: float
    """How much more for each time that it is longer."""
    replied: float
    """How much less of an answer with replies to probes: they follow what was asked, not what was said before."""
    common: WordSet
    """Stems that stand in many answers, and that tie nothing together (counted)."""


class Gates(Content):
    """All of them."""

    fewest_content_words: int
    """Fewer than these cap the answer."""
    short_content_words: int
    """Fewer than these do so too, where nothing but these rules reads it."""
    terse_words: int
    """Words, of all answers to a question together, below which nothing is outstanding."""
    bare_reply: BareReply
    idle: Idle
    caps: dict[Gate, Level]
    """The highest level that remains behind each gate."""
    taken_back: TakenBack
    denial: Denial
    courtesy: Identifier
    """Shape of a sentence that is said to be polite, or by the way."""
    courtesy_words: int
    """Words up to which such a sentence says nothing else."""
    longest_run: int
    """Content words in a row from which a sentence is a list."""
    list_function_share: Share
    """Share of function words below which a sentence of several items is a list."""
    list_share: Share
    """Share of listed words from which the answer is a list of terms."""
    repeated_share: Share
    """Share of repeated sentences from which the answer is a copy of itself."""
    echo_share: Share
    """Share of the answer's content words that stand in the question, from which it is an echo."""
    impossible_share: Share
    """Impossible pairs of function words per word from which the words are scrambled."""
    slip_words: int
    """Words up to which an answer is too short for a slip of the tongue to be let pass."""
    foreign_share: Share
    """Share of foreign function words or letters from which the answer is in another language."""
    usual_words: int
    """Words of an answer of usual length."""
    most_doublings: float
    """Doublings or halvings of that length that are reckoned with."""
    overlong: int
    """Words from which a sentence is very long."""
    brief: int
    """Words up to which it is short."""
    hollow_from: Share
    """Share of praise and slogans among the content words from which an answer begins to be hollow."""
    hollow_full: Share
    """The share at which it is hollow from end to end."""
    seams: SeamCues
    strays: Strays
    abstract: Words
    """Words of rubrics and reports; "*" stands for any ending."""
    stuffed_share: Share
    """Share of these among the content words from which the answer is stuffed with them."""
    particular_share: Share
    """Share of an answer's different words that are neither these, nor idle, nor hollow, nor the question's, nor
    function words, below which nothing particular is said."""
    figure_share: Share
    """Share of figures in digits among the words from which the answer only strings figures together."""
    stuffed_sentence: Share
    """Share from which a sentence says nothing."""
    foreign: Words
    """Frequent words of other languages that English does not use."""
