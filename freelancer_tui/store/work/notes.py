"""Notes: what the user jotted down about jobs, and about people."""

import sqlite3
from datetime import datetime
from typing import Final, Literal

from freelancer_tui.store.columns import micros

Book = Literal["notes", "contact_notes"]
"""The table: notes on jobs, or on people."""
_PUT: Final = """
    INSERT INTO {} (remote_id, text, noted_at) VALUES (?, ?, ?)
    ON CONFLICT (remote_id) DO UPDATE SET text = excluded.text, noted_at = excluded.noted_at
"""


def get(connection: sqlite3.Connection, remote_id: int, book: Book = "notes") -> str:
    """Give the note on a job or on somebody; empty when there is none."""
    query = f"SELECT text FROM {book} WHERE remote_id = ?"
    row = connection.execute(query, (remote_id,)).fetchone()
    return str(row[0]) if row else ""


def all(connection: sqlite3.Connection, book: Book = "notes") -> dict[int, str]:
    """Give every note, by the job or the person that it is about."""
    query = f"SELECT remote_id, text FROM {book} ORDER BY remote_id"
    return {int(remote_id): str(text) for remote_id, text in connection.execute(query)}


def put(
    connection: sqlite3.Connection,
    remote_id: int,
    text: str,
    now: datetime,
    book: Book = "notes",
) -> None:
    """Keep a note, in the caller's transaction; an empty one leaves nothing."""
    if text:
        connection.execute(_PUT.format(book), (remote_id, text, micros(now)))
    else:
        connection.execute(f"DELETE FROM {book} WHERE remote_id = ?", (remote_id,))
