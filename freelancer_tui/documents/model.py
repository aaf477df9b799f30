"""Model: a document as it is printed, every figure and date already in words and signs.

The template and the preview in the terminal both draw this, and compute nothing.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from freelancer_tui.documents.codes import Code, drawn, payloads
from freelancer_tui.documents.formats import (
    Language,
    amount,
    day,
    languages,
    marks,
    money,
    number,
    price,
)
from freelancer_tui.documents.labels import label
from freelancer_tui.domain.invoices import (
    DocumentLanguage,
    Invoice,
    InvoiceLine,
    Party,
    Totals,
    Withholding,
    totals,
)
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.places import country_name
from freelancer_tui.domain.spelled import amount as spelled
from freelancer_tui.domain.text import clean, one_line

_TO: Final = {"invoice": "to", "credit_note": "credited", "quote": "offered"}
_LAST: Final = {"invoice": "payable", "credit_note": "credit", "quote": "whole"}
Words = tuple[str, ...]
"""The same words in each language of the document; one where all say the same."""


@dataclass(frozen=True, slots=True)
class Block:
    """A party: what it is called here, its name, and what stands under it."""

    label: Words
    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what it says."""

    label: Words
    value: Words


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the document; what no line has is empty in all."""

    text: str
    quantity: str
    price: str
    discount: str
    tax: str
    amount: str


@dataclass(frozen=True, slots=True)
class Sum:
    """A line under the table."""

    label: Words
    amount: str
    is_last: bool = False
    """What it all comes to."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to pay."""

    label: Words
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Scan:
    """A code to pay by."""

    label: Words
    modules: Code


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole invoice or credit note."""

    kind: str
    language: DocumentLanguage
    title: Words
    number: str
    mark: Words
    """`Draft` or `Void`, across the head; empty on a document that counts."""
    seller: Block
    client: Block
    facts: tuple[Fact, ...]
    heads: dict[str, Words]
    """The columns that there are, by the name of the row's field."""
    rows: tuple[Row, ...]
    sums: tuple[Sum, ...]
    words: tuple[Fact, ...]
    ways: tuple[Way, ...]
    codes: tuple[Scan, ...]
    notes: tuple[str, ...]
    texts: dict[str, Words]
    """Other fixed words of the page, by key."""

    def tree(self) -> dict[str, Any]:
        """Give what the template reads."""
        return asdict(self)


def sheet(invoice: Invoice, language: DocumentLanguage, corrected: str = "") -> Sheet:
    """Give a document as it is printed; `corrected` is the number a credit note corrects.

    Payments, slips and set-offs are left out: an issued document stays the same for ever.
    """
    sums = totals(invoice)
    style = marks(language, invoice.currency)
    rows = tuple(_row(line, invoice.currency, style) for line in invoice.lines)
    pays = invoice.kind == "invoice" and invoice.state != "void"
    return Sheet(
        invoice.kind,
        language,
        label("deposit" if invoice.is_deposit else invoice.kind, language),
        one_line(invoice.number),
        () if invoice.state in ("issued", "accepted") else label(invoice.state, language),
        block(invoice.seller, "from", language),
        block(invoice.client, _TO[invoice.kind], language),
        tuple(_facts(invoice, language, corrected)),
        _heads(rows, invoice.currency, language),
        rows,
        tuple(_sums(invoice, sums, language)),
        in_words(sums.payable, language),
        tuple(_ways(invoice, language)) if pays else (),
        tuple(_codes(invoice, sums.payable, language)) if pays else (),
        tuple(_notes(invoice, language)),
        {
            key: label(key, language)
            for key in ("words", "payment", "notes", "page", "of", "code_alt", "logo_alt")
        },
    )


def block(party: Party, key: str, language: DocumentLanguage) -> Block:
    """Give a party with its address, country and tax numbers."""
    spoken = languages(language)[0]
    country = country_name(party.country_code, spoken) or one_line(party.country_code)
    ids = [f"{one_line(kind)} {one_line(number)}" for kind, number in party.tax_ids]
    address = [one_line(line) for line in party.address]
    below = [*address, country, one_line(party.email), *ids]
    return Block(label(key, language), one_line(party.name), tuple(line for line in below if line))


def dates(value: date, language: DocumentLanguage) -> Words:
    """Give a date in each language of a document."""
    return tuple(dict.fromkeys(day(value, one) for one in languages(language)))


def in_words(due: Money, language: DocumentLanguage) -> tuple[Fact, ...]:
    """Spell an amount in each language of a document; one too large to spell is left out."""
    try:
        said = [(one, spelled(due, one)) for one in languages(language)]
    except ValueError:
        return ()
    return tuple(Fact(label("words", one), (text[:1].upper() + text[1:],)) for one, text in said)


def _facts(invoice: Invoice, language: DocumentLanguage, corrected: str) -> list[Fact]:
    period = invoice.period and tuple(
        dict.fromkeys(
            " \u2013 ".join(day(one, spoken) for one in invoice.period)
            for spoken in languages(language)
        )
    )
    ends = {"invoice": "due", "quote": "until"}.get(invoice.kind)  # a credit note asks for nothing
    said: list[tuple[str, Words | None]] = [
        ("number", (one_line(invoice.number),) if invoice.number else None),
        ("issued", dates(invoice.issued_on, language) if invoice.issued_on else None),
        ("corrects", (one_line(corrected),) if corrected else None),
        (ends or "due", dates(invoice.due_on, language) if ends and invoice.due_on else None),
        ("period", period),
        ("po", (one_line(invoice.po_number),) if invoice.po_number else None),
    ]
    return [Fact(label(key, language), value) for key, value in said if value]


def _row(line: InvoiceLine, currency: str, style: Language) -> Row:
    quantity = number(line.quantity, style)
    discount, tax = line.discount_percent, line.tax.percent
    return Row(
        clean(line.text.strip()),
        f"{quantity} {one_line(line.unit)}".strip(),
        price(line.unit_price, currency, style),
        f"{number(discount, style)}%" if discount else "",
        f"{number(tax, style)}%" if tax else "",
        amount(line.net(currency), style),
    )


def _heads(rows: tuple[Row, ...], currency: str, language: DocumentLanguage) -> dict[str, Words]:
    heads = {"text": label("description", language)}
    for key in ("quantity", "price"):
        heads[key] = label(key, language)
    for key in ("discount", "tax"):
        if any(getattr(row, key) for row in rows):
            heads[key] = label(key, language)
    first, *others = label("amount", language)
    heads["amount"] = (f"{first} ({currency})", *others)
    return heads


def _sums(invoice: Invoice, sums: Totals, language: DocumentLanguage) -> list[Sum]:
    style = marks(language, invoice.currency)
    taxes = [one for one in sums.taxes if one.tax.percent]
    found = [Sum(label("net", language), money(sums.net, style))] if taxes else []
    for one in taxes:
        percent, base = number(one.tax.percent, style), money(one.base, style)
        named = "ppn_of" if invoice.seller.country_code == "ID" else "tax_of"
        words = label(named, language, percent=percent, base=base)
        found.append(Sum(words, money(one.amount, style)))
    if invoice.withholdings:
        found.append(Sum(label("total", language), money(sums.total, style)))
    for kept in invoice.withholdings:
        words = label("withheld", language, name=_kept(kept, style))
        less = Money(-kept.of(sums.net).amount, invoice.currency)
        found.append(Sum(words, money(less, style)))
    return [
        *found,
        Sum(label(_LAST[invoice.kind], language), money(sums.payable, style), is_last=True),
    ]


def _kept(kept: Withholding, style: Language) -> str:
    name = one_line(kept.name)
    return name if kept.steps else f"{name} {number(kept.percent, style)}%"


def _ways(invoice: Invoice, language: DocumentLanguage) -> list[Way]:
    ways = invoice.ways
    said = {
        "bank_name": ways.bank_name,
        "bank_account": ways.bank_account,
        "IBAN": _fours(ways.iban),
        "SWIFT/BIC": ways.swift,
        "bank_holder": ways.bank_holder,
        "reference": invoice.number,
    }
    found = []
    if ways.bank_account or ways.iban:
        facts = [
            Fact(label(key, language) if key.islower() else (key,), (one_line(value),))
            for key, value in said.items()
            if value.strip()
        ]
        found.append(Way(label("bank", language), tuple(facts)))
    for name, value in (("PayPal", ways.paypal), ("Wise", ways.wise), ("Payoneer", ways.payoneer)):
        if value.strip():
            found.append(Way((name,), (Fact((), (one_line(value),)),)))
    return found


def _codes(invoice: Invoice, due: Money, language: DocumentLanguage) -> list[Scan]:
    said = payloads(invoice.ways, invoice.seller.name, due, invoice.number)
    scans = [Scan(label(way, language), drawn(payload)) for way, payload in said.items()]
    return [scan for scan in scans if scan.modules]


def _notes(invoice: Invoice, language: DocumentLanguage) -> list[str]:
    found = [clean(invoice.note.strip())] if invoice.note.strip() else []
    for note in invoice.notes:
        told = {"en": note.english or note.indonesian, "id": note.indonesian or note.english}
        found += [one_line(told[one], 2_000) for one in languages(language)]
    return [text for text in dict.fromkeys(found) if text]


def _fours(iban: str) -> str:
    """Write an account number as people read it, four signs at a time."""
    signs = "".join(iban.split())
    return " ".join(signs[place : place + 4] for place in range(0, len(signs), 4))
