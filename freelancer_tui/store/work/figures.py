"""Figures: sums of documents and payments, kept up by the file's triggers, and what is owed."""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from freelancer_tui.domain.earnings import AGES, Earnings, Figure, Owed
from freelancer_tui.domain.money import Money

_SUMS: Final = "invoiced, withheld, paid, own_invoiced, own_withheld, own_paid"
_SOME: Final = f"""
    SELECT {{month}}, {{client}}, currency, own_currency,
        {", ".join(f"sum({name})" for name in _SUMS.split(", "))}
    FROM figures WHERE month BETWEEN ? AND ? AND (? = '' OR client_id = ?)
    GROUP BY 1, 2, 3, 4
"""
_OPEN: Final = """
    SELECT currency, own_currency, due_on, kind, sum(payable - paid - settled),
        sum(own_payable - own_gone), count(*)
    FROM invoices WHERE state IN ('issued', 'part-paid') AND (? = '' OR client_id = ?)
    GROUP BY currency, due_on, kind, own_currency
"""
_REBUILD: Final = f"""
    INSERT INTO figures (month, client_id, currency, own_currency, {_SUMS})
    SELECT month, client_id, currency, own_currency, sum(a), sum(b), sum(c), sum(d), sum(e), sum(f)
    FROM (
        SELECT substr(issued_on, 1, 7) AS month, client_id, currency,
            coalesce(own_currency, '') AS own_currency, sign * total AS a, sign * withheld AS b,
            0 AS c, sign * coalesce(own_total, 0) AS d, sign * coalesce(own_withheld, 0) AS e,
            0 AS f
        FROM (SELECT *, iif(kind = 'credit_note', -1, 1) AS sign FROM invoices)
        WHERE state NOT IN ('draft', 'void')
        UNION ALL
        SELECT substr(paid_on, 1, 7), client_id, currency, coalesce(own_currency, ''), 0, 0,
            sign * amount, 0, 0, sign * coalesce(own, 0)
        FROM (SELECT *, iif(kind = 'refund', -1, 1) AS sign FROM payments)
        WHERE kind <> 'set-off'
    ) WHERE month IS NOT NULL GROUP BY 1, 2, 3, 4
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which figures, and by what they are told apart."""

    own: str
    """The user's own currency."""
    year: int | None = None
    client_id: str = ""
    by_month: bool = True
    by_client: bool = False


def earnings(connection: sqlite3.Connection, wanted: Wanted, today: date) -> Earnings:
    """Give figures as they are wanted, those of each client, and what is owed."""
    by_client = replace(wanted, by_month=False, by_client=True)
    still = owed(connection, wanted.own, today, wanted.client_id)
    return Earnings(wanted.own, of(connection, wanted), of(connection, by_client), still)


def of(connection: sqlite3.Connection, wanted: Wanted) -> tuple[Figure, ...]:
    """Give the figures of a year or of all time, the earliest first."""
    year, client_id = wanted.year, wanted.client_id
    span = ("", "~") if year is None else (f"{year:04}-01", f"{year:04}-12")
    query = _SOME.format(
        month="month" if wanted.by_month else "''",
        client="client_id" if wanted.by_client else "''",
    )
    names = {"": ""} | dict(connection.execute("SELECT id, name FROM clients"))
    rows = connection.execute(query, (*span, client_id, client_id)).fetchall()
    return tuple(_figure(row, wanted.own, names) for row in rows)


def owed(
    connection: sqlite3.Connection, own: str, today: date, client_id: str = ""
) -> tuple[Owed, ...]:
    """Give what is still to come in each currency, by how long it should have been there."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for currency, *row in connection.execute(_OPEN, (client_id, client_id)):
        found.setdefault(currency, []).append(tuple(row))
    return tuple(_owed(currency, rows, own, today) for currency, rows in found.items())


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


def _owed(currency: str, rows: list[tuple[Any, ...]], own: str, today: date) -> Owed:
    ages = [0] * (len(AGES) + 1)
    own_units: int | None = 0
    for own_currency, due_on, kind, units, in_own, _count in rows:
        sign = -1 if kind == "credit_note" else 1
        ages[_age(due_on, today) if kind == "invoice" else 0] += sign * units
        if own_units is not None:
            own_units = own_units + sign * in_own if own_currency == own else None
    not_due, *aged = _moneys(ages, currency)
    documents = sum(row[-1] for row in rows)
    in_own = None if own_units is None else Money.of_minor(own_units, own)
    return Owed(currency, not_due, tuple(aged), in_own, documents)


def _moneys(units: list[int], currency: str) -> Iterator[Money]:
    return (Money.of_minor(one, currency) for one in units)


def _age(due_on: str | None, today: date) -> int:
    """Give the place of an age: 0 for what is not due yet."""
    if due_on is None:
        return 0
    late = (today - date.fromisoformat(due_on)).days
    return sum(late > most for most in AGES)
