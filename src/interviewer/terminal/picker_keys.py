"""Moving through a list: arrows, Home and End, a digit, Enter. Typed text chooses nothing and is kept, and no Enter
takes anything after it until a key that moves was pressed; "/redo" takes the option of that name.

Whoever types a command or an answer here does not know yet that a list is shown: their Enter is not meant for it.
"""

from __future__ import annotations

from dataclasses import dataclass

from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys

USUAL = "Up and Down, then Enter"
CORRECTION = "This is a list: Up and Down choose, then Enter takes. What you typed is kept."
LEAVES = "/quit"


@dataclass(slots=True)
class Selection:
    """Which option is marked."""

    keys: list[str]
    start: str
    index: int = 0
    hint: str = USUAL
    """Which keys work; put differently once text was typed."""
    text: str = ""
    """What was typed all the same."""
    _typed: bool = False
    """Whether text was typed since the last key that means something here."""
    _lead: str = ""
    """The shortcut pressed last: the first letter of what is typed, where more text follows."""

    def __post_init__(self) -> None:
        self.index = self.keys.index(self.start) if self.start in self.keys else 0

    @property
    def digits(self) -> dict[str, int]:
        """The option that each digit marks: the one that goes by it, as a level does, else the one in that place."""
        places = {str(number): number - 1 for number in range(1, min(9, len(self.keys)) + 1)}
        named = {key: place for place, key in enumerate(self.keys) if key in set("123456789")}
        return named or places

    @property
    def key(self) -> str:
        """The key of the marked option."""
        return self.keys[self.index]

    def to(self, index: int) -> None:
        """Marks the option at the index, the first or last one beyond the ends."""
        self.index = max(0, min(index, len(self.keys) - 1))
        self.hint, self._typed, self._lead = USUAL, False, ""

    def shortcut(self, index: int, character: str) -> None:
        """Marks the option at the index by a character, which within typed text is only one more of it."""
        if self._typed:
            self.typed(character)
        else:
            self.to(index)
            self._lead = character

    def typed(self, text: str) -> None:
        """Text was typed, which is not for a list."""
        self.text += self._lead + text.replace("\r\n", "\n").replace("\r", "\n")
        self.hint, self._typed, self._lead = CORRECTION, True, ""

    def rubbed_out(self) -> None:
        """The last typed character is taken away."""
        self.text = self.text[:-1]
        if not self.text:
            self.to(self.index)

    def taken(self) -> str | None:
        """The option that Enter takes: the marked one, or the one whose name was typed as a command; else None."""
        if not self._typed:
            return self.key
        if named := next((key for key in self.keys if self.is_command(f"/{key}")), None):
            return named
        self.text += "\n"
        return None

    def is_command(self, command: str) -> bool:
        """Whether the row that was typed last is that command; then it is no text to be kept."""
        before, _, last = self.text.rpartition("\n")
        if last.strip().casefold() != command:
            return False
        self.text = before
        return True


def selection_keys(selection: Selection) -> KeyBindings:
    """The keys of the picker."""
    keys = KeyBindings()

    _add_marking(keys, selection)

    @keys.add(Keys.BracketedPaste)
    @keys.add(Keys.Any)
    def _typed(event: KeyPressEvent) -> None:
        if event.data.isprintable() or event.key_sequence[0].key is Keys.BracketedPaste:
            selection.typed(event.data)

    @keys.add("backspace")
    def _rub_out(event: KeyPressEvent) -> None:
        selection.rubbed_out()

    @keys.add("enter")
    def _take(event: KeyPressEvent) -> None:
        if selection.is_command(LEAVES):
            event.app.exit(exception=EOFError())
        elif (taken := selection.taken()) is not None:
            event.app.exit(result=taken)

    @keys.add("c-c")
    @keys.add("escape")
    @keys.add("<sigint>")
    def _stop(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt())

    @keys.add("c-d")
    def _end(event: KeyPressEvent) -> None:
        event.app.exit(exception=EOFError())

    return keys


def _add_marking(keys: KeyBindings, selection: Selection) -> None:
    def move(name: str, step: int) -> None:
        keys.add(name)(lambda event: selection.to(selection.index + step))

    def shortcut(name: str, step: int) -> None:
        keys.add(name)(lambda event: selection.shortcut(selection.index + step, event.data))

    for name, step in (("up", -1), ("c-p", -1), ("down", 1), ("c-n", 1)):
        move(name, step)
    for name, step in (("pageup", -10), ("pagedown", 10), ("home", -len(selection.keys)), ("end", len(selection.keys))):
        move(name, step)
    shortcut("k", -1)
    shortcut("j", 1)
    for digit in "123456789":
        if digit in selection.digits:
            keys.add(digit)(lambda event: selection.shortcut(selection.digits[event.data], event.data))
