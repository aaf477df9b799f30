"""Rates: what currencies were worth on days, as the user wrote it down or brought it in."""

import sqlite3
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from freelancer_tui.domain.ratetable import DayRate

_READ: Final = "SELECT currency, day, unit, rate, source FROM rates"


def put(connection: sqlite3.Connection, own: str, found: Iterable[DayRate]) -> None:
    """Keep rates into a currency; a day that is there already is replaced."""
    connection.executemany(
        "INSERT OR REPLACE INTO rates (currency, own, day, unit, rate, source)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            (one.currency, own, one.day.isoformat(), one.unit, str(one.rate), one.source)
            for one in found
        ),
    )


def all(connection: sqlite3.Connection, own: str, limit: int) -> list[DayRate]:
    """Give rates into a currency, the latest first."""
    query = f"{_READ} WHERE own = ? ORDER BY day DESC, currency LIMIT ?"
    return [_rate(row) for row in connection.execute(query, (own, limit))]


def latest(connection: sqlite3.Connection, own: str, currency: str, on: date) -> DayRate | None:
    """Give the rate of a day, or the last one before it."""
    query = f"{_READ} WHERE own = ? AND currency = ? AND day <= ? ORDER BY day DESC LIMIT 1"
    row = connection.execute(query, (own, currency, on.isoformat())).fetchone()
    return _rate(row) if row else None


def drop(connection: sqlite3.Connection, own: str, one: DayRate) -> bool:
    """Strike a rate out; False where it was not there."""
    done = connection.execute(
        "DELETE FROM rates WHERE own = ? AND currency = ? AND day = ?",
        (own, one.currency, one.day.isoformat()),
    )
    return done.rowcount == 1


def _rate(row: tuple[Any, ...]) -> DayRate:
    currency, day, unit, rate, source = row
    return DayRate(currency, date.fromisoformat(day), unit, Decimal(rate), source)
