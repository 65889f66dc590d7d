"""How the offline rater agrees with ratings of answers to questions that its shapes were not written for.

The practice answers were written blind to the cues and rated blind. Each of their questions is left out in turn: the
fitted numbers are learned from the others. The words of the traits were chosen with these answers read, so even this
is a little kind.
"""

from __future__ import annotations

from interviewer.bank.cue_files import load_cues
from interviewer.bank.library import Bank
from interviewer.rating.agreement import Compared, agreement, by_dimension, halo, macro_kappa
from interviewer.rating.offline.reader import OfflineRater

from .figures import Figure
from .fitting import fitted, read_all
from .held_answers import answers


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
                ratings = rater.read(answer.thread, [dimensions[name] for name in answer.ratings]).ratings
                words = sum(len(text.split()) for text in answer.thread.answers)
                rated += [
                    Compared(answer.id, name, level, ratings[name].level, words)
                    for name, level in answer.ratings.items()
                ]
    found, overall = by_dimension(rated), agreement(rated)
    return [
        Figure("macro kappa", macro_kappa(found), target=">= 0.62"),
        Figure("lowest kappa of a dimension", min(each.kappa for each in found.values()), target=">= 0.4"),
        Figure("mean absolute error", overall.error, "levels", target="<= 0.8"),
        Figure("within one level", overall.within_one, better="higher"),
        Figure("mean error at levels 1 and 2", overall.low_error, "levels"),
        Figure("partial correlation with length", overall.length, better="nearer 0"),
        Figure("halo", halo(rated), better="nearer 0"),
        *(Figure(f"{name}: kappa", found[name].kappa, better="higher") for name in sorted(found)),
    ]
