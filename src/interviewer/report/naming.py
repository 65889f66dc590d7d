"""What dimensions, companies and questions are called, and their ids where the bank knows them no more. Pure."""

from __future__ import annotations

from ..bank.library import Bank
from ..errors import PlainError
from ..text import clean_line


def dimension_name(bank: Bank, dimension: str) -> str:
    """As "Risk reasoning"."""
    try:
        return clean_line(bank.dimension(dimension).name)
    except PlainError:
        return clean_line(dimension)


def company_name(bank: Bank, company: str) -> str:
    """As "Anthropic"."""
    try:
        return clean_line(bank.profile(company).name)
    except PlainError:
        return clean_line(company)


def experience_name(bank: Bank, seniority: str) -> str:
    """As "Senior"."""
    try:
        return clean_line(bank.expectation(seniority).name)
    except PlainError:
        return clean_line(seniority)


def question_title(bank: Bank, question: str) -> str:
    """As "An incident you led"."""
    try:
        return clean_line(bank.question(question).title)
    except PlainError:
        return clean_line(question)
