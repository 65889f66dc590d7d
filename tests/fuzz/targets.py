"""All of ours that reads foreign bytes, each as a function that fails on what is neither taken nor refused."""

from __future__ import annotations

import asyncio
import io
import json
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output.vt100 import Vt100_Output

from interviewer.bank.catalogue import Catalogue
from interviewer.bank.checking import check_path
from interviewer.bank.library import Bank, NotInBank
from interviewer.bank.packs import Pack, bundled
from interviewer.bank.problems import ContentError
from interviewer.interview.candidate import Situation
from interviewer.models.scripted import ScriptedModel
from interviewer.places import find_paths
from interviewer.rating.batch import encoded, read_answer
from interviewer.rating.judge import Judge
from interviewer.rating.offline.lazy import LazyRater
from interviewer.rating.opening import open_offline
from interviewer.report.archive import ArchivedSession, Entry, NotAnArchive, archive_line, read_archive
from interviewer.session.errors import StoreError
from interviewer.session.store import Store
from interviewer.session.thread import Thread, Turn
from interviewer.session.transcript import fold
from interviewer.settings import SettingsError, load_settings
from interviewer.terminal.editor import Editor
from interviewer.terminal.look import Look
from interviewer.terminal.pipe import split_answers
from interviewer.terminal.screen import Screen
from interviewer.terminal.writing import Draft, DraftKeeper, Writing
from interviewer.text import cells, clean, shorten
from tests.session.conftest import SHORT_INTERVIEW

from .wires import WIRES, heard

ROOT = Path(__file__).parents[2]
GOLD = (ROOT / "fixtures" / "gold" / "dev.jsonl").read_bytes().splitlines()
EXAMPLE = ROOT / "examples" / "incident-reviews"
REPLY = json.dumps({"notes": "Little.", "parts": [{"part": "measured", "quote": "30 incidents", "met": True}],
                    "no_occasion": []}).encode()  # fmt: skip
CONFIG = b'# mine\nmodel = "offline"\nminutes = 30\nbudget = 0.5\nlocal_only = true\nstyle = "warm"\n'
ARCHIVE = archive_line(ArchivedSession("2026-11-21-quiet-otter", tuple(map(Entry, SHORT_INTERVIEW)))).encode()
ESCAPES = b"A \x1b[31mred\x1b[0m word, \x1b]52;c;aGk=\x07 and \xe2\x80\xae more."
KEYS = (
    "Ich maß 30 Fälle.\x1b[200~a paste\x1b]52;c;aGk=\x07\x1b[201~\x1b[A\x1b[1;5D\x17\x1f/he\t\x1b\r\x03more\r".encode()
)
THREAD = Thread(
    "How do you know?",
    (
        Turn(
            "candidate",
            "I replayed 30 incidents through it; it caught 26 of them, the old one 11, and none of those had been "
            "tuned for.",
        ),
    ),
)


@cache
def bank() -> Bank:
    return Bank.open()


@cache
def reader() -> LazyRater:
    return open_offline(bank())


def config(data: bytes, folder: Path) -> None:
    """A config file."""
    paths = find_paths({"INTERVIEWER_HOME": str(folder)})
    paths.config_file.write_bytes(data)
    with suppress(SettingsError):
        load_settings(environ={}, paths=paths)


def pack(file: Path, data: bytes, folder: Path) -> None:
    """A file of a pack: the bank of all else stands, and the check names a place for whatever is wrong."""
    root = folder / "spoiled"
    if not root.exists():
        shutil.copytree(EXAMPLE, root)
    (root / file).write_bytes(data)
    found = Bank(Catalogue([bundled(), Pack("spoiled", root)]))
    assert "safety-over-speed" in found.cards
    for name in [name for name in found.cards if name.startswith("spoiled:")]:
        with suppress(ContentError, NotInBank):
            for dimension in found.question(name).weights:
                found.dimension(dimension)
                found.probes(dimension)
    for problem in check_path(root / file).problems:
        assert problem.expected
        assert "input_value" not in problem.expected
    shutil.copy(EXAMPLE / file, root / file)


def transcript(data: bytes, folder: Path) -> None:
    """A line for `rate`, rated offline and written out."""
    with suppress(ValueError):
        answer = read_answer(data.replace(b"\n", b" "), bank())
        rated = asyncio.run(reader().rate(answer.thread, answer.dimensions))
        assert json.loads(encoded(answer, rated, None))["id"] == answer.id


def archive(data: bytes, folder: Path) -> None:
    """A file for `import`: what is taken in can be listed, read, checked, exported and folded."""
    with suppress(NotAnArchive, UnicodeDecodeError), Store.open(folder / "sessions.db") as store:
        sessions = list(read_archive(data.decode("utf-8").splitlines()))
        for each in sessions:
            with suppress(StoreError):
                taken_in(store, each)
        store.forget_all()


def taken_in(store: Store, session: ArchivedSession) -> None:
    """Takes the session in and reads it in every way."""
    entries = [(entry.event, entry.at) for entry in session.entries]
    [name] = store.take_in([(session.name, entries)])
    assert name
    assert store.take_in([(name, entries)]) == [None]
    assert store.check() == []
    (head,) = store.sessions()
    assert head.events == len(session.entries)
    assert head.threads is not None
    stored = store.stored(name)
    fold(store.events(name))
    line = archive_line(ArchivedSession(name, tuple(Entry(each.event, each.at) for each in stored)))
    assert len(next(read_archive([line])).entries) == len(stored)


SAID = [""]


@cache
def judge() -> Judge:
    """One whose model says what stands in `SAID`."""
    return Judge(ScriptedModel([lambda request: SAID[0]]), bank())


def judge_reply(data: bytes, folder: Path) -> None:
    """What a judge's model says."""
    SAID[0] = data.decode("utf-8", "surrogateescape")
    rated = asyncio.run(judge().rate(THREAD, [bank().dimension("evidence")])).ratings["evidence"]
    assert (rated.level is None) == bool(rated.unscored)
    for finding in rated.findings:
        assert not finding.met or finding.quote is not None


def shown_text(data: bytes, folder: Path) -> None:
    """Anything that is shown."""
    text = data.decode("utf-8", "surrogatepass") if b"\xff" not in data else data.decode("utf-8", "surrogateescape")
    shown = clean(text)
    assert clean(shown) == shown
    shown.encode()
    assert cells(shorten(text, 20)) <= 20
    split_answers(text)


SITUATION = Situation("A question", 1, 1, 0, 0.0, 5.0, "exam", "offline", "", ("help", "hint", "skip", "end"))


def typed(keys: str, data: bytes, folder: Path) -> None:
    """Bytes from a terminal's keyboard: nothing foreign reaches the screen, and what is sent can be stored."""
    data = data.replace(b"\x1a", b"")  # Ctrl-Z would stop the test
    os.environ["VISUAL"] = "true"  # and the key for one's own editor would open one
    out = io.StringIO()
    drafts: list[str] = []

    async def write(editor: Editor) -> str:
        try:
            return await editor.write(SITUATION, Draft())
        except EOFError:
            return ""

    with create_pipe_input() as pipe:
        output = Vt100_Output(out, lambda: Size(24, 80), term="xterm", enable_cpr=False)
        with create_app_session(input=pipe, output=output):
            screen = Screen(Look(), out, 80)
            keeper = DraftKeeper(lambda text, cursor: drafts.append(text))
            editor = Editor(screen, Writing(keys=keys), keeper, lambda situation: situation)  # type: ignore[arg-type]
            pipe.send_bytes(data)
            pipe.close()
            asyncio.run(write(editor)).encode()
    shown = out.getvalue()
    assert "\x1b]" not in shown
    assert "\x1bP" not in shown
    assert not any("\x80" <= each <= "\x9f" for each in shown)


@dataclass(frozen=True)
class Target:
    """A way in, what comes in by it when all is well, and how often it is tried in the normal run."""

    take: Callable[[bytes, Path], None]
    seeds: list[bytes]
    times: int = 120


TARGETS = {
    "config": Target(config, [CONFIG]),
    **{
        f"pack-{file.parent.name}-{file.stem}": Target(partial(pack, file), [(EXAMPLE / file).read_bytes()], 20)
        for file in sorted(each.relative_to(EXAMPLE) for each in EXAMPLE.rglob("*.yaml"))
    },
    "transcript": Target(transcript, GOLD[:12]),
    "archive": Target(archive, [ARCHIVE], 40),
    "judge-reply": Target(judge_reply, [REPLY, b"```json\n" + REPLY + b"\n```", b"<think>x</think>" + REPLY], 40),
    "shown-text": Target(shown_text, [ESCAPES, GOLD[0]]),
    "keys-emacs": Target(partial(typed, "emacs"), [KEYS], 15),
    "keys-vi": Target(partial(typed, "vi"), [KEYS], 15),
    **{f"wire-{name}": Target(partial(lambda name, data, folder: heard(name, data), name), wire.seeds, 12)
       for name, wire in WIRES.items()},
}  # fmt: skip
