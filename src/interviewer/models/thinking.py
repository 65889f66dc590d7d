"""Keeps reasoning apart from speech where a server leaves it in the text as `<think>…</think>`.

How the text is cut into pieces makes no difference to `speech` and `thinking`: what looks like the beginning of a tag
is held back until the next piece decides. An opening tag counts only at the beginning of a line, so that a model may
talk *about* the tag. Some servers cut the opening tag off; then a lone `</think>` turns all text before it into
reasoning. By then it has been handed out as speech, so `speech` at the end, not the sum of the pieces, is what was
said. A reply that begins as JSON is left alone: it may quote a tag that a candidate wrote.
"""

from __future__ import annotations

from dataclasses import dataclass

_OPENERS = ("<think>", "<thinking>")
_CLOSERS = ("</think>", "</thinking>")


@dataclass(slots=True)
class Heard:
    """What one piece, or the end, added."""

    speech: str = ""
    thinking: str = ""


class ThinkFilter:
    """The filter of one reply. Feed it pieces, then call `end` once."""

    def __init__(self) -> None:
        self.speech = ""
        """All speech so far."""
        self.thinking = ""
        """All reasoning so far."""
        self._rest = ""
        self._inside = False
        self._tags_seen = False
        self._after_tag = True

    def feed(self, piece: str) -> Heard:
        """What `piece` adds."""
        if "<" not in piece and not (self._rest or self._inside or self._after_tag):
            self.speech += piece  # as nearly every token of nearly every reply
            return Heard(piece)
        self._rest += piece
        return self._take(holding=True)

    def end(self) -> Heard:
        """What had been held back."""
        return self._take(holding=False)

    def _take(self, *, holding: bool) -> Heard:
        heard = Heard()
        while self._rest:
            before, tag = self._next_tag(holding=holding)
            self._emit(before, heard)
            self._rest = self._rest[len(before) + len(tag) :]
            if not tag:
                break
            self._pass(tag, heard)
        return heard

    def _next_tag(self, *, holding: bool) -> tuple[str, str]:
        """The text before the next tag, and the tag; without one, the text that can be let go, and ""."""
        at = self._rest.find("<")
        while at >= 0:
            tags = self._tags_at(at)
            here = self._rest[at:]
            for tag in tags:
                if here.startswith(tag):
                    return self._rest[:at], tag
            if holding and any(tag.startswith(here) for tag in tags):
                return self._rest[:at], ""
            at = self._rest.find("<", at + 1)
        return self._rest, ""

    def _tags_at(self, at: int) -> tuple[str, ...]:
        if self._inside:
            return _CLOSERS
        before = self._rest[:at]
        if (self.speech or before.lstrip())[:1] in ("{", "["):
            return ()
        _, newline, line = before.rpartition("\n")
        starts_line = not line.strip() and (bool(newline) or self._at_line_start())
        return (_OPENERS if starts_line else ()) + (() if self._tags_seen else _CLOSERS)

    def _at_line_start(self) -> bool:
        return self._after_tag or not self.speech.rpartition("\n")[2].strip()

    def _pass(self, tag: str, heard: Heard) -> None:
        if tag in _OPENERS:
            self._inside = True
        elif not self._inside:
            self.thinking, self.speech = self.thinking + self.speech, ""
            heard.thinking, heard.speech = heard.thinking + heard.speech, ""
        if tag in _CLOSERS:
            self._inside = False
            self._after_tag = True
        self._tags_seen = True

    def _emit(self, text: str, heard: Heard) -> None:
        if self._inside:
            self.thinking += text
            heard.thinking += text
            return
        if self._after_tag:
            text = text.lstrip()
            self._after_tag = not text
        self.speech += text
        heard.speech += text
