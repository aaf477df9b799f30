"""Escrow sums: how much money stands in which state, each currency by itself."""

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from freelancer_tui import wording
from freelancer_tui.domain.milestones import EscrowLine
from freelancer_tui.domain.money import Money
from freelancer_tui.tui.widgets import signs
from freelancer_tui.tui.widgets.escrow_table import sums

_COLOURS = {"good": "$success", "warn": "$warning", "bad": "$error", "accent": "$primary"}
_BETWEEN = "   "
Part = tuple[tuple[str, str], tuple[str, str]]
"""A state with its sign, and what it comes to."""


class EscrowSums(Widget):
    """One line that breaks only between sums; the states in the order of their urgency."""

    DEFAULT_CSS = "EscrowSums { height: auto; max-height: 5; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._parts: tuple[Part, ...] = ()

    def show(self, lines: Sequence[EscrowLine]) -> None:
        """Show the sums of these lines."""
        self.tell(
            (*signs.of_escrow(state), wording.escrow(state), purses)
            for state, purses in sums(lines)
        )

    def tell(self, found: Iterable[tuple[str, str, str, Sequence[Money]]]) -> None:
        """Show sums, each with its sign, the sign's tone, and what it is of."""
        self._parts = tuple(
            (
                (f"{sign} {label} ", _COLOURS.get(tone, "$foreground")),
                (" + ".join(wording.money(purse) for purse in purses), "bold $foreground"),
            )
            for sign, tone, label, purses in found
        )
        self.refresh(layout=True)

    def render(self) -> Content:
        rows = self._rows(self.size.width)
        lines = [
            Content.assemble(*(span for part in row for span in _spaced(part))) for row in rows
        ]
        return Content("\n").join(lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return max(len(self._rows(width)), 1)

    def _rows(self, width: int) -> list[list[Part]]:
        rows: list[list[Part]] = [[]]
        used = 0
        for part in self._parts:
            room = sum(cell_len(text) for text, _style in _spaced(part))
            if rows[-1] and used + room > width:
                rows.append([])
                used = 0
            rows[-1].append(part)
            used += room
        return rows


def _spaced(part: Part) -> tuple[tuple[str, str], ...]:
    return (*part, (_BETWEEN, ""))
