"""What a debate promises: the other side, fairly, in few words, and nothing unchecked on the screen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from interviewer.bank.library import Bank
from interviewer.interview.arguing import not_to_be_spoken
from interviewer.interview.candidate import Purpose, ScriptedCandidate
from interviewer.interview.debate import Rejoinder, bank_turn, load_debate, rejoinder
from interviewer.interview.invented import load_given
from interviewer.interview.lines import load_lines
from interviewer.interview.opening import Readers, begin, take_up
from interviewer.interview.planning import Wishes
from interviewer.interview.stances import taken_side
from interviewer.models.model import EndState, Model, Reply, Request, Unreachable
from interviewer.rating.offline.reader import OfflineRater
from interviewer.session import events as ev
from interviewer.session.events import MemoryLog
from interviewer.session.thread import Thread, Turn

from .conftest import Hold

PACE = "debate-pace"
MINE = "Capability work should slow down until alignment catches up. We hand systems to millions before we know them."
MORE = "Then I would tie the pace to what the last test showed, run by run, and let small contained work go on."

SIDES = [
    ("debate-deceptive-alignment", "I think it is a real risk today, because models already tell tests from use.", 0),
    ("debate-deceptive-alignment", "It's a thought experiment for now. The results were planted by researchers.", 1),
    ("debate-deceptive-alignment", "I don't think it is a real risk today.", 1),
    ("debate-open-weights", "Yes, all of them. It's just numbers.", 0),
    ("debate-open-weights", "No. Once weights are out they cannot be recalled.", 1),
    (
        "debate-open-weights",
        "I'd open them. Outsiders find faults, and a lab that marks its own work is no safeguard.",
        0,
    ),
    ("debate-open-weights", "Powerful models should not have open weights above a line.", 1),
    ("debate-pace", MINE, 0),
    ("debate-pace", "I don't think it should slow down. A pause only binds those who keep promises.", 1),
    ("debate-pace", "No, because waiting has victims too.", 1),
    ("debate-pace", "Um, I'm not sure, but I think it should slow down, we hand systems to millions unread.", 0),
    ("debate-open-weights", "Mostly no. I would open what is two years old and no more, since by then we know it.", 1),
    ("debate-open-weights", "Mostly yes, and I'd draw the line at help to kill many, measured, not at size.", 0),
    ("debate-open-weights", "Open by default, closed above a line, and outsiders test where that is.", 0),
    ("debate-open-weights", "In general yes, but not for the very strongest.", 0),
    ("debate-open-weights", "I'd lean towards no.", 1),
    ("debate-open-weights", "Well, honestly, no.", 1),
    ("debate-open-weights", "Closed, by default. An API does the job for nearly everybody.", 1),
    ("debate-open-weights", "For me is no. Too dangerous if bad people have it.", 1),
    ("debate-open-weights", "I vote for open. My hospital cannot send data to an API.", 0),
    ("debate-pace", "I'd press on. Waiting costs lives too.", 1),
    ("debate-pace", "Slower, yes. Not a full stop.", 0),
    ("debate-pace", "In principle yes, in practice it can't be enforced.", 0),
    ("debate-deceptive-alignment", "Mostly a thought experiment so far, but one worth preparing for.", 1),
    ("debate-deceptive-alignment", "Today? No. In five years maybe.", 1),
    ("debate-deceptive-alignment", "It is real. Models know when they are tested.", 0),
    ("debate-pace", "I don’t know, I guess I don't think it should slow down.", 1),
    ("debate-pace", "Nobody should slow down.", 1),
    ("debate-open-weights", "No question, they should be open.", 0),
    ("debate-open-weights", "I agree with those who keep them closed.", 1),
    ("debate-deceptive-alignment", "I disagree that it's only a thought experiment, it is here.", 0),
]


@pytest.mark.parametrize(("question", "answer", "side"), SIDES)
def test_the_side_a_candidate_took_is_told_by_what_they_said(question: str, answer: str, side: int, bank: Bank) -> None:
    assert taken_side(bank.question(question).sides, answer, load_debate(bank).stances) == side


@pytest.mark.parametrize("said", ["It depends.", "Yes and no.", "No idea.", "Hm. I have changed my mind on it often."])
@pytest.mark.parametrize("question", ["debate-open-weights", "debate-pace", "debate-deceptive-alignment"])
def test_a_side_that_cannot_be_told_is_not_guessed(question: str, said: str, bank: Bank) -> None:
    assert taken_side(bank.question(question).sides, said, load_debate(bank).stances) is None


@pytest.mark.parametrize(
    ("named", "theirs"),
    [
        ("The second, it is safer.", 1),
        ("The first one I think.", 0),
        ("No.", 1),
        ("Not the first.", 1),
        ("I disagree with the second.", 0),
        ("I'm not sure but the first.", 0),
        ("Not the first but the second.", 1),
        ("The first because it does not bind anybody.", 0),
    ],
)
def test_who_takes_no_side_is_asked_which_and_then_hears_the_other_three_times(
    named: str, theirs: int, hold: Hold, bank: Bank
) -> None:
    sides = bank.question("debate-open-weights").sides
    turns = [turn.text for turn in hold(["It depends.", named, MORE, MORE, MORE], "debate-open-weights").said("debate")]
    assert sides[0].position in turns[0]
    assert sides[1].position in turns[0]
    assert len(turns) == 4
    assert all(any(point in turn for point in sides[1 - theirs].case) for turn in turns[1:])


@pytest.mark.parametrize("named", ["I agree with the first.", "The first, that is my side."])
def test_who_names_their_side_is_not_taken_to_give_in_or_to_protest(named: str, hold: Hold, bank: Bank) -> None:
    rules, sides = load_debate(bank), bank.question("debate-open-weights").sides
    turn = hold(["It depends.", named, MORE], "debate-open-weights").said("debate")[1].text
    assert not [reply.says for reply in rules.replies if turn.startswith(reply.says)]
    assert "both sides" not in turn
    assert any(point in turn for point in sides[1].case)


MOSTLY = [
    "Mostly yes, and I'd draw the line at help for people who want to kill many. Below it open weights are a good: "
    "auditing through an API would have missed what I found. Above it no: they can't be recalled, auditors exist.",
    "Open by default, closed above a line. The line is uplift for biological weapons, tested by outsiders.",
]


@pytest.mark.parametrize("said", MOSTLY)
def test_who_stands_mostly_on_one_side_never_hears_it_argued(said: str, hold: Hold, bank: Bank) -> None:
    own = "That is my own argument, you have just made it for me."
    turns = [turn.text for turn in hold([said, MORE, own, MORE], "debate-open-weights").said("debate")]
    assert len(turns) == 3
    assert not [turn for turn in turns for point in bank.question("debate-open-weights").sides[0].case if point in turn]
    assert all(turn.endswith("?") for turn in turns)


def test_an_argument_that_is_said_to_be_the_candidates_own_is_left(hold: Hold, bank: Bank) -> None:
    own = "That is my own argument, you have just made it for me."
    turns = [turn.text for turn in hold(["No.", own, MORE], "debate-open-weights").said("debate")]
    assert turns[1].startswith("Then I leave that argument to you.")
    assert not [
        point for side in bank.question("debate-open-weights").sides for point in side.case if point in turns[1]
    ]


def test_the_interviewer_argues_the_other_side_for_three_exchanges_and_grants_a_point(hold: Hold, bank: Bank) -> None:
    held = hold([MINE, MORE, MORE, MORE], PACE, format="debate")
    turns = [utterance.text for utterance in held.said("debate")]
    other = bank.question(PACE).sides[1]
    assert len(turns) == 3
    assert all(point in turn for point, turn in zip(other.case, turns, strict=True))
    assert other.concedes in turns[-1]
    assert all(turn.endswith("?") for turn in turns)
    assert held.transcript.ended == "finished"


def test_no_turn_of_any_debate_is_longer_than_its_words_allow(bank: Bank) -> None:
    rules = load_debate(bank)
    for card in bank.cards.values():
        question = bank.question(card.id)
        for side in question.sides:
            points = [*side.case, None]
            turns = [Rejoinder(side, point, between=between) for point in points for between in (False, True)]
            assert all(
                len(bank_turn(turn, number, question, rules).split()) <= rules.longest
                for turn in turns
                for number in range(rules.exchanges)
            )


def test_a_debate_is_rated_before_and_after_as_any_thread(hold: Hold) -> None:
    held = hold([MINE, MORE, MORE, MORE], PACE, format="debate")
    assert [event.stage for event in held.log.events if isinstance(event, ev.Rated)] == ["first", "final"]
    assert held.transcript.threads[0].thread.answers == (MINE, MORE, MORE, MORE)


def test_a_debate_that_was_cut_off_goes_on_with_the_turn_that_waits(
    hold: Hold, bank: Bank, reader: OfflineRater
) -> None:
    left = hold([MINE, MORE, "/quit"], PACE, format="debate")
    last = left.said("debate")[-1].text
    candidate = ScriptedCandidate([MORE, MORE])
    interview = take_up(bank, MemoryLog(), Readers(reader), left.log.events)
    asyncio.run(interview.run(candidate))
    turns = [utterance.text for utterance in candidate.heard if utterance.purpose == "debate"]
    assert turns[0] == last
    assert len(turns) == 2
    assert interview.transcript.ended == "finished"


class SpeakingModel:
    """Says prepared texts, a word at a time."""

    host, local = "", True

    def __init__(self, *texts: str, name: str = "ollama/talker:12b"):
        self.name = name
        self._texts = list(texts)
        self.asked: list[Request] = []

    async def complete(self, request: Request) -> Reply:
        raise AssertionError("a debate is streamed")

    async def stream(self, request: Request) -> AsyncIterator[str | Reply]:
        self.asked.append(request)
        if not self._texts:
            raise Unreachable("Nothing answers.", "Start it.")
        text = self._texts.pop(0)
        for word in text.split(" "):
            yield f"{word} "
        yield Reply(text, EndState.COMPLETE, host=self.host)

    async def close(self) -> None:
        return None


def debated(bank: Bank, reader: OfflineRater, model: Model, *answers: str) -> tuple[ScriptedCandidate, list[ev.Event]]:
    """A debate with that model, as far as the answers go."""
    log, candidate = MemoryLog(), ScriptedCandidate([*answers, "/end"])
    readers = Readers(reader, model=model.name, opened=lambda name: model)
    interview = begin(bank, log, readers, Wishes(format="debate", questions=(PACE,)))

    async def sit() -> None:
        await interview.run(candidate)
        await interview.finish()

    asyncio.run(sit())
    return candidate, log.events


def turns_of(events: list[ev.Event]) -> list[ev.Said]:
    return [event for event in events if isinstance(event, ev.Said)]


def test_a_model_argues_in_its_own_words_and_the_log_holds_what_was_heard(bank: Bank, reader: OfflineRater) -> None:
    model = SpeakingModel("A brake that binds the careful alone moves the lead elsewhere. Who would stop for you?")
    candidate, events = debated(bank, reader, model, MINE)
    [said] = turns_of(events)
    assert said.text == "A brake that binds the careful alone moves the lead elsewhere. Who would stop for you?"
    assert said.state == "complete"
    assert said.text in [utterance.text.strip() for utterance in candidate.heard]
    assert "Capability work should go on" in model.asked[0].messages[0].content


def test_a_sentence_that_marks_the_candidate_is_never_spoken(bank: Bank, reader: OfflineRater) -> None:
    model = SpeakingModel("Pauses bind the honest. Your score would be a five. More on that later.")
    _, events = debated(bank, reader, model, MINE)
    [said] = turns_of(events)
    assert said.text.startswith("Pauses bind the honest.")
    assert "score" not in said.text
    assert said.text.endswith("?")
    assert said.state == "cut"


def test_a_model_that_says_nothing_that_may_be_spoken_is_replaced_by_the_bank(bank: Bank, reader: OfflineRater) -> None:
    model = SpeakingModel("Excellent, well done!", "Great answer, your rating is a five.")
    _, events = debated(bank, reader, model, MINE)
    [said] = turns_of(events)
    assert bank.question(PACE).sides[1].case[0] in said.text
    assert said.state == "complete"


STUDY = "Three groups, including the 2024 Stanford study, found 40% of safety findings come from open weights."


def test_a_made_up_study_is_named_to_the_model_and_never_spoken(bank: Bank, reader: OfflineRater) -> None:
    good = "A brake that binds the careful alone moves the lead elsewhere, so whoever signs only leaves it to the rest."
    model = SpeakingModel(f"{STUDY} Why trust a pause?", f"Sure! Here is my turn: {good} Who would stop for you?")
    _, events = debated(bank, reader, model, MINE)
    assert turns_of(events)[0].text == f"{good} Who would stop for you?"
    first, second = (request.messages[-1].content for request in model.asked)
    assert first != second
    assert all(word in second for word in ("2024", "40", "Stanford"))


def test_a_model_that_goes_on_inventing_leaves_the_turn_to_the_bank(bank: Bank, reader: OfflineRater) -> None:
    _, events = debated(bank, reader, SpeakingModel(f"Pauses bind the honest. {STUDY}", STUDY), MINE)
    [said] = turns_of(events)
    assert said.text.startswith("Pauses bind the honest. Then I take the other side.")
    assert bank.question(PACE).sides[1].case[0] in said.text
    assert "Stanford" not in said.text


def test_figures_and_names_that_were_given_may_be_said_again(bank: Bank) -> None:
    given = load_given(bank)
    assert (
        given.invented("Forty per cent of 1,000 in Paris, by Anthropic's count?", "40% of 1000 at Anthropic, paris")
        == []
    )
    assert given.invented("I'd grant two of these points, on a Monday. AI is no car.", "") == []
    assert given.invented('You said "we wait." What would a study have to show you, by an LLM-made count?', "") == []
    assert given.invented("Millions are helped by it – Who pays? Anthropic-style rules do not.", "Anthropic") == []


def test_a_model_that_says_the_same_again_is_replaced_by_the_bank(bank: Bank, reader: OfflineRater) -> None:
    same = "A brake that binds the careful alone moves the lead elsewhere. Who would then stop for you?"
    _, events = debated(bank, reader, SpeakingModel(same, same, same, same), MINE, MORE)
    first, second = turns_of(events)
    assert first.text == same
    assert bank.question(PACE).sides[1].case[1] in second.text


def test_a_model_that_never_ends_is_stopped_at_the_length_of_a_turn(bank: Bank, reader: OfflineRater) -> None:
    model = SpeakingModel("The lead moves to whoever did not sign. " * 60)
    _, events = debated(bank, reader, model, MINE)
    [said] = turns_of(events)
    assert len(said.text.split()) <= load_debate(bank).longest
    assert said.text.endswith("?")


def test_a_small_model_does_not_argue(bank: Bank, reader: OfflineRater) -> None:
    model = SpeakingModel("Something of its own.", name="ollama/talker:3b")
    _, events = debated(bank, reader, model, MINE)
    assert bank.question(PACE).sides[1].case[0] in turns_of(events)[0].text
    assert not model.asked


def test_a_model_that_cannot_be_had_leaves_the_choice_and_the_debate_goes_on(bank: Bank, reader: OfflineRater) -> None:
    candidate, events = debated(bank, reader, SpeakingModel(), MINE)
    assert any(utterance.purpose == "trouble" for utterance in candidate.heard)
    assert bank.question(PACE).sides[1].case[0] in turns_of(events)[0].text


def calls_of(events: list[ev.Event]) -> list[tuple[str, str, str | None]]:
    """Where the words of each call went, how it ended, and what it failed with."""
    return [(event.host, event.state, event.error) for event in events if isinstance(event, ev.ModelCalled)]


class BreakingModel(SpeakingModel):
    """Loses its connection after what it says."""

    async def stream(self, request: Request) -> AsyncIterator[str | Reply]:
        async for piece in super().stream(request):
            if isinstance(piece, Reply):
                raise Unreachable("Nothing answers.", "Start it.")
            yield piece


@pytest.mark.parametrize(
    ("model", "states"),
    [
        (SpeakingModel("Your score would be a five. So?", "Pauses bind the honest. Who stops?"), ["cut", "complete"]),
        (BreakingModel("Pauses bind the honest. Who stops?"), ["cut"]),
        (SpeakingModel(), ["error"]),
    ],
)
def test_every_call_of_a_debate_is_in_the_log_however_it_ended(
    model: SpeakingModel, states: list[str], bank: Bank, reader: OfflineRater
) -> None:
    model.host = "api.example.com"
    _, events = debated(bank, reader, model, MINE)
    failed = "unreachable" if len(states) == 1 else None
    assert calls_of(events) == [("api.example.com", state, failed) for state in states]


def test_a_turn_that_the_candidate_stops_is_in_the_log_with_what_it_used(bank: Bank, reader: OfflineRater) -> None:
    class Impatient(ScriptedCandidate):
        """Presses Ctrl-C after the first piece, as the terminal takes it."""

        async def listen(self, purpose: Purpose, pieces: AsyncIterator[str]) -> None:
            await anext(pieces)

    log, model = MemoryLog(), SpeakingModel("Pauses bind the honest. Who would stop for you?")
    readers = Readers(reader, model=model.name, opened=lambda name: model)
    interview = begin(bank, log, readers, Wishes(format="debate", questions=(PACE,)))
    asyncio.run(interview.run(Impatient([MINE, "/end"])))
    [called] = [event for event in log.events if isinstance(event, ev.ModelCalled)]
    [said] = turns_of(log.events)
    assert (called.state, said.state) == ("cancelled", "cancelled")
    assert called.estimated
    assert called.prompt_tokens
    assert called.cost == 0.0
    assert log.events.index(called) < log.events.index(said)


def test_words_that_were_not_said_are_not_put_into_the_candidates_mouth(bank: Bank) -> None:
    rules, thread = load_debate(bank), Thread("Q?", (Turn("candidate", MINE),))
    assert not not_to_be_spoken('You said "we hand systems to millions".', thread, rules)
    assert not_to_be_spoken('You said "stop everything at once".', thread, rules)
    assert not not_to_be_spoken('The paper is called "Sleeper Agents".', thread, rules)


@pytest.mark.parametrize(
    "said", ["Thats not what I said.", "Ok, I'll give you that.", "What would you do a year later?"]
)
def test_a_protest_a_point_granted_and_a_question_are_heard(said: str, hold: Hold, bank: Bank) -> None:
    rules = load_debate(bank)
    [reply] = [each for each in rules.replies if each.is_called_for(said, rules.denials)]
    held = hold(["Open them up to a line, and not above it.", f"Weights stay out there. {said}"], "debate-open-weights")
    first, second = held.said("debate")
    assert second.text.startswith(reply.says)
    assert reply.says not in first.text


@pytest.mark.parametrize(
    "said",
    [
        "You've convinced me, open weights can't be called back.",
        "I agree.",
        "ok you are right",
        "I stand corrected: what is out stays out.",
        "Honestly I have no good answer to this. You got me.",
        "Nothing.",
    ],
)
def test_who_gives_in_is_asked_once_for_the_best_of_their_side_and_then_left(said: str, hold: Hold, bank: Bank) -> None:
    held = hold(["Yes, all of them should be open.", said, said, said], "debate-open-weights")
    turns = [turn.text for turn in held.said("debate")]
    assert turns[1:] == ["Then I have moved you, at least for now. What was the best of the side that you began with?"]
    assert held.transcript.threads[0].skips == ["you gave the point, and the last word was yours"]


LINE = (
    "The line should be drawn by capability. If a model gives a non-expert real help with a biological weapon, the "
    "weights should not be open, because you can never take them back. Below that line I am for open weights: we could "
    "only find the bias in a speech model because we had the weights."
)
AGAIN = "But I said the same thing: you cannot take them back. That is exactly why I put the line there."


def test_who_stands_between_the_sides_does_not_hear_their_own_arguments(hold: Hold, bank: Bank) -> None:
    opened, closed = bank.question("debate-open-weights").sides
    turns = [turn.text for turn in hold([LINE, AGAIN, MORE, MORE], "debate-open-weights").said("debate")]
    assert len(turns) == 3
    for point in (closed.case[0], closed.case[1], opened.case[0]):
        assert not [turn for turn in turns if point in turn]
    assert "grant your side" not in turns[2]


def test_who_has_said_the_same_hears_that_they_did(hold: Hold) -> None:
    turns = [turn.text for turn in hold([LINE, AGAIN], "debate-open-weights").said("debate")]
    assert turns[1].startswith("Then I leave that argument to you.")


def test_who_stands_on_one_side_never_hears_it_argued_back(hold: Hold, bank: Bank) -> None:
    first = "No. Powerful models should stay closed. Once somebody downloads them you cannot patch them."
    rest = "They would be stolen or leaked anyway, a few firms or not, and outsiders find nothing."
    closed = bank.question("debate-open-weights").sides[1]
    turns = [turn.text for turn in hold([first, rest, rest, rest], "debate-open-weights").said("debate")]
    assert len(turns) == 3
    assert not [turn for turn in turns for point in closed.case if point in turn]


@pytest.mark.parametrize(
    "said", ["You haven't convinced me.", "I don't agree that it helps.", "I will not concede that."]
)
def test_who_denies_that_they_give_in_is_argued_with(said: str, hold: Hold, bank: Bank) -> None:
    held = hold(["Yes, all of them should be open.", said], "debate-open-weights")
    assert held.said("debate")[1].text.startswith(bank.question("debate-open-weights").sides[1].case[1])


GRANTED = [
    ("I'll give you that chips and know-how go on growing in a pause, but a treaty can count chips.", 1),
    ("True enough. A pause only binds whoever keeps a promise. Still, some would keep it.", 1),
    ("I grant that the sick and the untaught wait with us, and that waiting has a price.", 2),
    ("I grant that a test takes time, and still hold to the rest.", None),
    ("I won't grant that chips and know-how go on growing in a pause.", None),
    ("You're right to ask, but chips and know-how go on growing only where they are sold.", None),
]


@pytest.mark.parametrize(("said", "point"), GRANTED)
def test_a_point_that_was_granted_is_not_argued(said: str, point: int | None, bank: Bank) -> None:
    question, rules = bank.question(PACE), load_debate(bank)
    case = question.sides[1].case
    found = [rejoinder(question, [MINE, said, *more], rules) for more in ([], [MORE])]
    argued = [each.point for each in found]
    assert argued == [each for at, each in enumerate(case) if at and at != point][:2] + [None] * (point is not None)
    if point is not None:
        assert all(case[point] not in each.left for each in found)


def test_a_point_granted_without_a_word_of_it_is_the_one_that_was_argued_last(bank: Bank) -> None:
    question, rules = bank.question(PACE), load_debate(bank)
    case = question.sides[1].case
    assert rejoinder(question, [MINE], rules).left == case
    assert rejoinder(question, [MINE, "Fair enough."], rules).left == case[1:]
    assert rejoinder(question, [MINE, "Fair enough.", MORE], rules).left == case[1:]


def test_a_model_is_not_given_what_was_granted_to_argue_with(bank: Bank, reader: OfflineRater) -> None:
    case = bank.question(PACE).sides[1].case
    model = SpeakingModel("Theory guessed wrong about much. What then?", "Who would wait for us?")
    debated(bank, reader, model, MINE, "Fair enough.")
    given = [[point in request.messages[0].content for point in case] for request in model.asked]
    assert given == [[True, True, True], [False, True, True]]


def test_a_debate_says_that_it_is_over(hold: Hold) -> None:
    held = hold([MINE, MORE, MORE, MORE], PACE, format="debate")
    assert "That was the last exchange, and the last word was yours." in [said.text for said in held.said("notice")]


def test_the_figures_that_are_said_are_those_that_hold(bank: Bank) -> None:
    lines, words = load_lines(bank), {3: "three"}
    assert f"{words[load_debate(bank).exchanges]} times" in lines.debate_greeting[0]
    assert all(
        f"up to {words[lines.own_most]} things" in said.lower() for said in (lines.own_questions, lines.own_help)
    )
