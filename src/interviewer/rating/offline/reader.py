"""The offline rater: reads a thread by rules in a few milliseconds, the same bytes every time.

It takes out what addresses the rater, looks at the gates, finds shapes of sentences, and reports findings with quotes;
`levels.level_of` makes the level of them, as for every rater. Everything it says is an estimate.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ...bank.cues import Cues, DimensionCues
from ...bank.schema import AnswerType, Dimension
from ...session.thread import Thread, Turn
from ..addressed import Suspicion, suspicion, without
from ..evidence import SHORTEST
from ..levels import level_of
from ..rater import Finding, Flag, RaterIdentity, Rating, ThreadRating
from .answer_type import asks_for_the_past, type_of
from .asides import AsideFinder
from .clauses import Sentence, sentences_of
from .copies import repeated_sentences, runs_of
from .denial import undone
from .gates import STEM, Gatekeeper, Passed
from .manner import Manner
from .parts import Answer, Read, Seen, Whole, claimed, hold_to, met_parts, see_parts, sum_of
from .patterns import Match, Patterns
from .quotes import Quoting
from .retraction import retraction, retraction_flag
from .seams import Seams
from .topic import Topic
from .two_readings import addressed_flag, difference, difference_by_asides, with_faults, without_sentences
from .word_order import WordOrder

KEPT = 4
"""Readings kept: of the thread as it stands, and as it stood before the last answer, both with and without asides."""
CUT_COSTS = 0.5
"""Units of manner that leaving something out costs, about what a short sentence more or less can move it."""
ENOUGH_BESIDE_A_SLOGAN = 80
"""Words of an answer beside which one sentence that says nothing makes nothing hollow."""
NEGATORS = frozenset(("no", "not", "never", "without", "nobody", "nothing", "none", "nor", "neither"))
SUPPOSING = frozenset(("would", "could", "should", "might", "will"))
REASONS = {
    "thin": "There is too little here to rate higher.",
    "short": "There is too little here to rate higher offline.",
    "terse": "In so few words nothing can be rated above 3 offline.",
    "list": "Most of it strings terms together.",
    "stuffed": "Most of it is the vocabulary of rubrics or of anything, with nothing particular in it.",
    "copy": "The same sentences stand in it more than once.",
    "patchwork": "Its sentences have too little to do with each other.",
    "scrambled": "The words do not follow each other as speech does.",
    "echo": "It mostly repeats the question.",
    "elsewhere": "It seems to be about something else than the question.",
    "verse": "It is verse.",
}
FOREIGN = Flag("foreign", "Offline, only answers in English are read.")
"""Stands alone: the gates know English."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything found in a thread before any dimension is looked at."""

    answer: Answer
    foreign: bool
    """Whether it is in a language that cannot be read offline."""
    passed: Passed
    whole: Whole
    flags: tuple[Flag, ...]
    type: AnswerType
    worded: tuple[Sentence, ...]
    """The sentences whose wording counts."""
    asides: tuple[Sentence, ...]
    """The sentences that may be said to whoever reads."""
    first: Reading | None = None
    """The same of the first answer alone, where replies follow it: what is well said stays said."""


class OfflineRater:
    """Rates without a model: `read` at once, `rate` as the protocol wants it."""

    def __init__(self, cues: Cues, rubric: str = ""):
        """Sets it up.

        Args:
            rubric: hash of the dimensions, to stand beside each rating.
        """
        self._cues = cues
        self._rubric = rubric
        self._manner = Manner(cues.manner.traits)
        self._topic = Topic(cues.topic, STEM)
        self._seams = Seams(cues.gates.seams, cues.topic.bank, cues.words["function"], STEM)
        self._negative = frozenset([shape for shape, said in cues.shapes.items() if any(map(_holds_a_denial, said))])
        self._prepared: tuple[Patterns, Gatekeeper] | None = None
        self._kept: dict[Thread, Reading] = {}

    @property
    def identity(self) -> RaterIdentity:
        """Who rates, and by which texts."""
        return RaterIdentity("offline", 1, self._cues.hash, self._rubric)

    async def rate(self, thread: Thread, dimensions: Sequence[Dimension]) -> ThreadRating:
        """The same as `read`."""
        return self.read(thread, dimensions)

    def read(self, thread: Thread, dimensions: Sequence[Dimension]) -> ThreadRating:
        """Findings and levels for each dimension; unscored where it cannot read.

        Where something may address the rater, it is read with and without that, and the lower level counts.
        """
        cut, flags = self._without_asides_to_the_rater(thread)
        reading = self._reading(cut)
        if cut is thread:
            quoting = Quoting(self._cues.quotes, thread)
            ratings = {dimension.id: self._rating(quoting, reading, dimension) for dimension in dimensions}
            flags += self._without_asides(quoting, reading, thread, dimensions, ratings)
            flags += self._retractions(reading, thread, dimensions, ratings)
            return ThreadRating(self.identity, ratings, (*flags, *reading.flags))
        whole = self._reading(thread)
        if not flags and not reading.answer.reads:
            reading = whole
        reading = _worded_worse(reading)
        said, read = Quoting(self._cues.quotes, thread), Quoting(self._cues.quotes, thread)
        ratings = {}
        for dimension in dimensions:
            as_said = self._rating(said, whole, dimension)
            rated = self._rating(read, reading, dimension)
            lower = self._rating(read, reading, dimension, as_said.level or 5)
            ratings[dimension.id] = with_faults(dimension, lower, as_said)
            if as_said.level != rated.level and rated.level is not None:
                flags.append(difference(dimension, as_said, rated))
        gates = dict.fromkeys((*reading.flags, *whole.flags))
        flags += self._without_asides(read, reading, cut, dimensions, ratings)
        flags += self._retractions(reading, thread, dimensions, ratings)
        return ThreadRating(self.identity, ratings, (*flags, *gates))

    def total(self, thread: Thread, dimension: Dimension) -> float | None:
        """The points behind a level, to fit where levels begin; None where the thread cannot be read."""
        reading, cues = (
            self._reading(self._without_asides_to_the_rater(thread)[0]),
            self._cues.dimensions.get(dimension.id),
        )
        if cues is None or reading.foreign or not reading.answer.reads:
            return None
        return sum_of(cues, see_parts(cues, reading.answer), reading.whole)

    def shapes(self, thread: Thread) -> tuple[frozenset[str], ...]:
        """The shapes found in each sentence, to see which cues fire where."""
        return tuple(frozenset(read.shapes) for read in self._cut_reading(thread).answer.reads)

    def answer(self, thread: Thread) -> Answer:
        """All that was found in the thread, to see where each part was seen."""
        return self._cut_reading(thread).answer

    def rates(self, thread: Thread) -> dict[str, float]:
        """How often each trait of wording stands in the answer, to fit what it is worth; see `manner.py`."""
        return self._manner.rates(self._cut_reading(thread).worded)

    def without_asides(self, thread: Thread) -> Thread:
        """The thread with line breaks in place of what may be said to whoever reads."""
        return without_sentences(thread, self._reading(thread).asides)

    def answer_type(self, thread: Thread) -> AnswerType:
        """What sort of answer the candidate gave."""
        return self._cut_reading(thread).type

    def warm_up(self) -> None:
        """Compiles the patterns, which the first reading would otherwise wait for."""
        self._tools()

    @cached_property
    def _asides(self) -> AsideFinder:
        words = self._cues.words
        lists = {"unit": (*words["unit"], *words["time"]), "role": words["role"], "field": self._cues.topic.field}
        return AsideFinder(self._cues.asides, lists, frozenset(words["function"]), STEM)

    def signs_of_asides(self, thread: Thread) -> tuple[frozenset[str], ...]:
        """By sentence, what says that it may be said to whoever reads, to fit what the signs are worth."""
        _, gatekeeper = self._tools()
        said, _ = self._told_apart(thread, runs_of(thread))
        asked, texts = gatekeeper.stems(thread.question), [turn.text for turn in thread.turns]
        return tuple(frozenset(self._asides.signs(each, texts[each.turn], asked)) for each in said)

    def _without_asides(
        self,
        quoting: Quoting,
        reading: Reading,
        thread: Thread,
        dimensions: Sequence[Dimension],
        ratings: dict[str, Rating],
    ) -> list[Flag]:
        """Lowers what stands higher only with what may be said to whoever reads; flags that show both levels."""
        if not reading.asides:
            return []
        other = self._reading(self.without_asides(thread))
        if other.foreign or not other.answer.reads:
            return []
        other = replace(other, type=reading.type)  # one sentence less makes no story an opinion
        flags: list[Flag] = []
        for dimension in dimensions:
            as_said = ratings[dimension.id]
            cues = self._cues.dimensions.get(dimension.id)
            if cues is None or as_said.level is None or self._level(cues, other, dimension) >= as_said.level:
                continue
            rated = self._rating(quoting, other, dimension)
            ratings[dimension.id] = with_faults(dimension, rated, as_said)
            flags.append(difference_by_asides(dimension, as_said, rated))
        return flags

    def _tools(self) -> tuple[Patterns, Gatekeeper]:
        if self._prepared is None:
            function, hollow = self._cues.words["function"], self._cues.words["hollow"]
            order = WordOrder(self._cues.word_order, function)
            gatekeeper = Gatekeeper(self._cues.gates, order, function, hollow)
            self._prepared = Patterns(self._cues.shapes, self._cues.words), gatekeeper
        return self._prepared

    def _without_asides_to_the_rater(self, thread: Thread) -> tuple[Thread, list[Flag]]:
        """The thread without what addresses the rater or may, and flags for what does; the same where there is none."""
        flags: list[Flag] = []
        turns: list[Turn] = []
        for index, turn in enumerate(thread.turns):
            found = suspicion(turn.text, self._cues.addressed) if turn.role == "candidate" else Suspicion()
            flags += [addressed_flag(turn.text, index, span) for span in found.addressed]
            spans = (*found.addressed, *found.doubtful)
            turns.append(Turn(turn.role, without(turn.text, spans)) if spans else turn)
        same = all(kept is turn for kept, turn in zip(turns, thread.turns, strict=True))
        return (thread if same else Thread(thread.question, tuple(turns), thread.question_id)), flags

    def _cut_reading(self, thread: Thread) -> Reading:
        """The reading without what may address the rater."""
        return self._reading(self._without_asides_to_the_rater(thread)[0])

    def _reading(self, thread: Thread) -> Reading:
        """What is found in the thread; the last ones are kept, for choosing a probe asks four times after an answer."""
        reading = self._kept.pop(thread, None) or self._found(thread)
        self._kept[thread] = reading
        if len(self._kept) > KEPT:
            del self._kept[next(iter(self._kept))]
        return reading

    def _found(self, thread: Thread) -> Reading:
        _, gatekeeper = self._tools()
        runs = runs_of(thread)
        sentences, replies = self._told_apart(thread, runs)
        foreign = bool(sentences) and all(map(gatekeeper.is_foreign, _words_by_turn(sentences)))
        sentences = [sentence for sentence in sentences if not gatekeeper.is_foreign(sentence.words)]
        idle = [sentence for sentence in sentences if gatekeeper.is_idle(sentence)]
        idle = idle if len(idle) < len(sentences) else []
        sentences = [sentence for sentence in sentences if not (idle and gatekeeper.is_idle(sentence))]
        again, repeated = repeated_sentences(sentences, runs)
        content = [gatekeeper.content(sentence) for sentence in sentences]
        past = asks_for_the_past(thread.question, self._cues.answer_type)
        passed = gatekeeper.judge(sentences, content, repeated, thread.question)
        asked = gatekeeper.stems(thread.question)
        if "patchwork" not in passed.reasons and self._seams.show(sentences, thread.answers, asked):
            passed = passed.with_reason("patchwork", self._cues.gates.caps["patchwork"])
        asides = self._asides.found(sentences, [turn.text for turn in thread.turns], asked)
        fresh = [
            (sentence, gatekeeper.says_nothing(sentence, words))
            for sentence, words, known in zip(sentences, content, again, strict=True)
            if not known and sentence.spoken >= SHORTEST
        ]
        reads = self._reads(fresh, asked)
        kind = type_of(reads, self._cues.answer_type)
        story = kind is AnswerType.STORY
        said = [word for words in content for word in words]
        spoken = [word for sentence in sentences for word in sentence.words]
        lost = self._topic.nobodys(spoken) if past else not story and self._topic.elsewhere(said, thread.question)
        if lost:
            passed = passed.with_reason("elsewhere", self._cues.gates.caps["elsewhere"])
        flags = (FOREIGN,) if foreign else tuple(Flag(reason, REASONS[reason]) for reason in passed.reasons)
        counted = _beside_one_slogan(reads)
        if len(counted) < len(reads):
            hollow = self._hollowness(counted)
        else:
            hollow = max(_empty_share(reads), gatekeeper.hollowness(said))
        doublings = gatekeeper.doublings([*(read.sentence for read in reads), *idle])
        faults = self._faults(replies, ()), self._faults(idle, self._cues.gates.idle.faults)
        strays = gatekeeper.strays([read.sentence for read in reads], asked)
        kept = [read for at, read in enumerate(reads) if at not in strays]
        if strays:
            hollow = max(hollow, self._hollowness(kept))
            reads = tuple(self._only_faults(read) if at in strays else read for at, read in enumerate(reads))
        answer = Answer.of((*reads, *faults[0], *faults[1]), past)
        worded = _worded(kept)
        off = self._manner.off(worded)
        whole = Whole(hollow, doublings, self._manner.total(off), off)
        reading = Reading(answer, foreign, passed, whole, flags, kind, worded, tuple(asides))
        return replace(reading, first=self._first(reading, reads, runs))

    def _first(self, reading: Reading, reads: Sequence[Read], runs: Sequence[int]) -> Reading | None:
        """The reading of what was said before any reply; None where nothing was said after it."""
        told = [read for read in reads if runs[read.sentence.turn] == runs[reads[0].sentence.turn]]
        if len(told) == len(reads):
            return None
        worded = _worded(told)
        off = self._manner.off(worded)
        doublings = self._tools()[1].doublings([read.sentence for read in told])
        hollow = self._hollowness(_beside_one_slogan(told))
        whole = Whole(max(reading.whole.hollow, hollow), doublings, self._manner.total(off), off)
        return replace(reading, answer=Answer.of(told, reading.answer.past_question), whole=whole, worded=worded)

    def _hollowness(self, reads: Sequence[Read]) -> float:
        """How much of these sentences says nothing, 0 to 1, by sentences or by words, whichever is more."""
        _, gatekeeper = self._tools()
        said = [word for read in reads for word in gatekeeper.content(read.sentence)]
        return max(_empty_share(reads), gatekeeper.hollowness(said))

    def _told_apart(self, thread: Thread, runs: Sequence[int]) -> tuple[list[Sentence], list[Sentence]]:
        """The sentences that are read, and those of later replies with too few words to say anything."""
        by_run: dict[int, list[Sentence]] = {}
        for index, turn in enumerate(thread.turns):
            if turn.role == "candidate" and (found := sentences_of(turn.text, index)):
                by_run.setdefault(runs[index], []).extend(found)
        first = min(by_run, default=0)
        _, gatekeeper = self._tools()
        bare = {run for run, said in by_run.items() if run != first and gatekeeper.is_bare(said)}
        said = [sentence for run, found in by_run.items() if run not in bare for sentence in found]
        return said, [sentence for run in sorted(bare) for sentence in by_run[run]]

    def _faults(self, sentences: Sequence[Sentence], further: Sequence[str]) -> tuple[Read, ...]:
        """What speaks against the candidate in sentences that say nothing else: some shapes, and further ones."""
        patterns, _ = self._tools()
        counted = (*self._cues.gates.bare_reply.faults, *further)
        reads: list[Read] = []
        for sentence in sentences:
            read = self._read_sentence(sentence, False, patterns, ())
            bad = {name: read.shapes[name] for name in counted if name in read.shapes}
            if bad and sentence.spoken >= SHORTEST:
                reads.append(read._replace(shapes=bad))
        return tuple(reads)

    def _only_faults(self, read: Read) -> Read:
        """The sentence with what speaks against the candidate, and nothing else."""
        counted = (*self._cues.gates.bare_reply.faults, *self._cues.gates.idle.faults)
        return read._replace(shapes={name: match for name, match in read.shapes.items() if name in counted})

    def _reads(self, sentences: Sequence[tuple[Sentence, bool]], asked: frozenset[str]) -> tuple[Read, ...]:
        """What stands in each sentence, given whether it says nothing; courtesies are left out."""
        patterns, gatekeeper = self._tools()
        gates = self._cues.gates
        reads: list[Read] = []
        for sentence, empty in sentences:
            structure = gatekeeper.structure(sentence, not reads, asked)
            read = self._read_sentence(sentence, empty, patterns, structure)
            if gates.courtesy not in read.shapes or len(sentence.words) > gates.courtesy_words:
                reads.append(read)
        return tuple(reads)

    def _read_sentence(self, sentence: Sentence, empty: bool, patterns: Patterns, structure: Sequence[str]) -> Read:
        shapes = patterns.found(sentence.words) | {shape: Match(0, len(sentence.words) - 1) for shape in structure}
        empty = empty or "vanity" in shapes or "hollow_talk" in shapes
        supposed = not SUPPOSING.isdisjoint(sentence.words)
        not_done = undone(sentence, shapes, self._cues.gates.denial, self._negative)
        return Read(sentence, shapes, empty, supposed, _denied(sentence, shapes), not_done)

    def _cap(self, reading: Reading, dimension: Dimension) -> int:
        rules = self._cues.answer_type
        told = (
            reading.type is AnswerType.STORY
            or not reading.answer.past_question
            or dimension.id not in rules.only_stories
        )
        if told:
            return reading.passed.cap
        return min(reading.passed.cap, rules.planned if reading.type is AnswerType.PLAN else rules.otherwise)

    def _met(
        self, cues: DimensionCues, reading: Reading, dimension: Dimension, most: int
    ) -> tuple[Mapping[str, Seen], set[str]]:
        """What is seen and met: in all that was said, or in the first answer where no fault came to light after it."""
        seen = see_parts(cues, reading.answer)
        met = self._within_limits(cues, seen, reading, dimension, most)
        if not cues.stands or reading.first is None or any(dimension.parts[part].fault for part in met):
            return seen, met
        seen_first = see_parts(cues, reading.first.answer)
        met_first = self._within_limits(cues, seen_first, reading.first, dimension, most)
        if level_of(dimension, met_first) > level_of(dimension, met):
            return seen_first, met_first
        return seen, met

    def _within_limits(
        self, cues: DimensionCues, seen: Mapping[str, Seen], reading: Reading, dimension: Dimension, most: int
    ) -> set[str]:
        """The parts that count as met, whatever is taken back."""
        met = met_parts(dimension, cues, seen, sum_of(cues, seen, reading.whole))
        return hold_to(dimension, met, seen, min(most, self._cap(reading, dimension)))

    def _counted(
        self, cues: DimensionCues, reading: Reading, dimension: Dimension, most: int
    ) -> tuple[Mapping[str, Seen], set[str]]:
        """What is seen, and the parts that count as met and are claimed."""
        seen, met = self._met(cues, reading, dimension, most)
        rule = self._cues.gates.taken_back
        if retraction(rule, dimension.id, reading.answer) is not None:
            met = hold_to(dimension, met, seen, max(1, min(level_of(dimension, met) - 1, rule.cap)))
        return seen, claimed(dimension, met, seen)

    def _level(self, cues: DimensionCues, reading: Reading, dimension: Dimension) -> int:
        """The level alone, without any quotes."""
        return level_of(dimension, self._counted(cues, reading, dimension, 5)[1])

    def _retractions(
        self, reading: Reading, thread: Thread, dimensions: Sequence[Dimension], ratings: Mapping[str, Rating]
    ) -> list[Flag]:
        """What it cost that something is taken back."""
        flags: list[Flag] = []
        for dimension in dimensions:
            back, level = (
                retraction(self._cues.gates.taken_back, dimension.id, reading.answer),
                ratings[dimension.id].level,
            )
            if back is None or level is None:
                continue
            cues = self._cues.dimensions[dimension.id]
            met = self._within_limits(cues, see_parts(cues, reading.answer), reading, dimension, 5)
            if level < (otherwise := level_of(dimension, met)):
                text = thread.turns[back.sentence.turn].text
                flags.append(retraction_flag(dimension, level, otherwise, text, back))
        return flags

    def _rating(self, quoting: Quoting, reading: Reading, dimension: Dimension, most: int = 5) -> Rating:
        cues = self._cues.dimensions.get(dimension.id)
        if cues is None:
            return Rating(dimension.id, None, "The offline rater has no cues for this dimension.")
        if reading.foreign:
            return Rating(dimension.id, None, FOREIGN.text)
        if not reading.answer.reads:
            return Rating(dimension.id, None, "Nothing was said that could be rated.")
        seen, met = self._counted(cues, reading, dimension, most)
        shown = {part: (seen[part].places, known.terms) for part, known in dimension.parts.items() if part in met}
        quotes = quoting.quotes(shown, dimension.id)
        findings = tuple(Finding(part, part in met, quotes.get(part)) for part in dimension.parts)
        return Rating(dimension.id, level_of(dimension, met), findings=findings)


def _words_by_turn(sentences: Sequence[Sentence]) -> list[list[str]]:
    """The words of each turn: who says it once more in English is read."""
    turns: dict[int, list[str]] = {}
    for sentence in sentences:
        turns.setdefault(sentence.turn, []).extend(sentence.words)
    return [*turns.values()]


def _holds_a_denial(pattern: str) -> bool:
    return not NEGATORS.isdisjoint(re.split(r"[ |_]", pattern))


def _denied(sentence: Sentence, shapes: Mapping[str, Match]) -> frozenset[str]:
    """The shapes that one of the two words before denies."""
    denying = {at + further for at, word in enumerate(sentence.words) if word in NEGATORS for further in (1, 2)}
    return frozenset([shape for shape, match in shapes.items() if match.first in denying])


def _worded_worse(reading: Reading) -> Reading:
    """The reading with a lower manner: what is left out may take a weak sentence of the answer along."""
    first = None if reading.first is None else _worded_worse(reading.first)
    return replace(reading, whole=replace(reading.whole, manner=reading.whole.manner - CUT_COSTS), first=first)


def _worded(reads: Sequence[Read]) -> tuple[Sentence, ...]:
    """The sentences whose wording counts: those that say something, or all where none does."""
    saying = tuple([read.sentence for read in reads if not read.empty])
    return saying or tuple([read.sentence for read in reads])


def _beside_one_slogan(reads: Sequence[Read]) -> Sequence[Read]:
    """Without the one sentence that says nothing, where enough stands beside it; all where there are more."""
    saying = [read for read in reads if not read.empty]
    enough = sum(len(read.sentence.words) for read in saying) >= ENOUGH_BESIDE_A_SLOGAN
    return saying if len(saying) == len(reads) - 1 and enough else reads


def _empty_share(reads: Sequence[Read]) -> float:
    words = sum(len(read.sentence.words) for read in reads)
    return sum(len(read.sentence.words) for read in reads if read.empty) / max(1, words)
