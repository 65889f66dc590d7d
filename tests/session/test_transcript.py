"""The state of an interview is what its events say, and nothing that was taken back."""

from __future__ import annotations

from interviewer.session import events as ev
from interviewer.session.transcript import fold

from .conftest import ANSWER, PROBE, QUESTION, STARTED


def asked_back(text: str, reply: str) -> tuple[ev.Event, ...]:
    return ev.AnswerGiven(text=text), ev.AskedBack(), ev.Said(purpose="reply", text=reply)


def test_what_was_asked_back_about_a_probe_goes_with_the_answer_before_it() -> None:
    about_question, about_probe = asked_back("By when?", "Any time."), asked_back("Which hole?", "The one you named.")
    told = [STARTED, QUESTION, *about_question, ANSWER, PROBE, *about_probe, ev.AnswerTakenBack()]
    (state,) = fold(told).threads
    assert [asked.text for asked in state.asked_back] == ["By when?"]
    (state,) = fold([*told, ANSWER, PROBE]).threads
    assert state.asked_back_here == []
