"""Puts a thread before a model as data: between two lines with a secret word, every line marked, nothing left in it
that a model or its chat template could take for the end of the data.

The characters that make a reserved sequence become their full-width twins, which `find_quote` folds back, so that a
quote of such a piece is still found. It may not know what is asked about the thread.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from hashlib import blake2b

from ...session.thread import Thread
from ...text import clean

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+|(?<=[。！？])|\n+")
_MARK = re.compile(r"^\s*(?:[0-9a-f]{8}\s*)?[CIQ]\d*\s*\|\s*")
_RESERVED = re.compile(
    r"<[/!|｜]?[A-Za-z!|｜][^<>\n]{0,200}>|<\||\|>|<!--|-->|<<|>>"  # tags, chat templates, comments
    r"|\[/?[A-Za-z_]{2,20}\]"  # [INST], [/SYS]
    r"|```|^[ \t]*#{1,6}(?=\s|$)|^[ \t]*(?:-{3,}|={3,}|\*{3,})[ \t]*$",  # code fences, headings, rules
    re.MULTILINE,
)
_TWINS = {ord(char): chr(ord(char) + 0xFEE0) for char in "<>|[]#-=*!"} | {ord("`"): "'"}


def new_nonce(thread: Thread) -> str:
    """Eight hexadecimal digits that nobody who spoke in the thread can have known, other ones each time."""
    return nonce_of(thread, secrets.token_bytes(16))


def nonce_of(thread: Thread, secret: bytes) -> str:
    """Eight digits for a thread, the same while it grows; nobody without the secret can have known them."""
    tried = 0
    while True:
        seed = f"{tried} {thread.question_id} {thread.question}".encode(errors="surrogatepass")
        nonce = blake2b(seed, key=secret, digest_size=4).hexdigest()
        if not any(nonce in turn.text for turn in thread.turns):
            return nonce
        tried += 1


def fenced(thread: Thread, nonce: str) -> str:
    """The question and all turns, a sentence a line, each line marked with the nonce and who speaks.

    `Q` is the question, `C1` the candidate's first answer, `I1` the interviewer's first probe.
    """
    return "\n".join([f"BEGIN {nonce}", *(f"{nonce} {line}" for line in _lines(thread)), f"END {nonce}"])


def _lines(thread: Thread) -> Iterator[str]:
    yield from (f"Q| {line}" for line in sentences(thread.question))
    counts = {"candidate": 0, "interviewer": 0}
    for turn in thread.turns:
        counts[turn.role] += 1
        mark = f"{turn.role[0].upper()}{counts[turn.role]}|"
        lines = list(sentences(turn.text)) or ["(nothing)"]
        yield from (f"{mark} {line}" for line in lines)


def sentences(text: str) -> Iterator[str]:
    """The text made harmless, one sentence after the other, white space folded."""
    harmless = neutral(text)
    for start, end in sentence_places(harmless):
        if piece := " ".join(harmless[start:end].split()):
            yield piece


def sentence_places(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and where the next one does, as character offsets."""
    start = 0
    for cut in _SENTENCE_END.finditer(text):
        yield start, cut.end()
        start = cut.end()
    if start < len(text):
        yield start, len(text)


def neutral(text: str) -> str:
    """The text without control, invisible and bidirectional characters, and with reserved sequences defused."""
    return _RESERVED.sub(lambda match: match[0].translate(_TWINS), clean(text))


def unmarked(quote: str) -> str:
    """The quote without a line's mark that the model copied with it."""
    return _MARK.sub("", quote)
