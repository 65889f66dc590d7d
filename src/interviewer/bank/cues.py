"""The offline rater's knowledge as data: words, shapes of sentences, and what they are worth.

`rubrics/cues/` holds it, this module says what may stand there, with `gate_cues.py` and `quote_cues.py`, and
`cue_files.py` loads it. It may not know how a text is read: that is `rating/offline/`.
"""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from .gate_cues import Gates
from .quote_cues import QuoteCues
from .schema import Content, Identifier, Level, Text
from .word_lists import Words, WordSet

Shapes = dict[Identifier, tuple[Text, ...]]


class Cue(Content):
    """What one shape of sentence says about one part."""

    shape: Identifier
    worth: Annotated[float, Field(gt=0, le=3)] = 1.0
    """Points for the part; a part is seen clearly at 2."""
    most: Annotated[int, Field(ge=1, le=6)] = 2
    """Sentences in which it counts: evidence saturates."""
    near: Identifier | None = None
    """Another shape that has to stand in the same sentence or the next one on either side."""
    naming: bool = False
    """Whether a sentence that only lists or only praises may count."""
    denied: bool = False
    """Whether it may count right after a word such as "no" or "never"."""
    told: bool = False
    """Whether a sentence in "would" or "could" counts half where the question asks for something that happened."""


STRUCTURAL = ("opening", "question_word", "overlong", "brief")
"""Shapes that code sees by itself: the first sentence, words of the question, very long and short sentences."""


class PartCues(Content):
    """How one part is recognised."""

    cues: tuple[Cue, ...]
    weight: Annotated[float, Field(ge=-3, le=3)] = 1.0
    """How much the part's points count towards the reading of the whole dimension."""
    affirmed: bool = False
    """Whether nothing counts for it in a clause that says that nothing of the kind happened."""
    faint: tuple[Identifier, ...] = ()
    """Shapes, the nearest first, that bring no points, but on which the part may rest where the reading of the whole
    reaches its level and no cue was found."""


class DimensionCues(Content):
    """One of `rubrics/cues/dimensions.yaml`: the parts of a dimension, and where its levels begin."""

    parts: dict[Identifier, PartCues]
    begins: tuple[float, float, float, float]
    """Points at which levels 2, 3, 4 and 5 begin (fitted; see docs/rating.md)."""
    hollow: Annotated[float, Field(ge=0, le=12)] = 0.0
    """Points taken off an answer that is hollow from end to end (chosen by hand on dev gold)."""
    doubling: Annotated[float, Field(ge=0, le=3)] = 0.0
    """Points taken off for each doubling of the answer's length over the usual, and given below it: the longer
    answer has more places where a cue may stand (chosen by hand on dev gold)."""
    manner: float = 0.0
    """Points for each unit of `manner.yaml`'s sum (fitted)."""
    own: Annotated[dict[Identifier, float], Field(max_length=5, default_factory=dict)]
    """By trait of `manner.yaml`, points for each spread by which it lies off the usual, beside its share in that sum
    (fitted)."""
    fault: Annotated[float, Field(gt=0)] = 2.0
    """Points at which a fault counts as met (chosen by hand on dev gold)."""
    stands: bool = False
    """Whether what the first answer reached stands, however a reply that shows no fault is worded."""

    @model_validator(mode="after")
    def _levels_begin_in_order(self) -> Self:
        if list(self.begins) != sorted(self.begins):
            raise ValueError("`begins` must rise from level 2 to level 5")
        return self


class Trait(Content):
    """A trait of wording: the words that bear it, by any of four signs, or what is counted of sentences."""

    words: WordSet = frozenset()
    endings: tuple[Text, ...] = ()
    shortest: Annotated[int, Field(ge=1)] = 7
    """Letters that a word with such an ending has at least."""
    letters: tuple[int, int] = (0, 0)
    """Words of that length, from the first to the last number of letters."""
    digits: bool = False
    """Whether a figure in digits bears it."""
    sentences: tuple[int, int] = (0, 0)
    """Sentences of that length, from the first to the last number of words."""
    commas: bool = False
    """Whether commas are counted."""
    shared: bool = True
    """Whether it counts in every dimension, or only where one names it as its own."""
    usual: float
    """The mean over the answers it was fitted on, as the root of a rate: in a hundred words, or in a sentence where
    sentences or commas are counted."""
    spread: Annotated[float, Field(gt=0)]
    """The standard deviation over the same answers."""
    weight: float
    """Fitted; one for all dimensions."""


class MannerCues(Content):
    """`rubrics/cues/manner.yaml`: the traits by which particular, plain speech differs from abstract speech."""

    traits: dict[Identifier, Trait]


class WordOrderCues(Content):
    """`rubrics/cues/word_order.yaml`: which words do not follow each other in English."""

    endings: Words
    """What a word is taken for that is no function word: the first of these that it ends in."""
    impossible: dict[Text, Words]
    """Function words by what cannot follow them."""


class AddressedCues(Content):
    """`rubrics/cues/addressed.yaml`: how text that speaks to the rater is told from talk about such text."""

    names: dict[Identifier, Text]
    """Regular expressions that others refer to as `<name>`."""
    hints: Words
    """Words, or beginnings of words with "*" behind them, without one of which no English sentence is looked at."""
    blocks: dict[str, tuple[Text, ...]]
    """Regular expressions of whole blocks (fake roles, objects with ratings, comments), by one without which none of
    them matches, looked for behind a line break; it begins with a rare character, for `re` looks for those at ten times
    the speed. The empty one is found everywhere."""
    spelt: dict[str, tuple[Text, ...]]
    """The same of what is spelt letter by letter, by signs as for `orders`."""
    begun: Text
    """Regular expression of what may stand before an order at the beginning of a sentence, which may be nothing."""
    bidden: dict[Words, Text]
    """Regular expressions of what stands before an order elsewhere in a sentence, by texts without one of which it
    matches nowhere; an underscore is a space. The first that may match finds all that later ones do."""
    orders: dict[str, tuple[Text, ...]]
    """Regular expressions of an order to the rater, right behind `begun` or `bidden`, by one without which none of them
    matches, looked for where a word begins, with a space in place of each mark."""
    at_words: dict[Words, tuple[Text, ...]]
    """Regular expressions of what speaks to the rater, by the words that they begin with, or beginnings of words with
    "*" behind them; they are tried there and nowhere else."""
    sentences: tuple[Text, ...]
    """Regular expressions of a sentence that speaks to the rater, tried at each of its characters."""
    doubtful: dict[str, tuple[Text, ...]]
    """Regular expressions of a sentence that may, by others as for `orders`; the answer is also read without it."""
    talk: tuple[Text, ...]
    """Regular expressions of a sentence that reports such text: where it matches, the sentence is only doubtful."""
    trailing: tuple[Text, ...]
    """Sentences that belong to it when they stand next to one."""
    reported: tuple[Text, ...]
    """What stands before a quotation that is only reported."""

    def __hash__(self) -> int:
        """Of what can be hashed, so that the rules that are made of equal cues can be kept."""
        return hash(self.hints)


class AsideCues(Content):
    """`rubrics/cues/asides.yaml`: by which signs a sentence may be said to whoever reads, and what each is worth."""

    kinds: dict[Identifier, Words]
    """Lists of words; "*" stands for any ending."""
    marks: tuple[Identifier, ...]
    """The kinds of which two words weigh more than one."""
    before_orders: tuple[Identifier, ...]
    """The kinds that may stand before the verb of an order."""
    pairs: dict[Identifier, tuple[Identifier, ...]]
    """Signs that weigh more where they stand together."""
    weights: dict[Identifier, float]
    """By sign (fitted)."""
    usual: float
    """What a sentence without any sign is worth (fitted)."""
    doubtful: float
    """Worth from which the answer is also read without the sentence."""


class AnswerTypeCues(Content):
    """`rubrics/cues/answer_type.yaml`: the shapes by which the sort of answer is told."""

    past_questions: tuple[Text, ...]
    """Regular expressions of a question that asks for something that happened."""
    only_stories: tuple[Identifier, ...]
    """Dimensions in which, asked for something that happened, anything but a story stays at `otherwise`."""
    otherwise: Level
    planned: Level
    """Where that stays which only says what would be done."""
    own_past: Identifier
    shared_past: Identifier
    one_time: Identifier
    habit: Identifier
    plan: Identifier
    self_praise: Identifier
    opinion: Identifier
    example: Identifier


class TopicCues(Content):
    """`rubrics/cues/topic.yaml`: by which words an answer is about AI and its users."""

    bank: Words
    """Stems that many of the bundled questions share."""
    field: Words
    """Words of the field; "*" stands for any ending."""
    work: Words
    """Words of work with software and its users, in the same way."""
    least_work: int
    """With so many different ones a story is not from elsewhere."""
    fewest: int
    """Fewer different stems than these, and no word of the field, are about something else."""
    least_share: Annotated[float, Field(ge=0, le=1)]
    """Of a story's content words: with fewer stems than these, nothing ties it to the question."""


class Cues(Content):
    """All of it, as one frozen value."""

    words: dict[Identifier, Words]
    """Lists of words that patterns refer to as `{name}`."""
    shapes: Shapes
    dimensions: dict[Identifier, DimensionCues]
    manner: MannerCues
    gates: Gates
    word_order: WordOrderCues
    addressed: AddressedCues
    asides: AsideCues
    answer_type: AnswerTypeCues
    quotes: QuoteCues
    topic: TopicCues
    hash: Text
    """Hash of the files, to stand beside a rating."""

    @model_validator(mode="after")
    def _names_known_shapes(self) -> Self:
        for name, dimension in self.dimensions.items():
            if unknown := sorted(dimension.own.keys() - self.manner.traits.keys()):
                raise ValueError(f"{name} names an unknown trait {unknown[0]!r}")
            for part, cues in dimension.parts.items():
                named = {*(cue.shape for cue in cues.cues), *(cue.near for cue in cues.cues if cue.near), *cues.faint}
                if unknown := sorted(named - self.shapes.keys() - set(STRUCTURAL)):
                    raise ValueError(f"{name}.{part} names an unknown shape {unknown[0]!r}")
        return self
