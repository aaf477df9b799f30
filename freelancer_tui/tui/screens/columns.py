"""Columns: which of them a list shows, ticked off one by one."""

from collections.abc import Collection, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.events import Click
from textual.screen import ModalScreen
from textual.widget import Widget

from freelancer_tui.i18n import N_, _
from freelancer_tui.tui.format import fit
from freelancer_tui.tui.widgets.project_columns import Column

_LABEL = 12


class ColumnList(Widget, can_focus=True):
    """A line for each column: whether it is shown, its name, and what it tells."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "ColumnList { height: auto; text-wrap: nowrap; text-overflow: ellipsis; }"

    def __init__(self, columns: Sequence[Column], chosen: Collection[str], own: str) -> None:
        super().__init__()
        self.columns = columns
        self.chosen = set(chosen)
        self.own = own
        self.cursor = 0

    def render(self) -> Content:
        return Content("\n").join(map(self._line, range(len(self.columns))))

    def move(self, step: int) -> None:
        """Go to another column, round the ends."""
        self.cursor = (self.cursor + step) % len(self.columns)
        self.refresh()

    def toggle(self) -> None:
        """Show the column, or show it no more."""
        self.chosen ^= {self.columns[self.cursor].key}
        self.refresh()

    def on_click(self, event: Click) -> None:
        if 0 <= event.y < len(self.columns):
            self.cursor = event.y
            self.toggle()

    def _line(self, number: int) -> Content:
        column, is_here = self.columns[number], number == self.cursor
        tick = "[x]" if column.key in self.chosen else "[ ]"
        label = fit(_(column.label).format(currency=self.own), _LABEL)
        return Content.assemble(
            ("▌ " if is_here else "  ", "$primary"),
            (f"{tick} {label} ", "bold $foreground" if is_here else "$foreground"),
            (_(column.about), "$foreground-muted"),
        )


class ColumnsScreen(ModalScreen[tuple[str, ...]]):
    """Asks for the columns; what is ticked when it closes is what is shown."""

    CSS = """
    ColumnsScreen { align: center middle; background: $background 60%; }
    ColumnList {
        width: 76; max-width: 100%; background: $surface; padding: 1 2;
        border-title-color: $foreground; border: round $primary;
    }
    """
    BINDINGS: ClassVar = [
        Binding("down,j", "move(1)", N_("Next"), show=False, id="columns.next"),
        Binding("up,k", "move(-1)", N_("Previous"), show=False, id="columns.previous"),
        Binding("space,enter", "tick", N_("Show or not"), id="columns.tick",
                tooltip=N_("Show the column, or show it no more")),
        Binding("escape,q,c", "close", N_("Done"), id="columns.done",
                tooltip=N_("Keep the columns as they are ticked")),
    ]  # fmt: skip

    def __init__(self, columns: Sequence[Column], chosen: Collection[str], own: str) -> None:
        super().__init__()
        self._list = ColumnList(columns, chosen, own)

    def compose(self) -> ComposeResult:
        self._list.border_title = _("Columns")
        self._list.border_subtitle = _("space ticks · esc closes")
        yield self._list

    def action_move(self, step: int) -> None:
        self._list.move(step)

    def action_tick(self) -> None:
        self._list.toggle()

    def action_close(self) -> None:
        chosen = self._list.chosen
        kept = tuple(column.key for column in self._list.columns if column.key in chosen)
        self.dismiss(kept)
