"""How the offline rater, as it is, agrees with ratings of answers that nobody who worked on it has read.

`fixtures/gold/blind.jsonl`: forty answers to twenty questions by a writer of their own, rated by one rater, who saw the
kind of person each was said to be. Whoever changes cues does not open it; once somebody has, it is practice.
"""

from __future__ import annotations

from interviewer.bank.cue_files import load_cues
from interviewer.bank.library import Bank
from interviewer.rating.agreement import Compared, agreement, by_dimension, halo, macro_kappa
from interviewer.rating.offline.reader import OfflineRater

from .figures import Figure
from .held_answers import answers


def run() -> list[Figure]:
    """Kappa per dimension and the error."""
    bank = Bank.open()
    rater = OfflineRater(load_cues(bank.root))
    rated: list[Compared] = []
    for answer in answers("blind"):
        read = rater.read(answer.thread, [bank.dimension(name) for name in answer.ratings]).ratings
        words = sum(len(text.split()) for text in answer.thread.answers)
        rated += [Compared(answer.id, name, level, read[name].level, words) for name, level in answer.ratings.items()]
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
