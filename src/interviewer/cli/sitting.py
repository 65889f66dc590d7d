"""What `start` and `resume` share: holding an interview at the desk."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Literal, NoReturn

import click

from ..interview.candidate import ScriptedCandidate, Situation
from ..interview.interview import Interview
from ..interview.opening import Readers, begin, take_up
from ..interview.planning import Practice, Wishes
from ..interview.underway import Bounds
from ..models.budget import MeteredModel
from ..models.model import Usage
from ..rating.opening import open_offline
from ..rating.owed import unread
from ..session.errors import StoreError
from ..session.events import OFFLINE, MemoryLog
from ..session.transcript import fold
from ..state import is_news, last_model, remember_model
from ..text import clean, clean_line
from .answers import tell_of_unheard
from .desk import Desk, as_document, show, tell_of_owed_readings

if TYPE_CHECKING:
    from ..session.log import SessionLog
    from ..session.store import Store
    from ..session.transcript import Transcript
    from ..terminal.place import Place
    from ..terminal.screen import Screen


@dataclass(frozen=True, slots=True)
class Manner:
    """How an interview is held and shown."""

    prepared: Sequence[str] | None
    """Answers that are given already; None when somebody sits at the keyboard."""
    as_json: bool
    why: str = ""
    """Said before it begins: why this question, where the program chose it."""


def hold_new(desk: Desk, wishes: Wishes, manner: Manner) -> None:
    """Holds a new interview and shows its scorecard."""
    if manner.prepared is None and _is_first_run(desk):
        from . import first_run

        desk, wishes = first_run.settle(desk, wishes)
    model = _chosen_model(desk, manner)
    mode: Literal["exam", "coach"] = "coach" if _coached(desk, wishes) else "exam"
    readers = open_readers(desk, model, desk.settings.judge or model)
    settings = desk.settings
    set_up = partial(
        begin, desk.bank, mode=mode, style=settings.style,
        self_rating=settings.self_rating, local_only=settings.local_only,
    )  # fmt: skip
    if not settings.save:
        log = MemoryLog()
        _hold(desk, set_up(log, readers, wishes), log, manner)
        return
    with desk.store() as store, closing(store.create()) as session:
        _tell_of_the_place(desk, store)
        practice = _practice(store, desk, wishes)
        interview = set_up(session, readers, wishes, practice=practice)
        _hold(desk, interview, session, replace(manner, why=_why(interview, practice)))


def _is_first_run(desk: Desk) -> bool:
    """Whether no model was ever chosen. The door to what only a picker needs: calibrations, offers, discovery."""
    return not (desk.settings.model or last_model(paths=desk.paths))


def hold_again(
    desk: Desk,
    session_id: str,
    manner: Manner,
    *,
    model: str | None = None,
    judge: str | None = None,
    local_only: bool | None = None,
) -> None:
    """Goes on with a stored interview.

    Args:
        model: in place of the one before; the same for `judge`.
        local_only: as this command line says; None where it says nothing.
    """
    with desk.store() as store, closing(store.resume(session_id)) as session:
        before = fold(session.events)
        desk = desk.bound_by(before.started, local_only=local_only)
        for call in before.calls:
            if call.state != "error":
                usage = Usage(call.prompt_tokens, call.completion_tokens, call.estimated, call.cost)
                desk.budget.add(call.model, usage)
        readers = open_readers(desk, model or before.model, judge or before.judge)
        _hold(desk, take_up(desk.bank, session, readers, session.events), session, manner)


def _tell_of_the_place(desk: Desk, store: Store) -> None:
    """Says once what the candidate should know about where the interviews lie."""
    if store.notice and is_news(store.notice, paths=desk.paths):
        click.echo(clean_line(store.notice), err=True)


def open_readers(desk: Desk, model: str, judge: str) -> Readers:
    """Who reads and who words the probes."""

    async def others() -> Mapping[str, str]:
        from .offers import stand_ins

        return await stand_ins(desk)

    bounds = Bounds(desk.budget.check, others)
    return Readers(open_offline(desk.bank), judge=judge, model=model, opened=desk.model, bounds=bounds)


def _with_spending(desk: Desk, situation: Situation) -> Situation:
    """The situation with what is true of it at this moment: tokens, cost, and what a model tells."""
    spent = desk.budget.spent
    return replace(
        situation,
        tokens=spent.prompt_tokens + spent.completion_tokens,
        estimated=spent.estimated,
        cost=None if spent.unpriced else spent.cost,
        notice=desk.board.sentence,
    )


def _coached(desk: Desk, wishes: Wishes) -> bool:
    """Rounds are exams and single questions are coached, unless it is said otherwise."""
    return (desk.settings.mode or ("exam" if wishes.format == "round" else "coach")) == "coach"


def _practice(store: Store, desk: Desk, wishes: Wishes) -> Practice | None:
    """What earlier interviews say about what to ask next; None where that is settled."""
    if wishes.questions:
        return None
    from . import past

    return past.practice(store, desk.bank, wishes)


def _why(interview: Interview, practice: Practice | None) -> str:
    """The reason for the first question; empty where it was drawn by lot or named by the candidate."""
    started = interview.transcript.started
    first = started.plan[0] if started and started.plan else ""
    return practice.wanted.get(first, "") if practice else ""


def _chosen_model(desk: Desk, manner: Manner) -> str:
    """The model that interviews: as set or picked, else as last time, else none."""
    name = desk.settings.model or last_model(paths=desk.paths) or OFFLINE
    if manner.prepared is not None and name != OFFLINE:
        asyncio.run(_require(desk, name))
    return name


def _remember(desk: Desk, transcript: Transcript) -> None:
    """Keeps the model for the next time, once it has answered: a name that does not work would spoil every start."""
    name, started = transcript.model, transcript.started
    offline = name == OFFLINE and started is not None and started.model == OFFLINE
    answered = any(call.model == name and call.state == "complete" for call in transcript.calls)
    if (offline or answered) and desk.settings.base_url is None:  # without its address it would mean nothing
        remember_model(name, paths=desk.paths)


async def _require(desk: Desk, name: str) -> None:
    """Where nobody is there to decide, a model that cannot be had ends the run before it begins."""
    model = desk.model(name)
    try:
        await model.warm_up()
    finally:
        await model.close()


def _hold(desk: Desk, interview: Interview, log: MemoryLog | SessionLog, manner: Manner) -> None:
    """Holds it. Ctrl-C where the candidate is not asked anything leaves too."""
    try:
        asyncio.run(_conduct(desk, interview, log, manner))
    except KeyboardInterrupt:
        _leave(_farewell(desk, manner), log, interview.transcript, 128 + signal.SIGINT)
    except Exception as error:
        _tell_what_is_kept(log, error)
        raise


def _tell_what_is_kept(log: MemoryLog | SessionLog, error: Exception) -> None:
    """Said before what went wrong is told: the first thing to know for somebody who has just typed an answer. Of what
    could not be stored the error's own sentence tells."""
    if not isinstance(log, MemoryLog) and not isinstance(error, StoreError):
        click.echo(f"What you have sent and typed is saved. Go on with: interviewer resume {log.id}", err=True)


def _farewell(desk: Desk, manner: Manner) -> Screen:
    """Where it is said how to go on: stderr, where stdout is for a document alone."""
    return desk.screen(sys.stderr if manner.as_json else None)


def _leave(
    screen: Screen, log: MemoryLog | SessionLog, transcript: Transcript, code: int, unsaved: str = ""
) -> NoReturn:
    """Says how to go on, and ends the program; one more Ctrl-C does not cut that off.

    Args:
        unsaved: a draft that could not be stored, and stands on the screen.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    kept = "Nothing was kept."
    if not isinstance(log, MemoryLog):
        on = "The scorecard: interviewer review" if transcript.ended else "Go on with: interviewer resume"
        kept = f"{'All but this draft' if unsaved else 'Everything'} is saved. {on} {log.id}"
    screen.say(kept)
    if transcript.ended and not isinstance(log, MemoryLog):
        tell_of_owed_readings(screen, transcript, log.id)
    sys.exit(code)


async def _conduct(desk: Desk, interview: Interview, log: MemoryLog | SessionLog, manner: Manner) -> None:
    """The interview, the ratings that are left, and what comes of it."""
    place = _place(desk, log, manner)
    if not manner.as_json and not interview.transcript.threads:
        interview.bounds = replace(interview.bounds, foretell=partial(_foretell, desk, interview, place.screen))
    with place.present:
        try:
            _tell_why(place.screen, manner)
            await interview.run(place.candidate)
        except BaseException as error:
            await interview.abandon()
            if place.has_told(error):
                sys.exit(1)
            raise
        finally:
            _remember(desk, interview.transcript)
        await finish(interview, place.screen, quiet=manner.as_json)
    _close(desk, interview, log, manner, place)


def _close(desk: Desk, interview: Interview, log: MemoryLog | SessionLog, manner: Manner, place: Place) -> None:
    """Shows the scorecard or the document, or says how to go on."""
    if isinstance(place.candidate, ScriptedCandidate):
        tell_of_unheard(len(place.candidate.left))
    session = None if isinstance(log, MemoryLog) else log.id
    if manner.as_json:
        click.echo(as_document(session, interview.transcript, desk))
    elif interview.transcript.ended == "finished":
        open_offline(desk.bank).let_go()  # the scorecard lies where it lay: the most that is held is 1.2 MiB less
        show(place.screen, interview.transcript, desk, session)
        if session:
            tell_of_owed_readings(place.screen, interview.transcript, session)
        if session and manner.prepared is None:
            _tell_what_is_next(place.screen, desk)
    if interview.transcript.ended != "finished":
        _leave(_farewell(desk, manner), log, interview.transcript, place.exit_code, place.unsaved)
    if manner.prepared is not None and (_tell_of_unread(interview.transcript) or place.exit_code):
        sys.exit(1)


def _tell_of_unread(transcript: Transcript) -> bool:
    """Whether a judge could say nothing of an answer; stderr says why, since nobody may look at the scorecard."""
    reasons = unread(transcript.threads)
    for judge, reason in reasons.items():
        click.echo(clean_line(f"{judge} has not rated all of it. {reason}"), err=True)
    return bool(reasons)


def _tell_why(screen: Screen, manner: Manner) -> None:
    from ..terminal.look import Role

    if manner.why and not manner.as_json:
        screen.say(manner.why, Role.QUIET)


def _tell_what_is_next(screen: Screen, desk: Desk) -> None:
    """One quiet line after the scorecard."""
    from ..report.naming import question_title
    from ..terminal.look import Role
    from . import past

    with desk.store() as store:
        exercises = past.upcoming(past.record(store, desk.bank), desk.bank)
    if exercises:
        first = exercises[0]
        title = question_title(desk.bank, first.question)
        screen.say(f"Next: {title}. {first.reason} Start it with: interviewer next", Role.QUIET)


async def _foretell(desk: Desk, interview: Interview, screen: Screen) -> str:
    """What a round with a model elsewhere will cost; said before a word is sent, for it may be much."""
    started = interview.transcript.started
    models = [interview.voice.model, interview.ratings.model]
    if started is None or started.format != "round" or all(model is None or model.local for model in models):
        return ""
    from ..interview.expense import estimate, load_needs

    screen.renew("Looking up the price …")
    voice, judge = (model if isinstance(model, MeteredModel) else None for model in models)
    try:
        said = await estimate(load_needs(desk.bank).of(started.format), voice, judge)
    finally:
        screen.clear()
    return said.beside(desk.settings.budget)


def _place(desk: Desk, log: MemoryLog | SessionLog, manner: Manner) -> Place:
    from ..terminal import place
    from ..terminal.waiting import Live
    from ..terminal.writing import Draft

    if manner.prepared is not None:
        return place.by_pipe(manner.prepared, heard=not manner.as_json, board=desk.board)
    screen, live = desk.screen(), Live(partial(_with_spending, desk), desk.board)
    if isinstance(log, MemoryLog):
        return place.at_keyboard(screen, desk.settings, None, None, live)
    kept = log.draft()
    draft = Draft(kept.text, kept.cursor) if kept else None
    return place.at_keyboard(screen, desk.settings, log, draft, live)


async def finish(interview: Interview, screen: Screen, *, quiet: bool) -> None:
    """Waits for the ratings that are left, with a line that says how many; then says why some are missing."""
    if interview.ratings.pending and not quiet:
        from ..terminal.progress import ratings_left

        with ratings_left(screen, interview.ratings.pending) as told:
            await interview.finish(told)
    else:
        await interview.finish()
    if trouble := interview.ratings.trouble:
        click.echo(clean(f"{trouble} {trouble.next_step}".strip()), err=True)
