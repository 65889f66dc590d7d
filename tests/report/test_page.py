"""What the page promises: all of the interview and nothing else, text that stays text, no way out of the file."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Any

import pytest

from interviewer.bank.library import Bank
from interviewer.rating.rater import Finding, Flag, RaterIdentity, Rating
from interviewer.rating.scorecard import Scorecard
from interviewer.report import page, viewing
from interviewer.session import events as ev
from interviewer.session.events import Event
from interviewer.session.thread import Thread, Turn
from interviewer.session.transcript import Transcript
from interviewer.text import clean

from . import sample, short
from .payloads import PAYLOADS

VOID = {"meta", "path", "circle", "rect", "br"}


class Parsed(HTMLParser):
    """Elements, attributes and texts of a page, as a browser would see them."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.style = ""
        self.text = ""
        self.ids: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open[-1:] == ["style"]:
            self.style += data
        else:
            self.text += data


@pytest.fixture(scope="module")
def rendered(bank: Bank, events: list[Event], named: dict[str, Any]) -> str:
    return page.render(*sample.card_of(events, bank), bank, **named)


@pytest.fixture(scope="module")
def parsed(rendered: str) -> Parsed:
    return Parsed(rendered)


def _hostile(bank: Bank, payload: str) -> tuple[Transcript, Scorecard]:
    """An interview with the payload in every place that others can fill."""
    thread = Thread("Q", (Turn("candidate", f"Before {payload} after it."),))
    rater = RaterIdentity(payload, 2, payload, payload)
    finding = Finding("mention", False, None, payload)
    rating = Rating("evidence", None, payload, (finding,), None, 2.0)
    line = sample.rated_by_hand(thread, rating, rater, Flag("terms", payload))
    events: Sequence[Event] = [
        ev.Started(
            format=payload, mode="coach", style=payload, company=payload, role=payload, seniority=payload,
            model=payload, judge=payload, seed=1, version=payload, hashes={payload: payload}, plan=(payload,),
        ),
        ev.QuestionAsked(question_id=payload, text=payload, weights={"evidence": 3.0}),
        ev.AnswerGiven(text=thread.turns[0].text, seconds=5),
        ev.ProbeAsked(dimension=payload, part=payload, text=payload, reason=payload),
        ev.AnswerGiven(text=payload, seconds=5),
        ev.HintGiven(rung=payload),
        ev.ProbeSkipped(reason=payload),
        ev.Rated(thread=0, stage="final", line=line),
        ev.Rated(thread=0, stage="rescore", line=line | {"rater": line["rater"] | {"model": payload + "2"}}),
        ev.Disputed(thread=0, dimension="evidence", note=payload),
        ev.Noted(text=payload),
        ev.ModelCalled(purpose="judge", model=payload, host=payload, state="complete"),
    ]  # fmt: skip
    return sample.card_of(events, bank)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_foreign_text_stays_text_wherever_it_stands(bank: Bank, parsed: Parsed, payload: str) -> None:
    html = page.render(*_hostile(bank, payload), bank, session=payload)
    seen = Parsed(html)
    assert seen.tags <= parsed.tags | {"h4"}
    assert not [name for _, name, _ in seen.attributes if name.startswith("on") or name in {"style", "src", "srcdoc"}]
    assert {value[:1] for _, name, value in seen.attributes if name == "href"} <= {"#"}
    assert clean(payload) in seen.text
    hidden = re.compile(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e0fff]"
    )
    assert not hidden.search(html)


def test_the_policy_allows_one_style_sheet_by_its_hash_and_nothing_else(rendered: str, parsed: Parsed) -> None:
    policy = next(value for tag, name, value in parsed.attributes if tag == "meta" and "default-src" in value)
    digest = base64.b64encode(hashlib.sha256(parsed.style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "<script" not in rendered
    assert rendered.index("Content-Security-Policy") < rendered.index("<style>")


def test_nothing_in_it_points_out_of_the_file(rendered: str, parsed: Parsed) -> None:
    assert {value[0] for _, name, value in parsed.attributes if name == "href"} == {"#"}
    told = re.sub(r"'sha256-[^']+'", "", rendered.replace('xmlns="http://www.w3.org/2000/svg"', ""))
    assert not re.search(r"https?:|//[a-z]|url\(|@import|@font-face|file:", told)


def test_every_link_has_its_place_and_every_place_is_there_once(parsed: Parsed) -> None:
    assert len(parsed.ids) == len(set(parsed.ids))
    links = {value[1:] for _, name, value in parsed.attributes if name == "href"}
    assert links <= set(parsed.ids)


def test_the_answer_stands_in_it_letter_by_letter(bank: Bank, events: list[Event], parsed: Parsed) -> None:
    transcript, _ = sample.card_of(events, bank)
    squeezed = " ".join(parsed.text.split())
    for state in transcript.threads:
        for turn in state.turns:
            assert " ".join(turn.text.split()) in squeezed


def test_every_quote_that_counts_is_marked_and_leads_to_its_dimension(rendered: str) -> None:
    marks = re.findall(r'<a class="mark ([k0-9 ]+)" id="(q1t\d+p\d+)" href="#(q1d\d+)" title="([^"]+)">', rendered)
    assert marks
    assert all(title.startswith("Evidence for ") for *_, title in marks)
    for slots, _, target, _ in marks:
        assert f"k{target.removeprefix('q1d')}" in slots.split()


def test_a_quote_that_was_not_said_is_not_marked(bank: Bank) -> None:
    events = sample.held(bank, ("23dvxl8i",))
    rated = next(event for event in reversed(events) if isinstance(event, ev.Rated) and event.stage == "final")
    line = json.loads(json.dumps(rated.line))
    for rating in line["ratings"].values():
        for found in rating["parts"].values():
            if found["met"]:
                found["quote"] = "something that nobody said"
    forged = [*events, rated.model_copy(update={"line": line})]
    html = page.render(*sample.card_of(forged, bank), bank)
    assert 'class="mark' not in html
    assert "something that nobody said" in html


@pytest.mark.parametrize(
    "said",
    [
        "Solid ground",
        "likely between",
        "Next time",
        "1 not scored",
        "The samples did not agree on anything.",
        "Why this was asked",
        "A 4, as here:",
        "A 5:",
        "Missing for the next level",
        "Claimed by the rater, not counted",
        "The quote was not found in what you said.",
        "Uncertain, readings lie",
        "the two readers disagree",
        "Your guess 4.",
        "I was asked for the whole course of it",
        "One sentence is a list of terms",
        "What a strong answer may reach: facts to go and find",
        "other readings on record",
        "Ask Priya for the real duration",
        "No further follow-up: the probes for this question were spent.",
        "2026-11-21-quiet-otter",
        "21 November 2026, 18:05 UTC",
        "ollama/qwen3:8b, 3 readings, prompt 5be1c0ffee12, rubric",
        "1 to 127.0.0.1; 6010 tokens",
    ],
)
def test_the_page_says_in_words_what_the_scorecard_holds(parsed: Parsed, said: str) -> None:
    assert said in " ".join(parsed.text.split())


def test_levels_before_and_after_probes_and_the_estimate_stand_side_by_side(rendered: str) -> None:
    assert 'aria-label="3 of 5, 2 before probes, offline estimate 3"' in rendered
    assert '<span class="number">2 → 3</span>' in rendered


def test_the_page_speaks_only_of_marks_that_its_charts_draw(bank: Bank, rendered: str) -> None:
    probed = short.events(bank)
    last = next(event.line for event in reversed(probed) if isinstance(event, ev.Rated))
    as_at_last = [event.model_copy(update={"line": last}) if isinstance(event, ev.Rated) else event for event in probed]
    still = page.render(*sample.card_of(as_at_last, bank), bank)
    assert ["upright mark" in html for html in (rendered, still)] == [True, False]
    for html in (rendered, still):
        assert ("upright mark" in html) == ('class="notch"' in html)
        assert ("dashed line" in html) == ('class="before"' in html)


def test_an_offline_scorecard_says_what_it_is_worth(bank: Bank) -> None:
    html = page.render(*sample.card_of(sample.held(bank, ("23dvxl8i",), judged=False), bank), bank)
    worth = bank.scale().offline_worth
    assert f"{worth.sentence} {worth.of_quotes}" in " ".join(Parsed(html).text.split())


def test_a_part_whose_quote_holds_no_word_of_it_is_called_unsure_and_comes_last_where_rules_alone_have_read(
    bank: Bank,
) -> None:
    offline, judged = (
        viewing.view(*sample.card_of(sample.held(bank, ("23dvxl8i",), judged=judged), bank), bank)
        for judged in (False, True)
    )
    hedge, told = bank.scale().offline_worth.unsure.format(says=""), bank.told()
    unsure = 0
    for line in (line for question in offline.questions for line in question.dimensions):
        says = {part.met_when: name for name, part in bank.dimension(line.id).parts.items()}
        doubted = [part.says.startswith(hedge) for part in line.met]
        assert doubted == sorted(doubted)
        for part, hedged in zip(line.met, doubted, strict=True):
            assert hedged != told.perhaps(line.id, says[part.says.removeprefix(hedge)], part.quote)
        unsure += sum(doubted)
    assert unsure
    assert not any(
        part.says.startswith(hedge)
        for question in judged.questions
        for line in question.dimensions
        for part in line.met
    )


def test_the_sum_of_a_question_tried_again_says_nothing_of_the_first_try(bank: Bank) -> None:
    first = [event for event in short.events(bank) if not isinstance(event, ev.Ended)]
    line = next(event.line for event in reversed(first) if isinstance(event, ev.Rated))
    again = [ev.Redone(question_id="eval-loop-story"), ev.AnswerGiven(text=short.FIRST)]
    transcript, card = sample.card_of([*first, *again, ev.Rated(thread=1, stage="final", line=line)], bank)
    told = viewing.view(transcript, card, bank)
    assert [question.again_of for question in told.questions] == [None, 1]
    assert [(axis.mean, axis.before) for axis in told.axes if axis.mean] == [(3, None)]
    assert "An evaluation loop, again" in " ".join(Parsed(page.render(transcript, card, bank)).text.split())


def test_a_second_try_that_was_skipped_leaves_no_question_unanswered(bank: Bank) -> None:
    first = [event for event in short.events(bank) if not isinstance(event, ev.Ended)]
    skipped = [*first, ev.Redone(question_id="eval-loop-story"), ev.QuestionClosed(reason="skipped")]
    assert viewing.view(*sample.card_of(skipped, bank), bank).unanswered == ()


def test_a_question_that_is_still_open_is_not_given_away(bank: Bank) -> None:
    asked = [event for event in short.events(bank) if not isinstance(event, ev.QuestionClosed | ev.Ended)]
    assert [viewing.view(*sample.card_of(told, bank), bank).questions[0].points != () for told in
            (asked, short.events(bank))] == [False, True]  # fmt: skip


def test_an_interview_without_an_answer_makes_a_page(bank: Bank) -> None:
    started = sample.held(bank, ("23dvxl8i",))[0]
    asked = ev.QuestionAsked(question_id="disagreement", text="Tell me.", weights={"evidence": 1.0})
    html = page.render(*sample.card_of([started, asked], bank), bank)
    assert "Not scored" in html.replace("not scored", "Not scored")
    assert "Asked and not answered: In the minority" in html


def test_a_question_that_left_the_bank_is_shown_under_its_id(bank: Bank) -> None:
    events = [
        event.model_copy(update={"question_id": "gone:away"}) if isinstance(event, ev.QuestionAsked) else event
        for event in sample.held(bank, ("23dvxl8i",))
    ]
    assert "gone:away" in page.render(*sample.card_of(events, bank), bank)


def test_the_same_session_gives_the_same_page(
    bank: Bank, events: list[Event], named: dict[str, Any], rendered: str
) -> None:
    assert page.render(*sample.card_of(events, bank), bank, **named) == rendered
