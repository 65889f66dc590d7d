"""Everything that is found in a thread before any dimension is looked at: sentences, gates, shapes, manner.

It may not know what a shape is worth, nor what level follows.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from ...bank.cues import Cues
from ...bank.schema import AnswerType
from ...session.thread import Thread, Turn
from ..addressed import Suspicion, suspicion, without
from ..evidence import SHORTEST
from ..rater import Flag, FlagKind
from .answer_type import asks_for_the_past, type_of
from .asides import AsideFinder
from .clauses import Sentence, sentences_of
from .copies import repeated_sentences, runs_of
from .denial import Undone, denied, holds_a_denial
from .gates import STEM, Gatekeeper, Passed
from .heard import Heard
from .manner import Manner
from .parts import Answer, Read, Whole
from .patterns import Match, Patterns
from .topic import Topic
from .two_readings import addressed_flag, without_sentences
from .word_order import WordOrder

KEPT = 4
"""Readings kept: of the thread as it stands, and as it stood before the last answer, both with and without asides."""
KEPT_SENTENCES = 100
"""Sentences whose shapes are kept: a draft is read at every rest of the keys, a doubtful answer twice."""
ENOUGH_BESIDE_A_SLOGAN = 80
"""Words of an answer beside which one sentence that says nothing makes nothing hollow."""
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
    "afar": "It shares no word with the question; offline such a story is not rated above 3.",
    "verse": "It is verse.",
}
FOREIGN = Flag(FlagKind.FOREIGN, "Offline, only answers in English are read.")
"""Stands alone: the gates know English."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything found in a thread."""

    answer: Answer
    foreign: bool
    """Whether it is in a language that cannot be read offline."""
    passed: Passed
    whole: Whole
    flags: tuple[Flag, ...]
    type: AnswerType
    worded: tuple[Sentence, ...]
    """The sentences whose wording counts."""
    said: Sequence[Sentence]
    """Every sentence, read or not."""
    asides: Sequence[Sentence]
    """The sentences that may be said to whoever reads."""
    first: Reading | None = None
    """The same of the first answer alone, where replies follow it: what is well said stays said."""


class ThreadReader:
    """Reads threads by the cues, compiled once."""

    def __init__(self, cues: Cues):
        function = cues.words["function"]
        self._cues = cues
        self._gatekeeper = Gatekeeper(cues.gates, WordOrder(cues.word_order, function), function, cues.words["hollow"])
        self._manner = Manner(cues.manner.traits)
        self._topic = Topic(cues.topic, STEM)
        lists = {
            "unit": (*cues.words["unit"], *cues.words["time"]), "role": cues.words["role"], "field": cues.topic.field
        }  # fmt: skip
        self._asides = AsideFinder(cues.asides, lists, frozenset(function), STEM)
        self._shapes = lru_cache(KEPT_SENTENCES)(Patterns(cues.shapes, cues.words).found)
        negative = frozenset([shape for shape, said in cues.shapes.items() if any(map(holds_a_denial, said))])
        self._undone = Undone(cues.gates.denial, negative)
        self._faults_in_replies = frozenset(cues.gates.bare_reply.faults)
        self._faults_anywhere = self._faults_in_replies | set(cues.gates.idle.faults)
        self._kept: dict[Thread, Reading] = {}

    def read(self, thread: Thread) -> Reading:
        """What is found in the thread; the last ones are kept, for choosing a probe asks four times after an answer."""
        return self._reading(thread, None)

    def read_without_addresses(self, thread: Thread) -> Reading:
        """What is found beside that which addresses the rater or may."""
        return self.read(self.without_addresses(thread)[0])

    def read_without_asides(self, thread: Thread) -> Reading:
        """What is found beside that which may be said to whoever reads; the other sentences are what they were."""
        reading = self.read(thread)
        kept = [sentence for sentence in reading.said if sentence not in reading.asides]
        return self._reading(self.without_asides(thread), kept)

    def without_asides(self, thread: Thread) -> Thread:
        """The thread with line breaks in place of what may be said to whoever reads."""
        return without_sentences(thread, self.read(thread).asides)

    def without_addresses(self, thread: Thread) -> tuple[Thread, list[Flag]]:
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

    def signs_of_asides(self, thread: Thread) -> tuple[frozenset[str], ...]:
        """By sentence, what says that it may be said to whoever reads, to fit what the signs are worth."""
        said, _ = self._told_apart(_sentences(thread), runs_of(thread))
        asked, texts = self._gatekeeper.stems(thread.question), [turn.text for turn in thread.turns]
        return tuple(frozenset(self._asides.signs(each, texts[each.turn], asked)) for each in said)

    def rates(self, thread: Thread) -> dict[str, float]:
        """How often each trait of wording stands in the answer, to fit what it is worth; see `manner.py`."""
        return self._manner.rates(self.read_without_addresses(thread).worded)

    def _reading(self, thread: Thread, said: Sequence[Sentence] | None) -> Reading:
        reading = self._kept.pop(thread, None) or self._found(thread, said)
        self._kept[thread] = reading
        if len(self._kept) > KEPT:
            del self._kept[next(iter(self._kept))]
        return reading

    def _found(self, thread: Thread, kept: Sequence[Sentence] | None) -> Reading:
        """The reading.

        Args:
            kept: the sentences without asides, where these were taken out of the thread.
        """
        runs, asked = runs_of(thread), self._gatekeeper.stems(thread.question)
        said = _sentences(thread) if kept is None else kept
        heard = self._heard(said, runs)
        again, repeated = repeated_sentences(heard.sentences, runs)
        past = asks_for_the_past(thread.question, self._cues.answer_type)
        reads = self._reads(heard, again, asked)
        kind = type_of(reads, self._cues.answer_type)
        strays = self._gatekeeper.strays([read.sentence for read in reads], asked)
        near = [read for at, read in enumerate(reads) if at not in strays]
        worded = _worded(near)
        sizes = [*(read.sentence for read in reads), *heard.idle]
        whole = self._whole(self._hollow(reads, near, heard), sizes, worded)
        reads = [_only(read, self._faults_anywhere) if at in strays else read for at, read in enumerate(reads)]
        passed = self._gatekeeper.judge(heard, repeated, thread, asked)
        if away := self._away(thread, heard, past, kind, asked):
            passed = passed.with_reason(away, self._cues.gates.caps[away])
        reading = Reading(
            answer=Answer.of((*reads, *self._faults(heard)), past),
            foreign=heard.foreign,
            passed=passed,
            whole=whole,
            flags=(FOREIGN,) if heard.foreign else tuple(Flag(reason, REASONS[reason]) for reason in passed.reasons),
            type=kind,
            worded=worded,
            said=said,
            asides=self._asides_of(thread, heard, asked) if kept is None else (),
        )
        return replace(reading, first=self._first(reading, reads, runs))

    def _asides_of(self, thread: Thread, heard: Heard, asked: frozenset[str]) -> Sequence[Sentence]:
        return self._asides.found(heard.sentences, [turn.text for turn in thread.turns], asked)

    def _heard(self, said: Sequence[Sentence], runs: Sequence[int]) -> Heard:
        gatekeeper = self._gatekeeper
        sentences, bare = self._told_apart(said, runs)
        turns = _words_by_turn(sentences)
        english, foreign = sentences, False
        if any(map(gatekeeper.may_be_foreign, turns)):
            english = [sentence for sentence in sentences if not gatekeeper.is_foreign(sentence.words)]
            foreign = all(map(gatekeeper.is_foreign, turns))
        idle = [sentence for sentence in english if gatekeeper.is_idle(sentence)]
        if 0 < len(idle) < len(english):
            english = [sentence for sentence in english if not gatekeeper.is_idle(sentence)]
        else:
            idle = []
        content, lists = [*map(gatekeeper.content, english)], [*map(gatekeeper.is_list, english)]
        return Heard(english, content, lists, idle, bare, foreign)

    def _told_apart(self, said: Sequence[Sentence], runs: Sequence[int]) -> tuple[list[Sentence], list[Sentence]]:
        """The sentences that are read, and those of later replies with too few words to say anything."""
        by_run: dict[int, list[Sentence]] = {}
        for sentence in said:
            by_run.setdefault(runs[sentence.turn], []).append(sentence)
        first = min(by_run, default=0)
        bare = {run for run, found in by_run.items() if run != first and self._gatekeeper.is_bare(found)}
        read = [sentence for run, found in by_run.items() if run not in bare for sentence in found]
        return read, [sentence for run in sorted(bare) for sentence in by_run[run]]

    def _away(
        self, thread: Thread, heard: Heard, past: bool, kind: AnswerType, asked: frozenset[str]
    ) -> Literal["elsewhere", "afar"] | None:
        """How far from the question it is, if it is."""
        if past:
            if self._topic.nobodys([word for sentence in heard.sentences for word in sentence.words]):
                return "elsewhere"
            return "afar" if self._topic.is_afar(heard.said, asked) else None
        is_elsewhere = kind is not AnswerType.STORY and self._topic.elsewhere(heard.said, thread.question)
        return "elsewhere" if is_elsewhere else None

    def _reads(self, heard: Heard, again: Sequence[bool], asked: frozenset[str]) -> list[Read]:
        """What stands in each sentence that was not said before; courtesies are left out."""
        gatekeeper, gates = self._gatekeeper, self._cues.gates
        reads: list[Read] = []
        for sentence, content, is_list, known in zip(heard.sentences, heard.content, heard.lists, again, strict=True):
            if known or sentence.spoken < SHORTEST:
                continue
            structure = gatekeeper.structure(sentence, not reads, asked)
            read = self._read(sentence, is_list or gatekeeper.is_stuffed(content), structure)
            if gates.courtesy not in read.shapes or len(sentence.words) > gates.courtesy_words:
                reads.append(read)
        return reads

    def _read(self, sentence: Sentence, empty: bool, structure: Sequence[str]) -> Read:
        whole = Match(0, len(sentence.words) - 1)
        shapes = self._shapes(sentence.words) | dict.fromkeys(structure, whole)
        empty = empty or "vanity" in shapes or "hollow_talk" in shapes
        supposed = not SUPPOSING.isdisjoint(sentence.words)
        return Read(sentence, shapes, empty, supposed, denied(sentence, shapes), self._undone.shapes(sentence, shapes))

    def _faults(self, heard: Heard) -> list[Read]:
        """What speaks against the candidate in sentences that say nothing else."""
        in_replies = [_only(self._read(each, False, ()), self._faults_in_replies) for each in heard.bare]
        in_idle = [_only(self._read(each, False, ()), self._faults_anywhere) for each in heard.idle]
        return [read for read in (*in_replies, *in_idle) if read.shapes and read.sentence.spoken >= SHORTEST]

    def _whole(self, hollow: float, said: Sequence[Sentence], worded: Sequence[Sentence]) -> Whole:
        """What is true of an answer as a whole.

        Args:
            said: the sentences that make its length.
            worded: those whose wording counts.
        """
        off = self._manner.off(worded)
        return Whole(hollow, self._gatekeeper.doublings(said), self._manner.total(off), off)

    def _hollow(self, reads: Sequence[Read], near: Sequence[Read], heard: Heard) -> float:
        """How much of the answer says nothing, 0 to 1.

        Args:
            near: those of `reads` that are no strays.
        """
        counted = _beside_one_slogan(reads)
        if len(counted) < len(reads):
            hollow = self._hollowness(counted)
        else:
            hollow = max(_empty_share(reads), self._gatekeeper.hollowness(heard.said))
        return max(hollow, self._hollowness(near)) if len(near) < len(reads) else hollow

    def _first(self, reading: Reading, reads: Sequence[Read], runs: Sequence[int]) -> Reading | None:
        """The reading of what was said before any reply; None where nothing was said after it."""
        told = [read for read in reads if runs[read.sentence.turn] == runs[reads[0].sentence.turn]]
        if len(told) == len(reads):
            return None
        worded = _worded(told)
        hollow = max(reading.whole.hollow, self._hollowness(_beside_one_slogan(told)))
        whole = self._whole(hollow, [read.sentence for read in told], worded)
        return replace(reading, answer=Answer.of(told, reading.answer.past_question), whole=whole, worded=worded)

    def _hollowness(self, reads: Sequence[Read]) -> float:
        """How much of these sentences says nothing, 0 to 1, by sentences or by words, whichever is more."""
        said = [word for read in reads for word in self._gatekeeper.content(read.sentence)]
        return max(_empty_share(reads), self._gatekeeper.hollowness(said))


def _sentences(thread: Thread) -> list[Sentence]:
    """Every sentence of the candidate's."""
    said = [sentences_of(turn.text, at) for at, turn in enumerate(thread.turns) if turn.role == "candidate"]
    return [sentence for found in said for sentence in found]


def _words_by_turn(sentences: Sequence[Sentence]) -> list[list[str]]:
    """The words of each turn: who says it once more in English is read."""
    turns: dict[int, list[str]] = {}
    for sentence in sentences:
        turns.setdefault(sentence.turn, []).extend(sentence.words)
    return [*turns.values()]


def _only(read: Read, names: Collection[str]) -> Read:
    """The sentence with these shapes and no others."""
    return read._replace(shapes={name: match for name, match in read.shapes.items() if name in names})


def _worded(reads: Sequence[Read]) -> tuple[Sentence, ...]:
    """The sentences whose wording counts: those that say something, or all where none does."""
    saying = tuple([read.sentence for read in reads if not read.empty])
    return saying or tuple([read.sentence for read in reads])


def _beside_one_slogan(reads: Sequence[Read]) -> Sequence[Read]:
    """Without the one sentence that says nothing, where enough stands beside it; all where there are more."""
    saying = [read for read in reads if not read.empty]
    if len(saying) != len(reads) - 1:
        return reads
    return saying if _size(saying) >= ENOUGH_BESIDE_A_SLOGAN else reads


def _empty_share(reads: Sequence[Read]) -> float:
    empty = [read for read in reads if read.empty]
    return _size(empty) / _size(reads) if empty else 0.0


def _size(reads: Sequence[Read]) -> int:
    """How many words were read."""
    return sum(len(read.sentence.words) for read in reads)
