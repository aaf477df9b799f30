"""ProjectTable: the list of jobs; it draws only the lines that are seen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Final

from textual import events, on
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from freelancer_tui.domain.projects import ProjectSummary, Verdict
from freelancer_tui.i18n import N_
from freelancer_tui.tui.widgets import project_row
from freelancer_tui.tui.widgets.list_keys import LIST_KEYS
from freelancer_tui.tui.widgets.project_paint import LOOKS, TONES, painted

_NEAR_END: Final = 20
"""Rows left below the cursor when more are asked for."""


class ProjectTable(ScrollView, can_focus=True, inherit_bindings=False):
    """One line a job under a heading that stays; the cursor keeps to its job when rows come."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"project-table--{part}" for part in (*TONES, *LOOKS)}
    DEFAULT_CSS = """
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
    BINDINGS = [
        *LIST_KEYS,
        Binding(
            "enter,l,right", "choose", N_("Read"), id="list.open", tooltip=N_("Read the whole job")
        ),
    ]

    @dataclass
    class Moved(Message):
        """The cursor stands on another job, or on none."""

        remote_id: int | None

    @dataclass
    class Chosen(Message):
        """The user wants to read a job: Enter, or a click on the cursor."""

        remote_id: int

    @dataclass
    class NearEnd(Message):
        """The cursor nears the last row that was given."""

        last_id: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: list[ProjectSummary] = []
        self.cursor = 0
        self._now: datetime | None = None
        self._shape = project_row.columns(80)
        self._lines: dict[tuple[int, str], Strip] = {}
        self._asked_after: int | None = None

    @property
    def current(self) -> ProjectSummary | None:
        """The job under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def show(self, rows: Sequence[ProjectSummary], now: datetime, *, anew: bool = False) -> None:
        """Take other rows; the cursor stays on its job, or starts at the top when anew."""
        before, place = self.current, self.cursor - round(self.scroll_y)
        self.rows, self._now, self._asked_after = list(rows), now, None
        self.cursor = 0 if anew else self._row_of(before)
        self.virtual_size = Size(0, len(self.rows) + 1)
        self._forget_lines()
        self._scroll(0 if anew else self.cursor - place)
        self._announce(before)

    def extend(self, rows: Sequence[ProjectSummary]) -> None:
        """Take more rows below the last one."""
        self.rows += rows
        self.virtual_size = Size(0, len(self.rows) + 1)
        self.refresh()

    def find(self, remote_id: int) -> ProjectSummary | None:
        """Give a job of the list."""
        return next((row for row in self.rows if row.remote_id == remote_id), None)

    def mark(self, remote_id: int, verdict: Verdict | None) -> None:
        """Show another verdict of a job; the other lines are left alone."""
        if (row := self.find(remote_id)) is not None:
            index = self._row_of(row)
            self.rows[index] = replace(row, verdict=verdict)
            for look in ("", *LOOKS):
                self._lines.pop((index, look), None)
            self._refresh_row(index)

    def move_to_job(self, remote_id: int) -> None:
        """Put the cursor on a job, if it is in the list."""
        if (row := self.find(remote_id)) is not None:
            self.move_to(self._row_of(row))

    def move_to(self, index: int) -> None:
        """Put the cursor on a row and bring it into view."""
        before = self.current
        old, self.cursor = self.cursor, min(max(index, 0), max(len(self.rows) - 1, 0))
        top, height = round(self.scroll_y), max(self.size.height - 1, 1)
        self._scroll(min(max(top, self.cursor - height + 1), self.cursor))
        self._refresh_row(old)
        self._refresh_row(self.cursor)
        self._announce(before)
        self._ask_for_more()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y == 0:
            return painted(self, ((" ", ""), *project_row.heading(self._shape)), "", width)
        index = round(self.scroll_y) + y - 1
        if index >= len(self.rows) or self._now is None:
            return Strip.blank(width, self.rich_style)
        look = ("cursor" if self.has_focus else "held") if index == self.cursor else ""
        key = (index, look)
        if key not in self._lines:
            text = project_row.line(self.rows[index], self._shape, self._now)
            pointer = ("▌" if look else " ", "accent")
            self._lines[key] = painted(self, (pointer, *text), look, width)
        return self._lines[key]

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._ask_for_more()

    def on_resize(self) -> None:
        self._shape = project_row.columns(self.scrollable_content_region.width - 1)
        self._forget_lines()
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

    def action_choose(self) -> None:
        if self.current is not None:
            self.post_message(self.Chosen(self.current.remote_id))

    def _row_of(self, row: ProjectSummary | None) -> int:
        """Find a job among the rows; one that is gone leaves the cursor where it was."""
        wanted = row.remote_id if row else None
        for index, candidate in enumerate(self.rows):
            if candidate.remote_id == wanted:
                return index
        return min(self.cursor, max(len(self.rows) - 1, 0))

    def _scroll(self, y: int) -> None:
        if y != round(self.scroll_y):
            self.scroll_to(y=max(y, 0), animate=False, immediate=True)

    def _refresh_row(self, index: int) -> None:
        self.refresh(Region(0, index - round(self.scroll_y) + 1, self.size.width, 1))

    def _forget_lines(self) -> None:
        self._lines.clear()
        self.refresh()

    def _announce(self, before: ProjectSummary | None) -> None:
        now = self.current.remote_id if self.current else None
        if now != (before.remote_id if before else None):
            self.post_message(self.Moved(now))

    def _ask_for_more(self) -> None:
        lowest = max(self.cursor, round(self.scroll_y) + self.size.height)
        near = lowest >= len(self.rows) - _NEAR_END
        if near and self.rows and self._asked_after != (last := self.rows[-1].remote_id):
            self._asked_after = last
            self.post_message(self.NearEnd(last))
