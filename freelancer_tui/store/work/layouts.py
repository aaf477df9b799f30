"""Layouts: how the user arranged a list, under its name among the words about the file."""

import sqlite3
from typing import Final

_PUT: Final = """
    INSERT INTO meta (key, value) VALUES ('layout.' || ?, ?)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value
"""


def put(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Keep an arrangement in place of the one before."""
    connection.execute(_PUT, (name, value))
