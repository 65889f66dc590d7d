"""Goes once through what an answer sets off, with one that nobody gave, while the first real one is typed.

An answer meets some 1,100 patterns. Each is compiled when it is first looked for, and kept: without a rehearsal
the first answer would wait for all of them. What is found here is thrown away; nothing is stored or sent.
"""

from __future__ import annotations

from ..bank.library import Bank
from ..bank.schema import Question
from ..session.thread import Turn
from ..session.transcript import ThreadState
from .asked_back import QuestionsBack, load_asked_back
from .choosing import Chooser
from .lines import Lines
from .moment import Moment
from .quoting import Source, load_quoting, quotables
from .ratings import Reader


def rehearse(bank: Bank, reader: Reader, lines: Lines, question: Question) -> None:
    """Reads the question's own words as answers to it, a short one and a longer one, whichever part they lead to.

    Raises:
        ContentError: a file of the bank cannot be used.
    """
    chooser, questions_back = Chooser(bank, reader, lines), QuestionsBack(load_asked_back(bank), lines)
    dimensions = [bank.dimension(name) for name in question.weights]
    for words in (question.title, question.ask):
        state = ThreadState(question.id, question.ask, dict(question.weights), [Turn("candidate", words)])
        questions_back.asks(state, arguing=False)
        lines.feeling_in(words)
        rated = reader.read(state.thread, dimensions)
        chooser.next(Moment(state.thread, question, dimensions, state.weights, rated, seed=0))
        quotables(Source(words), bank.wording().quote_words, load_quoting(bank))
    for dimension in dimensions:
        for name in dimension.parts:
            bank.told().perhaps(dimension.id, name, question.title)
