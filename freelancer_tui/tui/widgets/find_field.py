"""FindField: one line for words to look for in the conversation that is open."""

from dataclasses import dataclass

from textual import on
from textual.binding import Binding
from textual.message import Message
from textual.widgets import Input

from freelancer_tui.i18n import N_, _
from freelancer_tui.tui.widgets.ask_field import AskField


class FindField(AskField):
    """Hidden until it asks; Enter looks, Esc puts it away."""

    BINDINGS = [
        Binding("enter", "submit", N_("Find"), id="find.go",
                tooltip=N_("Go to the last message that says this")),
        Binding("escape", "leave", N_("Back"), id="find.leave",
                tooltip=N_("Stay where you are")),
    ]  # fmt: skip

    @dataclass
    class Wanted(Message):
        """These words are looked for."""

        words: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(_('Find in this conversation; "two words" stand together'), 200, id=id)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.close()
        self.post_message(self.Wanted(self.value))
