"""DayField: one line for a day to go to in a conversation."""

from dataclasses import dataclass
from datetime import date

from textual import on
from textual.binding import Binding
from textual.message import Message
from textual.widgets import Input

from freelancer_tui.domain.days import day_of
from freelancer_tui.i18n import N_, _
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.widgets.ask_field import AskField


class DayField(AskField):
    """Hidden until it asks; Enter goes to the day, Esc puts it away."""

    BINDINGS = [
        Binding("enter", "submit", N_("Go there"), id="day.go",
                tooltip=N_("Go to the first message of this day")),
        Binding("escape", "leave", N_("Back"), id="day.leave",
                tooltip=N_("Stay where you are")),
    ]  # fmt: skip

    @dataclass
    class Picked(Message):
        """The user wants to see this day."""

        day: date

    @dataclass
    class Unread(Message):
        """What was typed is no day."""

        typed: str

    def __init__(self, clock: Clock, *, id: str | None = None) -> None:
        super().__init__(_("Go to a day: 2026-11-24, 24/11, 3d, 2w or 6m ago"), 20, id=id)
        self.clock = clock

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
            self.post_message(self.Unread(self.value))
            return
        self.close()
        self.post_message(self.Picked(day))
