"""Invoices: the money that the marketplace holds, our own documents, and what it all comes to."""

from typing import TYPE_CHECKING, Final, Literal

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from freelancer_tui.errors import FreelancerError
from freelancer_tui.i18n import N_, _
from freelancer_tui.sync.events import Event, Pulled
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.screens.documents import Documents
from freelancer_tui.tui.screens.earned import Earned
from freelancer_tui.tui.screens.folded import Folded
from freelancer_tui.tui.screens.funding import Funding
from freelancer_tui.tui.screens.section import Section, Target
from freelancer_tui.tui.widgets.choices import Choice, Choices
from freelancer_tui.tui.widgets.earnings_view import EarningsView
from freelancer_tui.tui.widgets.escrow_table import EscrowTable
from freelancer_tui.tui.widgets.escrow_view import EscrowView
from freelancer_tui.tui.widgets.inquiry import Inquiry
from freelancer_tui.tui.widgets.invoice_board import InvoiceBoard
from freelancer_tui.tui.widgets.notice import Notice
from freelancer_tui.tui.widgets.question import Question

if TYPE_CHECKING:
    from freelancer_tui.services.invoices import Invoices
    from freelancer_tui.services.milestones import Milestones
    from freelancer_tui.services.payouts import Payouts
    from freelancer_tui.services.quotes import Quotes

View = Literal["escrow", "invoices", "quotes", "earnings"]
VIEWS: Final[dict[View, str]] = {
    "escrow": N_("Escrow"),
    "invoices": N_("Invoices"),
    "quotes": N_("Quotes"),
    "earnings": N_("Earnings"),
}
_KEYS: Final[list[BindingType]] = [
    Binding("escape", "back", N_("Back"), id="invoices.back",
            tooltip=N_("Search for nothing any more")),
    Binding("right_square_bracket,l,right", "turn(1)", N_("Next view"), id="invoices.next",
            tooltip=N_("Turn from escrow to your invoices, quotes and earnings")),
    Binding("left_square_bracket,h,left", "turn(-1)", N_("View before"), show=False,
            id="invoices.previous", tooltip=N_("Turn to the view before")),
    Binding("n", "begin", N_("New"), id="invoices.new",
            tooltip=N_("Write a new invoice, or a new quote among the quotes")),
    Binding("d", "duplicate", N_("Duplicate"), id="invoices.duplicate",
            tooltip=N_("Begin a new invoice with the client and the lines of this one")),
    Binding("x", "remove", N_("Discard"), id="invoices.discard",
            tooltip=N_("Throw this draft away; u brings it back")),
    Binding("u", "undo", N_("Undo"), id="invoices.undo",
            tooltip=N_("Bring back the draft that was discarded last")),
    Binding("c", "clients", N_("Clients and you"), id="invoices.clients",
            tooltip=N_("Write down whom you bill, and your own name, address and bank account")),
    Binding("a", "ask", N_("Ask for money"), id="invoices.ask",
            tooltip=N_("Ask the client of this job to set money aside for a part of the work")),
    Binding("e", "release", N_("Ask for release"), id="invoices.release",
            tooltip=N_("Ask the client to pay out what is held in this milestone")),
    Binding("w", "withdraw", N_("Withdraw"), id="invoices.withdraw",
            tooltip=N_("Withdraw this request for money, while the client has not answered")),
    Binding("i", "bill", N_("Invoice it"), id="invoices.bill",
            tooltip=N_("Begin an invoice for this milestone, or for what you bid for the job")),
    Binding("i", "invoice", N_("Invoice it"), id="invoices.invoice",
            tooltip=N_("Begin the invoice of this quote; it is accepted by that")),
    Binding("v", "rates", N_("Rates"), id="invoices.rates",
            tooltip=N_("Write down what currencies are worth, or bring a table of it in")),
    Binding("o", "see('jobs')", N_("Job"), id="invoices.job",
            tooltip=N_("Go to the job that this money is for")),
    Binding("p", "see('proposals')", N_("Proposal"), id="invoices.proposal",
            tooltip=N_("Go to your proposal for this job")),
    Binding("y", "year(-1)", N_("Year before"), id="invoices.year_before",
            tooltip=N_("See the figures of the year before")),
    Binding("Y", "year(1)", N_("Next year"), id="invoices.year_next",
            tooltip=N_("See the figures of the next year")),
]  # fmt: skip
LISTS: Final[tuple[View, ...]] = ("invoices", "quotes")
"""Views that list our own documents."""
_OF_VIEW: Final[dict[str, tuple[View, ...]]] = {
    "ask": ("escrow",), "bill": ("escrow",), "see": ("escrow",), "release": ("escrow",),
    "withdraw": ("escrow",), "invoice": ("quotes",), "year": ("earnings",),
    "duplicate": LISTS, "remove": LISTS, "undo": LISTS, "rates": (*LISTS, "earnings"),
}  # fmt: skip


class InvoicesScreen(Section):
    """Four views under one strip; each is asked for when it is looked at."""

    NAME = "invoices"
    AUTO_FOCUS = "#escrow"
    CSS_PATH = "invoices.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-high")]
    BINDINGS = _KEYS
    board = getters.query_one(InvoiceBoard)

    def __init__(
        self, milestones: "Milestones", invoices: "Invoices", quotes: "Quotes",
        payouts: "Payouts", *, clock: Clock,
    ) -> None:  # fmt: skip
        super().__init__(clock)
        self.milestones = milestones
        self.invoices = invoices
        self.funding = Funding(self, milestones)
        self.view: View = "escrow"
        self.documents = Documents(self, invoices, quotes)
        self.earned = Earned(self, invoices, payouts, lambda: self.documents.today.year)
        self._pick = Folded(self, self.documents.show_picked, "reload")

    def body(self) -> ComposeResult:
        yield Choices(id="views")
        yield EscrowView(self.clock, id="money")
        yield InvoiceBoard(id="board")
        with Vertical(id="earned"):
            yield EarningsView(self.clock, id="earnings")
            yield Notice((_("Reckoning…"),), id="no-earnings")
        yield Inquiry(id="inquiry")
        yield Question(id="question")

    def on_mount(self) -> None:
        self._stand()

    async def show(self) -> None:
        show = {
            "escrow": self._show_escrow,
            "invoices": self.documents.show,
            "quotes": self.documents.show,
            "earnings": self.earned.show,
        }
        await show[self.view]()
        self.refresh_bindings()

    async def open(self, target: Target) -> None:
        """Turn to a view, by its name, or to a document in the list, by its id."""
        view = next((one for one in VIEWS if one == target), None)
        self.turn_to(view or await self.documents.view_of(target))
        if view is None and target is not None:
            self.act(self.documents.go_to(str(target)))

    def follows(self, event: Event) -> bool:
        kinds = ("milestones", "projects", "bids", "currencies")
        return not isinstance(event, Pulled) or event.feed.kind in kinds

    def fail(self, error: FreelancerError) -> None:
        if self.view == "escrow":
            words = (_("Your milestones cannot be read now"), str(error), error.hint)
            self.query_one(EscrowView).say_instead(words)
        elif self.view in LISTS:
            self.board.fail(error)
        else:
            self.earned.say_instead((_("The figures cannot be read now"), str(error), error.hint))

    def turn_to(self, view: View) -> None:
        """Show another view, with the keys on what it lists."""
        self.view = view
        if view in LISTS:
            self.documents.turn_to(are_quotes=view == "quotes")
        self._stand()
        lists = {"escrow": "#escrow", "earnings": "#earnings"}
        self.query_one(lists.get(view, "#documents")).focus()
        self.reload()
        self.refresh_bindings()

    @on(Choices.Picked)
    def _turned(self, event: Choices.Picked) -> None:
        self.turn_to(next((one for one in VIEWS if one == event.key), "escrow"))

    @on(EscrowTable.Chosen, "#escrow")
    def _chosen(self) -> None:
        self.action_see("jobs")

    @on(EscrowTable.Moved, "#escrow")
    @on(InvoiceBoard.Moved)
    def _moved(self) -> None:
        self.refresh_bindings()

    @on(InvoiceBoard.Chosen)
    def _opened(self, event: InvoiceBoard.Chosen) -> None:
        self.post_message(self.Go("invoice", event.key))

    @on(InvoiceBoard.Wished)
    def _wished(self) -> None:
        self._pick()

    @on(Inquiry.Filled)
    def _filled(self, event: Inquiry.Filled) -> None:
        self.act(self.funding.filled(event))

    @on(Inquiry.Left)
    def _left(self) -> None:
        self.query_one(EscrowTable).focus()

    @on(Question.Answered)
    def _answered(self, event: Question.Answered) -> None:
        self.act(self.funding.answered(event))

    def action_back(self) -> None:
        self.board.clear()

    def action_turn(self, direction: int) -> None:
        self.query_one("#views", Choices).step(direction)

    def action_begin(self) -> None:
        self.act(self.documents.begin())

    def action_duplicate(self) -> None:
        if document := self.board.current:
            self.act(self.documents.duplicate(document))

    def action_remove(self) -> None:
        if document := self.board.current:
            self.act(self.documents.remove(document))

    def action_undo(self) -> None:
        self.act(self.documents.undo())

    def action_clients(self) -> None:
        self.post_message(self.Go("clients", ""))

    def action_rates(self) -> None:
        self.post_message(self.Go("rates"))

    def action_invoice(self) -> None:
        if document := self.board.current:
            self.act(self.documents.invoice(document))

    def action_ask(self) -> None:
        if (project := self._project) is not None:
            self.act(self.funding.ask(project))

    def action_release(self) -> None:
        if (line := self.query_one(EscrowTable).line()) is not None:
            self.funding.release(line)

    def action_withdraw(self) -> None:
        if (line := self.query_one(EscrowTable).line()) is not None:
            self.funding.withdraw(line)

    def action_bill(self) -> None:
        self.act(self.documents.bill(self.query_one(EscrowTable)))

    def action_see(self, section: str) -> None:
        if (project := self._project) is not None:
            self.post_message(self.Go(section, project))

    def action_year(self, step: int) -> None:
        self.earned.step(step)
        self.reload()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.is_mounted:
            return False
        if isinstance(self.focused, Question) or self.query_one(Inquiry).is_open:
            return action.startswith("app.")
        if self.view not in _OF_VIEW.get(action, (self.view,)):
            return False
        if action in ("ask", "bill", "see"):
            return self._project is not None
        if action in ("release", "withdraw"):
            line = self.query_one(EscrowTable).line()
            can = "can_be_asked_for" if action == "release" else "can_be_withdrawn"
            return bool(getattr(line, can, False))
        current = self.board.current if self.view in LISTS else None
        possible = {
            "back": self.view in LISTS and self.board.is_searching,
            "duplicate": current is not None and current.kind != "credit_note",
            "invoice": current is not None and current.state in ("issued", "accepted"),
            "remove": current is not None and current.state == "draft",
            "undo": self.documents.can_undo,
            "year": parameters != (1,) or self.earned.can_go_on,
        }
        return possible.get(action, True)

    @property
    def _project(self) -> int | None:
        return self.query_one(EscrowTable).project

    async def _show_escrow(self) -> None:
        await self.funding.show(is_syncing=self.status.phase in ("starting", "syncing"))

    def _stand(self) -> None:
        """Let the strip and the screen tell which view is on."""
        for one in VIEWS:
            self.set_class(one == self.view, f"-{one}")
        choices = [Choice(one, _(label)) for one, label in VIEWS.items()]
        self.query_one("#views", Choices).show(choices, self.view)
