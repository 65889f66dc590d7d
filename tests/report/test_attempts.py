"""The list of interviews and the scorecard fold the same events twice, by hand for speed, and tell one story."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest

from interviewer.bank.library import Bank
from interviewer.rating.scorecard import scorecard
from interviewer.report.attempts import overall_of_head
from interviewer.session import events as ev
from interviewer.session.history import SessionHead, head_of
from interviewer.session.records import Stored
from interviewer.session.transcript import Transcript, fold

WEIGHTS = {"evidence": 2.0, "humility": 1.0}
AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
STARTED = ev.Started(format="drill", mode="exam", model=ev.OFFLINE, judge=ev.OFFLINE, seed=7, version="0.1.0")
ASKED = ev.QuestionAsked(question_id="q1", text="What happened?", weights=WEIGHTS)
ANSWER = ev.AnswerGiven(text="I ran it on 40 cases.", seconds=30)
DONE = ev.QuestionClosed(reason="done")
AGAIN = ev.Redone(question_id="q1")


def rated(thread: int, *levels: int | None, rater: str = ev.OFFLINE, stage: str = "final") -> ev.Rated:
    identity = {"model": rater, "samples": 1, "prompt": "p", "rubric": "r"}
    each: dict[str, object] = {
        name: {"level": level, "unscored": None if level else "too little", "parts": {}}
        for name, level in zip(WEIGHTS, levels, strict=True)
    }
    line = {"rater": identity, "ratings": each, "flags": []}
    return ev.Rated.model_validate({"thread": thread, "stage": stage, "line": line})


def both(events: list[ev.Event]) -> tuple[Transcript, SessionHead]:
    head = head_of(Stored("2026-11-21-quiet-otter", seq, AT, event) for seq, event in enumerate(events, start=1))
    assert head
    return fold(events), head


def same_story(bank: Bank, events: list[ev.Event]) -> float | None:
    """The overall level, once all that both folds know was found alike."""
    transcript, head = both(events)
    assert [each["question"] for each in head.threads] == [state.question_id for state in transcript.threads]
    for short, state in zip(head.threads, transcript.threads, strict=True):
        assert [turn for turn in short["course"] if not isinstance(turn, str)] == state.seconds
        assert len(short["course"]) == len(state.turns)
        assert short["closed"] == (state.closed is not None)
        assert short["weights"] == state.weights
        assert short["guesses"] == state.self_rating
    card = scorecard(transcript, bank.dimension, bank.scale(), bank.told())
    assert overall_of_head(head) == pytest.approx(card.overall)
    return card.overall


def test_of_three_tries_only_the_last_with_a_level_counts(bank: Bank) -> None:
    tries = [ASKED, ANSWER, DONE, rated(0, 2, 2), AGAIN, DONE, AGAIN, ANSWER, DONE]
    assert same_story(bank, tries) == 2
    assert same_story(bank, [*tries, rated(2, 4, 4)]) == 4
    assert same_story(bank, [*tries, rated(2, None, None)]) == 2


@pytest.mark.parametrize("seed", range(8))
def test_both_folds_tell_the_same_of_any_course(seed: int, bank: Bank) -> None:
    dice = random.Random(seed)
    for _ in range(25):
        same_story(bank, [STARTED, *(_any_event(dice) for _ in range(40))])


def _any_event(dice: random.Random) -> ev.Event:
    """Something that may be in a log, in place or out of it."""
    question, thread = dice.choice(["q1", "q2"]), dice.randrange(5)
    levels = [dice.choice([None, 1, 2, 3, 4, 5]) for _ in WEIGHTS]
    rater, stage = dice.choice([ev.OFFLINE, "anthropic/x"]), dice.choice(["first", "final", "rescore"])
    return dice.choice(
        [
            ev.QuestionAsked(question_id=question, text="What happened?", weights=WEIGHTS),
            ev.AnswerGiven(text="I ran it on 40 cases.", seconds=dice.randrange(90)),
            ev.AnswerGiven(text="And once more.", seconds=dice.randrange(90)),
            ev.ProbeAsked(dimension="evidence", part="case", text=f"Which one, {dice.random()}?", reason="it was open"),
            ev.Said(purpose=dice.choice(["reply", "debate", "development", "unread"]), text=f"So {dice.random()}."),
            ev.AskedBack(),
            ev.AnswerTakenBack(),
            ev.Redone(question_id=question),
            DONE,
            ev.SelfRated(thread=thread, levels={"evidence": dice.randint(1, 5)}),
            rated(thread, *levels, rater=rater, stage=stage),
        ]
    )
