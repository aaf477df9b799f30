"""Question: a line that asks yes or no, where a dialog would hide what it asks about."""

from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from freelancer_tui.i18n import N_


class Question(Widget, can_focus=True):
    """Takes the keys while it asks; y says yes, anything that leaves it says no."""

    BINDINGS = [
        Binding("y,enter", "answer(True)", N_("Yes"), id="question.yes"),
        Binding("n,escape", "answer(False)", N_("No"), id="question.no"),
    ]
    DEFAULT_CSS = """
    Question {
        display: none; height: auto; max-height: 3; padding: 0 1;
        background: $panel; color: $foreground; text-style: bold;
        &.-asking { display: block; }
    }
    """

    @dataclass
    class Answered(Message):
        """The user decided."""

        yes: bool
        about: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._words = ""
        self._about = ""

    def ask(self, words: str, about: str) -> None:
        """Ask about something, which the answer names again."""
        self._words, self._about = words, about
        self.add_class("-asking")
        self.refresh(layout=True)
        self.focus()

    def withdraw(self) -> None:
        """Ask no longer."""
        self.remove_class("-asking")

    def render(self) -> Content:
        return Content.assemble(("? ", "$warning"), (self._words, ""), ("  y/n", "$primary"))

    def on_blur(self, event: events.Blur) -> None:
        self.withdraw()

    def action_answer(self, yes: bool) -> None:
        self.withdraw()
        self.post_message(self.Answered(yes, self._about))
