"""Tables: documents, payments and figures as CSV, a row for each, amounts as plain decimals."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from freelancer_tui.domain.earnings import Earnings, Figure
from freelancer_tui.domain.invoices import Invoice, Payment, in_own, state_of, totals
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.ratetable import HEADS, DayRate

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would compute; a text that begins so gets an apostrophe before it."""
_DOCUMENTS: Final = (
    "id kind state number client currency issued_on due_on net tax total withheld payable paid "
    "settled open own_currency own_rate own_payable corrects"
).split()
_PAYMENTS: Final = "id document number kind client on amount currency note".split()
_FIGURES: Final = (
    "month client currency invoiced withheld paid own_currency own_invoiced own_withheld own_paid"
).split()
Cell = str | Decimal | date | Money | None


def documents(found: Iterable[Invoice]) -> bytes:
    """Give a row for each document."""
    return _table(_DOCUMENTS, map(_document, found))


def payments(found: Iterable[Invoice]) -> bytes:
    """Give a row for each payment, set-offs among them."""
    return _table(
        _PAYMENTS,
        (
            _payment(doc, kind, one)
            for doc in found
            for kind, several in (("payment", doc.payments), ("set_off", doc.set_offs))
            for one in several
        ),
    )


def figures(earned: Earnings) -> bytes:
    """Give a row for each month, client and currency."""
    return _table(_FIGURES, (_figure(one, earned.own) for one in earned.figures))


def rates(found: Iterable[DayRate]) -> bytes:
    """Give a row for each rate, as a table of rates is taken in."""
    return _table(HEADS, ((one.day, one.currency, str(one.unit), one.rate) for one in found))


def _payment(doc: Invoice, kind: str, one: Payment) -> Sequence[Cell]:
    party, money = doc.client.name, one.amount
    return (one.id, doc.id, doc.number, kind, party, one.on, money, money.currency, one.note)


def _figure(one: Figure, own: str) -> Sequence[Cell]:
    sums = [one.money(units) for units in (one.invoiced, one.withheld, one.paid)]
    owns = [
        Money.of_minor(units, own) if one.is_whole else None
        for units in (one.own_invoiced, one.own_withheld, one.own_paid)
    ]
    return (one.month, one.client_name, one.currency, *sums, own, *owns)


def _document(one: Invoice) -> Sequence[Cell]:
    sums = totals(one)
    own = in_own(one.rate, sums.payable) if one.rate else None
    return (
        one.id, one.kind, state_of(one), one.number, one.client.name, one.currency,
        one.issued_on, one.due_on, sums.net, sums.tax, sums.total, sums.withheld, sums.payable,
        sums.paid, sums.settled, sums.open, one.rate.currency if one.rate else "",
        one.rate.rate if one.rate else None, own, one.corrects,
    )  # fmt: skip


def _table(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows(map(_cell, row) for row in rows)
    return text.getvalue().encode("utf-8", "replace")


def _cell(value: Cell) -> str:
    match value:
        case None:
            return ""
        case Money():
            return f"{value.amount:f}"
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case _:
            return f"'{value}" if value.startswith(_FORMULA) else value
