"""Verdicts: the user's marks of the work file, laid beside the facts that readers list."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_NONE: Final = "CREATE TEMP VIEW marks (remote_id, verdict) AS SELECT NULL, NULL WHERE 0"
_SOME: Final = "CREATE TEMP VIEW marks AS SELECT remote_id, verdict FROM work.marks"
_THERE: Final = "SELECT 1 FROM work.sqlite_schema WHERE type = 'table' AND name = 'marks'"


def without(connection: sqlite3.Connection) -> None:
    """Let queries that show verdicts run on a connection, and find none."""
    with _writable(connection):
        connection.execute(_NONE)


def beside(connection: sqlite3.Connection, work: Path) -> None:
    """Show the verdicts of a work file from now on, once that file has any.

    A work file that cannot be read leaves the facts readable, without verdicts.
    """
    if _attached(connection) or not work.exists():
        return
    try:
        connection.execute("ATTACH ? AS work", (f"{work.absolute().as_uri()}?mode=rw",))
        if connection.execute(_THERE).fetchone():
            with _writable(connection):
                connection.execute("DROP VIEW temp.marks")
                connection.execute(_SOME)
            return
    except sqlite3.DatabaseError:
        pass
    with suppress(sqlite3.DatabaseError):
        connection.execute("DETACH work")


def starred(connection: sqlite3.Connection, limit: int) -> list[int]:
    """Give the projects that the user starred, newest first."""
    query = "SELECT remote_id FROM marks WHERE verdict = 'star' ORDER BY remote_id DESC LIMIT ?"
    return [row[0] for row in connection.execute(query, (limit,))]


@contextmanager
def _writable(connection: sqlite3.Connection) -> Iterator[None]:
    """Lift `query_only` for a moment: it forbids even temporary views."""
    before = connection.execute("PRAGMA query_only").fetchone()[0]
    connection.execute("PRAGMA query_only = OFF")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA query_only = {before}")


def _attached(connection: sqlite3.Connection) -> bool:
    return any(row[1] == "work" for row in connection.execute("PRAGMA database_list"))
