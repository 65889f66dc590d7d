"""Which words of a thread stand together, for what is said again in a later reply."""

from __future__ import annotations

from interviewer.rating.offline.copies import runs_of
from interviewer.session.thread import Thread, Turn


def test_a_run_is_what_one_speaker_says_until_the_other_does() -> None:
    me, them = Turn("candidate", "So."), Turn("interviewer", "Why?")
    assert runs_of(Thread("Why?", (me, me, them, me, them, them))) == (0, 0, 1, 2, 3, 3)


def test_a_thread_of_a_hundred_thousand_turns_is_counted_through_once() -> None:
    """It took minutes when the runs were counted anew at each turn."""
    turns = (Turn("candidate", "ok"), Turn("interviewer", "why")) * 50_000
    assert runs_of(Thread("Why?", turns))[-1] == 99_999
