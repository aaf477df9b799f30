"""Seen: which jobs the user looked at: all up to a line, and a bounded number above it."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

MOST: Final = 10_000
"""Jobs above the line that are remembered one by one; then the line is drawn higher."""
_KEEP: Final = MOST // 2
_SET_LINE: Final = """
    INSERT INTO meta (key, value) VALUES ('new_since', ?)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value
"""


@dataclass(frozen=True, slots=True)
class Before:
    """What was seen before all was marked as seen, for undo."""

    line: int
    ids: tuple[int, ...]


def line(connection: sqlite3.Connection) -> int:
    """Give the id up to which every job counts as seen."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'new_since'").fetchone()
    return int(row[0]) if row and str(row[0]).isdecimal() else 0


def has_line(connection: sqlite3.Connection) -> bool:
    """Tell whether a line was ever drawn; before that no job counts as new."""
    return connection.execute("SELECT 1 FROM meta WHERE key = 'new_since'").fetchone() is not None


def add(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Remember jobs as seen, in the caller's transaction; past a bound the oldest are folded."""
    low = line(connection)
    rows = [(remote_id,) for remote_id in ids if remote_id > low]
    connection.executemany("INSERT OR IGNORE INTO seen (remote_id) VALUES (?)", rows)
    count = connection.execute("SELECT count(*) FROM seen").fetchone()[0]
    if count > MOST:
        query = "SELECT remote_id FROM seen ORDER BY remote_id DESC LIMIT 1 OFFSET ?"
        raise_line(connection, connection.execute(query, (_KEEP,)).fetchone()[0])


def take_back(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Let jobs above the line be new again."""
    rows = [(remote_id,) for remote_id in ids]
    connection.executemany("DELETE FROM seen WHERE remote_id = ?", rows)


def raise_line(connection: sqlite3.Connection, to: int) -> Before:
    """Count every job up to an id as seen; give what was known before."""
    query = "SELECT remote_id FROM seen WHERE remote_id <= ?"
    before = Before(line(connection), tuple(row[0] for row in connection.execute(query, (to,))))
    connection.execute("DELETE FROM seen WHERE remote_id <= ?", (to,))
    connection.execute(_SET_LINE, (str(max(to, before.line)),))
    return before


def put_back(connection: sqlite3.Connection, before: Before) -> None:
    """Take back that all was marked as seen."""
    connection.execute(_SET_LINE, (str(before.line),))
    add(connection, before.ids)
