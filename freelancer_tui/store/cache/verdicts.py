"""Verdicts: the user's marks of the work file, laid beside the facts that readers list."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from freelancer_tui.errors import StoreError
from freelancer_tui.store.database import look
from freelancer_tui.store.failures import means_damage, plainly

_NONE: Final = "CREATE TEMP VIEW marks (remote_id, verdict) AS SELECT NULL, NULL WHERE 0"
_SOME: Final = "CREATE TEMP VIEW marks AS SELECT remote_id, verdict FROM work.marks"
_WHOLE: Final = "SELECT sum(remote_id), count(verdict) FROM work.marks"
_THERE: Final = "SELECT 1 FROM work.sqlite_schema WHERE type = 'table' AND name = 'marks'"


def without(connection: sqlite3.Connection) -> None:
    """Let queries that show verdicts run on a connection, and find none."""
    with _writable(connection):
        connection.execute(_NONE)


def beside(connection: sqlite3.Connection, work: Path) -> bool:
    """Show the verdicts of a work file from now on, once that file has any.

    A work file that cannot be read leaves the facts readable, without verdicts: then False.
    """
    if _attached(connection) or not work.exists():
        return True
    is_whole = True
    try:
        connection.execute("ATTACH ? AS work", (f"{work.absolute().as_uri()}?mode=rw",))
        if connection.execute(_THERE).fetchone():
            connection.execute(_WHOLE).fetchone()
            with _writable(connection):
                connection.execute("DROP VIEW temp.marks")
                connection.execute(_SOME)
            return True
    except sqlite3.DatabaseError:
        is_whole = False
    with suppress(sqlite3.DatabaseError):
        connection.execute("DETACH work")
    return is_whole


def are_damaged(work: Path) -> bool:
    """Tell whether it is the verdicts of a work file that cannot be read."""
    try:
        with closing(look(work)) as connection, plainly(work):
            connection.execute(_WHOLE.replace("work.", "")).fetchone()
    except StoreError as error:
        return means_damage(error.__cause__)
    except sqlite3.OperationalError:  # it has no such table
        return False
    return False


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
