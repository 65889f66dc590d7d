"""A debate: the interviewer takes the side that the candidate did not, fairly, and grants a point at the end.

Offline the turns come from the question's `sides`. A model argues within the same limits (`arguing.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Protocol

from pydantic import Field

from ..bank.library import Bank
from ..bank.schema import Content, Question, Side, Text
from ..bank.wording import says
from ..session.events import ProbeSkipped
from ..text import count_words
from .followup import Heard, Speech
from .lines import without_apostrophes
from .ratings import Ratings

_WORD = re.compile(r"[a-z][a-z'-]+")
_CLAUSE = re.compile(r"[^.;:!?\n]+")
_CLAUSE_END = re.compile(r"[.;:!?,\n]")
NEAR = 4
"""Words before a cue in which a denial of it stands."""
OPENING = 3
"""Clauses in which a side is usually taken; they count double."""


class TurnReply(Content):
    """What is said first where the candidate's last turn calls for it."""

    cues: tuple[Text, ...]
    says: Text
    asks: Text | None = None
    """Ends the turn in place of a further point: who has given in is not argued with."""
    longest: int | None = None
    """Words of a turn that is taken so; of any length when None."""

    def is_called_for(self, answer: str, denials: Sequence[str]) -> bool:
        """Whether the turn holds one of the cues that nothing right before it denies; a question must end it."""
        plain = without_apostrophes(answer.casefold()).strip()
        if self.longest is not None and count_words(plain) > self.longest:
            return False
        return any(
            plain.endswith("?") if cue == "?" else _is_meant(without_apostrophes(cue), plain, denials)
            for cue in self.cues
        )


def _is_meant(cue: str, text: str, denials: Sequence[str]) -> bool:
    """Whether the cue stands in the text where none of the few words before it denies it."""
    before = (_CLAUSE_END.split(text[: found.start()])[-1] for found in re.finditer(rf"\b{re.escape(cue)}\b", text))
    near = (" ".join(words.split()[-NEAR:]) for words in before)
    return any(not any(says(words, without_apostrophes(denial)) for denial in denials) for words in near)


class Stances(Content):
    """By which words a side is told."""

    yes: tuple[Text, ...]
    """How somebody begins who takes the first side."""
    no: tuple[Text, ...]
    against: tuple[Text, ...]
    """Words that deny what the rest of their clause claims."""
    unsure: tuple[Text, ...]
    """Doubt about oneself, which denies nothing of what follows it."""

    @cached_property
    def denial(self) -> re.Pattern[str]:
        """Finds a word against."""
        return _any_of(self.against)

    @cached_property
    def doubt(self) -> re.Pattern[str]:
        """Finds doubt about oneself."""
        return _any_of(self.unsure)

    def plainly(self, clause: str) -> int:
        """1 where the clause begins with a yes, -1 where with a no, else 0."""
        return bool(_any_of(self.yes).match(clause)) - bool(_any_of(self.no).match(clause))


@cache
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{re.escape(phrase)}\b" for phrase in phrases))


class DebateRules(Content):
    """What `prompts/debate.yaml` holds."""

    exchanges: int = Field(ge=1)
    longest: int
    """Words a turn."""
    tokens: int
    """Longest reply of a model."""
    tries: int = Field(ge=1, le=3)
    takes: Text
    between: Text
    """In place of `takes`, to who makes a point of the other side too."""
    grants: Text
    yet: Text
    stances: Stances
    denials: tuple[Text, ...] = ()
    """Words after which a cue of a reply is not meant."""
    replies: tuple[TurnReply, ...] = ()
    asks: tuple[Text, ...] = Field(min_length=1)
    never: tuple[Text, ...]
    """Phrases that a model may not speak."""


def load_debate(bank: Bank) -> DebateRules:
    """How a debate is held. Raises `ContentError`."""
    return bank.rules("debate.yaml", DebateRules)


class Arguing(Protocol):
    """Whoever may put the interviewer's side into words of their own."""

    def argue(self, heard: Heard, side: Side, bank_turn: str, rules: DebateRules, *, last: bool) -> Speech:
        """The turn as speech; `bank_turn` is said where nobody has better words."""
        ...


class Debater:
    """Holds the other side for as many exchanges as the rules say; the candidate has the last word."""

    def __init__(self, ratings: Ratings, arguing: Arguing, rules: DebateRules):
        self._ratings = ratings
        self._arguing = arguing
        self._rules = rules

    async def after(self, heard: Heard) -> Speech | ProbeSkipped:
        """The next turn of the debate, or its end."""
        answers = heard.thread.thread.answers
        spent = len(heard.thread.told)
        if spent == 0:
            self._ratings.read(heard.index, "first", heard.thread.thread, heard.dimensions)
        if spent >= self._rules.exchanges:
            return ProbeSkipped(reason="the debate had its exchanges, and the last word was yours")
        reply = _reply(answers[-1], self._rules) if spent else None
        if reply and reply.asks and any(reply.asks in told for told in heard.thread.told):
            return ProbeSkipped(reason="you gave the point, and the last word was yours")
        side, turn = _turn(
            rejoinder(heard.question, answers[-1 - spent :], self._rules.stances), spent, self._rules, reply
        )
        return self._arguing.argue(heard, side, turn, self._rules, last=spent == self._rules.exchanges - 1)


def _reply(answer: str, rules: DebateRules) -> TurnReply | None:
    """What the candidate's turn calls for first, if anything."""
    return next((reply for reply in rules.replies if reply.is_called_for(answer, rules.denials)), None)


@dataclass(frozen=True, slots=True)
class Rejoinder:
    """What is said against an answer."""

    side: Side
    point: str | None
    """None where the side has no further one."""
    between: bool = False
    """Whether the candidate began with points of both sides: then nothing is granted to "their side"."""


def _turn(said: Rejoinder, exchange: int, rules: DebateRules, reply: TurnReply | None) -> tuple[Side, str]:
    """The side and the turn in the bank's words, after a reply where one is called for."""
    if reply is None:
        return said.side, bank_turn(said, exchange, rules)
    return said.side, f"{reply.says} {reply.asks or bank_turn(said, exchange, rules)}"


def bank_turn(said: Rejoinder, exchange: int, rules: DebateRules) -> str:
    """What is said in an exchange, counted from 0; in the last one a point is granted first."""
    granted = [rules.grants, said.side.concedes] if exchange == rules.exchanges - 1 and not said.between else []
    lead = [rules.between if said.between else rules.takes] if exchange == 0 else granted
    point = [said.point] if said.point else []
    ask = rules.asks[exchange % len(rules.asks)]
    return " ".join([*lead, *([rules.yet] if granted and point else []), *point, ask])


def rejoinder(question: Question, answers: Sequence[str], stances: Stances) -> Rejoinder:
    """What is said after the last of the answers: a point that was not said yet, and that the candidate did not make.

    It is of the side that the candidate did not take, as long as that side has any. Who began between the sides hears
    points of either; who stands on one never those of their own.
    """
    side = other_side(question, answers[0], stances)
    sides = [side, *(each for each in question.sides[:2] if each is not side)]
    between = any(is_made(side, number, answers[0]) for number in range(len(side.case)))
    said: list[str] = []
    found = Rejoinder(side, None, between)
    for number in range(len(answers)):
        heard = " ".join(answers[: number + 1])
        fresh = [
            Rejoinder(each, point, between)
            for each in (sides if between else [side])
            for at, point in enumerate(each.case)
            if point not in said and not is_made(each, at, heard)
        ]
        rest = [Rejoinder(side, point, between) for point in side.case if point not in said]
        found = next(iter([*fresh, *rest]), Rejoinder(side, None, between))
        said += [found.point] if found.point else []
    return found


def is_made(side: Side, point: int, text: str) -> bool:
    """Whether the text makes that point of the side's case itself, as far as single words tell."""
    plain = text.casefold().replace("’", "'")
    return any(re.search(rf"\b{re.escape(word)}", plain) for words in side.made_by[point : point + 1] for word in words)


def other_side(question: Question, answer: str, stances: Stances) -> Side:
    """The side that the candidate did not take; the second where it cannot be told."""
    taken = taken_side(question.sides, answer, stances)
    return question.sides[0 if taken == 1 else 1]


def taken_side(sides: Sequence[Side], answer: str, stances: Stances) -> int:
    """The index of the side that the answer argues, 0 or 1.

    The first side says yes to the question. A clause that says or denies what it claims counts most, then words that
    only one side uses; the first clauses count double, for that is where a side is taken.
    """
    claim = set(_stems(sides[0].position))
    yes, no = map(_vocabulary, sides[:2])
    balance = 0.0
    sure = stances.doubt.sub("", answer.casefold().replace("’", "'"))
    for number, clause in enumerate(_CLAUSE.findall(sure)):
        weight = 2.0 if number < OPENING else 1.0
        words, denied = set(_stems(clause)), bool(stances.denial.search(clause))
        telling = words & yes.keys() - no.keys()
        balance += weight * sum(-yes[stem] if denied and stem in claim else yes[stem] for stem in telling)
        balance -= weight * sum(no[stem] for stem in words & no.keys() - yes.keys())
        if len(claim & words) >= 2:
            balance += (-4 if denied else 4) * weight
        elif number == 0:
            balance += 8 * stances.plainly(clause.strip())
    return 0 if balance >= 0 else 1


def _vocabulary(side: Side) -> dict[str, int]:
    """The side's words with their weights: those of the position count three times those of its case."""
    case = dict.fromkeys(_stems(" ".join(side.case)), 1)
    return case | dict.fromkeys(_stems(side.position), 3)


def _stems(text: str) -> list[str]:
    """Words that carry something, without their endings."""
    words = [word for word in _WORD.findall(text.casefold()) if len(word) > 3]
    return [re.sub(r"(?:ing|ed|es|s|ly)$", "", word) if len(word) > 4 else word for word in words]
