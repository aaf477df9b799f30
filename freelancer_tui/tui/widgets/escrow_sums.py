"""Escrow sums: how much money stands in which state, each currency by itself."""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from freelancer_tui import wording
from freelancer_tui.domain.milestones import EscrowLine
from freelancer_tui.tui.widgets import signs
from freelancer_tui.tui.widgets.escrow_table import sums

_COLOURS = {"good": "$success", "warn": "$warning", "bad": "$error", "accent": "$primary"}


class EscrowSums(Static):
    """One line that breaks where it must; the states in the order of their urgency."""

    DEFAULT_CSS = "EscrowSums { height: auto; max-height: 4; }"

    def show(self, lines: Sequence[EscrowLine]) -> None:
        """Show the sums of these lines."""
        parts: list[tuple[str, str]] = []
        for state, purses in sums(lines):
            sign, tone = signs.of_escrow(state)
            colour = _COLOURS.get(tone, "$foreground")
            # Blanks that do not break keep a sum on one line.
            amounts = " + ".join(wording.money(purse) for purse in purses).replace(" ", "\u00a0")
            head = f"{sign} {wording.escrow(state)} ".replace(" ", "\u00a0")
            parts += [(head, colour), (amounts, "bold $foreground"), ("   ", "")]
        self.update(Content.assemble(*parts))
