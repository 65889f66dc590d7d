"""What plain and non-native speakers say of harms, prices, limits and views is heard; what only resembles it is not."""

from __future__ import annotations

import pytest

from interviewer.bank.cues import Cues
from interviewer.rating.offline.clauses import sentences_of
from interviewer.rating.offline.patterns import Patterns

SAID = (
    (
        {"scene_of_harm"},
        "Somebody writes a letter with a trick in it, and then the agent pays two thousand euro to him.",
    ),
    ({"scene_of_harm"}, "About 300 families would have got the wrong bill, and we see it first after a month."),
    (
        {"scene_of_harm"},
        "The old lady gets no answer and thinks that nobody cares, and this happens fifty times a week.",
    ),
    ({"scene_of_harm"}, "A nurse gives then the double amount, and nobody notices it until the evening."),
    ({"scene_of_harm"}, "Then maybe 40 orders went out over the night and nobody looked before Monday."),
    ({"scene_of_harm"}, "Some user finds a sentence that makes the bot to give him the address of another person."),
    ({"scene_of_harm"}, "The student was told a wrong date and came too late for his exam."),
    ({"scene_of_harm"}, "Our tool sent home 12 people who should have seen a doctor."),
    ({"scene_of_harm"}, "In the worst case a mother follows the advice and the child gets sick."),
    ({"scene_of_harm"}, "A man could not pay his rent because we stopped his card by mistake."),
    ({"side_costs", "price_accepted"}, "This makes the payment some hours slower, but for me this is okay."),
    (
        {"side_costs", "price_accepted"},
        "If we are too strict, the people go around it, and if we are too loose, somebody gets hurt.",
    ),
    ({"side_costs", "price_accepted"}, "When everything goes by the lawyers the team waits for nothing."),
    ({"side_costs", "price_accepted"}, "The bad side is that users must wait one day longer."),
    ({"side_costs", "price_accepted"}, "With the check we have less speed, without it we have more complaints."),
    ({"side_costs", "price_accepted"}, "If you only look at speed, then the patients pay for it."),
    ({"side_costs", "price_accepted"}, "It needs two people more, this I would accept."),
    ({"side_costs", "price_accepted"}, "We lose some customers by this, and I can live with that."),
    ({"side_costs", "price_accepted"}, "The disadvantage was that the doctors had to type everything two times."),
    ({"side_costs", "price_accepted"}, "For the small shops it is more work and more money."),
    ({"limit_told"}, "I did not think about this in my first plan."),
    ({"limit_told"}, "At that time I did not see that the nurses used it differently."),
    ({"limit_told"}, "What is weak in my answer is the part with the costs."),
    ({"limit_told"}, "I take this back, you are right."),
    ({"limit_told"}, "This I have not thought through."),
    ({"limit_told"}, "The weak point of my idea is the measuring."),
    ({"limit_told"}, "I never asked the drivers, and this was wrong from me."),
    ({"limit_told"}, "My plan has no answer for that."),
    ({"limit_told"}, "I was too sure about the first numbers."),
    ({"limit_told"}, "I must admit that I did not test it on old phones."),
    ({"view_told"}, "Strong models should not be open, since you can not call them back."),
    ({"view_told"}, "The labs must show the tests before they sell it."),
    ({"view_told"}, "No company should decide this alone."),
    ({"view_told"}, "For me the state has to look at it before the release."),
    ({"view_told"}, "We should wait until somebody from outside has tested it."),
    ({"view_told"}, "I am for open weights when the model is small."),
    ({"view_told"}, "I am against it as long as nobody can look inside."),
    ({"view_told"}, "In my eyes the worker has to be asked first."),
)
NOT_SAID = (
    ({"scene_of_harm"}, "About 300 people came to the meeting and would have liked a longer break."),
    ({"scene_of_harm"}, "Somebody found a good text for the announcement."),
    ({"scene_of_harm"}, "We see it as our duty to help people every day."),
    ({"scene_of_harm"}, "I was a student when I first heard about the exam."),
    ({"scene_of_harm"}, "Maybe 40 people work in the team over two offices."),
    ({"scene_of_harm"}, "The tool makes the agent to answer in a friendly voice."),
    ({"scene_of_harm"}, "Nobody in the group had used this library before."),
    ({"scene_of_harm"}, "Users got a new button in the second week."),
    ({"scene_of_harm"}, "My boss told me the date of the launch on Monday."),
    ({"scene_of_harm"}, "A nurse gives us feedback every week."),
    ({"side_costs", "price_accepted"}, "If everything goes well we have a party."),
    ({"side_costs", "price_accepted"}, "The price of the laptop was on the invoice."),
    ({"side_costs", "price_accepted"}, "We are too many people for this room."),
    ({"side_costs", "price_accepted"}, "If you only look at me I am nervous."),
    ({"side_costs", "price_accepted"}, "I can live with my parents in the summer."),
    ({"side_costs", "price_accepted"}, "It needs two people to lift the box."),
    ({"side_costs", "price_accepted"}, "The other side of the building is nice."),
    ({"side_costs", "price_accepted"}, "Everything goes by itself in this team."),
    ({"side_costs", "price_accepted"}, "We have less rain in the south."),
    ({"side_costs", "price_accepted"}, "This makes me really happy."),
    ({"limit_told"}, "I did not think it was funny."),
    ({"limit_told"}, "At that time I lived in Graz."),
    ({"limit_told"}, "I take the bus back home."),
    ({"limit_told"}, "You are right handed."),
    ({"limit_told"}, "The weak signal came from the antenna."),
    ({"limit_told"}, "I was too tall for the chair."),
    ({"limit_told"}, "I must say the team was great."),
    ({"limit_told"}, "The plan has no name."),
    ({"limit_told"}, "What is strong in my answer is everything."),
    ({"limit_told"}, "They did not see that I was right."),
    ({"view_told"}, "I should go now."),
    ({"view_told"}, "The bus must be late again."),
    ({"view_told"}, "You should see my desk."),
    ({"view_told"}, "We should have a balance between innovation and safety."),
    ({"view_told"}, "I am for sure happy here."),
    ({"view_told"}, "I am against the wall in the photo."),
    ({"view_told"}, "It should be noted that AI is important."),
    ({"view_told"}, "In my eyes there was sand."),
    ({"view_told"}, "Should I say more?"),
    ({"view_told"}, "AI must be safe and good for all."),
)


@pytest.fixture(scope="module")
def patterns(cues: Cues) -> Patterns:
    return Patterns(cues.shapes, cues.words)


def shapes_of(patterns: Patterns, text: str) -> set[str]:
    return {shape for sentence in sentences_of(text, 0) for shape in patterns.found(sentence.words)}


def test_plain_words_for_a_harm_a_price_a_limit_or_a_view_are_heard(patterns: Patterns) -> None:
    assert [text for shapes, text in SAID if shapes.isdisjoint(shapes_of(patterns, text))] == []


def test_what_only_sounds_like_it_is_not(patterns: Patterns) -> None:
    assert [text for shapes, text in NOT_SAID if not shapes.isdisjoint(shapes_of(patterns, text))] == []
