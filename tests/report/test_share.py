"""What is given to others: without what was marked, and otherwise the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.bank.library import Bank
from interviewer.report import page, plain
from interviewer.report.passages import stands
from interviewer.report.redaction import Marks, is_number, perhaps_in
from interviewer.report.share import FREE_TEXT, MODEL_NAMES, PRIVATE, Redaction, shared, still_told, suggestions
from interviewer.session import events as ev
from interviewer.session.events import Event
from interviewer.session.transcript import fold

from . import sample, short

MARKS = Marks(names=("Ana Lopes", "José", "Weiß"), companies=("Initech",), numbers=("40", "3"))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ana Lopes and ana lopes and Ana\n  Lopes", "[name 1] and [name 1] and [name 1]"),
        ("Ana's plan, Lopes agreed; Anatomy, bananas", "[name 1]'s plan, [name 1] agreed; Anatomy, bananas"),
        ("INITECH, Initech's, Initechs", "[company 1], [company 1]'s, Initechs"),
        ("40 of 400, 40%, 4,040, 40.5, v40, 40.", "[number 1] of 400, [number 1]%, 4,040, 40.5, v40, [number 1]."),
        ("A\u00adna at Ini\u200btech", "[name 1] at [company 1]"),
        ("Jose\u0301 and JOS\u00c9", "[name 2] and [name 2]"),
        ("Frau Weiß", "Frau [name 3]"),
        ("Nothing here", "Nothing here"),
        ("", ""),
    ],
)
def test_what_is_marked_goes_whole_words_only(text: str, left: str) -> None:
    assert Redaction(MARKS).text(text) == left


@pytest.mark.parametrize(
    ("marks", "text", "left"),
    [
        (Marks(names=("ana lopes",)), "ANA'S Ana's Lopes, Anatomy", "[name 1]'S [name 1]'s [name 1], Anatomy"),
        (Marks(names=("O'Brien",)), "O’Brien, O'BRIEN, OBrien", "[name 1], [name 1], [name 1]"),
        (Marks(names=("D’Arcy",)), "D'Arcy and d’arcy", "[name 1] and [name 1]"),
        (Marks(names=("Jose",)), "José, Jose\u0301, JOSÉ, Josephine", "[name 1], [name 1], [name 1], Josephine"),
        (Marks(names=("Jose",)), "Jose\u0301phine", "Jose\u0301phine"),
        (Marks(names=("Ana Lopes-Smith",)), "Lopes, Smith, Ana", "[name 1], [name 1], [name 1]"),
        (Marks(names=("Jo-Ann van der Berg",)), "Ann, jo ann van der berg; van", "[name 1], [name 1]; van"),
        (Marks(names=("the new lead",)), "the The new Lead; new", "the [name 1]; [name 1]"),
        (Marks(companies=("Globex-Initech",)), "Globex bought Initech", "[company 1] bought [company 1]"),
        (Marks(names=("Ana Lopes",)), "ana_notes, ana_lopes@x, ana.lopes", "[name 1]_notes, [name 1]@x, [name 1]"),
        (Marks(names=("Ana Lopes",)), "AnaLopes, @analopes", "[name 1], @[name 1]"),
        (Marks(names=("Ana Lopes",)), "It was Ana. Lopes came.", "It was [name 1]. [name 1] came."),
        (Marks(numbers=("4.0", "4 0", "40")), "4.0, 4 0, 40", "[number 1], [number 2], [number 3]"),
        (Marks(names=("Unit 42",)), "Unit 42, unit_42, Unit 425", "[name 1], [name 1], [name 1] 425"),
        (Marks(names=("",), companies=("-", "'")), "a-b 'c'", None),
    ],
)  # fmt: skip
def test_it_goes_in_every_spelling_that_a_reader_takes_for_the_same(marks: Marks, text: str, left: str | None) -> None:
    """Case, apostrophes of a word processor, accents, hyphens, and the joints of handles and names of files."""
    assert Redaction(marks).text(text) == (left or text)


@pytest.mark.parametrize(
    ("marks", "text", "told"),
    [
        (Marks(names=("Ana",)), "AnaB went; analysis, banana, @anabel, anaX", ("AnaB", "@anabel", "anaX")),
        (Marks(names=("Lopes",)), "the Lopesian plan (in lopesian)", ("Lopesian", "lopesian")),
        (Marks(names=("Núñez",)), "nunezian", ("nunezian",)),
        (Marks(companies=("Globex Corp",)), "At Globex, a corpus", ("Globex",)),
        (Marks(numbers=("40",)), "40k in 40ms, 140, 40.5, 4,040", ("40k", "40ms")),
        (Marks(numbers=("$3 million",)), "3M", ("3M",)),
        (Marks(), "Ana 40", ()),
    ],
)
def test_what_may_tell_it_from_within_another_word_is_named(marks: Marks, text: str, told: tuple[str, ...]) -> None:
    assert perhaps_in(text, marks) == told


def test_only_what_begins_as_a_number_is_hidden_as_one() -> None:
    words = ("40", "$3", "40,000 records", "~5", "Unit 42", "Ana Lopes 2nd", "Ana")
    assert [is_number(word) for word in words] == [True, True, True, True, False, False, False]


def test_without_marks_nothing_changes() -> None:
    assert Redaction(Marks()).text("Ana Lopes, 40") == "Ana Lopes, 40"
    assert Redaction(Marks(names=("", "  "))).text("Ana Lopes, 40") == "Ana Lopes, 40"


def test_letters_that_only_look_alike_in_another_case_do_not_stop_it() -> None:
    assert "İnitech" not in Redaction(MARKS).text("İnitech, \u0130NITECH")


def test_nothing_marked_is_left_anywhere_in_the_session(bank: Bank) -> None:
    told = shared(short.events(bank), MARKS)
    everything = "\n".join(event.model_dump_json() for event in told)
    assert not [word for word in ("Ana", "Lopes", "Initech", "of 40 cases", "<3>") if word in everything]


def test_levels_and_evidence_stay_where_they_were(bank: Bank) -> None:
    events = short.events(bank)
    _, before = sample.card_of(events, bank)
    transcript, after = sample.card_of(shared(events, MARKS), bank)
    assert (after.overall, after.by_dimension, after.scored) == (before.overall, before.by_dimension, before.scored)
    quotes = [each.quote for line in after.threads[0].lines for each in line.rating.findings if each.quote]
    assert [quote.text for quote in quotes] == [
        "I ran *the* eval",
        "Cases from last May, picked by [name 1]",
        "It caught <[number 2]> of [number 1] cases",
    ]
    assert all(stands(transcript.threads[0].turns, quote) for quote in quotes)
    assert page.render(transcript, after, bank).count('class="mark k0"') == 3


@given(st.lists(st.sampled_from(["Ana Lopes", "Initech", "40", " ", "x", ".", "Ana"]), max_size=12), st.data())
def test_a_piece_of_the_text_is_found_again_in_what_is_left(words: list[str], data: st.DataObject) -> None:
    text, redaction = "".join(words), Redaction(MARKS)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = redaction.span(text, start, end)
    left = redaction.text(text)
    assert 0 <= first <= last <= len(left)
    if (start, end) == (0, len(text)):
        assert (first, last) == (0, len(left))


def test_a_mark_that_is_also_a_word_of_the_program_changes_what_was_said_alone(bank: Bank) -> None:
    events = short.events(bank)
    told = shared(events, Marks(names=("Done", "Evidence", "Bank", "Final"), companies=("Finished",)))
    assert [event.kind for event in told] == [event.kind for event in events]  # type: ignore[attr-defined]
    assert sample.card_of(told, bank)[1].overall == sample.card_of(events, bank)[1].overall


def test_what_a_later_version_added_is_not_shared(bank: Bank) -> None:
    events = [event.model_copy(update={"diary": "secret"}) for event in short.events(bank)]
    assert "secret" not in "".join(event.model_dump_json() for event in shared(events, Marks()))


NO_WORDS = {
    "kind", "format", "mode", "style", "company", "role", "seniority", "version", "question_id",
    "dimension", "part", "wording", "purpose", "state", "rung", "name", "value", "stage",
}  # fmt: skip
"""Fields that hold ids, or that are looked after by name."""


def test_every_field_that_holds_words_is_searched_or_never_shared() -> None:
    for event in ev.KNOWN:
        words = {name for name, field in event.model_fields.items() if field.annotation in (str, str | None)}
        if not issubclass(event, PRIVATE):
            assert words - NO_WORDS <= {*FREE_TEXT.get(event, ()), *MODEL_NAMES.get(event, ())}, event


def test_what_no_document_shows_is_not_given_away_either(bank: Bank) -> None:
    start, question, answer, _, probe, *rest = short.events(bank)
    events = [
        start, question, ev.AnswerGiven(text="Ana at a secret place, taken back."), ev.AnswerTakenBack(),
        ev.AnswerGiven(text="What does Lopes mean by loop?"), ev.AnswerGiven(text="x"), ev.AnswerTakenBack(),
        ev.AskedBack(), ev.Said(text="Any. Lopes knows.", purpose="reply"), answer,
        probe.model_copy(update={"recalls": "Ana Lopes said"}), *rest, ev.CandidateAsked(text="Where does Ana sit?"),
        ev.Said(text="You said: a secret place.", purpose="feedback"),
    ]  # fmt: skip
    told = shared(events, MARKS)
    everything = "\n".join(event.model_dump_json() for event in told)
    assert not [word for word in ("Ana", "Lopes", "secret") if word in everything]
    text = " ".join(plain.render(*sample.card_of(told, bank), bank).split())
    assert "(you asked back before your first answer: What does [name 1] mean by loop? Any. [name 1] knows.)" in text
    assert "- Where does [name 1] sit?" in text


def test_private_things_are_left_out_whole(bank: Bank, events: list[Event]) -> None:
    private = {ev.Noted, ev.ModelCalled, ev.Unknown}
    held = [*events, ev.parse_event({"kind": "diary_kept", "text": "a secret place"})]
    assert private <= {type(event) for event in held}
    assert not private & {type(event) for event in shared(held, Marks())}


def test_a_marked_company_is_not_told_by_the_set_up_either(bank: Bank, events: list[Event]) -> None:
    started = shared(events, Marks(companies=("Anthropic",)))[0]
    assert isinstance(started, ev.Started)
    assert started.company is None
    begun = next(event for event in events if isinstance(event, ev.Started))
    for role, told in (("Red teamer at Initech", None), ("Red teamer", "Red teamer")):
        (left,) = shared([begun.model_copy(update={"role": role})], MARKS)
        assert isinstance(left, ev.Started)
        assert left.role == told
    assert fold(shared(events, Marks())).started == fold(events).started


def test_a_model_that_bears_the_name_of_a_marked_company_is_not_named(bank: Bank) -> None:
    own, marks = "openai/ft:gpt-4o-mini:initech::abc", Marks(companies=("Initech", "Offline"))
    started, *rest = short.events(bank)
    events = [started.model_copy(update={"model": own, "judge": own}), *rest,
              ev.ModelChanged(purpose="judge", model="ollama/initech:8b")]  # fmt: skip
    read = {"rater": {"model": own, "samples": 1, "prompt": "p", "rubric": "r"}}
    events += [each.model_copy(update={"line": each.line | read}) for each in rest if isinstance(each, ev.Rated)]
    told = shared(events, marks)
    assert "initech" not in "".join(event.model_dump_json() for event in told).casefold()
    assert fold(told).judge == "ollama/[company 1]:8b"
    assert any(isinstance(each, ev.ProbeAsked) and each.reader == ev.OFFLINE for each in told)


def test_what_is_marked_and_stands_in_a_title_is_told(bank: Bank) -> None:
    marks = Marks(names=("Ana",), companies=("Miss", "initech"), numbers=("1",))
    assert still_told("1. The near miss\ninitech-outage: a miss, bananas", marks) == ("miss", "initech")


def test_what_could_be_marked_is_suggested_until_it_is(bank: Bank) -> None:
    events = short.events(bank)
    found = suggestions(events, Marks())
    assert found.words == ("May", "Ana Lopes", "Initech")
    assert found.numbers == ("3", "40")
    left = suggestions(events, MARKS)
    assert (left.words, left.numbers) == (("May",), ())


def test_the_text_for_approval_holds_all_that_was_said(bank: Bank) -> None:
    text = plain.render(*sample.card_of(shared(short.events(bank), MARKS), bank), bank)
    assert "picked by [name 1]» [Evidence] at [company 1]." in text
    assert short.PROBE in text
