"""Moving through a list: arrows, Home and End, a digit, Enter."""

from __future__ import annotations

from dataclasses import dataclass

from prompt_toolkit.data_structures import Point
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent


@dataclass(slots=True)
class Selection:
    """Which option is marked."""

    keys: list[str]
    start: str
    index: int = 0

    def __post_init__(self) -> None:
        self.index = self.keys.index(self.start) if self.start in self.keys else 0

    @property
    def key(self) -> str:
        """The key of the marked option."""
        return self.keys[self.index]

    def to(self, index: int) -> None:
        """Marks the option at the index, the first or last one beyond the ends."""
        self.index = max(0, min(index, len(self.keys) - 1))

    def point(self) -> Point:
        """Where the marked row is, so that it stays in sight."""
        return Point(0, self.index)


def selection_keys(selection: Selection) -> KeyBindings:
    """The keys of the picker."""
    keys = KeyBindings()

    def move(name: str, step: int) -> None:
        keys.add(name)(lambda event: selection.to(selection.index + step))

    for name, step in (("up", -1), ("c-p", -1), ("k", -1), ("down", 1), ("c-n", 1), ("j", 1)):
        move(name, step)
    for name, step in (("pageup", -10), ("pagedown", 10), ("home", -len(selection.keys)), ("end", len(selection.keys))):
        move(name, step)
    for digit in "123456789"[: len(selection.keys)]:
        keys.add(digit)(lambda event: selection.to(int(event.data) - 1))

    @keys.add("enter")
    def _take(event: KeyPressEvent) -> None:
        event.app.exit(result=selection.key)

    @keys.add("c-c")
    @keys.add("escape")
    @keys.add("<sigint>")
    def _stop(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt())

    @keys.add("c-d")
    def _end(event: KeyPressEvent) -> None:
        event.app.exit(exception=EOFError())

    return keys
