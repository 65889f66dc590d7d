"""What `/help` says above the list of commands: how to sit here, read in twenty seconds. Pure."""

from __future__ import annotations

_TOUR = (
    "Answer as you would speak; what you type is saved every two seconds.",
    "{keys}",
    "Ctrl-C stops the interviewer, or clears a draft; twice leaves, and interviewer resume goes on.",
    "/repeat says the question again, /skip leaves it, /end shows the scorecard.",
    "For practice, not for use during a real interview.",
)
EDITOR_KEYS = "{reminder}, Ctrl-X Ctrl-E opens your own editor. Up brings back what you wrote before."
LINE_KEYS = "Write line by line; a line with a single full stop (.) sends."


def tour(keys: str) -> str:
    """The tour, a sentence a line.

    Args:
        keys: how to write and send here.
    """
    return "\n".join(_TOUR).format(keys=keys)
