"""Invoice words: where a document stands, in words with a sign and a tone."""

from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from freelancer_tui import wording
from freelancer_tui.domain.billing import Summary
from freelancer_tui.domain.invoices import DocumentKind, Invoice, InvoiceState
from freelancer_tui.domain.ledger import LedgerOrder, Shelf, shelf_of
from freelancer_tui.domain.money import Money
from freelancer_tui.i18n import N_, _, language, ngettext
from freelancer_tui.tui.widgets.signs import Sign

_DIGITS: Final = 6

_LARGE: Final = 1000
KINDS: Final[dict[DocumentKind, str]] = {
    "invoice": N_("Invoice"),
    "credit_note": N_("Credit note"),
    "quote": N_("Quote"),
}
_SHELVES: Final[dict[Shelf, str]] = {
    "overdue": N_("Overdue"),
    "draft": N_("Draft"),
    "issued": N_("Issued"),
    "part-paid": N_("Part paid"),
    "paid": N_("Paid"),
    "accepted": N_("Accepted"),
    "declined": N_("Turned down"),
    "expired": N_("Expired"),
    "void": N_("Void"),
}
_SIGNS: Final[dict[Shelf, Sign]] = {
    "overdue": ("!", "bad"),
    "draft": ("○", ""),
    "issued": ("●", "accent"),
    "part-paid": ("◐", "warn"),
    "paid": ("✓", "good"),
    "accepted": ("✓", "good"),
    "declined": ("✗", "quiet"),
    "expired": ("!", "warn"),
    "void": ("–", "quiet"),
}
ORDERS: Final[dict[LedgerOrder, str]] = {
    "time": N_("newest first"),
    "due": N_("by due date"),
    "client": N_("by client"),
    "amount": N_("by amount"),
    "number": N_("by number"),
}


def shelf(value: Shelf) -> str:
    """Say where a document lies."""
    return _(_SHELVES[value])


def sign(value: Shelf) -> Sign:
    """Give the mark of where a document lies."""
    return _SIGNS[value]


def state(value: InvoiceState) -> str:
    """Say where a document stands."""
    return _(_SHELVES[value])


def due(due_on: date | None, today: date) -> str:
    """Say when money is due, counted from today."""
    if due_on is None:
        return ""
    left = (due_on - today).days
    if left < 0:
        words = ngettext("{count} day late", "{count} days late", -left)
    elif left == 0:
        return _("due today")
    else:
        words = ngettext("due in {count} day", "due in {count} days", left)
    return words.format(count=abs(left))


def holds(until: date | None, today: date) -> str:
    """Say how long a quote still holds."""
    if until is None:
        return ""
    left = (until - today).days
    if left < 0:
        return ngettext("{count} day ago", "{count} days ago", -left).format(count=-left)
    words = ngettext("holds {count} more day", "holds {count} more days", left)
    return words.format(count=left) if left else _("holds until tonight")


def told(document: Summary, today: date) -> str:
    """Say where a document stands, and what is due."""
    where = shelf_of(document, today)
    is_owed = document.state in ("issued", "part-paid")
    say = holds if document.kind == "quote" else due
    when = say(document.due_on, today) if is_owed else ""
    return " · ".join(filter(None, (shelf(where), when)))


def kind(document: Summary | Invoice) -> str:
    """Say what kind of document it is."""
    is_deposit = isinstance(document, Invoice) and document.is_deposit
    return _("Deposit") if is_deposit else _(KINDS[document.kind])


def about(value: Money) -> Money:
    """Leave out the cents of a large amount that was converted."""
    if abs(value.amount) < _LARGE:
        return value
    return Money(value.amount.quantize(Decimal(1), ROUND_HALF_UP), value.currency)


def purses(amounts: tuple[Money, ...]) -> str:
    """Write sums of several currencies."""
    return " + ".join(map(wording.money, amounts))


def rate(value: Decimal) -> str:
    """Write a rate with the digits that tell something."""
    places = max(2, _DIGITS - 1 - value.adjusted())
    text = f"{value:,.{places}f}"
    return text.translate(str.maketrans(",.", ".,")) if language() == "id" else text


def day(value: date | None) -> str:
    """Write a date in at most 16 letters."""
    if value is None:
        return ""
    return wording.short_day(datetime(value.year, value.month, value.day, 12, tzinfo=UTC), UTC)
