"""Invoice board: our documents, with a filter for each state, a search, an order, and sums."""

from dataclasses import replace
from datetime import date

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from freelancer_tui.domain.billing import Summary
from freelancer_tui.domain.ledger import LEDGER_ORDERS, SHELVES, LedgerPicked, LedgerWish
from freelancer_tui.errors import FreelancerError
from freelancer_tui.i18n import N_, _
from freelancer_tui.tui.widgets import invoice_list, invoice_words
from freelancer_tui.tui.widgets.choices import Choices
from freelancer_tui.tui.widgets.escrow_sums import EscrowSums
from freelancer_tui.tui.widgets.invoice_list import InvoiceList
from freelancer_tui.tui.widgets.notice import Notice
from freelancer_tui.tui.widgets.picker import ALL, Picker, choices, told
from freelancer_tui.tui.widgets.search_line import SearchLine


class InvoiceBoard(Picker[LedgerWish]):
    """The list under its filters. It says what it wishes for and shows what was picked."""

    BINDINGS = [
        Binding("f", "filter(1)", N_("Filter"), id="invoices.filter_next",
                tooltip=N_("Show the next state only, then all again")),
        Binding("F", "filter(-1)", N_("Previous filter"), show=False,
                id="invoices.filter_previous",
                tooltip=N_("Show the state before only, then all again")),
        Binding("slash", "search", N_("Search"), id="invoices.search",
                tooltip=N_("Search numbers and clients as you type")),
        Binding("s", "sort", N_("Sort"), id="invoices.sort",
                tooltip=N_("Sort by time, due date, client, amount or number")),
        Binding("S", "reverse", N_("Reverse"), show=False, id="invoices.reverse",
                tooltip=N_("Turn the order round")),
    ]  # fmt: skip
    orders = LEDGER_ORDERS
    DEFAULT_CSS = """
    InvoiceBoard {
        & #shelves { margin: 1 1 0 1; }
        & #owed { margin: 0 1; }
        & #heads { height: 1; margin-top: 1; color: $foreground-muted; }
        &.-bare #heads { display: none; }
        &.-bare #documents { margin-top: 1; }
        &.-empty SearchLine, &.-empty #shelves, &.-empty #documents { display: none; }
        &.-empty #owed, &.-empty #heads, &.-none #documents, &.-none #heads { display: none; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(LedgerWish(), id=id)
        self._are_quotes = False

    def compose(self) -> ComposeResult:
        yield SearchLine(_("Search your invoices"))
        yield Choices(id="shelves")
        yield EscrowSums(id="owed")
        yield Static(id="heads", markup=False)
        yield InvoiceList(id="documents")
        yield Notice((_("Opening your invoices…"),), id="no-documents")

    def show(self, picked: LedgerPicked, today: date) -> None:
        """Show what was picked; the cursor stays on its document, if that is among it."""
        self.set_class(not picked.total, "-empty")
        self.set_class(not picked.documents, "-none")
        self.query_one(Notice).tell(() if picked.documents else _nothing(picked, self._are_quotes))
        shelves = choices(SHELVES, picked.counts, invoice_words.shelf)
        self.query_one(Choices).show(shelves, self.wish.group or ALL)
        order = _(invoice_words.ORDERS[picked.wish.order])
        count = told(
            len(picked.documents), picked.total, order, is_reversed=picked.wish.is_reversed
        )
        self.query_one(SearchLine).tell(count)
        open_ = _("Offered") if self._are_quotes else _("Outstanding")
        owed = (
            ("●", "accent", open_, picked.open),
            ("!", "bad", _("Overdue"), picked.overdue),
        )
        self.query_one(EscrowSums).tell(one for one in owed if one[3])
        self.query_one(InvoiceList).show(picked, today)
        self.on_resize()
        if picked.wish.group and not (picked.documents or picked.wish.words):
            self.want(replace(self.wish, group=None))

    def turn_to(self, *, are_quotes: bool) -> None:
        """Show quotes, or all other documents, without a filter or words to search for."""
        self._are_quotes = are_quotes
        words = _("Search your quotes") if are_quotes else _("Search your invoices")
        self.field.value, self.field.placeholder = "", words
        self.wish = LedgerWish()

    def fail(self, error: FreelancerError) -> None:
        """Say that the documents could not be read, and what to do."""
        self.add_class("-empty")
        words = (_("Your invoices cannot be read now"), str(error), error.hint)
        self.query_one(Notice).tell(words)

    @property
    def current(self) -> Summary | None:
        """The document under the cursor."""
        return self.query_one(InvoiceList).current

    def move_to(self, invoice_id: str) -> None:
        """Put the cursor on a document."""
        self.query_one(InvoiceList).move_to(invoice_id)

    def on_resize(self) -> None:
        words = invoice_list.heads(self.query_one(InvoiceList).scrollable_content_region.width)
        self.query_one("#heads", Static).update(Content(words))
        self.set_class(not words, "-bare")


def _nothing(picked: LedgerPicked, are_quotes: bool) -> tuple[str, ...]:
    if picked.total:
        return (_("No document has all of these words."), _("Esc clears the search."))
    if are_quotes:
        return (
            _("No quotes yet"),
            _("n writes one: what you would do and for how much. Once the client accepts it,"),
            _("i makes the invoice of it."),
        )
    return (
        _("No invoices yet"),
        _("n writes your first invoice; c is for your clients, and for your own"),
        _("name, address and bank account."),
        _("It gets its number when you issue it; until then it is a draft."),
    )
