"""ProjectPaint: a line of the jobs table in the colours its sheet gives."""

from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from freelancer_tui.tui.widgets.lines import Line

TONES: Final = ("strong", "quiet", "accent")
LOOKS: Final = ("cursor", "held")
"""The line under the cursor, while the table has the keys and while something else has them."""


def painted(table: Widget, line: Line, look: str, width: int) -> Strip:
    """Give a line as it is drawn; an empty look is that of every other line."""
    base = table.rich_style
    if look:
        base += table.get_component_rich_style(f"project-table--{look}", partial=True)
    segments = [Segment(text, base + _tone(table, tone, look)) for text, tone in line]
    return Strip(segments).adjust_cell_length(width, base)


def _tone(table: Widget, tone: str, look: str) -> Style:
    """Give a text's own colour; on the cursor quiet texts are as loud as the others."""
    if tone not in TONES or (tone == "quiet" and look == "cursor"):
        return Style.null()
    whole = table.get_component_rich_style(f"project-table--{tone}")  # blended with what is below
    return Style(color=whole.color, bold=whole.bold, underline=whole.underline)
