"""DayField: one line for a day to go to in a conversation."""

from dataclasses import dataclass
from datetime import date

from textual import events, on
from textual.binding import Binding
from textual.message import Message
from textual.widgets import Input

from freelancer_tui.domain.days import day_of
from freelancer_tui.i18n import N_, _
from freelancer_tui.tui.format import Clock


class DayField(Input):
    """Hidden until it asks; Enter goes to the day, Esc puts it away."""

    BINDINGS = [
        Binding("enter", "submit", N_("Go there"), id="day.go",
                tooltip=N_("Go to the first message of this day")),
        Binding("escape", "leave", N_("Back"), id="day.leave",
                tooltip=N_("Stay where you are")),
    ]  # fmt: skip
    DEFAULT_CSS = """
    DayField {
        display: none; height: 1; padding: 0 2; background: $panel;
        &.-asking { display: block; }
        &.-unread { color: $error; }
    }
    """

    @dataclass
    class Picked(Message):
        """The user wants to see this day."""

        day: date

    @dataclass
    class Left(Message):
        """The user stays where they are."""

    def __init__(self, clock: Clock, *, id: str | None = None) -> None:
        super().__init__(
            id=id,
            compact=True,
            max_length=20,
            placeholder=_("Go to a day: 2026-11-24, 24/11, 3d, 2w or 6m ago"),
        )
        self.clock = clock
        self.cursor_blink = False

    def ask(self) -> None:
        """Take the keys until a day is named."""
        self.value = ""
        self.add_class("-asking")
        self.focus()

    def action_leave(self) -> None:
        self._close()
        self.post_message(self.Left())

    def on_blur(self, event: events.Blur) -> None:
        self._close()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.remove_class("-unread")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        day = day_of(self.value, self.clock.here(self.clock.now()).date())
        if day is None:
            self.add_class("-unread")
            return
        self._close()
        self.post_message(self.Picked(day))

    def _close(self) -> None:
        self.remove_class("-asking")
