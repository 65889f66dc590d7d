"""A card is the head of a question: `card.py` and `schema.py` describe the same fields twice and must agree."""

from __future__ import annotations

from dataclasses import fields

from interviewer.bank.card import Card
from interviewer.bank.library import Bank
from interviewer.bank.schema import Question


def test_the_fields_of_a_card_are_the_first_fields_of_a_question_but_for_their_order() -> None:
    card = {field.name for field in fields(Card)}
    assert card == set(list(Question.model_fields)[: len(card)])


def test_a_card_says_of_every_question_what_the_question_says_itself(bank: Bank) -> None:
    for name, card in bank.cards.items():
        question = bank.question(name)
        for field in fields(Card):
            told = getattr(card, field.name)
            assert (told.strip() if isinstance(told, str) else told) == getattr(question, field.name), name


def test_the_dimensions_of_a_card_come_most_telling_first(bank: Bank) -> None:
    card = bank.cards["safety-over-speed"]
    assert card.dimensions[0] == "ownership"
    assert set(card.dimensions) == set(card.weights)
