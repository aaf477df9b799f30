"""Papers: documents as PDF and on the screen, and receipts for what was paid."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from typing import Final

from freelancer_tui.documents.cii import cii
from freelancer_tui.documents.einvoices import einvoice
from freelancer_tui.documents.files import place
from freelancer_tui.documents.model import Sheet, sheet
from freelancer_tui.documents.printing import Template, printed
from freelancer_tui.documents.receipts import Receipt, Received, receipt
from freelancer_tui.documents.ubl import ubl
from freelancer_tui.domain.duty import Duty, due
from freelancer_tui.domain.einvoices import Form
from freelancer_tui.domain.invoices import DocumentLanguage, Invoice, InvoiceLine, in_own, total_of
from freelancer_tui.domain.money import Money
from freelancer_tui.errors import NotAllowed, NotFound
from freelancer_tui.i18n import _, ngettext
from freelancer_tui.services import einvoices
from freelancer_tui.services.exchange import Exchange
from freelancer_tui.services.invoices import Invoices


@dataclass(frozen=True, slots=True)
class Printed:
    """What came of a request for a file."""

    file: Path
    bytes: int
    duty: Duty | None = None
    """The stamp duty that the paper bears; only on receipts."""


class Papers:
    """The user's verbs for paper; each takes about a fifth of a second, so ask on a thread."""

    def __init__(
        self,
        invoices: Invoices,
        exchange: Exchange,
        duties: Callable[[], tuple[Duty, ...]],
        own_templates: Path,
    ) -> None:
        self._invoices: Final = invoices
        self._exchange: Final = exchange
        self._duties: Final = duties
        self._own: Final = own_templates

    def check(self) -> str:
        """Print a page that nobody keeps; tell with what, or raise with what to do."""
        line = InvoiceLine("-", Decimal(1), Decimal(1))
        page = sheet(Invoice("", "IDR", lines=(line,)), "both")
        template = Template.of("invoice.typ", self._own)
        printed(page.tree(), template, None)
        whose = _("your own template") if template.folder == self._own else _("our template")
        return f"typst {version('typst')}, {whose}"

    def sheet(self, named: str, language: DocumentLanguage | None = None) -> Sheet:
        """Give a document as it is printed; without a language, in that of its client."""
        return self._sheet(self._invoices.paper(named), language)

    def pdf(self, named: str, language: DocumentLanguage | None = None) -> bytes:
        """Give a document as PDF; an issued one comes out the same each time."""
        return self._printed(self._invoices.paper(named), language)

    def save_pdf(
        self,
        named: str,
        target: Path,
        language: DocumentLanguage | None = None,
        *,
        force: bool = False,
    ) -> Printed:
        """Write a document as PDF into a file."""
        made = self.pdf(named, language)
        place(target, made, force=force)
        return Printed(target, len(made))

    def check_einvoice(self, named: str) -> None:
        """Raise in the app with all that keeps a document from being an e-invoice."""
        einvoices.refuse(self._invoices.paper(named), in_app=True)

    def save_einvoice(
        self,
        named: str,
        target: Path,
        form: Form | None = None,
        language: DocumentLanguage | None = None,
        *,
        force: bool = False,
    ) -> Printed:
        """Write a document as e-invoice into a file, whose name chooses the form where none is."""
        chosen = einvoices.chosen(form, target)
        invoice = self._invoices.paper(named)
        einvoices.refuse(invoice)
        bill = einvoice(invoice, language or invoice.language, self._earlier(invoice))
        made = ubl(bill) if chosen == "ubl" else cii(bill)
        if chosen == "factur-x":
            made = self._printed(invoice, language, made)
        place(target, made, force=force)
        return Printed(target, len(made))

    def receipt(
        self, named: str, language: DocumentLanguage | None = None, payment: int = 0
    ) -> Receipt:
        """Give the receipt for a payment, counted from one, or for all that came."""
        invoice = self._invoices.show(named)
        return receipt(invoice, language or invoice.language, self._received(invoice, payment))

    def save_receipt(
        self,
        named: str,
        target: Path,
        language: DocumentLanguage | None = None,
        payment: int = 0,
        *,
        force: bool = False,
    ) -> Printed:
        """Write a receipt as PDF into a file."""
        invoice = self._invoices.show(named)
        received = self._received(invoice, payment)
        tree = receipt(invoice, language or invoice.language, received).tree()
        template = Template.of("receipt.typ", self._own)
        made = printed(tree, template, received.on, invoice.logo)
        place(target, made, force=force)
        return Printed(target, len(made), received.duty)

    def _printed(
        self, invoice: Invoice, language: DocumentLanguage | None, attached: bytes = b""
    ) -> bytes:
        tree = self._sheet(invoice, language).tree()
        template = Template.of("invoice.typ", self._own)
        return printed(tree, template, invoice.issued_on, invoice.logo, attached=attached)

    def _earlier(self, invoice: Invoice) -> tuple[Invoice, ...]:
        """Give what a document refers to: the invoice it corrects, the deposits it takes off."""
        ids = dict.fromkeys((invoice.corrects, *(line.deducts for line in invoice.lines)))
        return tuple(self._invoices.show(one) for one in ids if one)

    def _sheet(self, invoice: Invoice, language: DocumentLanguage | None) -> Sheet:
        corrected = self._invoices.show(invoice.corrects).number if invoice.corrects else ""
        return sheet(invoice, language or invoice.language, corrected)

    def _received(self, invoice: Invoice, payment: int) -> Received:
        if invoice.kind != "invoice" or invoice.state != "issued":
            raise NotAllowed(
                _("A receipt is for money that came for an issued invoice."),
                hint=_("Name an invoice that counts."),
            )
        if not invoice.payments:
            raise NotAllowed(
                _("Nothing was paid for {number} yet.").format(number=invoice.number),
                hint=_("Write the payment down first: freelancer-tui invoices pay"),
            )
        if payment > len(invoice.payments):
            count = len(invoice.payments)
            told = ngettext(
                "{number} has {count} payment.", "{number} has {count} payments.", count
            )
            raise NotFound(told.format(number=invoice.number, count=count))
        chosen = invoice.payments[payment - 1 : payment] if payment else invoice.payments
        amount = total_of((one.amount for one in chosen), invoice.currency)
        on = max(one.on for one in chosen)
        country = invoice.seller.country_code or ("ID" if invoice.currency == "IDR" else "")
        worth = [amount, self._in_rupiah(invoice, amount)]
        return Received(amount, on, payment, due(self._duties(), country, on, worth))

    def _in_rupiah(self, invoice: Invoice, amount: Money) -> Money | None:
        """Give what an amount is worth where the law counts in rupiah, by the document's rate."""
        if invoice.rate is not None and invoice.rate.currency == "IDR":
            return in_own(invoice.rate, amount)
        return self._exchange.rates().convert(amount, "IDR")
