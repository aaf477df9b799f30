"""Issuing: what happens to a document in one transaction, from its number to its end."""

import sqlite3
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from freelancer_tui.domain.billing import Objection, Seller, objections
from freelancer_tui.domain.invoices import (
    Invoice,
    Payment,
    in_own,
    totals,
)
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.numbering import Scheme
from freelancer_tui.errors import NotAllowed, NotFound
from freelancer_tui.i18n import _
from freelancer_tui.services.billing import refuse
from freelancer_tui.store.work import clients, invoices, payments, series
from freelancer_tui.store.work.payments import Entry


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is done."""

    now: datetime
    today: date


def get(connection: sqlite3.Connection, named: str) -> Invoice:
    """Give a document by its id or number."""
    found = invoices.get(connection, named)
    if found is None:
        raise NotFound(
            _("There is no document {name} here.").format(name=named),
            hint=_("See them with: freelancer-tui invoices list"),
        )
    return found


def get_issued(connection: sqlite3.Connection, named: str) -> Invoice:
    """Give an invoice or a credit note that is issued and counts."""
    found = get(connection, named)
    if found.kind == "quote":
        raise NotAllowed(
            _("{name} is a quote.").format(name=found.number or named),
            hint=_("Make an invoice of it: freelancer-tui quotes invoice {id}").format(id=found.id),
        )
    if found.state == "draft":
        raise NotAllowed(
            _("{name} is a draft.").format(name=named),
            hint=_("Issue it first: freelancer-tui invoices issue {id}").format(id=found.id),
        )
    if found.state == "void":
        raise NotAllowed(
            _("{number} is void.").format(number=found.number),
            hint=_("Make a new one of it: freelancer-tui invoices duplicate {id}").format(
                id=found.id
            ),
        )
    return found


def get_draft(connection: sqlite3.Connection, named: str) -> Invoice:
    """Give a document that can still be changed."""
    found = get(connection, named)
    if found.state != "draft":
        raise NotAllowed(
            _("{number} is issued, so it stays as it is.").format(number=found.number),
            hint=_("Begin another like it: freelancer-tui quotes duplicate {id}").format(
                id=found.id
            )
            if found.kind == "quote"
            else _("Take it back with: freelancer-tui invoices credit {id}").format(id=found.id),
        )
    return found


def completed(invoice: Invoice, seller: Seller, on: date) -> Invoice:
    """Give a draft with what it gets when it is issued on a day, but for its number."""
    due_on = invoice.due_on
    if due_on is None and invoice.kind != "credit_note":
        due_on = on + timedelta(days=invoice.terms_days)
    return replace(
        invoice,
        seller=seller.party,
        ways=seller.ways,
        logo=seller.logo,
        issued_on=on,
        due_on=due_on,
    )


def found_against(
    connection: sqlite3.Connection, ready: Invoice, seller: Seller
) -> tuple[Objection, ...]:
    """List what speaks against a document that is otherwise ready to be issued."""
    assert ready.issued_on is not None
    found = objections(ready, seller, ready.issued_on)
    if found or ready.kind != "credit_note":
        return found or deposits_against(connection, ready)
    left = left_to_credit(connection, get_issued(connection, ready.corrects))
    if left < totals(ready).payable:
        return (Objection("credit_high", detail=f"{left.currency} {left.amount}"),)
    return ()


def deposits_against(connection: sqlite3.Connection, ready: Invoice) -> tuple[Objection, ...]:
    """List deposits that a final invoice forgot, and those it takes off that count no more."""
    if ready.kind != "invoice" or ready.is_deposit:
        return ()
    off = {line.deducts for line in ready.lines if line.deducts}
    count = {one.id: one.number for one in deposits_for(connection, ready)}
    left = (Objection("deposit_left", detail=count[key]) for key in count if key not in off)
    gone = [Objection("deposit_gone") for key in off if key not in count]
    return (*left, *gone[:1])


def check_no_deposits(connection: sqlite3.Connection, draft: Invoice) -> None:
    """Refuse to let go of a draft from which a deposit is still to be taken off."""
    for one in invoices.made_of(connection, draft.id):
        if one.is_deposit and one.state == "issued":
            raise NotAllowed(
                _("The deposit {number} was billed on this draft.").format(number=one.number),
                hint=_("Credit the deposit first, or bill the work. Nothing was changed."),
            )


def deposits_for(connection: sqlite3.Connection, final: Invoice) -> list[Invoice]:
    """Give the issued deposits that a final invoice is to take off, and no other one did."""
    sources = [one for one in (final.id, final.made_from) if one]
    made = [other for one in sources for other in invoices.made_of(connection, one)]
    taken = {
        line.deducts
        for other in made
        if other.id != final.id and other.state == "issued"
        for line in other.lines
    }
    return [
        one
        for one in made
        if one.is_deposit and one.state == "issued" and one.id not in taken
        and left_to_credit(connection, one).amount > 0
    ]  # fmt: skip


def left_to_credit(connection: sqlite3.Connection, invoice: Invoice) -> Money:
    """Give how much of a document no credit note took back yet."""
    left = totals(invoice).payable
    for one in invoices.correcting(connection, invoice.id):
        if one.state == "issued":
            left -= totals(one).payable
    return left


def next_number(connection: sqlite3.Connection, ready: Invoice) -> str:
    """Give the number that a document would get; empty where there can be none."""
    assert ready.issued_on is not None
    try:
        scheme = Scheme.read(clients.seller(connection).scheme_of(ready.kind))
    except ValueError:
        return ""
    run = _run(ready, scheme)
    return scheme.number(ready.issued_on, series.coming(connection, run))


def issue(connection: sqlite3.Connection, ready: Invoice, moment: Moment) -> Invoice:
    """Give a document its number and freeze it, in the caller's transaction."""
    if get_draft(connection, ready.id).revision != ready.revision:
        raise NotAllowed(
            _("The draft changed just now."), hint=_("Look at it, then issue it again.")
        )
    seller = clients.seller(connection)
    refuse(found_against(connection, ready, seller))
    assert ready.issued_on is not None
    scheme = Scheme.read(seller.scheme_of(ready.kind))
    run = _run(ready, scheme)
    sequence = series.take(connection, run)
    number = scheme.number(ready.issued_on, sequence)
    if invoices.get(connection, number) is not None:
        refuse((Objection("scheme", detail="taken"),))
    issued = replace(ready, state="issued", number=number, updated_at=moment.now)
    invoices.issue(connection, issued, run, sequence)
    if issued.corrects:
        _set_off(connection, issued, moment)
    return get(connection, issued.id)


def pay(
    connection: sqlite3.Connection,
    named: str,
    payment: Payment,
    moment: Moment,
    is_more: bool = False,
) -> Invoice:
    """Write money down that came for a document, or that was paid back for a credit note.

    More than what is open is taken only where the user says so.
    """
    invoice = get_issued(connection, named)
    _check_payment(invoice, payment, moment.today, is_more=is_more)
    kind: payments.PaymentKind = "payment" if invoice.kind == "invoice" else "refund"
    payments.add(
        connection, invoice, Entry(kind, payment, _own_share(connection, invoice, payment.amount))
    )
    invoices.touch(connection, invoice.id, moment.now)
    return get(connection, invoice.id)


def take_back(
    connection: sqlite3.Connection, named: str, payment_id: str, moment: Moment
) -> Invoice:
    """Strike a payment out that was written down by mistake."""
    invoice = get_issued(connection, named)
    if payment_id not in {one.id for one in invoice.payments}:
        raise NotFound(
            _("{number} has no payment {id}.").format(number=invoice.number, id=payment_id),
            hint=_("See them with: freelancer-tui invoices show {id}").format(id=invoice.id),
        )
    payments.drop(connection, payment_id)
    invoices.touch(connection, invoice.id, moment.now)
    return get(connection, invoice.id)


def void(connection: sqlite3.Connection, named: str, reason: str, moment: Moment) -> Invoice:
    """Let a document count no more; its number stays used."""
    invoice = get_issued(connection, named)
    if not reason:
        raise NotAllowed(
            _("Say why {number} is void.").format(number=invoice.number),
            hint=_("Give it with --reason; it is kept with the document."),
        )
    if invoice.payments:
        raise NotAllowed(
            _("Money moved for {number}, so it cannot be void.").format(number=invoice.number),
            hint=_("Write a credit note: freelancer-tui invoices credit {id}").format(
                id=invoice.id
            ),
        )
    if any(one.state == "issued" for one in invoices.correcting(connection, invoice.id)):
        raise NotAllowed(
            _("A credit note takes {number} back already.").format(number=invoice.number),
            hint=_("Let the credit note be void first, if it is wrong."),
        )
    others = payments.drop_set_offs(connection, invoice.id)
    invoices.void(connection, invoice.id, reason, moment.now)
    for other in (invoice.id, *others):
        invoices.touch(connection, other, moment.now)
    return get(connection, invoice.id)


def keep_slip(
    connection: sqlite3.Connection, named: str, slip: tuple[str, str, date | None], moment: Moment
) -> Invoice:
    """Keep number and day of the slip for what was withheld, by the withholding's name."""
    invoice = get_issued(connection, named)
    name, number, on = slip
    fits = [
        place
        for place, one in enumerate(invoice.withholdings)
        if not name or one.name.casefold() == name.casefold()
    ]
    if len(fits) != 1:
        raise NotAllowed(
            _("It is not clear for what {number} was withheld this slip is.").format(
                number=invoice.number
            ),
            hint=_("Name one of: {all}").format(
                all=", ".join(one.name for one in invoice.withholdings) or "-"
            ),
        )
    kept = list(invoice.withholdings)
    kept[fits[0]] = replace(kept[fits[0]], slip_number=number, slip_date=on)
    invoices.keep_slips(connection, replace(invoice, withholdings=tuple(kept)), moment.now)
    return get(connection, invoice.id)


def _run(ready: Invoice, scheme: Scheme) -> str:
    """Name the run of numbers that a document belongs to."""
    assert ready.issued_on is not None
    return f"{ready.kind}:{scheme.series(ready.issued_on)}"


def _set_off(connection: sqlite3.Connection, note: Invoice, moment: Moment) -> None:
    """Take a credit note and what is open of its invoice off each other."""
    corrected = get_issued(connection, note.corrects)
    amount = min(totals(corrected).open, totals(note).payable)
    if amount.amount <= 0:  # all of it was paid, so all of it is to be paid back
        return
    own = _own_share(connection, corrected, amount)
    for one, other in ((corrected, note), (note, corrected)):
        moved = Payment(f"{note.id}-{one.kind}", moment.today, amount, other.number)
        payments.add(connection, one, Entry("set-off", moved, own, other.id))
    invoices.touch(connection, corrected.id, moment.now)
    payments.balance(connection, note.id)


def _own_share(connection: sqlite3.Connection, invoice: Invoice, amount: Money) -> Money | None:
    """Give what an amount takes of the document's own-currency sum: parts add up to the whole."""
    if invoice.rate is None:
        return None
    sums = totals(invoice)
    gone = in_own(invoice.rate, sums.paid + sums.settled + amount)
    return gone - payments.own_gone(connection, invoice.id, invoice.rate.currency)


def _check_payment(invoice: Invoice, payment: Payment, today: date, *, is_more: bool) -> None:
    amount = payment.amount
    if amount.currency != invoice.currency:
        raise NotAllowed(
            _("{number} is in {currency}.").format(
                number=invoice.number, currency=invoice.currency
            ),
            hint=_("Give what arrived in that currency."),
        )
    if amount.amount <= 0:
        raise NotAllowed(_("Give an amount above zero."), hint=_("Nothing was changed."))
    if payment.on > today:
        raise NotAllowed(
            _("{day} is still to come.").format(day=payment.on.isoformat()),
            hint=_("Give the day on which the money arrived."),
        )
    still = totals(invoice).open
    if still < amount and not is_more:
        raise NotAllowed(
            _("Only {currency} {amount} of {number} is open.").format(
                currency=still.currency, amount=max(still.amount, 0), number=invoice.number
            ),
            hint=_("If more came indeed, say so with --over."),
        )
