"""QueryLine: the field of the jobs search, how its words are read, and what they could become."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from freelancer_tui.i18n import N_
from freelancer_tui.tui.format import tame
from freelancer_tui.tui.widgets.completing import Completing
from freelancer_tui.tui.widgets.completions import Completions
from freelancer_tui.tui.widgets.search_line import SearchLine

if TYPE_CHECKING:
    from freelancer_tui.domain.search import Explanation


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


class QueryLine(Completing):
    """A search line that explains and completes."""

    BINDINGS = [
        Binding("tab", "take", N_("Fill in"), id="query.take", priority=True,
                tooltip=N_("Take what is offered; a colon alone lists all filters")),
    ]  # fmt: skip

    def compose(self) -> ComposeResult:
        yield SearchLine()
        yield Understood()
        yield Completions()

    def explain(self, text: str, told: "Explanation") -> None:
        """Show how a text was read, unless there is another one by now."""
        if text == self.field.value:
            self.query_one(Understood).told = told
