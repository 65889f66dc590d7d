"""Text that came from elsewhere, made safe to show on a terminal; and the length of text in words, seconds and cells.

The one sanitiser of the project. It belongs at the place that writes to a screen; what is stored stays raw.
It reads character by character and keeps its state between chunks, so a stream may be split anywhere:
`feed(a + b) == feed(a) + feed(b)`. It may know no screen, no file and no third-party package.

What it removes: whole escape sequences in their 7-bit and 8-bit forms, other control characters, bidirectional
controls, invisible characters and combining marks stacked without end. What merely looks like the start of a sequence
never hides the text after it: a control string that is not ended properly is shown as text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

WIDEST = 96
"""Columns of running text: longer lines are hard to read."""
WORDS_A_MINUTE = 140
"""An unhurried speaker in an interview."""

LONGEST_STRING = 4096
"""Characters after which a control string counts as unended and is shown."""

LONGEST_CONTROL = 64
"""The same for the parameters of a CSI sequence."""

MARKS_PER_CHARACTER = 6
"""Combining marks and joiners kept on one base character; living scripts and emoji need five at most."""

_ESC, _CSI = "\x1b", "\x9b"
_STRINGS = "\x90\x98\x9d\x9e\x9f"  # DCS, SOS, OSC, PM, APC
_STRINGS_AFTER_ESC = "PX]^_"
_STRING_ENDS = "\x07\x9c\x18\x1a"  # BEL, ST; CAN and SUB abort
_LINE_ENDS = "\n\u2028\u2029"
_JOINERS = "\u200c\u200d\ufe0f"

# The sets of characters are compiled when a text first needs them: 6 ms that plain English never pays.
_HIDDEN = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Runs that need no look at each character: blocks without control, invisible or combining characters.
_PLAIN = (
    "[\n -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u0590\u1e00-\u1fff\u2010-\u2027\u202f-\u205f\u2070-\u20cf"
    "\u2100-\u2bff\u3001-\u3029\u3030-\u3098\u309b-\u3163\u3165-\ua66e\uac00-\ud7a3\uff01-\uff9f"
    "\U0001f300-\U0001faff\U00020000-\U0002ffff]+"
)
# The part of them that English prose is written in.
_ENGLISH = re.compile("[\n -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027]*")
# Scripts that put no space between words.
_UNSPACED = (
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


@cache
def _set(characters: str) -> re.Pattern[str]:
    return re.compile(characters)


class Sanitiser:
    """Makes a stream of foreign text safe to show; one object per stream."""

    def __init__(self) -> None:
        self._marks = 0
        self._held: list[str] = []
        self._read: Callable[[str], str] = self._ground

    def feed(self, chunk: str) -> str:
        """What may be shown of the chunk. The inside of an open control string is held back until it ends."""
        shown: list[str] = []
        at = 0
        while at < len(chunk):
            plain = _set(_PLAIN).match(chunk, at) if self._read == self._ground else None
            if plain:
                self._marks = 0
                shown.append(plain[0])
                at = plain.end()
            else:
                shown.append(self._read(chunk[at]))
                at += 1
        return "".join(shown)

    def close(self) -> str:
        """What was held back when the stream ended; the object is then as new."""
        held = self._release()
        self._marks = 0
        return held

    def _ground(self, char: str) -> str:
        if char == _ESC:
            return self._enter(self._escape)
        if char == _CSI:
            return self._enter(self._control)
        if char in _STRINGS:
            return self._enter(self._string)
        if char == "\r":
            self._read = self._after_return
            return self._shown("\n")
        return self._shown(char)

    def _enter(self, reader: Callable[[str], str]) -> str:
        self._read = reader
        return ""

    def _leave(self) -> str:
        """The sequence has ended as it should: nothing of it is shown."""
        self._held.clear()
        self._read = self._ground
        return ""

    def _release(self) -> str:
        """It was no sequence after all: what was held back is shown, without its control characters."""
        held = "".join(map(self._shown, self._held))
        self._leave()
        return held

    def _hold(self, char: str, longest: int) -> str:
        self._held.append(char)
        return self._release() if len(self._held) > longest else ""

    def _after_return(self, char: str) -> str:
        self._read = self._ground
        return "" if char == "\n" else self._ground(char)

    def _escape(self, char: str) -> str:
        if char == "[":
            self._read = self._control
        elif char in _STRINGS_AFTER_ESC:
            self._read = self._string
        elif " " <= char <= "/":
            self._read = self._designation
        elif "0" <= char <= "~":
            return self._leave()
        elif char != _ESC:
            return self._release() + self._ground(char)
        return ""

    def _designation(self, char: str) -> str:
        """ESC, characters from space to slash, and one more: a choice of character set and the like."""
        if "0" <= char <= "~":
            return self._leave()
        if " " <= char <= "/":
            return self._hold(char, LONGEST_CONTROL)
        return self._release() + self._ground(char)

    def _control(self, char: str) -> str:
        if "@" <= char <= "~":
            return self._leave()
        if " " <= char <= "?":
            return self._hold(char, LONGEST_CONTROL)
        return self._release() + self._ground(char)

    def _string(self, char: str) -> str:
        if char in _STRING_ENDS:
            return self._leave()
        if char == _ESC:
            self._read = self._string_escape
            return ""
        if char == "\r" or char in _LINE_ENDS:
            return self._release() + self._ground(char)
        return self._hold(char, LONGEST_STRING)

    def _string_escape(self, char: str) -> str:
        if char == "\\":
            return self._leave()
        held = self._release()
        self._enter(self._escape)
        return held + self._escape(char)

    def _shown(self, char: str) -> str:
        """The character as a terminal may have it, outside any sequence."""
        if char in _LINE_ENDS:
            self._marks = 0
            return "\n"
        if char in _JOINERS or (unicodedata.category(char)[0] == "M" and not _set(_HIDDEN).match(char)):
            self._marks += 1
            return char if self._marks <= MARKS_PER_CHARACTER else ""
        if char != "\t" and _set(_HIDDEN).match(char):
            return ""
        self._marks = 0
        if char == "\t":
            return "    "
        return "\ufffd" if "\ud800" <= char <= "\udfff" else char


def clean(text: str) -> str:
    """The text as it may be shown on a terminal; its line breaks stay."""
    if _ENGLISH.fullmatch(text) or _set(_PLAIN).fullmatch(text):
        return text
    sanitiser = Sanitiser()
    return sanitiser.feed(text) + sanitiser.close()


def clean_line(text: str) -> str:
    """The text as it may be shown within one line: a name, a title, the message of an error."""
    return " ".join(clean(text).split())


def clean_json(document: str) -> str:
    """JSON as it may be shown on a terminal: what is neither seen nor a line break or space stands as an escape, and
    means the same."""
    if document.isascii() or document.isprintable():
        return document
    return _set("[^\n -~]").sub(_escaped, document)


def _escaped(char: re.Match[str]) -> str:
    units = char[0].encode("utf-16-be", "surrogatepass")
    if char[0].isprintable():
        return char[0]
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def count_words(text: str) -> int:
    """Words as a reader counts them: whatever stands between spaces and holds a letter or a digit.

    In scripts without spaces two characters count as a word.
    """
    unspaced = 0 if text.isascii() else len(_set(_UNSPACED).findall(text))
    if unspaced:
        text = _set(_UNSPACED).sub(" ", text)
    return sum(any(map(str.isalnum, word)) for word in text.split()) + (unspaced + 1) // 2


def straight(text: str) -> str:
    """The text with apostrophes as a keyboard types them, as long as before: for words that are looked up."""
    return text.replace("’", "'")


def plural(number: int, thing: str, things: str = "") -> str:
    """The number with its noun: "1 fault", "3 faults"."""
    return f"{number} {thing if number == 1 else things or thing + 's'}"


def clock(seconds: float) -> str:
    """mm:ss."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    return f"{minutes:02d}:{rest:02d}"


def speaking_seconds(words: int) -> float:
    """How long it takes to say so many words, in seconds."""
    return words * 60 / WORDS_A_MINUTE


def cells(text: str) -> int:
    """Columns that clean text takes on a terminal: East Asian wide characters two, marks and joiners none."""
    return sum(_cells(char) for char in text)


def _cells(char: str) -> int:
    if char < "\u0300":
        return 1
    if char in _JOINERS or unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def shorten(text: str, width: int) -> str:
    """The text cleaned, in one line of at most `width` columns; cut at a word where it can, with an ellipsis."""
    line = clean_line(text)
    if cells(line) <= width:
        return line
    if width < 1:
        return ""
    end = _fitting(line, width - 1)
    word_end = line.rfind(" ", 0, end + 1)
    return line[: word_end if word_end > end * 2 // 3 else end].rstrip() + "…"


def _fitting(line: str, width: int) -> int:
    """How many of the first characters fit into the width."""
    for end, char in enumerate(line):
        width -= _cells(char)
        if width < 0:
            return end
    return len(line)


def without_surrogates(text: str) -> str:
    """The text as real characters: halves of a pair joined, bytes that were no text replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
