"""E-invoices: a document as EN 16931 means it, before either syntax writes it down.

Amounts are those of the issued document; only what the norm has no place for, such as what a
client withholds, goes into words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from freelancer_tui.documents.labels import label
from freelancer_tui.documents.model import Sheet, sheet
from freelancer_tui.domain.einvoices import (
    DIGITS,
    ONE,
    Numbers,
    country_letters,
    is_taxed,
    numbers_of,
    unit_code,
)
from freelancer_tui.domain.invoices import (
    DocumentLanguage,
    Invoice,
    InvoiceLine,
    Party,
    Tax,
    TaxCode,
    Ways,
    totals,
)
from freelancer_tui.domain.money import Money, minor_digits
from freelancer_tui.domain.text import one_line

PROFILE: Final = "urn:cen.eu:en16931:2017"
DISCOUNT: Final = "95"
"""Why a line costs less (UNTDID 5189)."""
MAIL: Final = "EM"
"""Kind of electronic address: mail."""
_INVOICE, _CREDIT, _PREPAID = "380", "381", "386"
"""Kinds of documents (UNTDID 1001)."""
_TRANSFER, _SEPA, _ONLINE = "30", "58", "68"
"""Ways to pay (UNTDID 4461)."""
_REASONS: Final[dict[TaxCode, str]] = {
    "AE": "VATEX-EU-AE", "G": "VATEX-EU-G", "O": "VATEX-EU-O", "E": "",
}  # fmt: skip
"""Why there is no tax, by the code of the reason; exemption itself has none."""


@dataclass(frozen=True, slots=True)
class Side:
    """Seller or buyer."""

    name: str
    address: tuple[str, ...]
    """Three lines at most."""
    country: str
    mail: str
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class Way:
    """A way to pay."""

    code: str
    words: str
    account: str = ""
    is_iban: bool = False
    holder: str = ""
    bic: str = ""


@dataclass(frozen=True, slots=True)
class Discount:
    """What a line costs less."""

    percent: Decimal
    base: Money
    amount: Money
    words: str


@dataclass(frozen=True, slots=True)
class Item:
    """A line."""

    number: str
    name: str
    note: str
    """The unit, where no code tells it."""
    quantity: Decimal
    unit: str
    price: Decimal
    net: Money
    tax: Tax
    discount: Discount | None


@dataclass(frozen=True, slots=True)
class TaxPart:
    """A category and rate: what it is taken from, what it comes to, and why it is nothing."""

    tax: Tax
    base: Money
    amount: Money
    reason: str
    reason_code: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """An invoice that this document takes back, or a deposit that it takes off."""

    number: str
    on: date | None


@dataclass(frozen=True, slots=True)
class EInvoice:
    """A whole invoice or credit note.

    There is no second currency of tax (BT-6), which the norm leaves to the seller: only with it
    would the tax have to stand in that currency too (BT-111, by BR-53), and the page, which the
    file must not exceed, says nothing of it.
    """

    code: str
    number: str
    issued_on: date
    due_on: date | None
    terms: str
    currency: str
    po_number: str
    note: str
    period: tuple[date, date] | None
    earlier: tuple[Earlier, ...]
    seller: Side
    buyer: Side
    way: Way | None
    """One only: by the norm all ways are of one kind; others are told in the terms."""
    items: tuple[Item, ...]
    taxes: tuple[TaxPart, ...]
    net: Money
    tax: Money
    total: Money

    @property
    def is_credit(self) -> bool:
        """True for a credit note."""
        return self.code == _CREDIT


def einvoice(
    invoice: Invoice, language: DocumentLanguage, earlier: Sequence[Invoice] = ()
) -> EInvoice:
    """Give an issued document without lacks as the norm means it.

    `earlier` are the invoice that a credit note corrects, and the deposits that are taken off.
    """
    assert invoice.issued_on is not None
    sums, taxed = totals(invoice), is_taxed(invoice)
    is_credit = invoice.kind == "credit_note"
    way, *others = (None,) if is_credit else (*_ways(invoice), None)
    bare = replace(invoice, ways=Ways())  # the codes to pay by take long to draw
    paper = sheet(bare, language, earlier[0].number if is_credit and earlier else "")
    return EInvoice(
        _CREDIT if is_credit else _PREPAID if invoice.is_deposit else _INVOICE,
        one_line(invoice.number),
        invoice.issued_on,
        None if is_credit else invoice.due_on,
        "\n".join((*_terms(invoice, paper), *(one.words for one in others if one))),
        invoice.currency,
        one_line(invoice.po_number),
        "\n".join(paper.notes),
        invoice.period,
        tuple(Earlier(one_line(one.number), one.issued_on) for one in earlier),
        _side(invoice.seller, numbers_of(invoice.seller, is_taxed=taxed, is_seller=True)),
        _side(invoice.client, numbers_of(invoice.client, is_taxed=taxed, is_seller=False)),
        way,
        tuple(_item(invoice, place, language) for place in range(len(invoice.lines))),
        tuple(
            TaxPart(one.tax, one.base, one.amount, *_reason(one.tax.code, language))
            for one in sums.taxes
        ),
        sums.net,
        sums.tax,
        sums.total,
    )


def figure(money: Money) -> str:
    """Write an amount as the norm has it: with the digits of its currency, two at most."""
    return f"{money.amount:.{min(minor_digits(money.currency), DIGITS)}f}"


def number(value: Decimal) -> str:
    """Write a quantity, a price or a share with the digits it has and no more."""
    return f"{value.normalize():f}"


def _terms(invoice: Invoice, paper: Sheet) -> Iterator[str]:
    """Tell what the sums of the norm leave out: what the client keeps back, and what then comes.

    A credit note asks for nothing, but the norm wants to read how it is settled.
    """
    if invoice.withholdings:
        for one in paper.sums[-1 - len(invoice.withholdings) :]:
            yield f"{' / '.join(one.label)}: {one.amount}"
    if invoice.kind == "credit_note":
        for fact in paper.facts:
            if fact.label == label("corrects", paper.language):
                yield f"{' / '.join(fact.label)}: {fact.value[0]}"


def _side(party: Party, numbers: Numbers) -> Side:
    first, second, *others = [one_line(line) for line in (*party.address, "", "")]
    lines = (first, second, ", ".join(line for line in others if line))
    mail = one_line(party.email)
    is_mail = "@" in mail.strip("@") and " " not in mail
    return Side(
        one_line(party.name),
        tuple(line for line in lines if line),
        country_letters(party.country_code),
        mail if is_mail else "",
        numbers,
    )


def _ways(invoice: Invoice) -> Iterator[Way]:
    ways = invoice.ways
    iban = "".join(ways.iban.split()).upper()
    account = iban or one_line(ways.bank_account)
    if account:
        code = _SEPA if iban and invoice.currency == "EUR" else _TRANSFER
        holder = one_line(ways.bank_holder or invoice.seller.name)
        bic = "".join(ways.swift.split()).upper()
        yield Way(code, one_line(ways.bank_name), account, bool(iban), holder, bic)
    for name, value in (("PayPal", ways.paypal), ("Wise", ways.wise), ("Payoneer", ways.payoneer)):
        if value.strip():
            yield Way(_ONLINE, f"{name}: {one_line(value)}")


def _item(invoice: Invoice, place: int, language: DocumentLanguage) -> Item:
    line = invoice.lines[place]
    code = unit_code(line.unit)
    return Item(
        str(place + 1),
        one_line(line.text),
        "" if code else one_line(line.unit),
        line.quantity,
        code or ONE,
        line.unit_price,
        line.net(invoice.currency),
        line.tax,
        _discount(line, invoice.currency, language),
    )


def _discount(line: InvoiceLine, currency: str, language: DocumentLanguage) -> Discount | None:
    """Give what is taken off, so that the line comes to what it does on paper, to the cent."""
    digits = min(minor_digits(currency), DIGITS)
    whole = (line.quantity * line.unit_price).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    base = Money(whole, currency)
    off = base - line.net(currency)
    if not off.minor:
        return None
    words = " / ".join(label("discount", language))
    return Discount(line.discount_percent, base, off, words)


def _reason(code: TaxCode, language: DocumentLanguage) -> tuple[str, str]:
    """Give why there is no tax, in words and by its code; nothing where there is a rate."""
    if code not in _REASONS:
        return "", ""
    return " / ".join(label(f"untaxed_{code.lower()}", language)), _REASONS[code]
