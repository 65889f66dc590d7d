"""The offline rater as an interview has it: made when it is first asked, and let go before the scorecard is shown."""

from __future__ import annotations

import gc
import weakref

from interviewer.bank.library import Bank
from interviewer.rating.offline.lazy import LazyRater
from interviewer.rating.offline.patterns import Patterns
from interviewer.session.thread import Thread, Turn

SAID = "I stopped the release for two days and wrote a scan; it found 212 names in 40,000 records."


def held() -> int:
    """Sets of patterns in memory, those of other tests among them."""
    return sum(type(each) is Patterns for each in gc.get_objects())


def test_what_rating_takes_is_given_back_at_once_when_the_rater_is_let_go() -> None:
    """Without a search for garbage, which leaves out all that was loaded before: nothing of it may go in circles."""
    bank, before = Bank.open(), held()
    rater = LazyRater(bank)
    thread = Thread("Tell me about a time you put safety first.", (Turn("candidate", SAID),), "safety-over-speed")
    dimensions = [bank.dimension("evidence"), bank.dimension("ownership")]
    gc.disable()
    try:
        rated, cues = rater.read(thread, dimensions), weakref.ref(bank.cues)
        assert held() == before + 1
        rater.let_go()
        assert (held(), cues()) == (before, None)
    finally:
        gc.enable()
    assert rater.read(thread, dimensions) == rated
