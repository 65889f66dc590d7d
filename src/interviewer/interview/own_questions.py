"""The candidate's own questions at the end of a round, answered from the company's profile; a model may word it."""

from __future__ import annotations

import re

from ..bank.schema import OwnQuestion, Profile
from ..models.model import ModelError, Reply
from ..session import events as ev
from .candidate import Answer, Candidate, Command, Purpose, Utterance
from .situation import while_asking
from .underway import Leave, Underway
from .voice import call_event
from .waiting import awaited

COMMANDS = ("skip", "end", "quit")
CALL = "own question"
"""What a model's call is for, in the log."""
NOBODY = "neutral"
"""The profile of a company that was not named."""


async def take(interview: Underway, candidate: Candidate) -> None:
    """Answers as many questions as the lines allow; ends when the candidate has none.

    Raises:
        Leave: the candidate goes.
    """
    started = interview.transcript.started
    profile = interview.bank.profile((started.company if started else None) or NOBODY)
    await candidate.hear(Utterance(Purpose.CLOSE, interview.lines.own_questions))
    if owed := interview.transcript.owed:  # the program was killed before the reply
        await _answer(interview, candidate, profile, owed)
    while len(interview.transcript.asked) < interview.lines.own_most:
        try:
            reply = await candidate.reply(while_asking(interview, COMMANDS))
        except EOFError:
            return
        match reply:
            case Command("quit"):
                raise Leave
            case Command("skip" | "end"):
                return
            case Command():
                await candidate.hear(Utterance(Purpose.NOTICE, interview.lines.own_help))
            case Answer(text) if not text.strip() or _declines(text, interview):
                return
            case Answer(text):
                interview.record(ev.CandidateAsked(text=text))
                await _answer(interview, candidate, profile, text)


async def _answer(interview: Underway, candidate: Candidate, profile: Profile, asked: str) -> None:
    """The model's answer where there is one that may be spoken, else the profile's own."""
    if word := interview.lines.in_crisis(asked):
        interview.record(ev.Said(purpose=Purpose.REPLY, text=word))
        await candidate.hear(Utterance(Purpose.REPLY, word))
        return
    known = [each for each in dict.fromkeys(found(profile, one) for one in _apart(asked)) if each]
    by_model = await _worded(interview, candidate, profile, asked)
    text = by_model or " ".join(each.answer for each in known) or interview.lines.no_answer
    interview.record(ev.Said(purpose=Purpose.REPLY, text=text))
    title = interview.lines.invented if by_model or any(each.invented for each in known) else ""
    await candidate.hear(Utterance(Purpose.REPLY, text, title))


async def _worded(interview: Underway, candidate: Candidate, profile: Profile, asked: str) -> str | None:
    """What a model answers, checked. One that fails now, or is not waited for, is not worth a question about it: the
    profile answers."""
    model = interview.voice.model
    if model is None:
        return None
    from .own_replies import worded  # an offline interview needs none of it

    async def replied(reply: Reply) -> None:
        interview.record(call_event(CALL, model.name, reply))

    try:
        interview.bounds.check()
        style = interview.transcript.style
        return await awaited(candidate, worded(model, interview.bank, profile, asked, style, replied), model)
    except ModelError as error:
        interview.record(
            ev.ModelCalled(purpose=CALL, model=model.name, host=model.host, state="error", error=error.kind)
        )
        return None


def _apart(asked: str) -> list[str]:
    """The questions of one turn, each by itself."""
    return [one for one in re.split(r"(?<=\?)\s+", asked.strip()) if one] or [asked]


def found(profile: Profile, asked: str) -> OwnQuestion | None:
    """The profile's answer whose topic words stand most often in the question; None where none does."""
    words = re.findall(r"[a-z-]+", asked.casefold())
    scored = [
        (sum(any(_same(word, topic) for word in words) for topic in each.about), each) for each in profile.answers
    ]
    best = max(scored, key=lambda entry: entry[0], default=None)
    return best[1] if best and best[0] else None


def _same(word: str, topic: str) -> bool:
    """Whether the word is the topic's, its endings aside."""
    topic = topic.casefold()
    return word == topic or (len(topic) > 3 and word.startswith(topic.rstrip("e")) and len(word) - len(topic) <= 4)


def _declines(text: str, interview: Underway) -> bool:
    said = text.casefold().strip(" .!")
    lines = interview.lines
    if lines.crisis.shows_in(text):
        return False
    return said in lines.no_questions or lines.has_no_more(text, lines.no_questions_within)
