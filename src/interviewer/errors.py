"""The root of every error that a user may meet: its text is one plain sentence, followed by what to do."""

from __future__ import annotations


class PlainError(Exception):
    """Something went wrong that the user can understand and act on. Holds no key and none of the user's text."""

    next_step: str = ""
    """What to do about it, one sentence; may be empty."""
    exit_code: int = 1
    """Of the command line: 1 something failed, 2 something was asked for that does not exist."""


def reason_of(error: OSError) -> str:
    """Why the system refused, as it may stand in brackets: "permission denied"."""
    return (error.strerror or "no reason given").lower()
