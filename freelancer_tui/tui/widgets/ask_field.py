"""AskField: one line that is hidden until something is to be typed into it."""

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widgets import Input


class AskField(Input):
    """A subclass says what it asks for, and gives Enter and Esc to `submit` and `leave`."""

    DEFAULT_CSS = """
    AskField {
        display: none; height: 1; background: $panel;
        &.-textual-compact { padding: 0 1; }
        &.-asking { display: block; }
        &.-unread { color: $error; }
    }
    """

    @dataclass
    class Left(Message):
        """The user stays where they are."""

    def __init__(self, placeholder: str, most: int, *, id: str | None = None) -> None:
        super().__init__(id=id, compact=True, max_length=most, placeholder=placeholder)
        self.cursor_blink = False

    def ask(self) -> None:
        """Take the keys until something is typed."""
        self.value = ""
        self.add_class("-asking")
        self.focus()

    def action_leave(self) -> None:
        self.close()
        self.post_message(self.Left())

    def on_blur(self, event: events.Blur) -> None:
        if self.app.app_focus:  # otherwise only the terminal looked away
            self.close()

    def close(self) -> None:
        """Hide it."""
        self.remove_class("-asking")
