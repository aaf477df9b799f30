"""Billing: our own clients, who we are on a document, and what speaks against issuing one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal

from freelancer_tui.domain import currencies
from freelancer_tui.domain.invoices import (
    SCALE,
    DocumentKind,
    DocumentLanguage,
    Invoice,
    InvoiceState,
    Party,
    Ways,
    in_own,
    totals,
)
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.numbering import DEFAULT, Scheme

CREDIT_SCHEME: Final = "CN/{year}/{month:roman}/{seq:03}"
QUOTE_SCHEME: Final = "Q/{year}/{month:roman}/{seq:03}"
QUOTE_DAYS: Final = 30
"""So long a quote holds where nothing else is said."""
MOST: Final = Decimal(10**15)
"""Amounts from here on are refused: they could not be told in words, nor added up exactly."""
MOST_UNITS: Final = 10**18
"""Smallest units from here on do not fit into the file."""
NOBODY: Final = Party("")
NO_WAYS: Final = Ways()
MOST_LINES: Final = 1_000
PERCENT_DIGITS: Final = 2
_NPWP_DIGITS: Final = (15, 16)
_NPWP: Final = frozenset({"NPWP", "NIK"})

ObjectionCode = Literal[
    "line_missing", "lines_many", "line_text", "line_quantity", "line_price", "line_digits",
    "line_discount", "line_tax", "client_missing", "client_npwp", "seller_missing", "seller_npwp",
    "total_low", "total_high", "due_early", "period_turned", "currency_unknown", "withholding",
    "rate", "scheme", "credit_high", "deposit_left", "deposit_gone",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a document cannot be issued as it is."""

    code: ObjectionCode
    line: int = 0
    """Which line it is about, from one."""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Client:
    """Somebody whom the user bills."""

    id: str
    party: Party
    language: DocumentLanguage = "en"
    currency: str = ""
    terms_days: int | None = None
    """Days until money is due; None takes the user's usual ones."""
    withholding: str = ""
    """The key of the rule by which this client keeps tax back; empty for none."""
    remote_id: int | None = None
    """Who it is on the marketplace, where that is known."""
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Seller:
    """Who the user is on documents, and how they are numbered."""

    party: Party = NOBODY
    ways: Ways = NO_WAYS
    logo: str = ""
    """Where the picture lies; empty for none."""
    scheme: str = DEFAULT
    credit_scheme: str = CREDIT_SCHEME
    quote_scheme: str = QUOTE_SCHEME
    is_taxed: bool = False
    """True for a registered business (PKP), which charges tax."""
    terms_days: int = 14
    language: DocumentLanguage = "en"

    def scheme_of(self, kind: DocumentKind) -> str:
        """Give how documents of a kind are numbered."""
        match kind:
            case "invoice":
                return self.scheme
            case "credit_note":
                return self.credit_scheme
            case "quote":
                return self.quote_scheme


@dataclass(frozen=True, slots=True)
class Summary:
    """A document as a list shows it."""

    id: str
    kind: DocumentKind
    state: InvoiceState
    number: str
    client_id: str
    client_name: str
    total: Money
    payable: Money
    paid: Money
    settled: Money
    own: Money | None
    """What is payable, in the user's own currency at the document's own rate."""
    issued_on: date | None
    due_on: date | None
    project_remote_id: int | None
    updated_at: datetime

    @property
    def open(self) -> Money:
        """What is still to come; of a credit note: what is still to be paid back."""
        return self.payable - self.paid - self.settled

    def is_overdue(self, today: date) -> bool:
        """Tell whether money should have come by now."""
        is_owed = self.state in ("issued", "part-paid") and self.kind == "invoice"
        return is_owed and self.due_on is not None and self.due_on < today

    def has_expired(self, today: date) -> bool:
        """Tell whether a quote waited for an answer longer than it holds."""
        is_open = self.kind == "quote" and self.state == "issued"
        return is_open and self.due_on is not None and self.due_on < today


def objections(invoice: Invoice, seller: Seller, on: date) -> tuple[Objection, ...]:
    """List what speaks against issuing a document on a day; an empty list may be issued."""
    found = [*_of_parties(invoice, seller), *_of_terms(invoice, seller, on)]
    for number, line in enumerate(invoice.lines, 1):
        if not line.text.strip():
            found.append(Objection("line_text", number))
        if not line.quantity:
            found.append(Objection("line_quantity", number))
    found += cannot_keep(invoice)
    if found:  # sums of what is wrong would only be wrong once more
        return tuple(found)
    sums = totals(invoice)
    if sums.total.amount <= 0 or sums.payable.amount < 0:
        return (Objection("total_low"),)
    if invoice.rate is not None and in_own(invoice.rate, sums.total).minor >= MOST_UNITS:
        return (Objection("rate", detail=str(invoice.rate.rate)),)
    return ()


def cannot_keep(invoice: Invoice) -> tuple[Objection, ...]:
    """List what could not even be written down exactly, as a draft."""
    found = list[Objection]()
    if not currencies.is_known(invoice.currency):
        found.append(Objection("currency_unknown", detail=invoice.currency))
    if len(invoice.lines) > MOST_LINES:
        found.append(Objection("lines_many", detail=str(MOST_LINES)))
    for number in range(1, len(invoice.lines[:MOST_LINES]) + 1):
        found += _of_line(invoice, number)
    for kept in invoice.withholdings:
        if not all(map(is_percent, (kept.percent, *(step.percent for step in kept.steps)))):
            found.append(Objection("withholding", detail=kept.name))
    if invoice.rate is not None and not 0 < invoice.rate.rate < MOST:
        found.append(Objection("rate", detail=str(invoice.rate.rate)))
    if not found and max(totals(invoice).total.minor, totals(invoice).net.minor) >= MOST_UNITS:
        found.append(Objection("total_high"))
    return tuple(found)


def _of_parties(invoice: Invoice, seller: Seller) -> Iterator[Objection]:
    if not invoice.client.name:
        yield Objection("client_missing")
    if not seller.party.name:
        yield Objection("seller_missing")
    for number in _bad_npwp(invoice.client):
        yield Objection("client_npwp", detail=number)
    for number in _bad_npwp(seller.party):
        yield Objection("seller_npwp", detail=number)


def _of_terms(invoice: Invoice, seller: Seller, on: date) -> Iterator[Objection]:
    if not invoice.lines:
        yield Objection("line_missing")
    if invoice.due_on is not None and invoice.due_on < on:
        yield Objection("due_early", detail=on.isoformat())
    if invoice.period is not None and invoice.period[1] < invoice.period[0]:
        yield Objection("period_turned")
    try:
        Scheme.read(seller.scheme_of(invoice.kind))
    except ValueError as error:
        yield Objection("scheme", detail=str(error))


def _of_line(invoice: Invoice, number: int) -> Iterator[Objection]:
    line = invoice.lines[number - 1]
    is_off = bool(line.deducts) and line.quantity == -1
    if not is_off and not 0 <= line.quantity < MOST:
        yield Objection("line_quantity", number)
    elif not 0 <= line.unit_price < MOST:
        yield Objection("line_price", number)
    elif not all(has_digits(one, SCALE) for one in (line.quantity, line.unit_price)):
        yield Objection("line_digits", number, str(SCALE))
    elif line.quantity * line.unit_price >= MOST:
        yield Objection("total_high", number)
    if not is_percent(line.discount_percent):
        yield Objection("line_discount", number)
    if not is_percent(line.tax.percent):
        yield Objection("line_tax", number)


def is_percent(value: Decimal) -> bool:
    """Tell whether a share is from nothing to all, with two digits behind the point at most."""
    return value.is_finite() and 0 <= value <= 100 and has_digits(value, PERCENT_DIGITS)


def has_digits(value: Decimal, most: int) -> bool:
    """Tell whether a number has so many digits behind the point at most."""
    exponent = value.normalize().as_tuple().exponent
    return isinstance(exponent, int) and -exponent <= most


def _bad_npwp(party: Party) -> Iterator[str]:
    for kind, number in party.tax_ids:
        if kind.upper() in _NPWP:
            digits = re.sub(r"[\s.\-]", "", number)
            if not digits.isascii() or not digits.isdecimal() or len(digits) not in _NPWP_DIGITS:
                yield number
