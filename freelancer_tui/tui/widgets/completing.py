"""Completing: a field with a list of completions below it; Tab takes, Esc closes the list."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input

from freelancer_tui.i18n import N_
from freelancer_tui.tui.widgets.completions import Completions

if TYPE_CHECKING:
    from freelancer_tui.domain.search import Completion


class Completing(Vertical):
    """Holds an `Input` and a `Completions`, which a subclass lays out; it binds Tab to `take`."""

    DEFAULT_CSS = "Completing { height: auto; }"
    BINDINGS = [
        Binding("enter", "take_chosen", N_("Fill in"), show=False, id="query.chosen",
                priority=True, tooltip=N_("Take the completion that you moved to")),
        Binding("down", "step(1)", N_("Next completion"), show=False, id="query.next",
                priority=True, tooltip=N_("Move down in the list of completions")),
        Binding("up", "step(-1)", N_("Completion before"), show=False, id="query.previous",
                priority=True, tooltip=N_("Move up in the list of completions")),
        Binding("escape", "shut", N_("Close"), id="query.shut", priority=True,
                tooltip=N_("Close the list of completions")),
    ]  # fmt: skip

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._offered_for = ""

    @property
    def field(self) -> Input:
        """Where the text is typed."""
        return self.query_one(Input)

    def offer(self, text: str, found: "Sequence[Completion]") -> None:
        """Show what a text could become, unless there is another one by now."""
        if text == self.field.value:
            self._offered_for = text
            self._show(found if self.field.has_focus else ())

    @property
    def _offered(self) -> "Completion | None":
        """The completion to take; none while those on the screen were for another text."""
        is_for_this = self._offered_for == self.field.value
        return self.query_one(Completions).current if is_for_this else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.is_mounted:
            return True
        is_open = self._offered is not None
        if action in ("take", "step", "shut"):
            return is_open
        is_chosen = self.query_one(Completions).place is not None
        return is_open and is_chosen if action == "take_chosen" else True

    def action_take(self) -> None:
        if completion := self._offered:
            self._take(completion)

    def action_take_chosen(self) -> None:
        self.action_take()

    def action_step(self, direction: int) -> None:
        self.query_one(Completions).step(direction)
        self.refresh_bindings()

    def action_shut(self) -> None:
        self._show(())

    def on_descendant_blur(self) -> None:
        self._show(())

    @on(Completions.Picked)
    def _picked(self, event: Completions.Picked) -> None:
        event.stop()
        self._take(event.completion)

    def _take(self, completion: "Completion") -> None:
        self.field.value = completion.text
        self.field.cursor_position = len(completion.text)
        self._show(())

    def _show(self, found: "Sequence[Completion]") -> None:
        self.query_one(Completions).show(found)
        self.refresh_bindings()
