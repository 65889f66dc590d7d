"""One interview as a document, in each of the forms that `review` and `export` offer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING

from ..session.transcript import Transcript
from .desk import Desk, as_document, card_of

if TYPE_CHECKING:
    from ..report.tables import RatedSession

RENDERERS = {"text": "plain", "md": "markdown", "html": "page"}
"""Forms for people, and who writes each."""
FORMATS = (*RENDERERS, "json", "csv")
"""Of one interview as it is looked at."""
OF_ALL = ("jsonl", "csv")
"""That have room for any number of interviews."""
OF_FILES = (*OF_ALL, *(form for form in FORMATS if form not in ("text", *OF_ALL)))
"""For keeping, for a spreadsheet and for other programs."""


def document(format_: str, transcript: Transcript, desk: Desk, session: str, held: datetime | None) -> str:
    """The interview in that form: "text", "md", "html", "json" or "csv".

    Args:
        session: its name.
        held: when it began.
    """
    if format_ == "json":
        return as_document(session, transcript, desk) + "\n"
    if format_ == "csv":
        return table([rated(transcript, desk, session, held)])
    renderer = import_module(f"..report.{RENDERERS[format_]}", __package__)
    text: str = renderer.render(transcript, card_of(transcript, desk), desk.bank, session=session, held=held)
    return text


def rated(transcript: Transcript, desk: Desk, session: str, held: datetime | None) -> RatedSession:
    """The interview with its scorecard, for a table."""
    from ..report.tables import RatedSession

    return RatedSession(transcript, card_of(transcript, desk), session, held)


def table(sessions: Iterable[RatedSession]) -> str:
    """All ratings of these interviews as comma-separated values."""
    from ..report.tables import render

    return render(sessions)
