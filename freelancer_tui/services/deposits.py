"""Deposits: a part of the work billed ahead, and the final invoice that takes it off again."""

import sqlite3
from dataclasses import replace
from decimal import Decimal
from typing import Final

from freelancer_tui.domain.billing import is_percent
from freelancer_tui.domain.invoices import Invoice, InvoiceLine, Tax, Totals, percent_of, totals
from freelancer_tui.domain.money import Money
from freelancer_tui.errors import NotAllowed
from freelancer_tui.i18n import _
from freelancer_tui.services import drafting, issuing
from freelancer_tui.services.drafting import Books
from freelancer_tui.store.work import invoices

_ONE: Final = Decimal(1)
_TEXTS: Final = {
    "en": ("Deposit of {percent} % on {what}", "Less deposit {number}"),
    "id": ("Uang muka {percent} % untuk {what}", "Dikurangi uang muka {number}"),
}
"""In the language of the document, whatever that of the screen is."""


class Deposits:
    """The user's verbs for what is paid ahead; asking looks into the file."""

    def __init__(self, books: Books) -> None:
        self._books: Final = books

    def begin(self, named: str, percent: Decimal) -> Invoice:
        """Begin an invoice for a share of a draft or a quote, with the taxes of its lines."""
        if not (is_percent(percent) and 0 < percent < 100):
            raise NotAllowed(
                _("{percent} is no share for a deposit.").format(percent=percent),
                hint=_("Give a percentage between 0 and 100."),
            )
        books = self._books
        with books.pad.read() as connection:
            base = issuing.get(connection, named)
            _check_no_bill(connection, base)
        _check(base)
        lines = tuple(_lines(base, totals(base), percent))
        draft = replace(
            drafting.copied(books, base),
            kind="invoice", lines=lines, note="", made_from=base.id, is_deposit=True,
            terms_days=books.clients.seller().terms_days,
        )  # fmt: skip
        return drafting.keep(books, draft)

    def take_off(self, named: str) -> Invoice:
        """Take the issued deposits off a draft: those that it does not take off already."""
        with self._books.pad.transaction() as connection:
            draft = issuing.get_draft(connection, named)
            fresh = taken_off(connection, draft)
            if fresh == draft:
                raise NotAllowed(
                    _("There is no issued deposit that is not taken off already."),
                    hint=_("Begin one: freelancer-tui invoices deposit {id}").format(id=draft.id),
                )
            invoices.put_draft(connection, replace(fresh, revision=draft.revision + 1))
            return issuing.get(connection, draft.id)


def taken_off(connection: sqlite3.Connection, draft: Invoice) -> Invoice:
    """Give a draft with a line for each deposit and tax that it is to take off."""
    if draft.kind != "invoice" or draft.is_deposit:
        return draft
    off = {line.deducts for line in draft.lines}
    more = [
        InvoiceLine(
            _text(draft, 1, number=one.number), -_ONE, net.amount, tax=tax, deducts=one.id
        )
        for one in issuing.deposits_for(connection, draft)
        if one.id not in off
        for tax, net in _left(connection, one).items()
        if net.minor > 0
    ]  # fmt: skip
    return replace(draft, lines=(*draft.lines, *more))


def _left(connection: sqlite3.Connection, deposit: Invoice) -> dict[Tax, Money]:
    """Give what a deposit billed for each tax, less what credit notes took back of it."""
    found = {one.tax: one.base for one in totals(deposit).taxes}
    for note in invoices.correcting(connection, deposit.id):
        if note.state == "issued":
            for one in totals(note).taxes:
                if one.tax in found:
                    found[one.tax] -= one.base
    return found


def _lines(base: Invoice, sums: Totals, percent: Decimal) -> list[InvoiceLine]:
    share = f"{percent.normalize():f}"
    what = base.number or next((line.text for line in base.lines if line.text), "")
    text = _text(base, 0, percent=share, what=what)
    parts = ((one.tax, percent_of(one.base, percent)) for one in sums.taxes)
    return [InvoiceLine(text, _ONE, net.amount, tax=tax) for tax, net in parts if net.minor > 0]


def _text(document: Invoice, place: int, **values: str) -> str:
    languages = ("en", "id") if document.language == "both" else (document.language,)
    return " / ".join(_TEXTS[one][place].format(**values) for one in languages)


def _check_no_bill(connection: sqlite3.Connection, base: Invoice) -> None:
    """Refuse a deposit on a quote whose invoice is out: nothing would take it off again."""
    for one in invoices.made_of(connection, base.id):
        is_bill = one.kind == "invoice" and not one.is_deposit and one.state == "issued"
        if is_bill and issuing.left_to_credit(connection, one).amount > 0:
            raise NotAllowed(
                _("{name} is billed already, by {number}.").format(
                    name=base.number, number=one.number
                ),
                hint=_("A deposit comes before the work: bill it on a draft of what is left."),
            )


def _check(base: Invoice) -> None:
    can = (base.kind == "invoice" and base.state == "draft" and not base.is_deposit) or (
        base.kind == "quote" and base.state in ("issued", "accepted")
    )
    if not can:
        raise NotAllowed(
            _("A deposit is billed ahead of a draft invoice, or on a quote that is issued."),
            hint=_("Name one of those; see: freelancer-tui invoices list --state draft"),
        )
    if totals(base).net <= Money.of_minor(0, base.currency):
        raise NotAllowed(
            _("There is nothing on {name} to take a share of.").format(name=base.number or base.id),
            hint=_("Write its lines first."),
        )
