"""Receipts: a kwitansi as it is printed, for one payment or for all that came for a document."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from freelancer_tui.documents.formats import day, languages, marks, money
from freelancer_tui.documents.labels import label
from freelancer_tui.documents.model import Block, Fact, Words, block, dates, in_words
from freelancer_tui.domain.duty import Duty
from freelancer_tui.domain.invoices import DocumentLanguage, Invoice
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.text import one_line


@dataclass(frozen=True, slots=True)
class Received:
    """What came, when, and what duty the paper bears for saying so."""

    amount: Money
    on: date
    place: int = 0
    """Which payment of the document it was, from one; zero for all of them."""
    duty: Duty | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """The stamp that the law wants on the paper."""

    label: Words
    tariff: str
    why: Words


@dataclass(frozen=True, slots=True)
class Receipt:
    """A whole receipt."""

    kind: str
    language: DocumentLanguage
    title: Words
    number: str
    mark: Words
    seller: Block
    facts: tuple[Fact, ...]
    amount: str
    on: Words
    signature: Words
    stamp: Stamp | None
    texts: dict[str, Words]

    def tree(self) -> dict[str, Any]:
        """Give what the template reads."""
        return asdict(self)


def receipt(invoice: Invoice, language: DocumentLanguage, received: Received) -> Receipt:
    """Give the receipt for money that came for a document."""
    words = in_words(received.amount, language)
    spoken = tuple(text for fact in words for text in fact.value)
    facts = [
        Fact(label("received_from", language), (one_line(invoice.client.name),)),
        Fact(label("sum_of", language), spoken),
        Fact(label("being", language), _reason(invoice, language)),
    ]
    return Receipt(
        "receipt",
        language,
        label("receipt", language),
        one_line(f"KW-{invoice.number}-{received.place}" if received.place else _whole(invoice)),
        (),
        block(invoice.seller, "from", language),
        tuple(fact for fact in facts if fact.value),
        money(received.amount, marks(language, received.amount.currency)),
        dates(received.on, language),
        label("signature", language),
        _stamp(received.duty, language) if received.duty else None,
        {key: label(key, language) for key in ("number", "page", "of", "logo_alt")},
    )


def _whole(invoice: Invoice) -> str:
    return f"KW-{invoice.number}"


def _reason(invoice: Invoice, language: DocumentLanguage) -> Words:
    return tuple(
        label(
            "being_of",
            one,
            kind=label(invoice.kind, one)[0],
            number=one_line(invoice.number),
            date=day(invoice.issued_on, one) if invoice.issued_on else "",
        )[0]
        for one in languages(language)
    )


def _stamp(duty: Duty, language: DocumentLanguage) -> Stamp:
    tariff = money(duty.tariff, marks(language, duty.tariff.currency))
    above = money(duty.above, marks(language, duty.above.currency))
    why = label("stamp_why", language, tariff=tariff, above=above, source=duty.source)
    return Stamp(label("stamp", language), tariff, why)
