"""Escrow view: the money that the marketplace holds: sums, work without any, and each milestone."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical

from freelancer_tui.domain.milestones import EscrowLine, Work
from freelancer_tui.i18n import _
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.widgets.escrow_sums import EscrowSums
from freelancer_tui.tui.widgets.escrow_table import EscrowTable
from freelancer_tui.tui.widgets.notice import Notice


class EscrowView(Vertical):
    """The sums above the table; both give way to words while there is no money."""

    DEFAULT_CSS = """
    EscrowView {
        & #sums { margin: 1 1 1 1; }
        &.-empty #sums, &.-empty #escrow { display: none; }
    }
    """

    def __init__(self, clock: Clock, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.clock = clock

    def compose(self) -> ComposeResult:
        yield EscrowSums(id="sums")
        yield EscrowTable(self.clock, id="escrow")
        yield Notice((_("Opening your milestones…"),), id="no-money")

    def show(
        self, lines: Sequence[EscrowLine], works: Sequence[Work], nothing: tuple[str, ...]
    ) -> None:
        """Show milestones and work without money, or words where there is neither."""
        self.say_instead(() if lines or works else nothing)
        self.query_one(EscrowSums).show(lines)
        self.query_one(EscrowTable).show(lines, works)

    def say_instead(self, words: tuple[str, ...]) -> None:
        """Say something where the table would be."""
        self.query_one(Notice).tell(words)
        self.set_class(bool(words), "-empty")
