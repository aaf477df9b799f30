"""Figures: sums of documents and payments, kept up by the file's triggers, and what is owed."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from freelancer_tui.domain.earnings import AGES, Earnings, Figure, Owed
from freelancer_tui.domain.money import Money

_SUMS: Final = "invoiced, withheld, paid, own_invoiced, own_withheld, own_paid"
_ADDED: Final = ", ".join(f"sum({name}) AS {name}" for name in _SUMS.split(", "))
_DETAILS: Final = """
    SELECT substr(issued_on, 1, 7) AS month, client_id, currency,
        coalesce(own_currency, '') AS own_currency, sign * total AS invoiced,
        sign * withheld AS withheld, 0 AS paid, sign * coalesce(own_total, 0) AS own_invoiced,
        sign * coalesce(own_withheld, 0) AS own_withheld, 0 AS own_paid
    FROM (SELECT *, iif(kind = 'credit_note', -1, 1) AS sign FROM invoices)
    WHERE state NOT IN ('draft', 'void') AND kind <> 'quote' AND issued_on IS NOT NULL
    UNION ALL
    SELECT substr(paid_on, 1, 7), client_id, currency, coalesce(own_currency, ''), 0, 0,
        sign * amount, 0, 0, sign * coalesce(own, 0)
    FROM (SELECT *, iif(kind = 'refund', -1, 1) AS sign FROM payments)
    WHERE kind <> 'set-off'
"""
_IN_DETAIL: Final = f"""
    SELECT month, client_id, currency, own_currency, {_ADDED} FROM ({_DETAILS})
    WHERE substr(month, 1, 4) BETWEEN ? AND ? AND (? = '' OR client_id = ?)
    GROUP BY 1, 2, 3, 4
"""
_OF_MONTHS: Final = f"""
    SELECT month, '', currency, own_currency, {_SUMS} FROM figures
    WHERE length(month) = 7 AND substr(month, 1, 4) BETWEEN ? AND ? ORDER BY 1, 3, 4
"""
_OF_CLIENTS: Final = f"""
    SELECT '', client_id, currency, own_currency, {_ADDED} FROM figures
    WHERE length(month) = 4 AND month BETWEEN ? AND ? AND (? = '' OR client_id = ?)
    GROUP BY 2, 3, 4
"""
_OPEN: Final = f"""
    SELECT currency, own_currency, kind, {" + ".join(["coalesce(due_on < ?, 0)"] * len(AGES))},
        sum(payable - paid - settled), sum(own_payable - own_gone), count(*)
    FROM invoices INDEXED BY invoices_open
    WHERE state IN ('issued', 'part-paid') AND kind <> 'quote' AND (? = '' OR client_id = ?)
    GROUP BY 1, 2, 3, 4
"""
_REBUILD: Final = f"""
    INSERT INTO figures (month, client_id, currency, own_currency, {_SUMS})
    SELECT month, '' AS client_id, currency, own_currency, {_ADDED}
    FROM ({_DETAILS}) GROUP BY 1, 2, 3, 4
    UNION ALL
    SELECT substr(month, 1, 4), client_id, currency, own_currency, {_ADDED}
    FROM ({_DETAILS}) GROUP BY 1, 2, 3, 4
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which figures."""

    own: str
    """The user's own currency."""
    year: int | None = None
    client_id: str = ""
    is_detailed: bool = False
    """True for months by client too; that adds every document up."""


def earnings(connection: sqlite3.Connection, wanted: Wanted, today: date) -> Earnings:
    """Give the figures of a year or of all time, the earliest first, and what is owed."""
    own, client_id = wanted.own, wanted.client_id
    span = ("", "~") if wanted.year is None else (f"{wanted.year:04}", f"{wanted.year:04}")
    names = {"": ""} | dict(connection.execute("SELECT id, name FROM clients"))
    if wanted.is_detailed or client_id:
        months = connection.execute(_IN_DETAIL, (*span, client_id, client_id))
    else:
        months = connection.execute(_OF_MONTHS, span)
    clients = connection.execute(_OF_CLIENTS, (*span, client_id, client_id))
    return Earnings(
        own,
        tuple(_figure(row, own, names) for row in months),
        tuple(_figure(row, own, names) for row in clients),
        owed(connection, own, today, client_id),
    )


def owed(
    connection: sqlite3.Connection, own: str, today: date, client_id: str = ""
) -> tuple[Owed, ...]:
    """Give what is still to come in each currency, by how long it should have been there."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    since = [(today - timedelta(days=age)).isoformat() for age in AGES]
    for currency, *row in connection.execute(_OPEN, (*since, client_id, client_id)):
        found.setdefault(currency, []).append(tuple(row))
    return tuple(_owed(currency, rows, own) for currency, rows in found.items())


def rebuild(connection: sqlite3.Connection) -> None:
    """Add everything up anew, after rows came in another way than by the user's verbs."""
    connection.execute("DELETE FROM figures")
    connection.execute(_REBUILD)


def _figure(row: tuple[Any, ...], own: str, names: Mapping[str, str]) -> Figure:
    month, client_id, currency, own_currency, *sums = row
    found = Figure(currency, month, client_id, names.get(client_id, ""), *sums)
    if own_currency == own:
        return found
    return replace(found, own_invoiced=0, own_withheld=0, own_paid=0, is_whole=False)


def _owed(currency: str, rows: list[tuple[Any, ...]], own: str) -> Owed:
    ages = [0] * (len(AGES) + 1)
    own_units: int | None = 0
    for own_currency, kind, age, units, in_own, _count in rows:
        sign = -1 if kind == "credit_note" else 1
        ages[age if kind == "invoice" else 0] += sign * units
        if own_units is not None:
            own_units = own_units + sign * in_own if own_currency == own else None
    not_due, *aged = (Money.of_minor(one, currency) for one in ages)
    documents = sum(row[-1] for row in rows)
    whole = None if own_units is None else Money.of_minor(own_units, own)
    return Owed(currency, not_due, tuple(aged), whole, documents)
