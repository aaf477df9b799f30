"""People in the cache: clients, and the user's own profile."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any, Final

from freelancer_tui.domain.people import Person, Profile, Reputation
from freelancer_tui.domain.zones import zone_name
from freelancer_tui.store.cache.changes import AMONG, Row, Table, known_ids, listed, numbers, write
from freelancer_tui.store.columns import maybe_instant, maybe_micros, to_json

_PEOPLE: Final = Table(
    "people",
    (
        "remote_id",
        "username",
        "display_name",
        "country",
        "country_code",
        "city",
        "timezone",
        "registered_at",
        "payment_verified",
        "email_verified",
        "identity_verified",
        "reputation",
        "employer_reputation",
    ),
)
_PROFILE: Final = Table("profile", ("remote_id", "skills", "bids_left", "bid_limit"))
_SELECT: Final = f"SELECT {', '.join(_PEOPLE.columns)} FROM people"
_OPTIONAL: Final = tuple(field.name for field in fields(Person))[1:]


def get(connection: sqlite3.Connection, remote_id: int) -> Person | None:
    """Give what is known of somebody; None when that is nothing."""
    row = connection.execute(f"{_SELECT} WHERE remote_id = ?", (remote_id,)).fetchone()
    return _person(row) if row else None


def names(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, str]:
    """Give the names to show of those who are known and have one."""
    query = (
        "SELECT remote_id, coalesce(nullif(display_name, ''), username) AS name "
        f"FROM people WHERE name != '' AND remote_id {AMONG}"
    )
    return dict(connection.execute(query, (listed(ids),)))


def zones(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, str]:
    """Give the time zones of those of whom one is known."""
    query = f"SELECT remote_id, timezone, country_code FROM people WHERE remote_id {AMONG}"
    rows = connection.execute(query, (listed(ids),))
    return {one: zone for one, *told in rows if (zone := zone_name(*told))}


def known(connection: sqlite3.Connection, ids: Iterable[int]) -> set[int]:
    """Give those of the ids that the cache has."""
    return known_ids(connection, "people", ids)


def profile(connection: sqlite3.Connection) -> Profile | None:
    """Give the user's own account; None before it was read for the first time."""
    query = "SELECT remote_id, skills, bids_left, bid_limit FROM profile"
    row = connection.execute(query).fetchone()
    if row is None:
        return None
    remote_id, skills, bids_left, bid_limit = row
    person = get(connection, remote_id) or Person(remote_id, "")
    return Profile(person, numbers(skills), bids_left, bid_limit)


def store(connection: sqlite3.Connection, people: Iterable[Person]) -> int:
    """Store what is new about people; what a fact leaves out stays as it was known."""
    met: dict[int, Person] = {}
    for person in people:
        before = met.get(person.remote_id)
        met[person.remote_id] = _merged(before, person) if before else person
    query = f"{_SELECT} WHERE remote_id {AMONG}"
    for row in connection.execute(query, (listed(met),)).fetchall():
        met[row[0]] = _merged(_person(row), met[row[0]])
    return write(connection, _PEOPLE, map(_row, met.values()))


def store_profile(connection: sqlite3.Connection, profile: Profile) -> int:
    """Store the user's own account; there is only one."""
    remote_id = profile.person.remote_id
    connection.execute("DELETE FROM profile WHERE remote_id != ?", (remote_id,))
    row = (remote_id, to_json(profile.skills), profile.bids_left, profile.bid_limit)
    return store(connection, [profile.person]) + write(connection, _PROFILE, [row])


def reputation_of(text: str | None) -> Reputation | None:
    """Read what the column of one role keeps."""
    if text is None:
        return None
    overall, reviews, complete, rate, axes = json.loads(text)
    rated = tuple((axis, Decimal(value)) for axis, value in axes)
    return Reputation(_maybe_decimal(overall), reviews, complete, _maybe_decimal(rate), rated)


def _merged(old: Person, new: Person) -> Person:
    told = {name: value for name in _OPTIONAL if (value := getattr(new, name)) not in (None, "")}
    return replace(old, **told)


def _row(person: Person) -> Row:
    return (
        person.remote_id,
        person.username,
        person.display_name,
        person.country,
        person.country_code,
        person.city,
        person.timezone,
        maybe_micros(person.registered_at),
        person.payment_verified,
        person.email_verified,
        person.identity_verified,
        _reputation_text(person.reputation),
        _reputation_text(person.employer_reputation),
    )


def _person(row: tuple[Any, ...]) -> Person:
    remote_id, username, display_name, country, country_code, city, timezone, *rest = row
    registered, payment, email, identity, as_freelancer, as_employer = rest
    return Person(
        remote_id=remote_id,
        username=username,
        display_name=display_name,
        country=country,
        country_code=country_code,
        city=city,
        timezone=timezone,
        registered_at=maybe_instant(registered),
        payment_verified=_maybe_bool(payment),
        email_verified=_maybe_bool(email),
        identity_verified=_maybe_bool(identity),
        reputation=reputation_of(as_freelancer),
        employer_reputation=reputation_of(as_employer),
    )


def _reputation_text(reputation: Reputation | None) -> str | None:
    if reputation is None:
        return None
    overall, rate = reputation.overall, reputation.completion_rate
    return to_json(
        [
            None if overall is None else str(overall),
            reputation.reviews,
            reputation.complete,
            None if rate is None else str(rate),
            [[axis, str(value)] for axis, value in reputation.axes],
        ]
    )


def _maybe_decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _maybe_bool(value: int | None) -> bool | None:
    return None if value is None else bool(value)
