"""Series: how far each run of numbers came; a number is taken with the document that bears it."""

import sqlite3
from typing import Final

_TAKE: Final = """
    INSERT INTO series (name, last) VALUES (?, 1)
    ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last
"""
_RAISE: Final = """
    INSERT INTO series (name, last) VALUES (?, ?)
    ON CONFLICT (name) DO UPDATE SET last = max(last, excluded.last)
"""


def take(connection: sqlite3.Connection, name: str) -> int:
    """Give the next number of a run, in the transaction that issues: both are kept, or neither."""
    return int(connection.execute(_TAKE, (name,)).fetchone()[0])


def coming(connection: sqlite3.Connection, name: str) -> int:
    """Give the number that would be next."""
    row = connection.execute("SELECT last FROM series WHERE name = ?", (name,)).fetchone()
    return int(row[0]) + 1 if row else 1


def all(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """Give every run with its last number."""
    return [(str(name), int(last)) for name, last in connection.execute("SELECT * FROM series")]


def lift(connection: sqlite3.Connection, found: list[tuple[str, int]]) -> None:
    """Let no run be behind what was given out already."""
    connection.executemany(_RAISE, found)


def lift_to_documents(connection: sqlite3.Connection) -> None:
    """Let no run be behind the documents that bear its numbers."""
    found = connection.execute(
        "SELECT series, max(sequence) FROM invoices WHERE series IS NOT NULL GROUP BY series"
    ).fetchall()
    lift(connection, found)
