"""The keys of the editor: sending, lines, leaving, undo, the candidate's own editor."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys

from .wrapping import row_up_or_down

if TYPE_CHECKING:
    from .editor import Editor


def key_bindings(editor: Editor) -> KeyBindings:
    """What the keys do in this editor, on top of prompt_toolkit's own."""
    keys = KeyBindings()
    sends = editor.writing.enter == "sends"
    keys.add("enter")(_sender(editor) if sends else _make_line)
    keys.add("escape", "enter")(_make_line if sends else _sender(editor))
    keys.add("c-j")(_make_line)
    _add_leaving(keys, editor)
    _add_editing(keys, editor)
    _add_moving(keys, editor)
    return keys


def _make_line(event: KeyPressEvent) -> None:
    event.current_buffer.newline(copy_margin=False)


def _sender(editor: Editor) -> Callable[[KeyPressEvent], None]:
    def send(event: KeyPressEvent) -> None:
        if any(press.key is not Keys.CPRResponse for press in event.app.key_processor.input_queue):
            # More keys came in the same breath: a paste in a terminal that does not mark pastes.
            # A terminal's report of where its cursor is may come at any moment and is no key.
            _make_line(event)
        elif editor.asking.may_send(event.current_buffer.text):
            event.current_buffer.validate_and_handle()
        else:
            editor.tell()

    return send


def _add_leaving(keys: KeyBindings, editor: Editor) -> None:
    @keys.add("c-c")
    @keys.add("<sigint>")
    def _interrupt(event: KeyPressEvent) -> None:
        kept = editor.set_aside()
        if editor.asking.interrupted(kept):
            editor.interrupted = True
            editor.leave()
        else:
            editor.tell()

    @keys.add("c-d", filter=Condition(lambda: not editor.buffer.text))
    def _end(event: KeyPressEvent) -> None:
        if editor.asking.ended():
            editor.leave()
        else:
            editor.tell()


def _add_editing(keys: KeyBindings, editor: Editor) -> None:
    @keys.add("c-x", "c-e")
    def _own_editor(event: KeyPressEvent) -> None:
        event.app.create_background_task(editor.open_own())

    # Saved before, the text would begin a new line of undoing, with nothing to redo.
    @keys.add("c-x", "c-r", save_before=lambda event: False)
    def _redo(event: KeyPressEvent) -> None:
        event.current_buffer.redo()


def _add_moving(keys: KeyBindings, editor: Editor) -> None:
    """Up and Down go by the rows one sees; the history begins above the first row and below the last."""

    def moved(rows: int) -> Callable[[KeyPressEvent], None]:
        def move(event: KeyPressEvent) -> None:
            buffer = event.current_buffer
            document = buffer.document
            column = row_up_or_down(document.current_line, document.cursor_position_col, editor.row_width, rows)
            if buffer.complete_state or column is None:
                buffer.auto_up() if rows < 0 else buffer.auto_down()
            else:
                buffer.cursor_position += column - document.cursor_position_col

        return move

    keys.add("up")(moved(-1))
    keys.add("down")(moved(1))
