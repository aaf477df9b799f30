"""Reference lists in the cache: skills and currencies."""

import sqlite3
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.money import Currency
from freelancer_tui.domain.projects import Skill
from freelancer_tui.domain.rates import Rates
from freelancer_tui.store.cache import cursors
from freelancer_tui.store.cache.changes import AMONG, Table, listed, write

_SKILLS: Final = Table("skills", ("remote_id", "name", "category"))
_LISTED: Final = Feed("currencies")
_CURRENCIES: Final = Table("currencies", ("remote_id", "code", "name", "sign", "usd_rate"))


def skills(connection: sqlite3.Connection, ids: Iterable[int]) -> list[Skill]:
    """Give those of the skills that the cache has, by name."""
    query = f"SELECT remote_id, name, category FROM skills WHERE remote_id {AMONG} ORDER BY name"
    return [Skill(*row) for row in connection.execute(query, (listed(ids),))]


def currencies(connection: sqlite3.Connection) -> list[Currency]:
    """Give every currency that the marketplace lists, by code."""
    query = "SELECT remote_id, code, name, sign, usd_rate FROM currencies ORDER BY code"
    return [
        Currency(remote_id, code, name, sign, None if rate is None else Decimal(rate))
        for remote_id, code, name, sign, rate in connection.execute(query)
    ]


def rates(connection: sqlite3.Connection) -> Rates:
    """Give every rate as last listed, with the time of that list."""
    usd = {one.code: one.usd_rate for one in currencies(connection) if one.usd_rate}
    place = cursors.get(connection, _LISTED)
    return Rates(place.finished_at if place else None, usd)


def store_skills(connection: sqlite3.Connection, skills: Iterable[Skill]) -> int:
    """Store the skills that are new or different; give how many were."""
    rows = [(skill.remote_id, skill.name, skill.category) for skill in skills]
    return write(connection, _SKILLS, rows)


def store_currencies(connection: sqlite3.Connection, currencies: Iterable[Currency]) -> int:
    """Store the currencies that are new or different; give how many were."""
    return write(
        connection,
        _CURRENCIES,
        [
            (
                currency.remote_id,
                currency.code,
                currency.name,
                currency.sign,
                None if currency.usd_rate is None else str(currency.usd_rate),
            )
            for currency in currencies
        ],
    )
