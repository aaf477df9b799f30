"""Searches: those that the user saved, and what was told about each."""

import sqlite3
from typing import Final

from freelancer_tui.domain.searches import SavedSearch

_ALL: Final = """
    SELECT id, name, query, alert, place, told_to, waiting FROM searches ORDER BY place, id LIMIT ?
"""
_PUT: Final = """
    INSERT OR REPLACE INTO searches (id, name, query, alert, place, told_to, waiting)
    VALUES (?, ?, ?, ?, ?, ?, ?)
"""
MOST: Final = 200


def all(connection: sqlite3.Connection) -> list[SavedSearch]:
    """Give every search in the user's order."""
    return [SavedSearch(*row) for row in connection.execute(_ALL, (MOST,))]


def put(connection: sqlite3.Connection, search: SavedSearch) -> None:
    """Keep a search, in place of what it was before."""
    row = (search.id, search.name, search.query, search.alert, search.place, search.told_to)
    connection.execute(_PUT, (*row, search.waiting))


def drop(connection: sqlite3.Connection, id: str) -> None:
    """Forget a search."""
    connection.execute("DELETE FROM searches WHERE id = ?", (id,))


def follow(connection: sqlite3.Connection, words: str) -> None:
    """Leave the words that the sync follows, a JSON list, where it looks for them."""
    connection.execute(
        "INSERT INTO meta (key, value) VALUES ('saved_searches', ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
        (words,),
    )
