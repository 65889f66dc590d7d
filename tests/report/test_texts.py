"""Markdown, plain text and CSV, letter by letter."""

from __future__ import annotations

import csv
import io

import pytest

from interviewer.bank.library import Bank
from interviewer.report import markdown, plain, tables
from interviewer.session.events import Event

from . import sample, short
from .payloads import PAYLOADS


def test_the_markdown_is_the_same_to_the_letter(bank: Bank) -> None:
    transcript, card = sample.card_of(short.events(bank), bank)
    evidence, humility = bank.dimension("evidence"), bank.dimension("humility")
    question = bank.question("eval-loop-story")
    parts = {name: markdown.escaped(part.met_when) for name, part in evidence.parts.items()}
    band = card.band.capitalize()
    expected = f"""\
# {band}

Drill · 1 min 05 s of answers

{markdown.escaped(card.means)}

**3.0 of 5**, likely between 2.5 and 3.5; 1 rating, 1 not scored, rated by ollama/small.

- **Next time:** {markdown.escaped(evidence.parts["method"].find or "")} (Evidence, question 1)

- Not scored: 1\\. {question.title}, Humility: Nothing was said that could be rated.

## 1. {question.title}

> *{markdown.escaped(question.ask)}*

Behavioural · 21 words · 1 min 05 s · 1 follow-up · read by ollama/small

| Dimension | Level | Offline estimate |
|---|---|---|
| Evidence | 2 → 3 | – |
| Humility | – | – |

**You** (11 words, 40 s)

> **I ran \\*the\\* eval** (Evidence) twice.{"  "}
> **It caught \\<3\\> of 40 cases** (Evidence).

**Interviewer**

> You said "the eval". Which cases were they?

*Why this was asked, for the rating of Evidence: no single occasion had been described.*

**You** (10 words, 25 s)

> **Cases from last May, picked by Ana Lopes** (Evidence) at Initech.

- No further follow-up: nothing that was asked for was missing.

- To know: One sentence is a list.

### Evidence: 2 → 3

- A 3: {markdown.escaped(evidence.anchors[3])}
- A 4: {markdown.escaped(evidence.anchors[4])}
- A 5: {markdown.escaped(evidence.anchors[5])}

- Missing: {markdown.escaped(evidence.parts["method"].find or "")}

- Met: {parts["mention"]} “I ran \\*the\\* eval”
- Met: {parts["specific"]} “Cases from last May, picked by Ana Lopes”
- Met: {parts["measured"]} “It caught \\<3\\> of 40 cases”

- For later levels: {parts["compared"]}
- For later levels: {parts["bounded"]}

### {humility.name}: –

Not scored: Nothing was said that could be rated.

### Facts to go and find

"""
    rendered = markdown.render(transcript, card, bank, session="2026-11-21-quiet-otter")
    assert rendered[: len(expected)] == expected
    assert rendered.endswith(
        "## Where this comes from\n\n- Interview: 2026-11-21-quiet-otter\n- Version: 0.1.0\n"
        "- Mode and style: exam, neutral\n- Seed: 3\n- Interviewer: no model: the bank's own wording\n"
        "- Rater: ollama/small, 2 readings, prompt"
        " aaaaaaaaaaaa, rubric bbbbbbbbbbbb (the rubric has changed since)\n"
        "- Codes: The letters and digits after cues, prompt and rubric stand for their exact text: levels compare only"
        " where they are the same. Cues are the phrases that the offline rater listens for.\n"
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("*a* _b_ `c` [d](e) <f>", r"\*a\* \_b\_ \`c\` \[d\](e) \<f\>"),
        (
            "# no heading\n- no list\n1. no number\n+ x\n---",
            "\\# no heading\n\\- no list\n1\\. no number\n\\+ x\n\\---",
        ),
        ("see https://a.example or www.b.example", r"see https\://a.example or www\.b.example"),
        ("me@c.example, 5 $ | 6 & 7 ~8~", r"me\@c.example, 5 \$ \| 6 \& 7 \~8\~"),
    ],
)
def test_what_would_be_markup_is_escaped(text: str, written: str) -> None:
    assert markdown.escaped(text) == written


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_becomes_markup(payload: str) -> None:
    written = markdown.escaped(payload)
    for sign in "<[`|*":
        assert written.count(sign) == written.count("\\" + sign)


def test_the_text_begins_with_what_matters_and_keeps_its_width(bank: Bank, events: list[Event]) -> None:
    text = plain.render(*sample.card_of(events, bank), bank)
    assert text.startswith("Solid ground: 3.2 of 5 (3.0 to 3.4)\n")
    assert max(map(len, text.splitlines())) <= plain.WIDTH
    assert "\x1b" not in text


def test_the_text_of_a_question_is_this(bank: Bank) -> None:
    transcript, card = sample.card_of(short.events(bank), bank)
    text = plain.render(transcript, card, bank)
    assert (
        """
Evidence  2 → 3
Humility  –  (not scored)

You (11 words, 40 s):
  «I ran *the* eval» [Evidence] twice.
  «It caught <3> of 40 cases» [Evidence].

Interviewer:
  You said "the eval". Which cases were they?
  (Why this was asked, for the rating of Evidence: no single occasion had been
  described)

You (10 words, 25 s):
  «Cases from last May, picked by Ana Lopes» [Evidence] at Initech.
  (no further follow-up: nothing that was asked for was missing)

To know: One sentence is a list.

+ is met, - is missing for the next level, x went wrong.

Evidence: 2 → 3
"""
        in text
    )


def test_the_table_is_the_same_to_the_letter(bank: Bank) -> None:
    transcript, card = sample.card_of(short.events(bank), bank)
    assert tables.render([tables.RatedSession(transcript, card, "s1")]) == (
        "session,held,format,company,seniority,question,number,again_of,words,seconds,probes,dimension,weight,level,mean,"
        "before_probes,offline_estimate,self_rating,spread,unscored,quote,missing,rater,samples,prompt_hash,rubric_hash"
        "\r\n"
        "s1,,drill,,,eval-loop-story,1,,21,65.0,1,evidence,5,3,,2,,,0,,"
        '"Cases from last May, picked by Ana Lopes",method,ollama/small,2,aaaaaaaaaaaa,bbbbbbbbbbbb\r\n'
        "s1,,drill,,,eval-loop-story,1,,21,65.0,1,humility,2,,,,,,0,Nothing was said that could be rated.,,,"
        "ollama/small,2,aaaaaaaaaaaa,bbbbbbbbbbbb\r\n"
    )


def test_every_rating_has_its_row(bank: Bank, events: list[Event]) -> None:
    transcript, card = sample.card_of(events, bank)
    rows = list(csv.DictReader(io.StringIO(tables.render([tables.RatedSession(transcript, card)] * 2))))
    assert len(rows) == 2 * (card.scored + card.unscored)
    assert tuple(rows[0]) == tables.COLUMNS


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "=cmd|' /C calc'!A0"])
def test_a_spreadsheet_reads_no_formula(bank: Bank, text: str) -> None:
    events = [
        event.model_copy(update={"question_id": text, "line": {}}) if hasattr(event, "question_id") else event
        for event in short.events(bank)
    ]
    rows = list(csv.DictReader(io.StringIO(tables.render([tables.RatedSession(*sample.card_of(events, bank))]))))
    assert rows[0]["question"] == f"'{text}"
