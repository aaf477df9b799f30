"""SearchField: one line to type words into; every change counts at once."""

from dataclasses import dataclass
from typing import Final

from textual import on
from textual.binding import Binding
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input

from freelancer_tui.i18n import N_

_PAUSE_SECONDS: Final = 0.03


class SearchField(Input):
    """A field without a frame; Enter and the arrow down go on to what was found."""

    BINDINGS = [
        Binding("enter,down", "done", N_("To the list"), id="search.done",
                tooltip=N_("Go to what was found")),
    ]  # fmt: skip

    @dataclass
    class Typed(Message):
        """There are other words now, and nothing more was typed for a moment."""

        text: str

    @dataclass
    class Done(Message):
        """The user goes on to the list."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, compact=True, select_on_focus=False, max_length=200)
        self.cursor_blink = False
        self._timer: Timer | None = None

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_PAUSE_SECONDS, self._tell)

    def _tell(self) -> None:
        self.post_message(self.Typed(self.value))

    def action_done(self) -> None:
        self.post_message(self.Done())
