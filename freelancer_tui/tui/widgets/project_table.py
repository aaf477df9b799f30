"""ProjectTable: the list of jobs; it draws only the lines that are seen."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual import events, on
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from freelancer_tui.domain.projects import ProjectSummary
from freelancer_tui.i18n import N_
from freelancer_tui.tui.widgets.list_keys import LIST_KEYS
from freelancer_tui.tui.widgets.project_paint import LOOKS, TONES, ProjectPaint
from freelancer_tui.tui.widgets.project_row import Beside
from freelancer_tui.tui.widgets.project_rows import ProjectRows

_SHEET: Final = """
ProjectTable {
    overflow-x: hidden; overflow-y: auto; scrollbar-gutter: stable;
    color: $foreground; background: $background;
    & > .project-table--strong { text-style: bold; }
    & > .project-table--quiet { color: $foreground-muted; }
    & > .project-table--accent { color: $primary; text-style: bold; }
    & > .project-table--cursor {
        background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold;
    }
    & > .project-table--held { background: $block-cursor-blurred-background; }
}
"""
_KEYS: Final[list[BindingType]] = [
    *LIST_KEYS,
    Binding(
        "enter,l,right", "choose", N_("Read"), id="list.open", tooltip=N_("Read the whole job")
    ),
]


class ProjectTable(ScrollView, can_focus=True, inherit_bindings=False):
    """One line a job under a heading that stays; the cursor keeps to its job when rows come."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"project-table--{part}" for part in (*TONES, *LOOKS)}
    DEFAULT_CSS = _SHEET
    BINDINGS = _KEYS

    @dataclass
    class Moved(Message):
        """The cursor stands on another job, or on none."""

        remote_id: int | None

    @dataclass
    class Chosen(Message):
        """The user wants to read a job: Enter, or a click on the cursor."""

        remote_id: int

    @dataclass
    class Lacking(Message):
        """There are jobs in view whose rows are not here."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows = ProjectRows()
        self.cursor = 0
        self.picked: Collection[int] = frozenset()
        """Jobs that the next key is for, if there are any."""
        self.paint = ProjectPaint(self)
        self._told: int | None = None
        self._to_end = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "choose" or bool(self.rows)

    @property
    def current(self) -> ProjectSummary | None:
        """The job under the cursor; None while its row is not here."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    @property
    def wants_all(self) -> bool:
        """True when somebody looks further down than the ids that are here."""
        return not self.rows.is_whole and (self._to_end or self._bottom > len(self.rows.ids))

    def begin(self, rows: Sequence[ProjectSummary], beside: Beside, expected: int | None) -> None:
        """Show another list from its top; `expected` is how many there are, if that is known."""
        self.rows.begin(rows, expected)
        self.paint.arrange(beside)
        self.cursor, self._to_end = 0, False
        self._laid(0)

    def renew(self, ids: Sequence[int], beside: Beside, expected: int | None) -> None:
        """Show the list as it is now; the cursor stays on its job and that on its line."""
        before, place = self.rows.id_at(self.cursor), self.cursor - round(self.scroll_y)
        self.rows.renew(ids, expected)
        self.paint.arrange(beside)
        last = max(len(self.rows) - 1, 0)
        found = self.rows.place(before) if before is not None else None
        self.cursor = min(self.cursor, last) if found is None else found
        if self._to_end:
            self.cursor, self._to_end = last, not self.rows.is_whole
        self._laid(self.cursor - place)

    @property
    def wants_end(self) -> bool:
        """True when somebody waits at the end of a long list for its last rows."""
        return self._to_end and len(self.rows) > len(self.rows.ids) and self.current is None

    def fill(self, asked: Sequence[int], rows: Mapping[int, ProjectSummary]) -> None:
        """Take rows that were lacking."""
        self.rows.fill(asked, rows, self.current.remote_id if self.current else None)
        self.redraw()

    def redraw(self) -> None:
        """Draw anew what is in view: rows came, or are others."""
        self._forget_lines()
        self._announce()

    def lacking(self) -> list[int]:
        """Give the ids of the rows in view that are not here, with some above and below."""
        return self.rows.lacking_around(round(self.scroll_y), self._bottom)

    def pick(self, ids: Collection[int]) -> None:
        """Show which jobs are marked to be acted on at once."""
        self.picked = ids
        self._forget_lines()

    def move_to_job(self, remote_id: int) -> None:
        """Put the cursor on a job, if it is in the list."""
        if (index := self.rows.place(remote_id)) is not None:
            self.move_to(index)

    def move_to(self, index: int) -> None:
        """Put the cursor on a row and bring it into view."""
        old, self.cursor = self.cursor, min(max(index, 0), max(len(self.rows) - 1, 0))
        self._to_end = False
        top, height = round(self.scroll_y), max(self.size.height - 1, 1)
        self._scroll(min(max(top, self.cursor - height + 1), self.cursor))
        self._refresh_row(old)
        self._refresh_row(self.cursor)
        self._announce()
        self._seek()

    def dress(self, columns: Collection[str], sorted_by: str, is_reversed: bool = False) -> None:
        """Show other columns, or tell another order in the heading."""
        order = sorted_by, is_reversed
        if (columns, order) != (self.paint.chosen, self.paint.order):
            self.paint.arrange(self.paint.beside, columns, order)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y == 0:
            return self.paint.heading(width)
        index = round(self.scroll_y) + y - 1
        if index >= len(self.rows):
            return Strip.blank(width, self.rich_style)
        look = ("cursor" if self.has_focus else "held") if index == self.cursor else ""
        row = self.rows[index]
        is_picked = row is not None and row.remote_id in self.picked
        return self.paint.row(row, look, width, "✓" if is_picked else "▌" if look else " ")

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._seek()

    def on_resize(self) -> None:
        self.paint.measure(self.scrollable_content_region.width - 1)
        self.refresh()
        self.move_to(self.cursor)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._forget_lines()

    @on(events.Focus)
    @on(events.Blur)
    def _focus_changed(self) -> None:
        self._refresh_row(self.cursor)

    def on_click(self, event: events.Click) -> None:
        index = round(self.scroll_y) + event.y - 1
        if event.y > 0 and index < len(self.rows):
            if index == self.cursor:
                self.action_choose()
            self.move_to(index)

    def action_move(self, step: int) -> None:
        self.move_to(self.cursor + step)

    def action_page(self, direction: int) -> None:
        self.move_to(self.cursor + direction * max(self.size.height - 2, 1))

    def action_edge(self, direction: int) -> None:
        self.move_to(len(self.rows) - 1 if direction > 0 else 0)
        self._to_end = direction > 0 and not self.rows.is_whole
        self._seek()

    def action_choose(self) -> None:
        if self.current is not None:
            self.post_message(self.Chosen(self.current.remote_id))

    @property
    def _bottom(self) -> int:
        return round(self.scroll_y) + self.size.height

    def _laid(self, top: int) -> None:
        """Begin to draw at a row of a list that has changed."""
        self.virtual_size = Size(0, len(self.rows) + 1)
        self._forget_lines()
        self._scroll(top)
        self._announce()
        self._seek()

    def _scroll(self, y: int) -> None:
        if y != round(self.scroll_y):
            self.scroll_to(y=max(y, 0), animate=False, immediate=True)

    def _refresh_row(self, index: int) -> None:
        self.refresh(Region(0, index - round(self.scroll_y) + 1, self.size.width, 1))

    def _forget_lines(self) -> None:
        self.paint.forget()
        self.refresh()

    def _announce(self) -> None:
        """Tell that the cursor stands on another job, once its row is here."""
        now = self.current.remote_id if self.current else None
        if now != self._told and (now is not None or not len(self.rows)):
            if None in (now, self._told):  # an empty list offers nothing to read
                self.screen.refresh_bindings()
            self._told = now
            self.post_message(self.Moved(now))

    def _seek(self) -> None:
        if self.wants_all or self.lacking():
            self.post_message(self.Lacking())
