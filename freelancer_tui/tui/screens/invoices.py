"""Invoices: the money of each project: what is asked for, held for you, and paid out."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical

from freelancer_tui.errors import FreelancerError
from freelancer_tui.i18n import N_, _
from freelancer_tui.sync.events import Event, Pulled
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.screens.section import Section
from freelancer_tui.tui.widgets.escrow_sums import EscrowSums
from freelancer_tui.tui.widgets.escrow_table import EscrowTable
from freelancer_tui.tui.widgets.notice import Notice

if TYPE_CHECKING:
    from freelancer_tui.services.milestones import Milestones


class InvoicesScreen(Section):
    """Milestones and requests in one table, with their sums above; for reading."""

    NAME = "invoices"
    AUTO_FOCUS = "#escrow"
    CSS_PATH = "invoices.tcss"
    BINDINGS = [
        Binding("o", "job", N_("Job"), id="invoices.job",
                tooltip=N_("Go to the job that this money is for")),
        Binding("p", "proposal", N_("Proposal"), id="invoices.proposal",
                tooltip=N_("Go to your proposal for this job")),
    ]  # fmt: skip

    def __init__(self, milestones: "Milestones", *, clock: Clock) -> None:
        super().__init__(clock)
        self.milestones = milestones

    def body(self) -> ComposeResult:
        with Vertical(id="money"):
            yield EscrowSums(id="sums")
            yield EscrowTable(self.clock, id="escrow")
            yield Notice(id="no-money")

    def on_mount(self) -> None:
        self._say_instead((_("Opening your milestones…"),))

    async def show(self) -> None:
        lines = await self.ask(self.milestones.lines)
        self._say_instead(() if lines else self._nothing())
        self.query_one(EscrowSums).show(lines)
        self.query_one(EscrowTable).show(lines)
        self.refresh_bindings()

    def follows(self, event: Event) -> bool:
        return not isinstance(event, Pulled) or event.feed.kind in ("milestones", "projects")

    def fail(self, error: FreelancerError) -> None:
        self._say_instead((_("Your milestones cannot be read now"), str(error), error.hint))

    @on(EscrowTable.Chosen)
    def _chosen(self) -> None:
        self.action_job()

    @on(EscrowTable.Moved)
    def _moved(self) -> None:
        self.refresh_bindings()

    def action_job(self) -> None:
        self._go("jobs")

    def action_proposal(self) -> None:
        self._go("proposals")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("job", "proposal"):
            return self.is_mounted and self.query_one(EscrowTable).line() is not None
        return super().check_action(action, parameters)

    def _go(self, section: str) -> None:
        if (line := self.query_one(EscrowTable).line()) is not None:
            self.post_message(self.Go(section, line.project_remote_id))

    def _say_instead(self, words: tuple[str, ...]) -> None:
        self.query_one(Notice).words = words
        self.set_class(bool(words), "-empty")

    def _nothing(self) -> tuple[str, ...]:
        if self.status.phase in ("starting", "syncing"):
            return (_("Fetching your milestones…"),)
        return (
            _("No milestones yet"),
            _("When a client sets money aside for your work, it shows here:"),
            _("what you asked for, what is held for you, what was paid out."),
        )
