"""QueryLine: the field of the jobs search, how its words are read, and what they could become."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from freelancer_tui.i18n import N_
from freelancer_tui.tui.format import tame
from freelancer_tui.tui.widgets.completions import Completions
from freelancer_tui.tui.widgets.search_field import SearchField
from freelancer_tui.tui.widgets.search_line import SearchLine

if TYPE_CHECKING:
    from freelancer_tui.domain.search import Completion, Explanation


class Understood(Widget):
    """One line: what could not be read, then how the rest was."""

    DEFAULT_CSS = """
    Understood {
        display: none; height: auto; max-height: 3; padding: 0 1 0 3; color: $foreground-muted;
        &.-shown { display: block; }
    }
    """
    told: "reactive[Explanation | None]" = reactive(None, layout=True)

    def watch_told(self, told: "Explanation | None") -> None:
        self.set_class(bool(told and (told.parts or told.mistakes)), "-shown")

    def render(self) -> Content:
        if (told := self.told) is None:
            return Content()
        wrong = [(f"! {tame(one)}", "$text-warning") for one in told.mistakes]
        notes = [(tame(one), "$text-warning") for one in told.notes]
        parts = [*wrong, *([(tame(told.line), "")] if told.parts else []), *notes]
        return Content.assemble(*[one for part in parts for one in (part, " · ")][:-1])


class QueryLine(Vertical):
    """A search line that explains and completes; Tab takes, Esc closes the list."""

    DEFAULT_CSS = "QueryLine { height: auto; }"
    BINDINGS = [
        Binding("tab", "take", N_("Fill in"), id="query.take", priority=True,
                tooltip=N_("Take what is offered; a colon alone lists all filters")),
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

    def compose(self) -> ComposeResult:
        yield SearchLine()
        yield Understood()
        yield Completions()

    def explain(self, text: str, told: "Explanation") -> None:
        """Show how a text was read, unless there is another one by now."""
        if text == self._text:
            self.query_one(Understood).told = told

    def offer(self, text: str, found: "Sequence[Completion]") -> None:
        """Show what a text could become, unless there is another one by now."""
        if text == self._text:
            self._offered_for = text
            self._show(found if self.query_one(SearchField).has_focus else ())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.is_mounted:
            return True
        found = self.query_one(Completions)
        is_open = bool(found.found) and self._offered_for == self._text
        if action in ("take", "step", "shut"):
            return is_open
        return is_open and found.place is not None if action == "take_chosen" else True

    def action_take(self) -> None:
        if completion := self.query_one(Completions).current:
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
        field = self.query_one(SearchField)
        field.value = completion.text
        field.cursor_position = len(completion.text)
        self._show(())

    def _show(self, found: "Sequence[Completion]") -> None:
        self.query_one(Completions).show(found)
        self.refresh_bindings()

    @property
    def _text(self) -> str:
        return self.query_one(SearchField).value
