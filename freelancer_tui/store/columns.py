"""Columns: how times, amounts and small lists are written into a table, and read back."""

import json
from datetime import UTC, datetime, timedelta
from typing import Final

from freelancer_tui.domain.money import Money

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
DAY: Final = timedelta(days=1) // _MICROSECOND
"""A day as times are written."""

to_json: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Gives a small list or table as compact JSON text."""


def micros(at: datetime) -> int:
    """Give a time as microseconds since 1970; a naive one raises TypeError."""
    return (at - _EPOCH) // _MICROSECOND


def instant(value: int) -> datetime:
    """Give the time, in UTC, that `micros` wrote."""
    return _EPOCH + timedelta(microseconds=value)


def maybe_micros(at: datetime | None) -> int | None:
    """Give a time that may be unknown as `micros` does."""
    return None if at is None else micros(at)


def maybe_instant(value: int | None) -> datetime | None:
    """Give the time that `maybe_micros` wrote."""
    return None if value is None else instant(value)


def maybe_minor(money: Money | None) -> int | None:
    """Give an amount that may be unknown in its smallest unit."""
    return None if money is None else money.minor


def maybe_money(units: int | None, currency: str) -> Money | None:
    """Give the amount that `maybe_minor` wrote."""
    return None if units is None else Money.of_minor(units, currency)
