"""Payments: money that came for documents or was paid back, and what credit notes took off."""

import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from freelancer_tui.domain.invoices import Invoice, Payment
from freelancer_tui.domain.money import Money

PaymentKind = Literal["payment", "refund", "set-off"]
"""A refund is a payment of ours, for a credit note; a set-off moves no money."""
_COLUMNS: Final = (
    "id, invoice_id, kind, paid_on, currency, amount, own_currency, own, client_id, other_id, note"
)
_OF: Final = """
    SELECT kind, id, paid_on, amount, currency, note FROM payments
    WHERE invoice_id = ? ORDER BY paid_on, id
"""
_GONE: Final = "(SELECT coalesce(sum({}), 0) FROM payments WHERE invoice_id = invoices.id{})"
_STATE: Final = """
    CASE WHEN state IN ('draft', 'void') THEN state
    WHEN paid + settled >= payable THEN 'paid' WHEN paid > 0 THEN 'part-paid' ELSE 'issued' END
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One movement of a document."""

    kind: PaymentKind
    payment: Payment
    own: Money | None
    """In the user's own currency, at the document's rate."""
    other_id: str | None = None
    """The document on the other side of a set-off."""


def of(connection: sqlite3.Connection, invoice_id: str) -> tuple[tuple[Payment, ...], ...]:
    """Give the payments of a document, and its set-offs."""
    paid: list[Payment] = []
    settled: list[Payment] = []
    for kind, key, day, amount, currency, note in connection.execute(_OF, (invoice_id,)):
        one = Payment(key, date.fromisoformat(day), Money.of_minor(amount, currency), note)
        (settled if kind == "set-off" else paid).append(one)
    return tuple(paid), tuple(settled)


def own_gone(connection: sqlite3.Connection, invoice_id: str, own: str) -> Money:
    """Give what moved of a document so far, in the user's own currency."""
    query = "SELECT coalesce(sum(own), 0) FROM payments WHERE invoice_id = ?"
    return Money.of_minor(connection.execute(query, (invoice_id,)).fetchone()[0], own)


def add(connection: sqlite3.Connection, invoice: Invoice, entry: Entry) -> None:
    """Write a movement down; `balance` then brings the document's own row up to it."""
    one, own = entry.payment, entry.own
    row: tuple[Any, ...] = (
        one.id, invoice.id, entry.kind, one.on.isoformat(), invoice.currency, one.amount.minor,
        own.currency if own else None, own.minor if own else None, invoice.client_id,
        entry.other_id, one.note,
    )  # fmt: skip
    holes = ", ".join("?" * len(row))
    connection.execute(f"INSERT INTO payments ({_COLUMNS}) VALUES ({holes})", row)


def drop(connection: sqlite3.Connection, payment_id: str) -> None:
    """Strike a movement out."""
    connection.execute("DELETE FROM payments WHERE id = ?", (payment_id,))


def drop_set_offs(connection: sqlite3.Connection, invoice_id: str) -> list[str]:
    """Strike out what a document and others took off each other; give the others."""
    found = connection.execute(
        "DELETE FROM payments WHERE kind = 'set-off' AND (invoice_id = ?1 OR other_id = ?1)"
        " RETURNING invoice_id",
        (invoice_id,),
    ).fetchall()
    return [key for (key,) in found if key != invoice_id]


def balance(connection: sqlite3.Connection, invoice_id: str | None = None) -> None:
    """Bring the sums and the state of a document, or of all, up to their movements."""
    where = "state <> 'draft' AND kind <> 'quote'"
    where += "" if invoice_id is None else " AND id = ?"
    arguments = () if invoice_id is None else (invoice_id,)
    paid = _GONE.format("amount", " AND kind <> 'set-off'")
    settled = _GONE.format("amount", " AND kind = 'set-off'")
    connection.execute(
        f"UPDATE invoices SET paid = {paid}, settled = {settled}, own_gone ="
        f" CASE WHEN own_currency IS NULL THEN NULL ELSE {_GONE.format('own', '')} END"
        f" WHERE {where}",
        arguments,
    )
    connection.execute(f"UPDATE invoices SET state = {_STATE} WHERE {where}", arguments)
