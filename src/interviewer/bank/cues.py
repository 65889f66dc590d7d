"""The offline rater's knowledge as data: words, shapes of sentences, what they are worth, gates and thresholds.

`rubrics/cues/` holds it, this module says what may stand there, and `cue_files.py` loads it. It may not know how a text
is read: that is `rating/offline/`.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from .schema import Content, Identifier, Level, Text

Gate = Literal[
    "thin", "short", "terse", "list", "stuffed", "copy", "patchwork", "scrambled", "echo", "elsewhere", "verse"
]
Share = Annotated[float, Field(ge=0, le=1)]
_Split = BeforeValidator(lambda words: words.split() if isinstance(words, str) else words)
Words = Annotated[tuple[Text, ...], _Split]
"""Words with spaces between them in the file; an underscore stands for a space within one."""
WordSet = Annotated[frozenset[Text], _Split]
"""The same where their order means nothing."""
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
    """`rubrics/cues/dimensions/<id>.yaml`: the parts of one dimension, and where its levels begin."""

    dimension: Identifier
    parts: dict[Identifier, PartCues]
    begins: tuple[float, float, float, float]
    """Points at which levels 2, 3, 4 and 5 begin (fitted; see docs/rating.md)."""
    hollow: Annotated[float, Field(ge=0, le=12)] = 0.0
    """Points taken off an answer that is hollow from end to end (fitted)."""
    doubling: Annotated[float, Field(ge=0, le=3)] = 0.0
    """Points taken off for each doubling of the answer's length over the usual, and given below it: the longer
    answer has more places where a cue may stand (fitted)."""
    manner: float = 0.0
    """Points for each unit of `manner.yaml`'s sum (fitted)."""
    own: Annotated[dict[Identifier, float], Field(max_length=5, default_factory=dict)]
    """By trait of `manner.yaml`, points for each spread by which it lies off the usual, beside its share in that sum
    (fitted)."""
    fault: Annotated[float, Field(gt=0)] = 2.0
    """Points at which a fault counts as met (fitted)."""

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


class Ties(Content):
    """How much of an answer has to come back in it: what is about one thing names it more than once.

    For each content word it is counted how often its like stands elsewhere in the answer or in the question; the mean
    has to reach what is wanted, or the answer is a patchwork of pieces about different things.
    """

    each: float
    """Wanted for each word of the answer beyond the free ones."""
    free: int
    """Words up to which nothing is wanted."""
    most: float
    """Wanted at most, however long the answer is."""
    slip: float
    """Wanted besides for each slip in the order of words beyond the usual; an impossible pair is two slips."""
    usual_slips: Share
    """Slips per word that honest speakers make."""


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


class Gates(Content):
    """`rubrics/cues/gates.yaml`: what is looked at before anything is credited, and its limits."""

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
    ties: Ties
    strays: Strays
    abstract: Words
    """Words of rubrics and reports; "*" stands for any ending."""
    stuffed_share: Share
    """Share of these among the content words from which the answer is stuffed with them."""
    stuffed_sentence: Share
    """Share from which a sentence says nothing."""
    foreign: Words
    """Frequent words of other languages that English does not use."""


class WordOrderCues(Content):
    """`rubrics/cues/word_order.yaml`: which words do not follow each other in English."""

    endings: Words
    """What a word is taken for that is no function word: the first of these that it ends in."""
    impossible: dict[Text, Words]
    """Function words by what cannot follow them."""
    unusual: dict[Text, Words]
    """Function words and endings by what seldom follows them."""


class AddressedCues(Content):
    """`rubrics/cues/addressed.yaml`: how text that speaks to the rater is told from talk about such text."""

    names: dict[Identifier, Text]
    """Regular expressions that others refer to as `<name>`."""
    hints: Words
    """Beginnings, of four letters at most, of words without one of which no English sentence is looked at."""
    blocks: dict[str, tuple[Text, ...]]
    """Regular expressions of whole blocks (fake roles, objects with ratings, comments), by a text without which none of
    them can match; the empty one where there is no such text."""
    bidden: Text
    """Regular expression of what stands before an order in its sentence; its beginning is one such place."""
    orders: tuple[Text, ...]
    """Regular expressions of an order to the rater, right behind `bidden`."""
    at_words: tuple[Text, ...]
    """Regular expressions of what speaks to the rater, tried in a sentence wherever a word begins or ends."""
    sentences: tuple[Text, ...]
    """Regular expressions of a sentence that speaks to the rater, tried at each of its characters."""
    doubtful: tuple[Text, ...]
    """Regular expressions of a sentence that may; the answer is also read without it."""
    talk: tuple[Text, ...]
    """Regular expressions of a sentence that reports such text: where it matches, the sentence is only doubtful."""
    trailing: tuple[Text, ...]
    """Sentences that belong to it when they stand next to one."""
    reported: tuple[Text, ...]
    """What stands before a quotation that is only reported."""


class AnswerTypeCues(Content):
    """`rubrics/cues/answer_type.yaml`: the shapes by which the sort of answer is told."""

    past_questions: tuple[Text, ...]
    """Regular expressions of a question that asks for something that happened."""
    only_stories: tuple[Identifier, ...]
    """Dimensions in which, asked for something that happened, anything but a story stays at `otherwise`."""
    otherwise: Level
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
    fewest: int
    """Fewer different stems than these, and no word of the field, are about something else."""


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
    """`rubrics/cues/quotes.yaml`: which sentence is quoted, and where one that is too long may be cut."""

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
    answer_type: AnswerTypeCues
    quotes: QuoteCues
    topic: TopicCues
    hash: Text
    """Hash of the files, to stand beside a rating."""

    @model_validator(mode="after")
    def _names_known_shapes(self) -> Self:
        for dimension in self.dimensions.values():
            if unknown := sorted(dimension.own.keys() - self.manner.traits.keys()):
                raise ValueError(f"{dimension.dimension} names an unknown trait {unknown[0]!r}")
            for part, cues in dimension.parts.items():
                named = {*(cue.shape for cue in cues.cues), *(cue.near for cue in cues.cues if cue.near), *cues.faint}
                if unknown := sorted(named - self.shapes.keys() - set(STRUCTURAL)):
                    raise ValueError(f"{dimension.dimension}.{part} names an unknown shape {unknown[0]!r}")
        return self
