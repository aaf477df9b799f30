"""Invoices: our own documents, what stands on them, and what it comes to, to the cent.

Sums follow EN 16931: each line is rounded half up to the currency's smallest unit, tax is taken
from the sum of each category and rate, and every total is a sum of rounded figures.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal

from freelancer_tui.domain.money import Money

DocumentKind = Literal["invoice", "credit_note", "quote"]
DocumentState = Literal["draft", "issued", "void", "accepted", "declined"]
"""What is stored; whether an issued one is paid follows from its payments."""
InvoiceState = Literal["draft", "issued", "part-paid", "paid", "void", "accepted", "declined"]
"""What the user sees; the last two are for quotes."""
DocumentLanguage = Literal["en", "id", "both"]
TaxCode = Literal["S", "Z", "E", "AE", "G", "O"]
"""Category of EN 16931 (UNTDID 5305): standard, zero, exempt, reverse charge, export, none."""
SCALE: Final = 4
"""Decimal digits of quantities and unit prices."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who gives or gets a document, as it stands there."""

    name: str
    address: tuple[str, ...] = ()
    country_code: str = ""
    """Two capital letters, or empty."""
    email: str = ""
    tax_ids: tuple[tuple[str, str], ...] = ()
    """Kind and number: (`NPWP`, `0123456789012345`), (`VAT`, `DE123456789`)."""


@dataclass(frozen=True, slots=True)
class Tax:
    """What kind of tax a line bears."""

    code: TaxCode = "O"
    percent: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One thing that is charged for."""

    text: str
    quantity: Decimal
    unit_price: Decimal
    unit: str = ""
    """`hour`, `piece` …: as the user writes it."""
    discount_percent: Decimal = Decimal(0)
    tax: Tax = Tax()
    milestone_remote_id: int | None = None
    deducts: str = ""
    """The id of the deposit that this line takes off; such a line counts minus one of it."""

    def net(self, currency: str) -> Money:
        """Give quantity × price less the discount, rounded half up."""
        whole = self.quantity * self.unit_price * (100 - self.discount_percent) / 100
        return Money.rounded(whole, currency)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a tax that grows with the amount."""

    up_to: Decimal | None
    """Of the net; None for what is above all others."""
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Withholding:
    """Tax that the client keeps back and pays for us: a share of the net, with its slip."""

    name: str
    """`PPh 21`, `PPh 23` …"""
    percent: Decimal
    """Of the net before tax."""
    slip_number: str = ""
    slip_date: date | None = None
    steps: tuple[Step, ...] = ()
    """Where the share grows with the amount; then `percent` is that of the first step."""
    steps_currency: str = ""

    def of(self, net: Money) -> Money:
        """Give what is kept of a net, rounded half up; steps count in their own currency only."""
        if not self.steps or net.currency != self.steps_currency:
            return percent_of(net, self.percent)
        kept, below = Decimal(0), Decimal(0)
        for step in self.steps:
            top = net.amount if step.up_to is None else min(net.amount, step.up_to)
            kept += max(top - below, Decimal(0)) * step.percent / 100
            below = top
        return Money.rounded(kept, net.currency)


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that came for a document."""

    id: str
    on: date
    amount: Money
    note: str = ""


@dataclass(frozen=True, slots=True)
class RateNote:
    """What the document's currency was worth in the user's own, when it was issued."""

    currency: str
    """The user's own."""
    rate: Decimal
    """Own currency for one unit of the document's."""
    on: date
    source: str = ""


@dataclass(frozen=True, slots=True)
class Ways:
    """How the user is paid; what is empty is not offered."""

    bank_name: str = ""
    bank_account: str = ""
    bank_holder: str = ""
    swift: str = ""
    iban: str = ""
    paypal: str = ""
    wise: str = ""
    payoneer: str = ""
    qris: str = ""
    """The payload of the user's own static code, as their provider gave it."""


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence that a document bears for its client's country, in both languages."""

    key: str
    english: str
    indonesian: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class TaxSum:
    """One category and rate of a document: what it is taken from, and what it comes to."""

    tax: Tax
    base: Money
    amount: Money


@dataclass(frozen=True, slots=True)
class Totals:
    """What a document comes to."""

    net: Money
    taxes: tuple[TaxSum, ...]
    tax: Money
    total: Money
    """Net and tax."""
    withheld: Money
    payable: Money
    """What is to arrive: the total less what the client withholds."""
    paid: Money
    settled: Money
    """What credit notes took off; of a credit note, what was taken off with it."""

    @property
    def open(self) -> Money:
        """What is still to come (of a credit note: to be paid back); below zero: too much came."""
        return self.payable - self.paid - self.settled


@dataclass(frozen=True, slots=True)
class Invoice:
    """A document of ours; once issued it does not change, but for payments, slips and its end."""

    id: str
    currency: str
    client_id: str = ""
    """Our own client, from whom `client` was copied."""
    client: Party = Party("")
    seller: Party = Party("")
    """Filled in when it is issued, as are the next three."""
    ways: Ways = Ways()
    logo: str = ""
    notes: tuple[Note, ...] = ()
    kind: DocumentKind = "invoice"
    state: DocumentState = "draft"
    number: str = ""
    """Given when it is issued, and not before."""
    lines: tuple[InvoiceLine, ...] = ()
    withholdings: tuple[Withholding, ...] = ()
    payments: tuple[Payment, ...] = ()
    set_offs: tuple[Payment, ...] = ()
    """What a credit note and the document it corrects took off each other; no money moved."""
    issued_on: date | None = None
    due_on: date | None = None
    period: tuple[date, date] | None = None
    """First and last day of the service."""
    terms_days: int = 14
    po_number: str = ""
    note: str = ""
    language: DocumentLanguage = "en"
    rate: RateNote | None = None
    project_remote_id: int | None = None
    corrects: str = ""
    """The id of the document that a credit note takes back."""
    made_from: str = ""
    """The id of the quote, draft or recurring document that it was made from."""
    is_deposit: bool = False
    """True for a part that is billed ahead of the work."""
    void_reason: str = ""
    updated_at: datetime | None = None
    revision: int = 0


def totals(invoice: Invoice) -> Totals:
    """Add a document up."""
    currency = invoice.currency
    bases: dict[Tax, Money] = {}
    for line in invoice.lines:
        bases[line.tax] = bases.get(line.tax, _zero(currency)) + line.net(currency)
    taxes = tuple(TaxSum(tax, base, percent_of(base, tax.percent)) for tax, base in bases.items())
    net = total_of((one.base for one in taxes), currency)
    tax = total_of((one.amount for one in taxes), currency)
    withheld = total_of((one.of(net) for one in invoice.withholdings), currency)
    paid = total_of((one.amount for one in invoice.payments), currency)
    settled = total_of((one.amount for one in invoice.set_offs), currency)
    whole = net + tax
    return Totals(net, taxes, tax, whole, withheld, whole - withheld, paid, settled)


def state_of(invoice: Invoice) -> InvoiceState:
    """Tell where a document stands, by what was paid."""
    if invoice.state != "issued":
        return invoice.state
    sums = totals(invoice)
    if sums.open.amount <= 0:
        return "paid"
    return "part-paid" if sums.paid.amount > 0 else "issued"


def is_overdue(invoice: Invoice, today: date) -> bool:
    """Tell whether money should have come by now."""
    is_owed = state_of(invoice) in ("issued", "part-paid")
    return is_owed and invoice.due_on is not None and invoice.due_on < today


def in_own(rate: RateNote, money: Money) -> Money:
    """Give an amount of a document in the user's own currency, at the document's own rate."""
    return Money.rounded(money.amount * rate.rate, rate.currency)


def percent_of(money: Money, percent: Decimal) -> Money:
    """Give a share of an amount, rounded half up."""
    return Money.rounded(money.amount * percent / 100, money.currency)


def total_of(amounts: Iterable[Money], currency: str) -> Money:
    """Add amounts of one currency."""
    return sum(amounts, start=_zero(currency))


def _zero(currency: str) -> Money:
    return Money(Decimal(0), currency)
