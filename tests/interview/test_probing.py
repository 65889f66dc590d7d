"""What a probe promises: the right target, the candidate's own words, and nothing given away."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from interviewer.bank.library import Bank
from interviewer.bank.schema import AnswerType
from interviewer.bank.wording import faults, quoted_in
from interviewer.interview import probing
from interviewer.interview.choosing import Chooser, Chosen
from interviewer.interview.grammar import Sort
from interviewer.interview.left_out import left_out
from interviewer.interview.lines import load_lines
from interviewer.interview.moment import Moment
from interviewer.interview.probing import Skip, Target, enough, is_repeat, reached
from interviewer.interview.probing_rules import load_probing
from interviewer.interview.quoting import Source, load_quoting, quotable, quotables
from interviewer.interview.sources import Sources
from interviewer.rating.offline.reader import OfflineRater
from interviewer.rating.rater import Finding, Quote, Rating
from interviewer.session.thread import Thread, Turn, thread_from_line

BOUNDS = (2, 6)


def moment_of(item: dict[str, Any], bank: Bank, reader: OfflineRater) -> Moment:
    """The moment after the last answer of a gold thread."""
    thread = thread_from_line(item)
    question = bank.question(item["question_id"])
    dimensions = [bank.dimension(name) for name in question.weights]
    return Moment(
        thread=thread,
        question=question,
        dimensions=dimensions,
        weights={name: float(weight) for name, weight in question.weights.items()},
        rated=reader.read(thread, dimensions),
        seed=1,
    )


Read = list[tuple[dict[str, Any], Moment]]
"""Gold items, each with the moment after its last answer."""


@pytest.fixture(scope="module")
def read(bank: Bank, reader: OfflineRater, gold: list[dict[str, Any]]) -> Read:
    return [(item, moment_of(item, bank, reader)) for item in gold]


Choices = list[tuple[dict[str, Any], Moment, Chosen | Skip]]


@pytest.fixture(scope="module")
def choices(bank: Bank, reader: OfflineRater, read: Read) -> Choices:
    chooser = Chooser(bank, reader)
    return [(item, moment, chooser.next(moment)) for item, moment in read]


def hits(chooser: Chooser, read: Read) -> list[bool]:
    """For each probe that is asked, whether our raters named its dimension."""
    chosen = [(item, chooser.next(moment)) for item, moment in read]
    return [choice.target.dimension in item["probe_next"] for item, choice in chosen if not isinstance(choice, Skip)]


def worth(read: Read) -> dict[str, float]:
    """How often the raters named an open dimension, against the mean; pulled to the mean where it was rarely open."""
    open_, named = Counter[str](), Counter[str]()
    for item, moment in read:
        left = [name for name, rating in moment.rated.ratings.items() if rating.level is not None and rating.level < 5]
        open_.update(left)
        named.update(name for name in left if name in item["probe_next"])
    mean = sum(named.values()) / sum(open_.values())
    return {name: (named[name] + 4 * mean) / (open_[name] + 4) / mean for name in open_}


def test_a_probe_is_after_what_our_rubric_raters_would_probe(choices: Choices) -> None:
    found = [choice.target.dimension in item["probe_next"] for item, _, choice in choices if isinstance(choice, Chosen)]
    assert sum(found) / len(found) >= 0.68


def by_other_questions(chooser: Chooser, read: Read) -> list[bool]:
    """The hits for each question, with what dimensions are worth told by all others."""
    found: list[bool] = []
    for question in sorted({item["question_id"] for item, _ in read}):
        others = worth([(item, moment) for item, moment in read if item["question_id"] != question])
        chooser.rules = chooser.rules.model_copy(update={"worth": others})
        found += hits(chooser, [(item, moment) for item, moment in read if item["question_id"] == question])
    return found


def test_it_is_so_for_questions_that_had_no_say_in_what_dimensions_are_worth(
    bank: Bank, reader: OfflineRater, read: Read
) -> None:
    found = by_other_questions(Chooser(bank, reader), read)
    assert sum(found) / len(found) >= 0.64


def test_thin_answers_are_probed(choices: Choices) -> None:
    left = [(item, isinstance(choice, Skip)) for item, _, choice in choices]
    thin = [not skipped for item, skipped in left if item["overall"] <= 2 and len(item["thread"]) == 1]
    assert sum(thin) / len(thin) >= 0.8


def test_a_complete_answer_is_left_or_asked_for_what_stands_low_in_it(bank: Bank, choices: Choices) -> None:
    rules = load_probing(bank)
    complete = [(moment, choice) for _, moment, choice in choices if _is_complete(moment, rules.complete_at)]
    asked = [(moment, choice) for moment, choice in complete if isinstance(choice, Chosen)]
    assert 0 < len(asked) < len(complete)
    for moment, choice in asked:
        if choice.settled:
            continue
        assert (moment.rated.ratings[choice.target.dimension].level or 0) <= rules.gap_at


def _is_complete(moment: Moment, at: float) -> bool:
    return (reached(moment.rated, moment.weights) or 0) >= at


def test_a_complete_answer_is_asked_one_thing_and_no_more(bank: Bank) -> None:
    rules = load_probing(bank)
    low = [Target("evidence", "compared", "", 1.0)]
    assert enough(low, 4.4, rules, spent=0, gained=True, gap=True) is None
    assert enough(low, 4.4, rules, spent=1, gained=True, gap=True) == Skip("the levels stood high enough to leave it")


STORY_OF_A_PUMP = (
    "We run infusion pumps on two wards. In March one gave a child a double dose because the screen kept the old rate. "
    "I took all eleven off the children's ward the same hour, though the head of surgery shouted at me. With Jana from "
    "biomedical I replayed 300 programmings and 4 kept the old rate. They come back on when 500 in a row are right, "
    "and off again at the first wrong one. Her team runs those 500 before each update now, without me."
)


def asked_after(bank: Bank, reader: OfflineRater, question: str, said: str) -> list[Chosen]:
    """What is asked of somebody who only says one thing, in order, for every dimension of the question."""
    item = {"question_id": question, "question": bank.question(question).ask}
    moment = moment_of({**item, "thread": [{"role": "candidate", "text": said}]}, bank, reader)
    found: list[Chosen] = []
    for _ in range(6):
        asked = [(each.target.dimension, each.target.part) for each in found]
        choice = Chooser(bank, reader).next(
            replace(moment, asked=asked, before=[each.text for each in found], budget=9)
        )
        if isinstance(choice, Skip):
            break
        found.append(choice)
    return found


def test_nobody_is_asked_first_for_what_they_said_in_other_words(bank: Bank, reader: OfflineRater) -> None:
    first = asked_after(bank, reader, "safety-over-speed", STORY_OF_A_PUMP)[:1]
    told = {("risk_reasoning", "criterion"), ("ownership", "durable"), ("evidence", "method")}
    assert not told & {(each.target.dimension, each.target.part) for each in first}


SUPPOSED = (
    "I would always stop the release. If there was a problem I would go to my manager, and I would ask how many people "
    "could be hit. Then I would propose to ship to one percent first, and I would write it all down."
)


NERVOUS = (
    "Ok so, sorry I am a bit nervous. I would always say safety first, I mean if there was a bug I would tell my lead "
    "and then I would maybe stop the release and I would look how many people it hits."
)


@pytest.mark.parametrize("said", [SUPPOSED, NERVOUS])
def test_who_says_what_they_would_do_where_a_story_was_asked_is_asked_for_a_real_time(
    bank: Bank, reader: OfflineRater, said: str
) -> None:
    first = asked_after(bank, reader, "safety-over-speed", said)[0]
    assert first.text in load_probing(bank).supposed.asks


def test_a_figure_of_which_nothing_is_said_how_it_was_come_by_is_asked_about_once(
    bank: Bank, reader: OfflineRater
) -> None:
    said = (
        "I ran an ethics programme across the company and it cut harmful outputs by 87 percent. The board was happy, "
        "and I presented the programme at two conferences, because trust matters more than anything to our customers."
    )
    texts = [each.text for each in asked_after(bank, reader, "stakeholder-ethics", said)]
    assert texts[0] == 'You said "cut harmful outputs by 87 percent". Where does that figure come from?'
    assert not any("figure come from" in text for text in texts[1:])


def test_a_plan_is_no_fault_where_none_but_a_plan_was_asked_for(bank: Bank, reader: OfflineRater) -> None:
    asked = asked_after(bank, reader, "red-team-design", SUPPOSED)
    assert not any(each.text in load_probing(bank).supposed.asks for each in asked)


@pytest.mark.parametrize(
    ("dimension", "part", "words"),
    [
        ("risk_reasoning", "weighed", "forty minutes out with 90 passengers"),
        ("risk_reasoning", "criterion", "I offered to bring the lift"),
        ("risk_reasoning", "risk", "two hundred percent happier"),
        ("risk_reasoning", "harm", "the billing system"),
    ],
)
def test_a_question_quotes_no_words_that_it_cannot_be_about(
    bank: Bank, reader: OfflineRater, dimension: str, part: str, words: str
) -> None:
    quoting = load_quoting(bank)
    quote = Quote(words, 0, 0, len(words))
    names = [name.rpartition(".")[::2] for name in quoting.rests_on[dimension][part]]
    ratings = {
        own or dimension: Rating(own or dimension, 2, findings=(Finding(name, True, quote),)) for own, name in names
    }
    item = {"question_id": "safety-over-speed", "question": "Q?", "thread": [{"role": "candidate", "text": words}]}
    moment = moment_of(item, bank, reader)
    moment = replace(moment, rated=replace(moment.rated, ratings=ratings))
    source = Sources(quoting, bank.told(), load_lines(bank)).of(Target(dimension, part, "", 1.0), moment)
    assert quotable(source, BOUNDS, quoting) is None


def test_every_probe_keeps_to_the_form_and_gives_nothing_away(bank: Bank, choices: Choices) -> None:
    rules = bank.wording()
    for _, moment, choice in choices:
        if not isinstance(choice, Skip):
            terms = bank.dimension(choice.target.dimension).parts[choice.target.part].terms
            assert not faults(choice.text, rules, terms=terms, heard=" ".join(moment.thread.answers))


def test_what_was_asked_before_is_not_asked_again(bank: Bank, reader: OfflineRater, read: Read) -> None:
    chooser = Chooser(bank, reader)
    for _, moment in read[:20]:
        first = chooser.next(moment)
        if isinstance(first, Skip):
            continue
        again = chooser.next(Moment(**{**_fields(moment), "before": [first.text]}))
        assert isinstance(again, Skip) or not is_repeat(again.text, [first.text])


def _fields(moment: Moment) -> dict[str, Any]:
    return {name: getattr(moment, name) for name in moment.__slots__}


def quoted(bank: Bank, text: str, near: Sequence[tuple[int, int]] = (), asked: str = "") -> str | None:
    return quotable(Source(text, near, asked), BOUNDS, load_quoting(bank))


def test_a_quote_is_a_whole_clause_and_keeps_its_numbers(bank: Bank) -> None:
    text = "We shipped late. We found 212 in 40,000 records, and everybody was relieved about it in the end."
    assert quoted(bank, text) == "We found 212 in 40,000 records"


def test_a_quote_comes_from_what_the_reader_saw_where_that_can_be_quoted(bank: Bank) -> None:
    text = "The invoices were counted twice, and the gate failed. The supervisor measured seven invoices anew."
    assert quoted(bank, text, [(0, 25)]) == "The invoices were counted twice"


@pytest.mark.parametrize(
    "text",
    ["yes", "It seems to me so.", "I said maybe.", "Nobody really talked about it again.", "I was right, you know."],
)
def test_what_carries_nothing_is_not_quoted(bank: Bank, text: str) -> None:
    assert quoted(bank, text) is None


@pytest.mark.parametrize(
    ("text", "torn"),
    [
        ("Last year in our payment service. The load test showed slow writes.", "payment service"),
        ("The health review stays, even when it moves the date of a feature.", "moves the date"),
        ("I'd hold the launch for doses until the rate is under 1 in 10,000.", "hold the launch"),
        ("If the forecast comes within three beds, the queueing model is retired.", "model is retired"),
        ("Whoever earns on the tool it pays the injured person first.", "it pays"),
        ("I only read the sabotage paper. The sleeper model wrote unsafe code.", "sabotage paper"),
        ("I have not run it on a large cluster. The toy model held.", "cluster"),
        ("So, in general safety culture is my main topic. The nurse saw seven overdoses.", "safety culture"),
        ('The customer wrote "my warfarin and ibuprofen are fine". The bot agreed with it.', "warfarin"),
    ],
)
def test_no_time_torn_sentence_disclaimer_filler_or_words_of_others_are_quoted(
    bank: Bank, text: str, torn: str
) -> None:
    assert not [piece for piece in quotables(Source(text), BOUNDS, load_quoting(bank)) if torn in piece]


def test_an_echo_of_the_interviewer_is_not_quoted(bank: Bank) -> None:
    asked = "What would a newspaper have reported the next day?"
    assert quoted(bank, "A newspaper would probably report it.", asked=asked) is None


def test_what_is_mistyped_is_quoted_only_where_nothing_else_was_said(bank: Bank) -> None:
    text = "The filter woudl stop insulin doses. The release gate held for weeks."
    assert quoted(bank, text) == "The release gate held for weeks"


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("Then we saw that somebody had dropped it from the cache key in the afternoon of that day", "the cache key"),
        ("which is why in the end all of it went through an ensemble of four model judges", "four model judges"),
        ("where it came out that 0.4% of the transfers had been put into the wrong order", "0.4% of the transfers"),
        ("I shut the cache off first because a slow page is better than one that lies", "I shut the cache off first"),
    ],
)
def test_of_a_long_clause_a_whole_thing_or_a_whole_saying_is_quoted(bank: Bank, text: str, piece: str) -> None:
    assert piece in quotables(Source(text), BOUNDS, load_quoting(bank))


def test_a_subject_is_not_quoted_with_half_of_what_it_did(bank: Bank) -> None:
    text = "The filter missed 3 of 200 prompts in the evening run that we do."
    assert not [piece for piece in quotables(Source(text), BOUNDS, load_quoting(bank)) if piece.endswith("missed 3")]


def test_what_is_asked_about_a_figure_quotes_the_figure(bank: Bank, reader: OfflineRater) -> None:
    said = (
        "I wrote a small test over a weekend, replayed three days of traffic, and 0.4% of the transfers came out wrong."
    )
    quotes = quotables(Source(said, figures=True), BOUNDS, load_quoting(bank))
    assert quotes
    assert all(re.search(r"\d", piece) for piece in quotes)


def test_who_has_counted_is_not_asked_what_one_could_count_with_their_figure_quoted(bank: Bank) -> None:
    said = "We catch maybe seven of ten letters now. The release gate held for weeks."
    quotes = quotables(Source(said, uncounted=True), BOUNDS, load_quoting(bank))
    assert quotes
    assert not [piece for piece in quotes if "seven" in piece]


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        ("We put one planted fraud in each batch of forty.", []),
        ("It failed 14 of 60 safety tests.", []),
        ("We had 14 tests.", []),
        ("I shut the cache off first because the bill was smaller.", ["I shut the cache off first"]),
    ],
)
def test_where_a_question_speaks_of_a_deed_a_whole_clause_with_one_is_quoted(
    bank: Bank, said: str, quoted: list[str]
) -> None:
    assert quotables(Source(said, deeds=True), (2, 6), load_quoting(bank)) == quoted


def test_a_probe_that_speaks_of_a_deed_is_asked_without_a_quote_where_none_was_told(bank: Bank) -> None:
    rules, quoting = bank.wording(), load_quoting(bank)
    target = Target("tradeoffs", "tension", "", 1.0)
    for said in ("The model failed 14 of 60 safety tests.", "We put one planted fraud in each batch of forty."):
        thread = Thread("A question?", (Turn("candidate", said),))
        asked = probing.word_probe(
            target, None, bank, thread, AnswerType.STORY, before=(), rules=rules, quoting=quoting, source=Source(said)
        )
        assert asked == "What made this hard to decide?"


def test_code_is_not_quoted(bank: Bank) -> None:
    text = "```\nfor attack in the attack list:\n    reply to the attack\n```\nThe `judge` has threshold=0.85 now."
    assert quotables(Source(text), BOUNDS, load_quoting(bank)) == []


def test_the_same_question_in_nearly_the_same_words_is_a_repeat() -> None:
    assert is_repeat("Who looked at it first?", ["Who looked at it first then?"])
    assert not is_repeat("Who looked at it first?", ["What came of it in the end?"])


@pytest.mark.parametrize(
    ("piece", "sort"),
    [
        ("I took 400 queries", Sort.CLAUSE),
        ("the labels were solid", Sort.CLAUSE),
        ("concept activation vectors", Sort.PHRASE),
        ("signal that would reverse the choice", Sort.PHRASE),
        ("the boss decide", Sort.CLAUSE),
        ("the river takes the next slope", Sort.CLAUSE),
        ("the score shouldn't move", Sort.CLAUSE),
        ("labelled by two paralegals", Sort.FRAGMENT),
        ("wrote a postmortem", Sort.FRAGMENT),
        ("1 after complaints", Sort.FRAGMENT),
    ],
)
def test_a_quote_is_known_for_a_saying_a_thing_or_a_fragment(bank: Bank, piece: str, sort: Sort) -> None:
    assert load_quoting(bank).grammar.sort_of(piece) is sort


def test_a_fragment_is_quoted_only_where_nothing_better_was_said(bank: Bank) -> None:
    text = "It went well, labelled by two paralegals, and the labels were solid."
    assert quoted(bank, text) == "the labels were solid"
    assert quotable(Source("labelled by twelve paralegals"), BOUNDS, load_quoting(bank), only=[Sort.PHRASE]) is None


def chosen(bank: Bank, reader: OfflineRater, question: str, *turns: str) -> Chosen | Skip:
    """What follows the last of the turns, which begin and end with the candidate's."""
    roles = ("candidate", "interviewer")
    thread = [{"role": roles[number % 2], "text": text} for number, text in enumerate(turns)]
    asked = bank.question(question)
    item = {"question_id": question, "question": asked.ask, "thread": thread}
    return Chooser(bank, reader).next(moment_of(item, bank, reader))


@pytest.mark.parametrize(
    ("question", "answer", "asked"),
    [
        (
            "scaling-thresholds",
            "Bio uplift and cyber offence. I would set the line where a student with the model gets further towards a "
            "pathogen than a student with a library, measured with a trial of forty people.",
            "And the other part of my question: what does a policy like that miss?",
        ),
        (
            "automation-vs-review",
            "A pharmacy chat. The classifier blocks doses over the table's maximum by itself.",
            "And the other part of my question: what goes to a person?",
        ),
        (
            "explain-rlhf",
            "Imagine a cook who is taught by guests that always say which of two plates they liked more. We fit a "
            "second cook that predicts the choice, and the first one learns to score high with the second, "
            "with a rope that ties it to the recipes it knew.",
            "And the other part of my question: how does it fail?",
        ),
    ],
)
def test_what_an_answer_leaves_out_of_a_question_is_asked_for_in_its_words(
    bank: Bank, reader: OfflineRater, question: str, answer: str, asked: str
) -> None:
    choice = chosen(bank, reader, question, answer)
    assert isinstance(choice, Chosen)
    assert choice.text == asked
    assert isinstance(after := chosen(bank, reader, question, answer, choice.text, answer), Skip) or after.text != asked


@pytest.mark.parametrize(
    "person",
    [
        "injuries, minors and anything above go to a clerk with the photo and the policy side by side.",
        "above that a clerk reads it.",
        "the caseworker on the late shift opens the rest.",
        "whatever is dearer is passed to the desk in Leeds.",
        "the rest lands with a claims adjuster, who calls the driver.",
    ],
)
def test_whoever_the_person_is_that_part_was_taken_up(bank: Bank, reader: OfflineRater, person: str) -> None:
    answer = f"Car insurance. The classifier pays claims under 300 pounds by itself; {person}"
    choice = chosen(bank, reader, "automation-vs-review", answer)
    assert not isinstance(choice, Chosen) or not choice.text.startswith("And the other part")


LEFT_OUT = {"c0z60t6w", "fmepbzdv", "p6rbt5k9"}
"""The gold answers that do leave out a thing which was asked, found by reading those that the rule names."""


def test_nobody_is_asked_again_for_a_part_of_the_question_that_they_took_up(
    bank: Bank, gold: list[dict[str, Any]]
) -> None:
    several = [(item, question) for item in gold if (question := bank.question(item["question_id"])).sub_questions]
    named = {item["id"] for item, question in several if left_out(question, [item["thread"][0]["text"]])}
    assert len(several) == 45
    assert named <= LEFT_OUT


SAFEGUARDS = (
    "For bio I would draw the line where a biologist gets further with the model than with textbooks. In place by "
    "then: weight security that holds against an organised crime group, classifiers on input and output, and somebody "
    "who can say no. What it misses is whatever nobody elicited; then the line was crossed already and nobody noticed."
)


def test_a_safeguard_is_not_taken_for_what_went_wrong(bank: Bank, reader: OfflineRater) -> None:
    choice = chosen(bank, reader, "scaling-thresholds", SAFEGUARDS)
    assert isinstance(choice, Chosen)
    assert choice.target.dimension == "risk_reasoning"
    assert "classifiers" not in choice.text


@pytest.mark.parametrize("said", ["I honestly cant put a number on it.", "I have no idea how often that would be."])
def test_what_cannot_be_given_is_not_asked_for(bank: Bank, reader: OfflineRater, said: str) -> None:
    answer = f"{SAFEGUARDS} At worst a few thousand people in one city die. {said}"
    choice = chosen(bank, reader, "scaling-thresholds", answer)
    assert isinstance(choice, Chosen)
    rules = Chooser(bank, reader).rules.disclaims["number"]
    assert not rules.covers(choice.target.dimension, choice.target.part) or choice.text in rules.asks


OBJECTED = (
    "I said the storage move was not ready, since nobody had tried a restore. The other five wanted to go on Friday "
    "and I was alone. I told my lead twice and wrote it in the ticket. {}"
)
ENDS = ("We moved anyway.", "They cancelled it.", "We rolled it back.", "I was outvoted.", "So it stayed as it was.")


@pytest.mark.parametrize("end", ENDS)
def test_whoever_tells_the_end_in_plain_words_is_not_asked_for_it(bank: Bank, reader: OfflineRater, end: str) -> None:
    question = bank.question("disagreement")
    assert left_out(question, [OBJECTED.format("")]) == question.sub_questions[0]
    assert left_out(question, [OBJECTED.format(end)]) is None


@pytest.mark.parametrize(
    "end", ["We moved anyway.", "In the end it got through.", "They didn’t agree. It was dropped."]
)
def test_a_story_that_ends_is_not_asked_for_its_end(bank: Bank, reader: OfflineRater, end: str) -> None:
    rules = load_probing(bank)
    assert any(each.covers("ownership", "result") for each in rules.unasked([OBJECTED.format(end)]))
    assert rules.unasked([OBJECTED.format("")]) == []
    assert rules.unasked([f"{end} {OBJECTED.format('')}"]) == [], "it is no end where more follows"


def test_what_is_not_asked_for_is_in_the_rubric(bank: Bank) -> None:
    rules = load_probing(bank)
    for name in [part for saying in (*rules.disclaims.values(), rules.ended) for part in saying.parts]:
        dimension, part = name.split(".")
        assert part in bank.dimension(dimension).parts


def test_how_to_come_by_it_is_asked_instead_and_keeps_to_the_form(bank: Bank) -> None:
    wording = bank.wording()
    for disclaimer in load_probing(bank).disclaims.values():
        for name in [*disclaimer.parts, *disclaimer.after]:
            dimension, part = name.split(".")
            terms = bank.dimension(dimension).parts[part].terms
            if name in disclaimer.after:
                assert [faults(text, wording, terms=terms) for text in disclaimer.asks] == [[]] * len(disclaimer.asks)


def test_what_a_quote_rests_on_is_in_the_rubric(bank: Bank) -> None:
    rules = load_quoting(bank)
    for dimension, parts in rules.rests_on.items():
        for part, names in parts.items():
            for name in (part, *names):
                where, _, what = name.rpartition(".")
                assert what in bank.dimension(where or dimension).parts
    for name in rules.strictly:
        where, _, what = name.partition(".")
        assert what in bank.dimension(where).parts


def test_where_no_story_was_asked_for_none_is_supposed(bank: Bank, reader: OfflineRater) -> None:
    story = "Last spring I moved our team to a new filter, and it had let 14 bad replies of 200 through by May."
    choice = chosen(bank, reader, "unsolved-problem", story)
    assert isinstance(choice, Chosen)
    assert "lived through" not in choice.text


def test_what_points_back_at_a_saying_quotes_one(bank: Bank, choices: Choices) -> None:
    grammar = load_quoting(bank).grammar
    for _, _, choice in choices:
        if isinstance(choice, Skip) or not (pieces := quoted_in(choice.text)):
            continue
        if choice.text.startswith(("You said", "You mention")):
            assert choice.text.startswith("You said" if grammar.sort_of(pieces[0]) is Sort.CLAUSE else "You mention")
