"""ProjectPaint: lines of the jobs table in the colours its sheet gives, kept while they hold."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from freelancer_tui.domain.projects import ProjectSummary
from freelancer_tui.tui.widgets import project_columns, project_row
from freelancer_tui.tui.widgets.lines import Line
from freelancer_tui.tui.widgets.project_row import Beside

TONES: Final = ("strong", "quiet", "accent")
LOOKS: Final = ("cursor", "held")
"""The line under the cursor, while the table has the keys and while something else has them."""
_MOST_LINES: Final = 500
"""Lines kept as they were drawn: some screens full."""


class ProjectPaint:
    """Draws the lines of one table; what is said of the table here makes it draw anew."""

    def __init__(self, table: Widget) -> None:
        self._table = table
        self._lines: dict[tuple[int, str], Strip] = {}
        self._width = 80
        self.beside = Beside(datetime.now(UTC))
        self.chosen: Collection[str] = project_columns.ALL
        self.order = ("", False)
        self._shape = project_columns.shape(80)

    def measure(self, width: int) -> None:
        """Draw in another width."""
        self._width = width
        self._arrange()

    def arrange(
        self,
        beside: Beside,
        chosen: Collection[str] | None = None,
        order: tuple[str, bool] | None = None,
    ) -> None:
        """Draw at another time, or with other columns, or in another order."""
        self.beside = beside
        self.chosen = self.chosen if chosen is None else chosen
        self.order = self.order if order is None else order
        self._arrange()

    def forget(self) -> None:
        """Draw every line anew."""
        self._lines.clear()

    def heading(self, width: int) -> Strip:
        """Give the line above the rows."""
        return self._painted(((" ", ""), *project_row.heading(self._shape)), "", width)

    def row(self, row: ProjectSummary | None, look: str, width: int, pointer: str) -> Strip:
        """Give a job's line; one whose row is not here yet has three dots."""
        first = (pointer, "accent")
        if row is None:
            return self._painted((first, ("   …", "quiet")), look, width)
        key = (row.remote_id, look + pointer)
        if key not in self._lines:
            if len(self._lines) > _MOST_LINES:
                self._lines.clear()
            text = project_row.line(row, self._shape, self.beside)
            self._lines[key] = self._painted((first, *text), look, width)
        return self._lines[key]

    def _arrange(self) -> None:
        shown = set(self.chosen) - (set() if self.beside.rates.usd else {"own"})
        own, order = self.beside.own, self.order
        self._shape = project_columns.shape(self._width, shown, own=own, order=order)
        self._lines.clear()

    def _painted(self, line: Line, look: str, width: int) -> Strip:
        """Give a line as it is drawn; an empty look is that of every other line."""
        table = self._table
        base = table.rich_style
        if look:
            base += table.get_component_rich_style(f"project-table--{look}", partial=True)
        segments = [Segment(text, base + self._tone(tone, look)) for text, tone in line]
        return Strip(segments).adjust_cell_length(width, base)

    def _tone(self, tone: str, look: str) -> Style:
        """Give a text's own colour; on the cursor quiet texts are as loud as the others."""
        if tone not in TONES or (tone == "quiet" and look == "cursor"):
            return Style.null()
        # Blended with what is below.
        whole = self._table.get_component_rich_style(f"project-table--{tone}")
        return Style(color=whole.color, bold=whole.bold, underline=whole.underline)
