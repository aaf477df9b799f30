"""Invoice: one document: written while it is a draft, read and paid once it is issued."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from freelancer_tui import wording
from freelancer_tui.domain.invoices import Invoice, state_of, totals
from freelancer_tui.errors import NotFound
from freelancer_tui.i18n import N_, _
from freelancer_tui.sync.events import Event
from freelancer_tui.tui.format import Clock, tame
from freelancer_tui.tui.screens.ahead import Ahead, Around
from freelancer_tui.tui.screens.issuing import ISSUE, Issuing
from freelancer_tui.tui.screens.kept import Kept, telling
from freelancer_tui.tui.screens.section import Section, Target
from freelancer_tui.tui.widgets import invoice_words
from freelancer_tui.tui.widgets.inquiry import Inquiry
from freelancer_tui.tui.widgets.invoice_cells import BLANK
from freelancer_tui.tui.widgets.invoice_form import InvoiceForm
from freelancer_tui.tui.widgets.paper_view import PaperView
from freelancer_tui.tui.widgets.question import Question

if TYPE_CHECKING:
    from freelancer_tui.services.invoices import Invoices
    from freelancer_tui.services.papers import Papers

_KEYS: Final[list[BindingType]] = [
    Binding("escape", "back", N_("Back"), id="invoice.back",
            tooltip=N_("Go back to the list; what you typed is saved")),
    Binding("ctrl+s", "issue", N_("Issue"), id="invoice.issue",
            tooltip=N_("Give this invoice its number; asks first, for it is final")),
    Binding("f2", "client", N_("Client"), id="invoice.client",
            tooltip=N_("Choose whom this invoice is for, or write a new client down")),
    Binding("f6", "preview", N_("Preview"), id="invoice.preview",
            tooltip=N_("See the page as the client gets it, then go on writing")),
    Binding("p", "do('pay')", N_("Paid"), id="invoice.pay",
            tooltip=N_("Write down that money came: how much, and when")),
    Binding("b", "do('slip')", N_("Slip"), id="invoice.slip",
            tooltip=N_("Keep the number of the slip for what the client withheld")),
    Binding("r", "do('credit')", N_("Credit note"), id="invoice.credit",
            tooltip=N_("Begin a credit note that takes this invoice back, or a part of it")),
    Binding("v", "do('void')", N_("Void"), id="invoice.void",
            tooltip=N_("Let this document count no more; asks for the reason")),
    Binding("d", "do('duplicate')", N_("Duplicate"), id="invoice.duplicate",
            tooltip=N_("Begin a new invoice with the client and the lines of this one")),
    Binding("u", "do('undo')", N_("Undo"), id="invoice.undo",
            tooltip=N_("Strike the payment out that was written down last")),
    Binding("a", "do('accept')", N_("Accepted"), id="invoice.accept",
            tooltip=N_("Keep that the client accepts this quote")),
    Binding("x", "do('decline')", N_("Turned down"), id="invoice.decline",
            tooltip=N_("Keep that the client does not want this quote; u takes it back")),
    Binding("i", "do('bill')", N_("Invoice it"), id="invoice.bill",
            tooltip=N_("Begin the invoice of this quote; it is accepted by that")),
    Binding("s", "do('deposit')", N_("Deposit"), id="invoice.deposit",
            tooltip=N_("Bill a share of this ahead of the work")),
    Binding("minus", "do('deduct')", N_("Take off"), id="invoice.deduct",
            tooltip=N_("Take the deposits that were billed off this final invoice")),
    Binding("e", "do('repeat')", N_("Again"), id="invoice.repeat",
            tooltip=N_("Let this invoice come again by the calendar, each time as a draft")),
    Binding("m", "do('remind')", N_("Remind"), id="invoice.remind",
            tooltip=N_("Write a reminder of this overdue money; you read it before it goes")),
    Binding("t", "do('receipt')", N_("Receipt"), id="invoice.receipt",
            tooltip=N_("Write a receipt (kwitansi) for what was paid as PDF")),
    Binding("o", "do('pdf')", N_("PDF"), id="invoice.pdf",
            tooltip=N_("Write the document as PDF and open it in your viewer")),
    Binding("O", "do('einvoice')", N_("E-invoice"), id="invoice.einvoice",
            tooltip=N_("Write the e-invoice: a PDF with its data inside, or XML (EN 16931)")),
]  # fmt: skip


class InvoiceScreen(Section):
    """The form of a draft, or the page; Escape goes back to the list."""

    NAME = "invoice"
    AUTO_FOCUS = ""
    CSS_PATH = "invoice.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (28, "-high")]
    BINDINGS = _KEYS
    form = getters.query_one(InvoiceForm)
    paper = getters.query_one(PaperView)

    def __init__(
        self, invoices: "Invoices", papers: "Papers", around: Around, *, clock: Clock
    ) -> None:
        super().__init__(clock)
        self.invoices = invoices
        self.papers = papers
        self.issuing = Issuing(self, invoices)
        self.issued = Ahead(self, invoices, papers, self.turn_to)
        self.issued.around = around
        self.invoice: Invoice | None = None
        """The document as it is kept; what is typed may be a moment ahead."""
        self._shown_id = ""
        self._saved = ""

    def body(self) -> ComposeResult:
        yield Static(id="about", markup=False)
        yield InvoiceForm(id="form")
        yield PaperView(id="paper")
        yield Inquiry(id="inquiry")
        yield Question(id="question")

    async def show(self) -> None:
        if self._shown_id:
            await self._lay()
            self.refresh_bindings()

    async def open(self, target: Target) -> None:
        """Open a document by its id."""
        if target is not None:
            self.act(self.turn_to(str(target)))

    def follows(self, event: Event) -> bool:
        return False  # the marketplace knows nothing of our documents

    async def turn_to(self, invoice_id: str) -> None:
        """Lay a document out: a draft to be written, another to be read."""
        await self.flush()
        self._shown_id, self._saved = invoice_id, ""
        self.form.forget()
        self.remove_class("-paper")
        await self._lay()
        self.begin()

    def begin(self) -> None:
        """Give the keys to what is shown."""
        if self.is_paper:
            self.paper.focus()
        else:
            self.form.begin()
        self.refresh_bindings()

    @property
    def is_draft(self) -> bool:
        """True while the document can be changed."""
        return self.invoice is not None and self.invoice.state == "draft"

    @property
    def is_paper(self) -> bool:
        """True while the page is shown."""
        return self.has_class("-paper")

    @property
    def _today(self) -> date:
        return self.clock.here(self.clock.now()).date()

    @on(InvoiceForm.Edited)
    def _edited(self, event: InvoiceForm.Edited) -> None:
        self._note(_("saving…"))
        one = event.invoice
        save = telling(self, one.id, partial(self.invoices.save, one))
        self.save_soon(f"invoice:{one.id}", save, "\n".join(line.text for line in one.lines))

    @on(Kept)
    def _kept(self, event: Kept) -> None:
        if event.key == self._shown_id:
            self._note(event.words(self))
            if event.worked:
                self.act(self.issuing.judge(self._shown_id))

    @on(Question.Answered)
    def _answered(self, event: Question.Answered) -> None:
        if event.about != ISSUE:
            self.act(self.issued.answered(event))
        elif event.yes:
            self.act(self._issue({}))
        else:
            self.begin()

    @on(Inquiry.Filled)
    def _filled(self, event: Inquiry.Filled) -> None:
        is_issue = event.about == ISSUE
        self.act(self._issue(event.values) if is_issue else self.issued.filled(event))

    @on(Inquiry.Left)
    def _left(self) -> None:
        self.begin()

    def action_back(self) -> None:
        if self.is_draft and self.is_paper:
            self.action_preview()
        elif not self.form.lines.revert():
            self.act(self._leave())

    def action_issue(self) -> None:
        self.act(self.issuing.ask(self._shown_id))

    def action_client(self) -> None:
        self.post_message(self.Go("clients", self._shown_id))

    def action_preview(self) -> None:
        self.act(self._preview())

    def action_do(self, verb: str) -> None:
        if self.invoice is not None:
            self.act(self.issued.do(verb, self.invoice))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.is_mounted or self.invoice is None:
            return action == "back" or action.startswith("app.")
        if isinstance(self.focused, Question) or self.query_one(Inquiry).is_open:
            return action.startswith("app.")
        if action in ("issue", "preview", "client"):
            return self.is_draft and (action != "client" or self.invoice.kind != "credit_note")
        if action == "do":
            return self.is_paper and self.issued.can(str(parameters[0]), self.invoice)
        return True

    async def _lay(self) -> None:
        wanted = self._shown_id
        try:
            invoice = await self.ask(self.invoices.show, wanted)
        except NotFound:
            self._shown_id, self.invoice = "", None
            self.post_message(self.Go("invoices", "invoices"))
            raise
        rules = await self.ask(self.invoices.withholding_rules)
        usual = await self.ask(self.invoices.usual_tax, invoice)
        if wanted != self._shown_id:
            return
        self.invoice = invoice
        if self.is_draft:
            if self.form.invoice is not None and self.form.invoice.client != invoice.client:
                self.form.forget()
            self.form.lines.blank = replace(BLANK, tax=usual)
            self.form.show(invoice, rules, self._today)
            self._tell_head()  # before what takes time: the head of another document misleads
            await self.issuing.judge(wanted)
        if not self.is_draft or self.is_paper:
            await self._show_paper()
        self._tell_head()

    async def _show_paper(self) -> None:
        sheet = await self.ask(self.papers.sheet, self._shown_id)
        assert self.invoice is not None
        self.paper.show(sheet, self.invoice)
        self.add_class("-paper")

    async def _preview(self) -> None:
        if self.is_paper:
            self.remove_class("-paper")
        elif await self.flush():
            self.invoice = await self.ask(self.invoices.show, self._shown_id)
            await self._show_paper()
        self.begin()

    async def _leave(self) -> None:
        if self.is_draft and self.form.is_wrong:
            self.warn(_("Not all could be read: what is marked is not saved."))
        if await self.flush():
            self.post_message(self.Go("invoices", self._shown_id or "invoices"))

    async def _issue(self, values: dict[str, str]) -> None:
        await self.issuing.issue(self._shown_id, values)
        await self._lay()
        self.begin()

    def _note(self, words: str) -> None:
        self._saved = words
        self._tell_head()

    def _tell_head(self) -> None:
        if self.invoice is None:
            return
        shown = self.form.invoice or self.invoice if self.is_draft else self.invoice
        about = _head(shown, self._today)
        if self.is_draft and self._saved:
            about = about.append(Content.styled(f"   {self._saved}", "$foreground-muted"))
        self.query_one("#about", Static).update(about)


def _head(invoice: Invoice, today: date) -> Content:
    """Say what this is, where it stands, and for whom it is."""
    state = state_of(invoice)
    sign, _tone = invoice_words.sign(state)
    parts = [(f"{sign} {invoice_words.state(state)} ", "bold $primary")]
    if invoice.number:
        parts.append((f"{invoice.number} ", "bold $foreground"))
    if invoice.kind != "invoice" or invoice.is_deposit:
        parts.append((invoice_words.kind(invoice) + " ", "bold $foreground"))
    client = tame(invoice.client.name)
    parts.append((f" {client}", "$foreground") if client else (
        "  " + _("F2 chooses the client"), "$warning"
    ))  # fmt: skip
    if state in ("issued", "part-paid"):
        due = wording.money(totals(invoice).open)
        is_quote = invoice.kind == "quote"
        told = due if is_quote else _("{amount} open").format(amount=due)
        when = (invoice_words.holds if is_quote else invoice_words.due)(invoice.due_on, today)
        parts.append(("   " + " · ".join(filter(None, (told, when))), "$foreground-muted"))
    return Content.assemble(*parts)
