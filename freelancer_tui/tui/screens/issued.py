"""Issued: the verbs on a document that has its number: paid, void, taken back, printed."""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from freelancer_tui import wording
from freelancer_tui.domain.invoices import Invoice, totals
from freelancer_tui.domain.money import Money
from freelancer_tui.i18n import _
from freelancer_tui.tui.screens.links import open_file
from freelancer_tui.tui.screens.section import Section
from freelancer_tui.tui.widgets.inquiry import Blank, Inquiry, Read
from freelancer_tui.tui.widgets.invoice_fields import read_day
from freelancer_tui.tui.widgets.invoice_words import day
from freelancer_tui.tui.widgets.offer import read_price, typed_price
from freelancer_tui.tui.widgets.question import Question

if TYPE_CHECKING:
    from freelancer_tui.services.invoices import Invoices
    from freelancer_tui.services.papers import Papers

_MORE: Final = "pay-more"
_UNDO: Final = "undo"
TurnTo = Callable[[str], Coroutine[None, None, None]]


@dataclass(frozen=True, slots=True)
class _Paid:
    """A payment that waits for a yes."""

    invoice: Invoice
    amount: Money
    on: date
    note: str


class Issued:
    """Asks for what a verb needs, calls the service, and has the document shown again."""

    def __init__(
        self, section: Section, invoices: "Invoices", papers: "Papers", turn_to: TurnTo
    ) -> None:
        self._section = section
        self._invoices = invoices
        self._papers = papers
        self._turn_to = turn_to
        self._about: Invoice | None = None
        self._paid: _Paid | None = None

    def can(self, action: str, invoice: Invoice) -> bool:
        """Tell whether a verb makes sense for a document."""
        is_counting = invoice.state == "issued"
        match action:
            case "pay":
                return is_counting and totals(invoice).open.minor > 0
            case "void":
                return is_counting and not invoice.payments
            case "slip":
                return is_counting and bool(invoice.withholdings)
            case "credit":
                return is_counting and invoice.kind == "invoice"
            case "undo":
                return is_counting and bool(invoice.payments)
            case "duplicate":
                return invoice.state != "draft" and invoice.kind == "invoice"
            case _:
                return True

    async def do(self, verb: str, invoice: Invoice) -> None:
        """Carry a verb out, or ask for what it needs."""
        verbs = {
            "pay": self._ask_payment,
            "slip": self._ask_slip,
            "credit": self._credit,
            "void": self._ask_reason,
            "duplicate": self._duplicate,
            "undo": self._ask_undo,
            "pdf": self._pdf,
        }
        await verbs[verb](invoice)

    async def _ask_payment(self, invoice: Invoice) -> None:
        """Ask how much came, and when."""
        left = totals(invoice).open
        words = _("Money came for {number}; {amount} is open.")
        if invoice.kind == "credit_note":
            words = _("Money was paid back for {number}; {amount} is open.")
        blanks = (
            Blank("amount", _("Amount"), typed_price(left), _priced(invoice.currency)),
            Blank("on", _("Came on"), self._today.isoformat(), _come(self._today)),
            Blank("note", _("Note"), "", hint=_("may stay empty")),
        )
        await self._ask("pay", words.format(
            number=invoice.number, amount=wording.money(left)
        ), blanks, invoice)  # fmt: skip

    async def _ask_slip(self, invoice: Invoice) -> None:
        """Ask for the number and the day of the slip for what was withheld."""
        words = _("The slip for what the client withheld of {number}.")
        bare = next((one for one in invoice.withholdings if not one.slip_number), None)
        kept = bare or invoice.withholdings[0]
        on = kept.slip_date or self._today
        blanks = [
            Blank("number", _("Number"), kept.slip_number, _needed),
            Blank("on", _("Of"), on.isoformat(), dated),
        ]
        if len(invoice.withholdings) > 1:
            blanks.append(Blank("name", _("For"), kept.name, _needed))
        await self._ask("slip", words.format(number=invoice.number), blanks, invoice)

    async def _ask_reason(self, invoice: Invoice) -> None:
        """Ask why a document counts no more."""
        words = _("{number} counts no more from now on; its number stays used. Why?")
        blanks = (Blank("reason", _("Reason"), "", _needed, _("kept with the document")),)
        await self._ask("void", words.format(number=invoice.number), blanks, invoice)

    async def _ask_undo(self, invoice: Invoice) -> None:
        """Ask before the last payment is struck out."""
        self._about, last = invoice, invoice.payments[-1]
        words = _("Strike out the payment of {amount} that came on {day}?")
        told = words.format(amount=wording.money(last.amount), day=day(last.on))
        self._section.query_one(Question).ask(told, _UNDO)

    async def _pdf(self, invoice: Invoice) -> None:
        """Ask where the PDF goes."""
        words = _("Write it as PDF; it opens in your viewer then.")
        blanks = (Blank("file", _("File"), self._file(invoice), named),)
        await self._ask("pdf", words, blanks, invoice)

    async def _credit(self, invoice: Invoice) -> None:
        """Begin a credit note and open it."""
        await self._turn_to((await self._section.ask(self._invoices.credit, invoice.id)).id)
        self._section.say(_("A credit note for all of it: take lines out, or issue it as it is."))

    async def _duplicate(self, invoice: Invoice) -> None:
        """Begin an invoice like this one and open it."""
        await self._turn_to((await self._section.ask(self._invoices.duplicate, invoice.id)).id)
        self._section.say(_("A new draft with the same client and lines."))

    async def filled(self, event: Inquiry.Filled) -> None:
        """Do what was asked for."""
        if (invoice := self._about) is None:
            return
        values = event.values
        match event.about:
            case "pay":
                await self._check_payment(invoice, values)
            case "slip":
                await self._section.ask(
                    self._invoices.slip, invoice.id, values["number"], read_day(values["on"]),
                    values.get("name", ""),
                )  # fmt: skip
                await self._again(_("The slip is kept with the document."))
            case "void":
                await self._section.ask(self._invoices.void, invoice.id, values["reason"])
                await self._again(_("It counts no more; its number stays used."))
            case "pdf":
                await self._print(invoice, Path(values["file"]).expanduser())

    async def answered(self, event: Question.Answered) -> None:
        """Go on with what was asked about, if the user means it."""
        invoice, paid = self._about, self._paid
        self._paid = None
        if not event.yes or invoice is None:
            return await self._turn_to(invoice.id if invoice else "")
        if event.about == _MORE and paid is not None:
            await self._pay(paid, is_more=True)
        elif event.about == _UNDO and invoice.payments:
            last = invoice.payments[-1]
            await self._section.ask(self._invoices.take_back_payment, invoice.id, last.id)
            await self._again(_("The payment is struck out."))

    async def _check_payment(self, invoice: Invoice, values: dict[str, str]) -> None:
        """Write a payment down; of more than is open ask whether it is meant."""
        amount = read_price(values["amount"], invoice.currency).price
        if amount is None:
            return
        paid = _Paid(invoice, amount, read_day(values["on"]), values["note"])
        over = amount - totals(invoice).open
        if over.minor <= 0:
            return await self._pay(paid, is_more=False)
        self._paid = paid
        words = _("That is {amount} more than is open. Did so much come?")
        question = self._section.query_one(Question)
        question.ask(words.format(amount=wording.money(over)), _MORE)

    async def _pay(self, paid: _Paid, *, is_more: bool) -> None:
        done = await self._section.ask(
            self._invoices.pay, paid.invoice.id, paid.amount, paid.on, paid.note, is_more=is_more
        )
        left = totals(done).open
        words = _("Written down; {amount} is still open. u strikes it out.")
        if left.minor <= 0:
            words = _("Written down: it is paid. u strikes it out.")
        await self._again(words.format(amount=wording.money(left)))

    async def _print(self, invoice: Invoice, target: Path) -> None:
        done = await self._section.ask(self._papers.save_pdf, invoice.id, target, force=True)
        is_shown = await open_file(done.file, self._section.app.suspend)
        words = _("Written to {file}") if is_shown else _("Written to {file}; no viewer was found.")
        await self._again(words.format(file=done.file))

    async def _ask(self, about: str, words: str, blanks: Sequence[Blank], invoice: Invoice) -> None:
        self._about = invoice
        await self._section.query_one(Inquiry).ask(about, words, blanks)
        self._section.refresh_bindings()

    async def _again(self, words: str) -> None:
        if self._about is not None:
            await self._turn_to(self._about.id)
        self._section.say(words)

    @staticmethod
    def _file(invoice: Invoice, more: str = "") -> str:
        name = "".join(sign if sign.isalnum() else "-" for sign in invoice.number) or "draft"
        return str(Path("~") / f"{name}{more}.pdf")

    @property
    def _today(self) -> date:
        return self._section.clock.here(self._section.clock.now()).date()


def _priced(currency: str) -> Read:
    def read(typed: str) -> tuple[str, bool]:
        found = read_price(typed, currency)
        is_low = found.price is not None and found.price.amount <= Decimal(0)
        return found.words, found.is_wrong or found.price is None or is_low

    return read


def dated(typed: str) -> tuple[str, bool]:
    """Tell how a day was read, and whether it is none."""
    try:
        return day(read_day(typed)), False
    except ValueError as error:
        return str(error), True


def _come(today: date) -> Read:
    """Read a day that is not still to come."""

    def read(typed: str) -> tuple[str, bool]:
        words, is_wrong = dated(typed)
        if is_wrong or read_day(typed) <= today:
            return words, is_wrong
        return _("{day} is still to come.").format(day=words), True

    return read


def _needed(typed: str) -> tuple[str, bool]:
    return "", not typed.strip()


def named(typed: str) -> tuple[str, bool]:
    """Tell whether a file can be written there, and whether one is there already."""
    try:
        target = Path(typed.strip()).expanduser()
        if target.is_dir() or not target.parent.is_dir():
            return _("There is no such folder, or it is one."), True
        return (_("is there already and is replaced") if target.exists() else ""), False
    except (OSError, RuntimeError, ValueError):
        return _("That is no place for a file."), True
