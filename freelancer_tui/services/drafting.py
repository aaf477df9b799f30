"""Drafting: how a document begins and changes, until it is issued."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Context, Decimal
from typing import Any, Final, TypedDict

from freelancer_tui.domain.billing import QUOTE_DAYS, Client, Seller, cannot_keep
from freelancer_tui.domain.invoices import (
    DocumentKind,
    DocumentLanguage,
    Invoice,
    InvoiceLine,
    Party,
    RateNote,
    Tax,
    Withholding,
)
from freelancer_tui.domain.ratetable import DayRate
from freelancer_tui.domain.taxrules import TaxRules
from freelancer_tui.domain.text import clean, one_line
from freelancer_tui.errors import NotFound
from freelancer_tui.services import issuing
from freelancer_tui.services.billing import refuse
from freelancer_tui.services.clients import Clients
from freelancer_tui.services.exchange import Exchange
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.work import invoices, rates
from freelancer_tui.store.work.pad import Pad

MANUAL: Final = "manual"
MARKETPLACE: Final = "marketplace"
"""Where a rate came from, as documents keep it."""
_MOST_NOTE: Final = 4_000
_FRESH_DAYS: Final = 31
"""So long the user's own rate counts before the marketplace's."""
_RATE_DIGITS: Final = Context(prec=12)
_PLAIN: Final = (
    "currency", "due_on", "terms_days", "note", "po_number", "language", "period",
    "project_remote_id",
)  # fmt: skip


class Wishes(TypedDict, total=False):
    """What can be said of a draft; what is left out stays as it is."""

    client_id: str
    currency: str
    lines: Sequence[InvoiceLine]
    due_on: date | None
    terms_days: int
    note: str
    po_number: str
    language: DocumentLanguage
    withholdings: Sequence[Withholding]
    period: tuple[date, date] | None
    project_remote_id: int | None
    discount: Decimal
    """Percent off every line."""


@dataclass(frozen=True, slots=True)
class Books:
    """What invoices are written with."""

    pad: Pad
    cache: CacheDatabase
    clients: Clients
    exchange: Exchange
    rules: TaxRules
    clock: Callable[[], datetime]
    today: Callable[[], date]
    mint: Callable[[], str]


def begun(books: Books, kind: DocumentKind = "invoice") -> Invoice:
    """Give a draft of which nothing was said yet; the days of a quote are those it holds."""
    seller = books.clients.seller()
    days = QUOTE_DAYS if kind == "quote" else seller.terms_days
    own, language = books.exchange.own, seller.language
    return Invoice(books.mint(), own, kind=kind, terms_days=days, language=language)


def keep(books: Books, draft: Invoice) -> Invoice:
    """Write a draft down as it now is; what cannot be kept exactly is refused, not rounded."""
    draft = cleaned(books, draft)
    refuse(cannot_keep(draft))
    with books.pad.transaction() as connection:
        invoices.put_draft(connection, draft)
        return issuing.get(connection, draft.id)


def wished(books: Books, draft: Invoice, wishes: Wishes) -> Invoice:
    """Give a draft as it is wished; what is not said follows from the client."""
    if "client_id" in wishes:
        draft = _for_client(books, draft, wishes["client_id"])
    said: dict[str, Any] = {name: wishes[name] for name in _PLAIN if name in wishes}
    for name in ("lines", "withholdings"):
        if name in wishes:
            said[name] = tuple(wishes[name])
    draft = replace(draft, **said)
    if "lines" in wishes:
        draft = replace(draft, lines=_taxed(books, draft))
    if "discount" in wishes:
        off = wishes["discount"]
        lines = tuple(replace(line, discount_percent=off) for line in draft.lines)
        draft = replace(draft, lines=lines)
    return draft


def cleaned(books: Books, draft: Invoice) -> Invoice:
    """Give a draft as it is kept: without signs that nobody sees, one step further."""
    lines = (
        replace(one, text=one_line(one.text), unit=one_line(one.unit, 40)) for one in draft.lines
    )
    return replace(
        draft,
        lines=tuple(lines),
        currency=one_line(draft.currency, 20).upper(),
        note=clean(draft.note, _MOST_NOTE),
        po_number=one_line(draft.po_number, 100),
        updated_at=books.clock(),
        revision=draft.revision + 1,
    )


def copied(books: Books, old: Invoice) -> Invoice:
    """Give a draft with the client and the lines of another document, of the same kind.

    What was paid ahead for the other is not taken off the new one.
    """
    lines = (line for line in old.lines if not line.deducts)
    return Invoice(
        books.mint(),
        old.currency,
        old.client_id,
        old.client,
        kind=old.kind,
        lines=tuple(replace(line, milestone_remote_id=None) for line in lines),
        withholdings=_without_slips(old),
        terms_days=old.terms_days,
        po_number=old.po_number,
        note=old.note,
        language=old.language,
        project_remote_id=old.project_remote_id,
    )


def crediting(books: Books, old: Invoice, lines: Sequence[InvoiceLine] | None) -> Invoice:
    """Give a draft of a credit note: for all of an invoice, or for some lines."""
    return Invoice(
        books.mint(),
        old.currency,
        old.client_id,
        old.client,
        kind="credit_note",
        lines=old.lines if lines is None else tuple(lines),
        withholdings=_without_slips(old),
        po_number=old.po_number,
        language=old.language,
        rate=old.rate,
        project_remote_id=old.project_remote_id,
        corrects=old.id,
    )


def ready(
    books: Books, draft: Invoice, on: date | None = None, rate: Decimal | None = None
) -> Invoice:
    """Give a draft as it would be issued on a day, but for its number."""
    seller = books.clients.seller()
    day = on or books.today()
    done = issuing.completed(_as_now(books, draft), seller, day)
    notes = books.rules.notes_for(done.client, seller.party.country_code, day)
    if draft.kind == "credit_note":  # it takes back what was issued, at the rate of that day
        return replace(done, notes=notes)
    return replace(done, notes=notes, rate=_rate(books, draft, day, rate))


def _as_now(books: Books, draft: Invoice) -> Invoice:
    """Give a draft with its client as they are now; a credit note is for whom the invoice was."""
    if draft.kind == "credit_note" or not draft.client_id:
        return draft
    with suppress(NotFound):  # removed since: the draft keeps what it says of them
        return replace(draft, client=books.clients.get(draft.client_id).party)
    return draft


def usual_tax(books: Books, draft: Invoice) -> Tax:
    """Give the tax of a line of which nothing was said: none but for a registered business."""
    seller = books.clients.seller()
    if not seller.is_taxed:
        return Tax()
    return books.rules.tax(_is_abroad(draft.client, seller), books.today())


def _for_client(books: Books, draft: Invoice, client_id: str) -> Invoice:
    if not client_id:
        return replace(draft, client_id="", client=Party(""))
    client = books.clients.get(client_id)
    seller = books.clients.seller()
    draft = replace(
        draft,
        client_id=client.id,
        client=client.party,
        language=client.language,
        currency=draft.currency if draft.lines else client.currency or draft.currency,
        terms_days=draft.terms_days if draft.kind == "quote" else terms_of(client, seller),
        withholdings=_withheld_by(books, client),
    )
    return replace(draft, lines=_taxed(books, draft))


def terms_of(client: Client, seller: Seller) -> int:
    """Give the days in which a client pays."""
    return seller.terms_days if client.terms_days is None else client.terms_days


def _withheld_by(books: Books, client: Client) -> tuple[Withholding, ...]:
    rule = books.rules.withholding(client.withholding, books.today())
    return (rule.withholding(),) if rule else ()


def _taxed(books: Books, draft: Invoice) -> tuple[InvoiceLine, ...]:
    """Give lines of which nothing was said the tax that a registered business charges."""
    tax = usual_tax(books, draft)
    return tuple(replace(one, tax=tax) if one.tax == Tax() else one for one in draft.lines)


def _is_abroad(client: Party, seller: Seller) -> bool:
    there, here = client.country_code, seller.party.country_code
    return bool(there and here and there != here)


def _without_slips(old: Invoice) -> tuple[Withholding, ...]:
    return tuple(replace(one, slip_number="", slip_date=None) for one in old.withholdings)


def _rate(books: Books, draft: Invoice, day: date, by_hand: Decimal | None) -> RateNote | None:
    own = books.exchange.own
    if draft.currency == own:
        return RateNote(own, Decimal(1), day)
    if by_hand is not None:
        return RateNote(own, by_hand, day, MANUAL)
    with books.pad.read() as connection:
        kept = rates.latest(connection, own, draft.currency, day)
    if kept is not None and (day - kept.day).days <= _FRESH_DAYS:
        return _by_table(own, kept)
    listed = books.exchange.rates()
    ratio = listed.ratio(draft.currency, own)
    if ratio is None or listed.at is None:
        return None if kept is None else _by_table(own, kept)
    return RateNote(own, _RATE_DIGITS.plus(ratio), listed.at.date(), MARKETPLACE)


def _by_table(own: str, kept: DayRate) -> RateNote:
    rate = _RATE_DIGITS.plus(kept.of_one)
    return RateNote(own, rate, kept.day, kept.source or MANUAL)
