"""Payouts: on which day each milestone was seen to be released; the marketplace does not tell."""

import sqlite3
from collections.abc import Iterable
from datetime import date

Known = dict[int, tuple[date | None, bool]]
"""By milestone: the day of release, None while it is held, and whether it was seen to happen."""


def known(connection: sqlite3.Connection) -> Known:
    """Give what was noted."""
    query = "SELECT milestone_id, released_on, is_seen FROM payouts"
    return {
        key: (date.fromisoformat(day) if day else None, bool(is_seen))
        for key, day, is_seen in connection.execute(query)
    }


def note(connection: sqlite3.Connection, found: Iterable[tuple[int, date | None, bool]]) -> None:
    """Note milestones: held, or released on a day, seen or taken to be so; once is enough."""
    connection.executemany(
        "INSERT INTO payouts (milestone_id, released_on, is_seen) VALUES (?, ?, ?)"
        " ON CONFLICT (milestone_id) DO UPDATE SET released_on = excluded.released_on,"
        " is_seen = excluded.is_seen WHERE released_on IS NULL",
        ((key, day.isoformat() if day else None, int(is_seen)) for key, day, is_seen in found),
    )
