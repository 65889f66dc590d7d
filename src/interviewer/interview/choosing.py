"""Chooses the next probe: stop rules first, then the target, then its wording. One way for interviews and files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..bank.library import Bank
from ..bank.schema import AnswerType, Kind
from ..bank.wording import faults
from ..rating.by_rules import is_offline
from ..rating.rater import ThreadRating
from ..text import count_words
from . import probing
from .grammar import Sort
from .left_out import left_out
from .lines import Lines, load_lines
from .moment import Moment
from .probing import Skip, Target
from .probing_rules import load_probing
from .quoting import load_quoting
from .ratings import Reader
from .recalling import Ear, call_backs, load_recalling
from .sources import Sources, answers_to_quote

STORIES = (AnswerType.STORY, AnswerType.GENERIC_STORY, AnswerType.EXAMPLE)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A target and the bank's words for it."""

    target: Target
    text: str
    recalls: str = ""
    """The earlier words that are taken up, where it is a call-back."""
    settled: bool = False
    """Whether it is asked in just these words: those of the question, of both halves of a call-back, or in a crisis."""


class Chooser:
    """Picks what to ask next by the bank's rules and the offline reader's eye."""

    def __init__(self, bank: Bank, reader: Reader, lines: Lines | None = None):
        """Args:
        reader: tells the sort of answer, and whether the last probe brought anything.

        Raises:
            ContentError: a content file is faulty.
        """
        self.rules = load_probing(bank)
        self._bank = bank
        self._reader = reader
        self.lines = lines or load_lines(bank)
        self._recalling = load_recalling(bank)
        self._quoting = load_quoting(bank)
        self._told = bank.told()
        self._sources = Sources(self._quoting, self._told, self.lines)
        self._last: tuple[Moment, Chosen | Skip] | None = None

    def next(self, moment: Moment) -> Chosen | Skip:
        """The probe that should follow, or why none should. The last one is kept, for it may have been foreseen."""
        last = self._last
        if last is None or last[0] != moment:
            self._last = last = moment, self._unworded(self._next(moment), moment)
        return last[1]

    def _unworded(self, chosen: Chosen | Skip, moment: Moment) -> Chosen | Skip:
        """The same, kept from a model's wording where somebody is in a crisis: no word of that may come back."""
        if isinstance(chosen, Chosen) and any(map(self.lines.crisis.shows_in, moment.thread.answers)):
            return replace(chosen, settled=True)
        return chosen

    def _next(self, moment: Moment) -> Chosen | Skip:
        targets = probing.choose_targets(
            moment.rated,
            {dimension.id: dimension for dimension in moment.dimensions},
            moment.weights,
            self.rules,
            heard=moment.heard,
            asked=moment.asked,
            seed=moment.seed,
            unread=_is_empty(moment, self.rules.little),
        )
        if over := self._over(moment):
            return over
        if (
            first := self._broken_off(targets, moment)
            or self._no_story(targets, moment)
            or self._supposed(targets, moment)
        ):
            return first
        if first := self._call_back(moment) or self._left_out(moment) or self._unbacked(moment):
            return first
        reached = probing.reached(moment.rated, moment.weights)
        gaps = self._gaps(targets, moment)
        skip = probing.enough(
            targets, reached, self.rules, spent=len(moment.asked), gained=self._gained(moment), gap=bool(gaps)
        )
        if reached is not None and reached >= self.rules.complete_at:
            targets = gaps
        return (
            skip
            or self._begun(targets, moment)
            or self._instead(targets, moment)
            or self._worded(self._answerable(targets, moment), moment)
            or Skip("no fitting question was left")
        )

    def _gaps(self, targets: Sequence[Target], moment: Moment) -> list[Target]:
        """What an answer that is complete otherwise leaves open, and of which nothing was said."""
        found = probing.gaps(self._answerable(targets, moment), moment.rated, self.rules)
        said = " ".join(moment.thread.answers)
        return [target for target in found if not self._told.perhaps(target.dimension, target.part, said)]

    def stands_alone(self, text: str, reason: str) -> bool:
        """Whether other words for the same part would not be other words for that question."""
        rules = self.rules
        own = (rules.begin, rules.broken_off, rules.left_out, rules.no_story, rules.supposed, self._told.claims)
        return any(reason == each.reason for each in own)

    def in_other_words(self, moment: Moment, dimension: str, part: str) -> str | None:
        """The bank's words for that part that were not said yet and quote nothing; None where there are none left."""
        target = Target(dimension, part, "", 0.0)
        return probing.in_other_words(target, moment.question, self._bank, self._answer_type(moment), moment.before)

    def _over(self, moment: Moment) -> Skip | None:
        return probing.over(
            moment.thread,
            budget=self.rules.budget if moment.budget is None else moment.budget,
            spent=len(moment.asked),
            lines=self.lines,
        )

    def _call_back(self, moment: Moment) -> Chosen | None:
        """A question on what does not go together with an earlier answer, once in a thread."""
        if moment.called_back:
            return None
        rated = {dimension.id: dimension for dimension in moment.dimensions}
        here, rules = answers_to_quote(moment.thread, moment.rated.flags, self.lines.crisis), self._bank.wording()
        ear = Ear(self._recalling, self._quoting.grammar, rules.quote_words[1])
        for found in call_backs(here, moment.elsewhere, ear):
            names = (name.split(".") for name in found.sort.after)
            after = next(((name, part) for name, part in names if name in rated), None)
            if after is None:
                continue
            terms = rated[after[0]].parts[after[1]].terms
            for text in found.wordings():
                if not faults(text, rules, terms=terms) and not probing.is_repeat(text, moment.before):
                    return Chosen(Target(*after, found.reason, 0.0), text, found.earlier, settled=True)
        return None

    def _broken_off(self, targets: Sequence[Target], moment: Moment) -> Chosen | None:
        """The rest of a sentence that stopped in its middle: what comes of it nobody knows yet."""
        rules = self.rules.broken_off
        if not targets or not rules.shows_in(moment.thread.answers[-1]):
            return None
        text = _fresh(rules.asks, moment)
        return Chosen(replace(targets[0], reason=rules.reason), text, settled=True) if text else None

    def _no_story(self, targets: Sequence[Target], moment: Moment) -> Chosen | None:
        """The nearest thing to a story that somebody says they have not got: of that one nothing can be asked."""
        rules, question = self.rules.no_story, moment.question
        if not targets or question is None or question.kind is not Kind.BEHAVIORAL:
            return None
        text = rules.next(moment.thread.answers, moment.before)
        return Chosen(replace(targets[0], reason=rules.reason), text, settled=True) if text else None

    def _supposed(self, targets: Sequence[Target], moment: Moment) -> Chosen | None:
        """A real case, asked for once where a story was asked and the first answer only says what one would do."""
        rules, question, said = self.rules.supposed, moment.question, moment.thread.answers
        if question is None or question.kind is not Kind.BEHAVIORAL or len(said) != 1 or not targets:
            return None
        if not rules.is_told(said[0]) and self._reader.answer_type(moment.thread) is not AnswerType.PLAN:
            return None
        after = next((target for target in targets if target.dimension in rules.after), targets[0])
        text = _fresh(rules.asks, moment)
        return Chosen(replace(after, reason=rules.reason), text, settled=True) if text else None

    def _unbacked(self, moment: Moment) -> Chosen | None:
        """Where a figure comes from of which nothing was said, once: nothing else is worth asking of it before."""
        claims, answers = self._told.claims, moment.thread.answers
        here = answers_to_quote(moment.thread, moment.rated.flags, self.lines.crisis)
        claim = claims.claim(here) if len(answers) == 1 else None
        after = self._rated_part(claims.after, moment)
        if claim is None or after is None:
            return None
        text = claims.ask.format(quote=claim.group())
        if probing.is_repeat(text, moment.before) or len(claim.group().split()) > self._bank.wording().quote_words[1]:
            return None
        return Chosen(Target(*after, claims.reason, 0.0), text, settled=True)

    def _left_out(self, moment: Moment) -> Chosen | None:
        """The part of the question that the first answer passes over, in the question's own words."""
        question, said = moment.question, moment.thread.answers
        if question is None or len(said) != 1 or self.lines.feeling_in(said[0]):
            return None
        asked, rules = left_out(question, said), self.rules.left_out
        if asked is None or not (len(question.sub_questions) > 1 or _any_met(moment.rated)):
            return None
        dimension, _, part = asked.after.rpartition(".")
        text = f"{rules.before} {asked.ask}"
        if dimension not in moment.weights or probing.is_repeat(text, moment.before):
            return None
        return Chosen(Target(dimension, part, rules.reason, 0.0), text, settled=True)

    def _gained(self, moment: Moment) -> bool:
        """Whether the last answer holds the words for a part that was not met before it, or is the first that tells."""
        thread = moment.thread
        if len(thread.turns) < 3 or self.rules.no_story.is_all(thread.answers[:-1]):
            return True
        before = _met(self._reader.read(replace(thread, turns=thread.turns[:-2]), moment.dimensions))
        now = _met(self._reader.read(thread, moment.dimensions))
        last = len(thread.turns) - 1
        return any(turn == last and part not in before for part, turn in now.items())

    def _begun(self, targets: Sequence[Target], moment: Moment) -> Chosen | None:
        """A way in for somebody who has only said a word, or how they feel: nothing else would be about anything."""
        rules, answers = self.rules.begin, moment.thread.answers
        if len(answers) != 1 or not (self.lines.feeling_in(answers[0]) or self._is_a_word(answers[0], moment)):
            return None
        text = _fresh(rules.asks, moment)
        return Chosen(replace(targets[0], reason=rules.reason), text) if text else None

    def _is_a_word(self, answer: str, moment: Moment) -> bool:
        """Whether next to nothing was said, and nothing was found in it."""
        return count_words(answer) <= self.rules.no_story.few and not _any_met(moment.rated)

    def _instead(self, targets: Sequence[Target], moment: Moment) -> Chosen | None:
        """How the candidate would come by what they have just said they cannot give, where that was worth most."""
        said = [each for each in self.rules.disclaims.values() if each.stands_in(moment.thread.answers[-1])]
        disclaimer = next(
            (each for each in said if targets and each.covers(targets[0].dimension, targets[0].part)), None
        )
        if disclaimer is None:
            return None
        after, text = self._rated_part(disclaimer.after, moment), _fresh(disclaimer.asks, moment)
        if after is None or text is None:
            return None
        return Chosen(Target(*after, disclaimer.reason, targets[0].value), text)

    @staticmethod
    def _rated_part(names: Sequence[str], moment: Moment) -> tuple[str, str] | None:
        """The first `dimension.part` of those that is rated and was not asked for, split."""
        parts = {(each.id, part) for each in moment.dimensions for part in each.parts} - set(moment.asked)
        split = (name.rpartition(".")[::2] for name in names)
        return next((name for name in split if name in parts), None)

    def _answerable(self, targets: Sequence[Target], moment: Moment) -> list[Target]:
        """The targets without what the candidate has said they cannot give, or has told in plain words."""
        said = self.rules.unasked(moment.thread.answers)
        unasked = [target for target in targets if not any(each.covers(target.dimension, target.part) for each in said)]
        return self._untold(unasked, moment) if is_offline(moment.rated) else unasked

    def _untold(self, targets: Sequence[Target], moment: Moment) -> list[Target]:
        """The targets, those that may have been told after a part of the same dimension of which nothing was said.

        Where a dimension has none, what comes latest in it is asked for. They all stay, for want of other words.
        """
        said = " ".join(moment.thread.answers)
        dimensions = {dimension.id: dimension for dimension in moment.dimensions}
        found: list[Target] = []
        for target in targets:
            rating = moment.rated.ratings[target.dimension]
            if not self._told.perhaps(target.dimension, target.part, said):
                found.append(target)
                continue
            open_parts = probing.open_later(dimensions[target.dimension], rating, moment.asked)
            fresh = [part for part in open_parts if not self._told.perhaps(target.dimension, part, said)]
            found.append(probing.after(dimensions[target.dimension], (fresh or open_parts[::-1])[0], target.value))
        return list(dict.fromkeys([*found, *targets]))

    def _worded(self, targets: Sequence[Target], moment: Moment) -> Chosen | None:
        """The first target for which there is a wording; torn-off pieces are quoted only where there is no other."""
        answer_type = self._answer_type(moment)
        for sorts in (probing.WELL, tuple(Sort)):
            for target in targets:
                text = probing.word_probe(
                    target,
                    moment.question,
                    self._bank,
                    moment.thread,
                    answer_type,
                    before=moment.before,
                    rules=self._bank.wording(),
                    quoting=self._quoting,
                    source=self._sources.of(target, moment),
                    sorts=sorts,
                )
                if text is not None:
                    return Chosen(target, text)
        return None

    def _answer_type(self, moment: Moment) -> AnswerType:
        """The sort of the answer. Where no story was asked for, one is only told in passing."""
        found = self._reader.answer_type(moment.thread)
        asked_for = moment.question.kind if moment.question else None
        return self.rules.no_stories.get(asked_for, found) if asked_for and found in STORIES else found


def _is_empty(moment: Moment, little: int) -> bool:
    """Whether nothing could be scored because little was said besides what addresses the rater."""
    if any(rating.level is not None for rating in moment.rated.ratings.values()):
        return False
    addressed = sum(count_words(flag.quote.text) for flag in moment.rated.flags if flag.quote)
    return sum(map(count_words, moment.thread.answers)) - addressed < little


def _fresh(asks: Iterable[str], moment: Moment) -> str | None:
    """The first of these that was not asked before."""
    return next((text for text in asks if not probing.is_repeat(text, moment.before)), None)


def _any_met(rated: ThreadRating) -> bool:
    return any(finding.met for rating in rated.ratings.values() for finding in rating.findings)


def _met(rated: ThreadRating) -> dict[tuple[str, str], int]:
    """The turn that each met part is quoted from, by dimension and part."""
    return {
        (name, finding.part): finding.quote.turn
        for name, rating in rated.ratings.items()
        for finding in rating.findings
        if finding.met and finding.quote
    }
