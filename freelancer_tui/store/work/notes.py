"""Notes: what the user jotted down about jobs."""

import sqlite3
from datetime import datetime
from typing import Final

from freelancer_tui.store.columns import micros

_PUT: Final = """
    INSERT INTO notes (remote_id, text, noted_at) VALUES (?, ?, ?)
    ON CONFLICT (remote_id) DO UPDATE SET text = excluded.text, noted_at = excluded.noted_at
"""


def get(connection: sqlite3.Connection, remote_id: int) -> str:
    """Give the note on a job; empty when there is none."""
    query = "SELECT text FROM notes WHERE remote_id = ?"
    row = connection.execute(query, (remote_id,)).fetchone()
    return str(row[0]) if row else ""


def put(connection: sqlite3.Connection, remote_id: int, text: str, now: datetime) -> None:
    """Keep the note on a job, in the caller's transaction; an empty one leaves nothing."""
    if text:
        connection.execute(_PUT, (remote_id, text, micros(now)))
    else:
        connection.execute("DELETE FROM notes WHERE remote_id = ?", (remote_id,))
