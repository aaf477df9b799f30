"""Cursors: our place in each feed, moved only together with what was read there."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from freelancer_tui.domain.feeds import Cursor, Feed
from freelancer_tui.store.columns import maybe_instant, micros

if TYPE_CHECKING:
    from freelancer_tui.domain.facts import Page

# An unfinished scan keeps the time at which the last whole one ended.
_MOVE: Final = """
    INSERT INTO cursors (kind, key, cursor, more, finished_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (kind, key) DO UPDATE SET cursor = excluded.cursor, more = excluded.more,
        finished_at = coalesce(excluded.finished_at, finished_at)
"""


@dataclass(frozen=True, slots=True)
class FeedPlace:
    """How far a feed was read."""

    cursor: Cursor | None
    finished_at: datetime | None
    """The marketplace's own time when it was last read to its end; None if it never was."""
    more: bool
    """True while a scan is under way: go on from `cursor`."""


def get(connection: sqlite3.Connection, feed: Feed) -> FeedPlace | None:
    """Give the place in a feed; None when it was never read."""
    query = "SELECT cursor, finished_at, more FROM cursors WHERE kind = ? AND key = ?"
    row = connection.execute(query, (feed.kind, feed.key)).fetchone()
    return _place(*row) if row else None


def all(connection: sqlite3.Connection) -> dict[Feed, FeedPlace]:
    """Give the places in all feeds that were ever read."""
    query = "SELECT kind, key, cursor, finished_at, more FROM cursors"
    return {Feed(kind, key): _place(*row) for kind, key, *row in connection.execute(query)}


def move(connection: sqlite3.Connection, feed: Feed, page: "Page") -> None:
    """Put our place behind a page whose facts this transaction stores."""
    finished = None if page.more else micros(page.at)
    connection.execute(_MOVE, (feed.kind, feed.key, page.cursor, page.more, finished))


def forget(connection: sqlite3.Connection, feed: Feed) -> None:
    """Drop our place in a feed, so that it is read from its beginning."""
    connection.execute("DELETE FROM cursors WHERE kind = ? AND key = ?", (feed.kind, feed.key))


def _place(cursor: Any, finished_at: Any, more: Any) -> FeedPlace:
    return FeedPlace(cursor, maybe_instant(finished_at), bool(more))
