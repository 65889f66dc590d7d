"""How the offline rater, as it is, agrees with ratings of answers that nobody who worked on it has read.

`fixtures/gold/blind.jsonl`: forty answers to twenty questions by a writer of their own, rated by one rater, who saw the
kind of person each was said to be. Whoever changes cues does not open it; once somebody has, it is practice.
"""

from __future__ import annotations

from interviewer.bank.cue_files import load_cues
from interviewer.bank.library import Bank
from interviewer.rating.offline.reader import OfflineRater

from .figures import Figure
from .held_answers import agreement_on_unseen, answers, compared


def run() -> list[Figure]:
    """Kappa per dimension and the error."""
    bank = Bank.open()
    cues = load_cues(bank.root)
    rater, dimensions = OfflineRater(cues), {name: bank.dimension(name) for name in cues.dimensions}
    return agreement_on_unseen([pair for answer in answers("blind") for pair in compared(rater, answer, dimensions)])
