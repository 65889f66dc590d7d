"""A thread out of a transcript line is a thread, or the fault has a name."""

from __future__ import annotations

import pytest

from interviewer.session.thread import Thread, Turn, thread_from_line, turns_as_json

SAID = ({"role": "candidate", "text": "We measured."}, {"role": "interviewer", "text": "What?"})


def test_a_thread_comes_back_as_it_went_out() -> None:
    thread = Thread("How?", (Turn("candidate", "We measured.\x00"), Turn("interviewer", "What?")), "drift")
    line = {"question": "How?", "question_id": "drift", "thread": turns_as_json(thread.turns)}
    assert thread_from_line(line) == thread
    assert (thread.answers, thread.probes) == (("We measured.\x00",), ("What?",))


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ({"thread": SAID}, "`question` must be a text"),
        ({"question": " ", "thread": list(SAID)}, "`question` must be a text"),
        ({"question": "How?"}, "`thread` must be a list"),
        ({"question": "How?", "thread": []}, "`thread` must be a list"),
        ({"question": "How?", "thread": [*SAID, "What?"]}, r"`thread\[2\]` must be"),
        ({"question": "How?", "thread": [{"role": "me", "text": "x"}]}, r"`thread\[0\]\.role` must be"),
        ({"question": "How?", "thread": [SAID[1], SAID[0]]}, "must start with the candidate's answer"),
    ],
)
def test_a_line_that_is_no_thread_is_refused_with_the_field_at_fault(line: dict[str, object], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        thread_from_line(line)
