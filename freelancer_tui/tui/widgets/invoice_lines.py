"""Invoice lines: a small table in which each cell is typed where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from freelancer_tui import wording
from freelancer_tui.domain.invoices import InvoiceLine
from freelancer_tui.i18n import N_, _
from freelancer_tui.tui.format import fit
from freelancer_tui.tui.widgets import invoice_cells
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.invoice_cells import BLANK, CELLS, NET_ROOM, columns
from freelancer_tui.tui.widgets.lines import Span
from freelancer_tui.tui.widgets.stack import Block

_RIGHT: Final = frozenset({"quantity", "price", "discount"})
_KEYS: Final[list[BindingType]] = [
    Binding("up", "row(-1)", N_("Line above"), show=False, id="lines.up"),
    Binding("down", "row(1)", N_("Line below"), show=False, id="lines.down"),
    Binding("tab", "cell(1)", N_("Next part"), show=False, id="lines.next"),
    Binding("shift+tab", "cell(-1)", N_("Part before"), show=False, id="lines.previous"),
    Binding("ctrl+n", "add", N_("New line"), id="lines.add",
            tooltip=N_("Put a new line below this one")),
    Binding("f9", "remove", N_("Delete line"), id="lines.remove",
            tooltip=N_("Take this line out; Ctrl+Z brings it back")),
    Binding("ctrl+z", "undo", N_("Undo"), show=False, id="lines.undo",
            tooltip=N_("Bring back the lines as they were before one was taken out")),
]  # fmt: skip
_LOOK: Final = """
InvoiceLines {
    height: 1fr; min-height: 4;
    & #line-heads { height: 1; color: $foreground-muted; }
    & #grid { height: 1fr; layers: rows cell; }
    & LineRows { layer: rows; height: 1fr; scrollbar-size-vertical: 1; }
    & #cell { layer: cell; display: none; width: 10; background: $panel-lighten-1; }
    &.-typing #cell { display: block; }
    & #cell-told { height: 1; padding: 0 1; color: $foreground-muted; }
    & #cell-told.-wrong { color: $error; }
}
"""


class LineRows(Blocks, can_focus=False):
    """The lines as they read; the cell that is typed lies above them."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[InvoiceLine, ...] = ()
        self.currency = ""

    def draw(self, width: int) -> Sequence[Block]:
        return [self._block(place, line, width) for place, line in enumerate(self.lines)]

    def _block(self, place: int, line: InvoiceLine, width: int) -> Block:
        spans: list[Span] = [(" ", "")]
        for column in columns(width):
            text = invoice_cells.shown(line, column.cell)
            spans.append((fit(text, column.width, right=column.cell in _RIGHT) + " ", ""))
        net = wording.money(line.net(self.currency)) if line.unit_price else ""
        spans.append((fit(net, NET_ROOM, right=True), "strong"))
        return Block(f"line{place}", (tuple(spans),))


class InvoiceLines(Vertical):
    """It tells each change of a line; a cell that cannot be read is not left."""

    BINDINGS = _KEYS
    DEFAULT_CSS = _LOOK

    @dataclass
    class Edited(Message):
        """A line changed; this is how they all stand."""

        lines: tuple[InvoiceLine, ...]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.blank = BLANK
        """A line of which nothing was said yet."""
        self._rows: list[InvoiceLine] = [BLANK]
        self._currency = "USD"
        self._row, self._cell = 0, 0
        self._wrong = ""
        self._before: list[list[InvoiceLine]] = []
        self._taken = ""
        """What stood in the cell when we last looked."""

    def compose(self) -> ComposeResult:
        yield Static(id="line-heads", markup=False)
        with Container(id="grid"):
            yield LineRows()
            cell = Input(compact=True, select_on_focus=False, max_length=500, id="cell")
            cell.cursor_blink = False
            yield cell
        yield Static(id="cell-told", markup=False)

    @property
    def is_wrong(self) -> bool:
        """True while a cell holds what cannot be read."""
        return bool(self._wrong)

    def show(self, lines: Sequence[InvoiceLine], currency: str) -> None:
        """Show lines; the cursor goes to the first."""
        self._rows, self._currency = list(lines) or [self.blank], currency
        self._row, self._cell, self._wrong = 0, 0, ""
        self._before.clear()
        self._draw()
        self._lay_cell()

    def recount(self, currency: str) -> None:
        """Reckon in another currency."""
        if currency != self._currency:
            self._currency = currency
            self._draw()

    def begin(self, row: int = 0) -> None:
        """Type in a line."""
        self._row, self._cell = min(row, len(self._rows) - 1), 0
        self._entry.focus()
        self._lay_cell()

    def revert(self) -> bool:
        """Put a cell that cannot be read back as it was; False when there is none."""
        if not self._wrong:
            return False
        self._lay_cell()
        return True

    def action_row(self, step: int) -> None:
        if self._take():
            self._row = min(max(self._row + step, 0), len(self._rows) - 1)
            self._lay_cell()

    def action_cell(self, step: int) -> None:
        if not self._take():
            return
        place = self._row * len(CELLS) + self._cell + step
        if place < 0:
            self.screen.focus_previous()
            return
        if place >= len(self._rows) * len(CELLS):
            self.screen.focus_next()
            return
        self._row, self._cell = divmod(place, len(CELLS))
        self._lay_cell()

    def action_add(self) -> None:
        if not self._take():
            return
        last = self._rows[self._row]
        self._rows.insert(self._row + 1, replace(BLANK, unit=last.unit, tax=last.tax))
        self._row, self._cell = self._row + 1, 0
        self._draw()
        self._lay_cell()

    def action_remove(self) -> None:
        self._before.append(list(self._rows))
        del self._rows[self._row]
        self._rows = self._rows or [self.blank]
        self._row = min(self._row, len(self._rows) - 1)
        self._changed()

    def action_undo(self) -> None:
        if self._before:
            self._rows = self._before.pop()
            self._changed()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self.add_class("-typing")
        self._lay_cell()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        self.remove_class("-typing")
        self._wrong = ""
        self._tell("")

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)
        self.call_after_refresh(self._place_cell)

    @on(Input.Submitted, "#cell")
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        is_last = (self._row, self._cell) == (len(self._rows) - 1, len(CELLS) - 1)
        self.action_add() if is_last else self.action_cell(1)

    @on(Input.Changed, "#cell")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._take()

    def _take(self) -> bool:
        """Take in what stands in the cell, also before it is left; False when it is wrong."""
        value = self._entry.value
        if value == self._taken:
            return not self._wrong
        self._taken, self._wrong = value, ""
        try:
            fresh = invoice_cells.read(
                self._rows[self._row], CELLS[self._cell], value, self._currency
            )
        except ValueError as error:
            self._wrong = str(error)
            self._tell(self._wrong)
            return False
        self._tell_hint()
        if fresh != self._rows[self._row]:
            self._rows[self._row] = fresh
            self._draw()
            self._post()
        return True

    @property
    def _entry(self) -> Input:
        return self.query_one("#cell", Input)

    def _changed(self) -> None:
        self._draw()
        self._lay_cell()
        self._post()

    def _post(self) -> None:
        written = [row for row, line in enumerate(self._rows, 1) if line.text or line.unit_price]
        self.post_message(self.Edited(tuple(self._rows[: max(written, default=0)])))

    def _draw(self) -> None:
        rows = self.query_one(LineRows)
        rows.lines, rows.currency = tuple(self._rows), self._currency
        rows.redraw()
        heads = _heads(rows.scrollable_content_region.width)
        self.query_one("#line-heads", Static).update(Content(heads))

    def _lay_cell(self) -> None:
        """Put the current cell under the user's hands: what they type replaces a number."""
        self._taken = invoice_cells.typed(self._rows[self._row], CELLS[self._cell])
        self._wrong = ""
        if self._entry.value != self._taken:
            self._entry.value = self._taken
        self._entry.cursor_position = len(self._taken)
        if CELLS[self._cell] != "text":
            self._entry.select_all()
        self.query_one(LineRows).move_to(f"line{self._row}")
        self._place_cell()
        self._tell_hint()

    def _place_cell(self) -> None:
        rows = self.query_one(LineRows)
        width = rows.scrollable_content_region.width
        if width <= 0:
            return
        column = columns(width)[self._cell]
        self._entry.styles.offset = (column.x, self._row - round(rows.scroll_y))
        self._entry.styles.width = column.width

    def _tell_hint(self) -> None:
        if self.has_class("-typing"):
            self._tell(_(invoice_cells.HINTS[CELLS[self._cell]]))

    def _tell(self, words: str) -> None:
        told = self.query_one("#cell-told", Static)
        told.set_class(bool(self._wrong), "-wrong")
        told.update(Content(f"! {words}" if self._wrong else words))


def _heads(width: int) -> str:
    """Give the names of the columns, each where its cells stand."""
    heads = [" "]
    for column in columns(width):
        label = _(invoice_cells.NAMES[column.cell])
        heads.append(fit(label, column.width, right=column.cell in _RIGHT) + " ")
    return "".join(heads) + fit(_("Net"), NET_ROOM, right=True)
