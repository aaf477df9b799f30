"""Load: a world written into an empty file, as fast as SQLite takes it."""

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from decimal import Decimal
from itertools import islice
from pathlib import Path

from freelancer_tui.sandbox.market.amounts import in_dollars, rounded
from freelancer_tui.sandbox.market.database import MEMORY, Database, Value
from freelancer_tui.sandbox.market.schema import VERSION, create_indexes, create_tables
from freelancer_tui.sandbox.records import (
    UPGRADES,
    VERIFICATIONS,
    CurrencyRecord,
    ProjectRecord,
    UserRecord,
    World,
)

CHUNK = 5000


class WrongFile(OSError):
    """The file is not a market that this version can open."""


def open_database(path: str | Path, world: Callable[[], World]) -> Database:
    """Open the market in this file; where there is none, make it from the world first."""
    if str(path) == MEMORY:
        database = Database(MEMORY)
        fill(database, world())
        return database
    path = Path(path)
    if not path.exists():
        _build(path, world())
    try:
        database = Database(path)
    except sqlite3.DatabaseError:
        raise WrongFile(f"{path} is no market's file; name another") from None
    version = database.number("PRAGMA user_version")
    if version != VERSION:
        database.close()
        raise WrongFile(f"{path} holds no market of version {VERSION}; name another file")
    return database


def _build(path: Path, world: World) -> None:
    """Fill a file under another name first, so that a killed load leaves no half world."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.loading")
    unfinished.unlink(missing_ok=True)
    database = Database(MEMORY)
    try:
        fill(database, world)
        _copy(database, unfinished)
    finally:
        database.close()
    os.replace(unfinished, path)


def _copy(database: Database, path: Path) -> None:
    try:
        with closing(sqlite3.connect(str(path), isolation_level=None)) as target:
            target.execute("PRAGMA synchronous=OFF")
            target.execute("PRAGMA journal_mode=OFF")
            database.connection.backup(target)
    except sqlite3.OperationalError as error:  # no permission, no room
        raise OSError(f"{path} cannot be written: {error}") from None


def fill(database: Database, world: World) -> None:
    """Write a world into an empty database, indexes last."""
    create_tables(database.connection)
    with database.transaction():
        _reference(database, world)
        currencies = {currency.code: currency for currency in world.currencies}
        _people(database, world.users, currencies)
        _projects(database, world.projects, currencies)
    create_indexes(database.connection)


def _many(database: Database, table: str, rows: Iterable[tuple[Value, ...]]) -> None:
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    statement = f"INSERT INTO {table} VALUES ({', '.join('?' * len(first))})"
    database.connection.execute(statement, first)
    database.connection.executemany(statement, rows)


def _reference(database: Database, world: World) -> None:
    _many(database, "categories", ((item.id, item.name) for item in world.categories))
    _many(
        database,
        "skills",
        (
            (item.id, item.name, item.category_id, item.seo_url or slug(item.name), item.local)
            for item in world.skills
        ),
    )
    _many(
        database,
        "countries",
        (
            (c.code, c.name, c.iso3, c.demonym, c.phone_code, c.language_code, c.region_id)
            for c in world.countries
        ),
    )
    _many(
        database,
        "timezones",
        ((zone.id, zone.country, zone.name, str(zone.offset)) for zone in world.timezones),
    )
    _many(
        database,
        "currencies",
        ((c.id, c.code, c.name, c.country, c.sign, str(c.exchange_rate)) for c in world.currencies),
    )
    _many(
        database,
        "budgets",
        (
            (b.currency_id, b.kind, rounded(b.minimum), _maybe(b.maximum), b.name)
            for b in world.budgets
        ),
    )


def _maybe(value: Decimal | None) -> int | None:
    return None if value is None else rounded(value)


def slug(text: str) -> str:
    """Give words fit for an address."""
    kept = "".join(c if c.isascii() and c.isalnum() else " " for c in text.lower())
    return "-".join(kept.split()) or "item"


def bits(names: Iterable[str], order: tuple[str, ...]) -> int:
    """Give names as bits by their place in the order."""
    return sum(1 << order.index(name) for name in set(names))


def _people(
    database: Database, users: tuple[UserRecord, ...], currencies: dict[str, CurrencyRecord]
) -> None:
    _many(database, "users", (_user(user, currencies[user.currency_code].id) for user in users))
    _many(
        database,
        "user_skills",
        ((user.id, skill) for user in users for skill in dict.fromkeys(user.skills)),
    )
    _many(database, "standings", _standings(users))
    _many(
        database,
        "portfolio",
        (
            (item.id, user.id, item.title, item.description, json.dumps(item.skills))
            for user in users
            for item in user.portfolio
        ),
    )
    _many(
        database,
        "tokens",
        ((user.token, user.id, None, None, "1 2 3 4 5 6") for user in users if user.token),
    )


def _user(user: UserRecord, currency_id: int) -> tuple[Value, ...]:
    return (
        user.id,
        user.username,
        user.display_name,
        user.role,
        user.country_code.lower(),
        user.city,
        user.timezone,
        user.language,
        user.tagline,
        user.profile,
        user.company,
        user.email,
        user.registered,
        _maybe(user.hourly_rate),
        currency_id,
        bits(user.verified, VERIFICATIONS),
        user.bids_remaining,
        user.bid_limit,
        user.membership,
        user.preferred,
    )


def _standings(users: tuple[UserRecord, ...]) -> Iterator[tuple[Value, ...]]:
    for user in users:
        for s in user.standings:
            yield (
                user.id,
                s.role,
                str(s.overall),
                s.reviews,
                s.complete,
                s.incomplete,
                str(s.on_budget),
                str(s.on_time),
                str(s.positive),
                str(s.completion_rate),
                str(s.rehire_rate),
                str(s.earnings_score),
                json.dumps({name: str(value) for name, value in s.ratings}),
            )


def _projects(
    database: Database,
    projects: Iterable[ProjectRecord],
    currencies: dict[str, CurrencyRecord],
) -> None:
    """Go through the projects once, in chunks: they may come from a generator."""
    rest = iter(projects)
    while chunk := list(islice(rest, CHUNK)):
        _many(
            database,
            "projects",
            [_project(project, currencies[project.currency_code]) for project in chunk],
        )
        _many(
            database,
            "project_skills",
            [(p.id, skill) for p in chunk for skill in sorted(set(p.skills))],
        )


def _project(project: ProjectRecord, currency: CurrencyRecord) -> tuple[Value, ...]:
    rate = currency.exchange_rate
    minimum, maximum = rounded(project.minimum), _maybe(project.maximum)
    average = _maybe(project.bid_avg)
    counted = project.bid_count if average is not None else 0
    return (
        project.id,
        project.owner_id,
        project.title,
        project.description,
        project.seo_url,
        currency.id,
        minimum,
        maximum,
        project.kind,
        project.language,
        project.posted,
        project.updated,
        project.status,
        project.frontend_status,
        bits(project.upgrades, UPGRADES) if project.upgrades else 0,
        project.bid_period,
        project.hours,
        project.duration,
        counted,
        (average or 0) * counted,
        None if average is None else in_dollars(average, rate),
        in_dollars(minimum, rate),
        None if maximum is None else in_dollars(maximum, rate),
        project.country_code.lower(),
        project.city,
        project.local,
        0,
        0,
    )
