"""How the offline rater agrees with ratings of answers to questions that its shapes were not written for.

The practice answers were written blind to the cues and rated blind. Each of their questions is left out in turn: the
fitted numbers are learned from the others. The words of the traits were chosen with these answers read, so even this
is a little kind.
"""

from __future__ import annotations

from interviewer.bank.cue_files import load_cues
from interviewer.bank.library import Bank
from interviewer.rating.agreement import Compared
from interviewer.rating.offline.reader import OfflineRater

from .figures import Figure
from .fitting import fitted, read_all
from .held_answers import agreement_on_unseen, answers, compared


def run() -> list[Figure]:
    """Kappa per dimension and the error, with every question left out once."""
    bank = Bank.open()
    cues = load_cues(bank.root)
    dimensions = {name: bank.dimension(name) for name in cues.dimensions}
    given = answers("practice")
    read = read_all(cues, dimensions, given)
    rated: list[Compared] = []
    for question in sorted({answer.question for answer in given}):
        rater = OfflineRater(fitted(cues, [answer for answer in given if answer.question != question], read))
        for answer in given:
            if answer.question == question:
                rated += compared(rater, answer, dimensions)
    return agreement_on_unseen(rated)
