"""What a candidate may type besides an answer: /help, /hint, /skip and the rest, by mode."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from ..bank.schema import Question
from ..session import events as ev
from ..text import clock
from . import coaching, timing
from .candidate import Candidate, Command, Purpose, Utterance
from .trouble import switch
from .underway import Finish, Leave, Underway


@dataclass(frozen=True, slots=True)
class Doing:
    """What a command does, and for whom."""

    does: str
    run: Callable[[Underway, Candidate, Question, str], Awaitable[None]]
    modes: tuple[str, ...] = ("exam", "coach")


async def obey(interview: Underway, candidate: Candidate, question: Question, command: Command) -> None:
    """Does what the command asks; an unknown one is answered with what there is."""
    known = COMMANDS.get(command.name)
    if known is None:
        await _notice(candidate, f"There is no /{command.name}. /help lists what there is; // begins a literal slash.")
    elif interview.transcript.mode not in known.modes:
        await _notice(candidate, f"/{command.name} is for coach mode: start with --coach, or type /mode coach.")
    else:
        await known.run(interview, candidate, question, command.argument)


def available(mode: str) -> tuple[str, ...]:
    """The commands of a mode, in the order of /help."""
    return tuple(name for name, command in COMMANDS.items() if mode in command.modes)


async def _notice(candidate: Candidate, text: str) -> None:
    await candidate.hear(Utterance(Purpose.NOTICE, text))


async def _help(interview: Underway, candidate: Candidate, question: Question, argument: str) -> None:
    names = available(interview.transcript.mode)
    width = max(map(len, names)) + 1
    lines = [f"/{name:<{width}} {COMMANDS[name].does}" for name in names]
    await _notice(candidate, "\n".join([*lines, f"{'//':<{width + 1}} begins an answer that starts with a slash"]))


async def _hint(interview: Underway, candidate: Candidate, question: Question, argument: str) -> None:
    rungs = ("nudge", "direction", "structure")
    given = interview.transcript.threads[-1].hints
    rung = next((rung for rung in rungs if rung not in given), None)
    if rung is None:
        await _notice(candidate, "Those were all three hints; the rest is yours.")
        return
    interview.record(ev.HintGiven(rung=rung))
    await candidate.hear(Utterance(Purpose.HINT, getattr(question.hints, rung), f"hint {rungs.index(rung) + 1} of 3"))


async def _outline(interview: Underway, candidate: Candidate, question: Question, argument: str) -> None:
    steps = [f"{number}. {step}" for number, step in enumerate(question.outline.steps, 1)]
    interview.record(ev.HintGiven(rung="outline"))
    await candidate.hear(Utterance(Purpose.HINT, "\n".join(steps), f"outline: {question.outline.pattern}"))


async def _requirements(interview: Underway, candidate: Candidate, question: Question, argument: str) -> None:
    names = [interview.bank.dimension(name) for name in interview.transcript.threads[-1].weights]
    lines = [question.tests, "", *(f"{dimension.name}: {dimension.asks}" for dimension in names)]
    interview.record(ev.HintGiven(rung="requirements"))
    await candidate.hear(Utterance(Purpose.HINT, "\n".join(lines), "what is looked at"))


async def _review(interview: Underway, candidate: Candidate, question: Question, argument: str) -> None:
    """The offline reading of the last answer, or the judge's where it is there already."""
    threads = interview.transcript.threads
    index = next((index for index in reversed(range(len(threads))) if threads[index].thread.answers), None)
    if index is None:
        await _notice(candidate, "There is no answer to look at yet.")
        return
    said = coaching.on_thread(interview, index)
    if threads[index].closed is None:
        interview.record(ev.HintGiven(rung="review"))
    await candidate.hear(Utterance(Purpose.FEEDBACK, said, "so far"))


async def _repeat(interview: Underway, candidate: Candidate, question: Question, argument: str) -> None:
    await candidate.hear(interview.last_utterance(question, interview.transcript.threads[-1]))


async def _skip(interview: Underway, candidate: Candidate, question: Question, argument: str) -> None:
    interview.close_thread("skipped")
    await _notice(candidate, interview.lines.skipped)


async def _back(interview: Underway, candidate: Candidate, question: Question, argument: str) -> None:
    if not interview.transcript.threads[-1].thread.answers:
        await _notice(candidate, "There is no answer to take back in this question yet.")
        return
    interview.record(ev.AnswerTakenBack())
    await _notice(candidate, "Taken back; it no longer counts. Here is what you were answering:")
    await _repeat(interview, candidate, question, argument)


async def _redo(interview: Underway, candidate: Candidate, question: Question, argument: str) -> None:
    done = [state for state in interview.transcript.threads if state.closed == "done"]
    if not done:
        await _notice(candidate, "There is no finished question to do again yet.")
        return
    if interview.transcript.threads[-1].thread.answers:
        await _notice(candidate, "Finish this question first, or leave it with /skip: its answer would be lost.")
        return
    interview.record(ev.Redone(question_id=done[-1].question_id))
    await _notice(candidate, "Once more, from the start. The first try stays beside it on the scorecard.")


async def _note(interview: Underway, candidate: Candidate, question: Question, argument: str) -> None:
    if not argument:
        await _notice(candidate, "Write the note behind the command: /note ask about on-call.")
        return
    interview.record(ev.Noted(text=argument))
    await _notice(candidate, "Noted, for you alone.")


async def _time(interview: Underway, candidate: Candidate, question: Question, argument: str) -> None:
    spent = sum(interview.transcript.threads[-1].seconds) + interview.clock.seconds
    plan = timing.planned(interview.transcript)
    of = f" of {clock(plan)}" if plan else ""
    silence = interview.lines.of_silence(interview.clock.left_out)
    await _notice(candidate, f"{clock(spent)}{of} for this question. {silence}".strip())


async def _pause(interview: Underway, candidate: Candidate, question: Question, argument: str) -> None:
    interview.clock.pause()
    interview.record(ev.Paused())
    await candidate.choose("The clock stands still.", {"go": "go on"}, "go")
    interview.record(ev.Resumed())
    interview.clock.resume()


async def _model(interview: Underway, candidate: Candidate, question: Question, argument: str) -> None:
    if argument:
        await switch(interview, candidate, argument, "asked for")
    else:
        now = " ".join(filter(None, [f"{interview.voice.name}.", interview.voice.destination]))
        await _notice(candidate, f"{now} /model NAME takes another one.")


async def _style(interview: Underway, candidate: Candidate, question: Question, argument: str) -> None:
    await _set(interview, candidate, "style", argument, tuple(interview.lines.styles))


async def _mode(interview: Underway, candidate: Candidate, question: Question, argument: str) -> None:
    await _set(interview, candidate, "mode", argument, ("exam", "coach"))


async def _set(
    interview: Underway, candidate: Candidate, name: Literal["style", "mode"], value: str, values: tuple[str, ...]
) -> None:
    if value not in values:
        await _notice(candidate, f"/{name} takes one of: {', '.join(values)}.")
        return
    interview.record(ev.SettingChanged(name=name, value=value))
    await _notice(candidate, f"{name.capitalize()}: {value}.")


async def _end(interview: Underway, candidate: Candidate, question: Question, argument: str) -> None:
    raise Finish


async def _quit(interview: Underway, candidate: Candidate, question: Question, argument: str) -> None:
    raise Leave


COACH = ("coach",)
COMMANDS: dict[str, Doing] = {
    "help": Doing("shows this list", _help),
    "hint": Doing("gives one of three hints, never the answer", _hint, COACH),
    "requirements": Doing("says what this question looks at", _requirements, COACH),
    "outline": Doing("shows the shape of an answer", _outline, COACH),
    "review": Doing("says what carries your answer so far, and what would lift it", _review, COACH),
    "repeat": Doing("says the question again", _repeat),
    "back": Doing("takes the last answer back", _back),
    "redo": Doing("does the last finished question once more", _redo, COACH),
    "skip": Doing("leaves this question", _skip),
    "note": Doing("keeps a note for yourself", _note),
    "time": Doing("says how long you have been answering", _time),
    "pause": Doing("stops the clock", _pause),
    "model": Doing("says or changes who words the follow-ups", _model),
    "style": Doing("changes the manner; alone it says which there are", _style),
    "mode": Doing("changes between exam and coach", _mode),
    "end": Doing("ends the interview and shows the scorecard", _end),
    "quit": Doing("leaves; `interviewer resume` goes on from here", _quit),
}
