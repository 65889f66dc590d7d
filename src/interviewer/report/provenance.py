"""Which interview it was, and who and what made its ratings: the lines that stand at the top and the foot. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import datetime

from ..bank.library import Bank
from ..rating.rater import RaterIdentity
from ..rating.scorecard import Scorecard
from ..session.events import OFFLINE, Started
from ..session.transcript import Transcript
from ..text import clean_line
from . import wording
from .naming import company_name, experience_name

Facts = tuple[tuple[str, str], ...]
"""Label and value."""

_CODES = (
    "The letters and digits after cues, prompt and rubric stand for their exact text: levels compare only where they "
    "are the same. Cues are the phrases that the offline rater listens for."
)


def heading(transcript: Transcript, bank: Bank, held: datetime | None) -> tuple[str, ...]:
    """What says which interview it is: format, company, level of experience, date and length."""
    started = transcript.started
    asked = (
        started.format.capitalize() if started else "",
        company_name(bank, started.company) if started and started.company else "",
        started.role or "" if started else "",
        experience_name(bank, started.seniority) if started and started.seniority else "",
        wording.day(held) if held else "",
        _length(transcript),
    )
    return tuple(clean_line(each) for each in asked if each)


def _length(transcript: Transcript) -> str:
    seconds = sum(second for state in transcript.threads for second in state.seconds)
    return wording.duration(seconds) + " of answers" if seconds else ""


def provenance(
    transcript: Transcript, card: Scorecard, bank: Bank, session: str | None, held: datetime | None
) -> Facts:
    """Label and value of each: interview, interviewer, raters with their hashes, calls, version and date."""
    started = transcript.started
    facts: list[tuple[str, str]] = []
    if session:
        facts.append(("Interview", session))
    if held:
        facts.append(("Held", f"{wording.day(held)}, {held:%H:%M}" + (f" {zone}" if (zone := held.tzname()) else "")))
    if started:
        facts.append(("Version", started.version))
        facts.append(("Mode and style", f"{transcript.mode}, {transcript.style}"))
        facts.append(("Seed", str(started.seed)))
    facts.append(("Interviewer", _model(transcript.model)))
    raters = _raters(card)
    facts += [("Rater", _rater(rater, bank.rubric_hash(rated))) for rater, rated in raters.items()]
    facts += _hashes(started, {rater.rubric for rater in raters})
    if any(rater.prompt or rater.rubric for rater in raters):
        facts.append(("Codes", _CODES))
    facts += _calls(transcript)
    facts += _trouble(transcript)
    return tuple((clean_line(label), clean_line(value)) for label, value in facts)


def _model(name: str) -> str:
    return "no model: the bank's own wording" if name == OFFLINE else name


def _raters(card: Scorecard) -> Mapping[RaterIdentity, Set[str]]:
    """Whose ratings count, each with the dimensions rated."""
    found: dict[RaterIdentity, set[str]] = {}
    for thread in card.threads:
        if thread.rater:
            found.setdefault(thread.rater, set()).update(thread.state.weights)
    return found


def _rater(rater: RaterIdentity, rubric: str) -> str:
    """The rater in words.

    Args:
        rubric: hash of the rubric as it is now.
    """
    facts = [rater.model, wording.counted(rater.samples, "reading")]
    if rater.prompt:
        facts.append(f"{'cues' if rater.model == OFFLINE else 'prompt'} {rater.prompt}")
    if rater.rubric:
        since = "" if rater.rubric == rubric else " (the rubric has changed since)"
        facts.append(f"rubric {rater.rubric}{since}")
    return ", ".join(facts)


def _hashes(started: Started | None, told: Set[str]) -> Facts:
    """The hashes at the beginning that no rater names."""
    hashes = started.hashes if started else {}
    return tuple(
        (f"{name.capitalize()} at the beginning", value) for name, value in hashes.items() if value not in told
    )


def _calls(transcript: Transcript) -> Facts:
    """Where words went and what it used; nothing where no model was called."""
    calls = transcript.calls
    if not calls:
        return ()
    hosts = ", ".join(dict.fromkeys(call.host for call in calls if call.host)) or "this machine"
    tokens = sum((call.prompt_tokens or 0) + (call.completion_tokens or 0) for call in calls)
    made = [call for call in calls if call.state != "error"]
    known = [call.cost for call in made if call.cost is not None]
    total = sum(known)
    price = f", {total:.4f} US dollars" if total and len(known) == len(made) else ""
    return (("Calls to models", f"{len(calls)} to {hosts}; {tokens} tokens{price}"),)


def _trouble(transcript: Transcript) -> Facts:
    """What failed, and who took over; nothing where all went well."""
    failed = [call for call in transcript.calls if call.state == "error"]
    facts = []
    if failed:
        said = dict.fromkeys(f"{call.model} ({call.error or 'broken'})" for call in failed)
        facts.append(("Calls that failed", f"{len(failed)}: {', '.join(said)}"))
    if transcript.changes:
        said = dict.fromkeys(f"{change.purpose} {change.model} ({change.reason})" for change in transcript.changes)
        facts.append(("Changed on the way", ", ".join(said)))
    return tuple(facts)
