"""Verdicts: what the user jotted down in the work file, laid beside the facts that readers list."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from freelancer_tui.errors import StoreError
from freelancer_tui.store.database import look
from freelancer_tui.store.failures import means_damage, plainly


@dataclass(frozen=True, slots=True)
class _View:
    """Rows of the work file under the name that queries use."""

    table: str
    columns: str
    query: str
    whole: str
    """Reads all of it, so that damage is met here and not in the middle of a list."""


_VIEWS: Final = {
    "marks": _View(
        "marks",
        "remote_id, verdict",
        "SELECT remote_id, verdict FROM work.marks",
        "SELECT sum(remote_id), count(verdict) FROM work.marks",
    ),
    "notes": _View(
        "notes",
        "remote_id, text",
        "SELECT remote_id, text FROM work.notes",
        "SELECT sum(remote_id), sum(length(text)) FROM work.notes",
    ),
    "seen": _View(
        "seen",
        "remote_id",
        "SELECT remote_id FROM work.seen",
        "SELECT sum(remote_id) FROM work.seen",
    ),
    "new_since": _View(
        "meta",
        "remote_id",
        "SELECT CAST(value AS INTEGER) FROM work.meta WHERE key = 'new_since'",
        "SELECT sum(length(value)) FROM work.meta",
    ),
    "layouts": _View(
        "meta",
        "name, value",
        "SELECT substr(key, 8), value FROM work.meta WHERE key LIKE 'layout.%'",
        "SELECT sum(length(value)) FROM work.meta",
    ),
}
"""A job is new that is above the one row of `new_since`, if there is one, and not among `seen`."""
_NEW: Final = """
    SELECT remote_id FROM projects
    WHERE remote_id > coalesce((SELECT remote_id FROM new_since), 9223372036854775807)
        AND remote_id NOT IN (SELECT remote_id FROM seen)
    ORDER BY remote_id DESC LIMIT ?
"""
_SHOWN: Final = """
    SELECT name FROM sqlite_temp_schema WHERE type = 'view' AND sql LIKE '% work.%'
"""
_THERE: Final = "SELECT name FROM work.sqlite_schema WHERE type = 'table'"


def without(connection: sqlite3.Connection) -> None:
    """Let queries that show verdicts run on a connection, and find none."""
    with _writable(connection):
        for name, view in _VIEWS.items():
            nothing = ", ".join("NULL" for _column in view.columns.split(", "))
            connection.execute(f"DROP VIEW IF EXISTS temp.{name}")
            connection.execute(
                f"CREATE TEMP VIEW {name} ({view.columns}) AS SELECT {nothing} WHERE 0"
            )


def beside(connection: sqlite3.Connection, work: Path) -> bool:
    """Show the verdicts of a work file from now on, each kind once that file has any.

    A work file that cannot be read leaves the facts readable, without verdicts: then False.
    """
    shown = _names(connection, _SHOWN)
    if shown == _VIEWS.keys() or not work.exists():
        return True
    try:
        if not shown:
            connection.execute("ATTACH ? AS work", (f"{work.absolute().as_uri()}?mode=rw",))
        there = _names(connection, _THERE)
        found = [name for name in _VIEWS.keys() - shown if _VIEWS[name].table in there]
        for name in found:
            connection.execute(_VIEWS[name].whole).fetchone()
        _show(connection, found)
        is_whole = True
    except sqlite3.DatabaseError:
        without(connection)
        shown, found, is_whole = set(), [], False
    if not shown and not found:
        with suppress(sqlite3.DatabaseError):
            connection.execute("DETACH work")
    return is_whole


def are_damaged(work: Path) -> bool:
    """Tell whether it is the verdicts of a work file that cannot be read."""
    try:
        with closing(look(work)) as connection, plainly(work):
            for view in _VIEWS.values():
                connection.execute(view.whole.replace("work.", "")).fetchone()
    except StoreError as error:
        return means_damage(error.__cause__)
    except sqlite3.OperationalError:  # it has no such table
        return False
    return False


def starred(connection: sqlite3.Connection, limit: int) -> list[int]:
    """Give the projects that the user starred, newest first."""
    query = "SELECT remote_id FROM marks WHERE verdict = 'star' ORDER BY remote_id DESC LIMIT ?"
    return [row[0] for row in connection.execute(query, (limit,))]


def note(connection: sqlite3.Connection, remote_id: int) -> str:
    """Give what the user jotted down about a project; empty when that is nothing."""
    query = "SELECT text FROM notes WHERE remote_id = ?"
    row = connection.execute(query, (remote_id,)).fetchone()
    return str(row[0]) if row else ""


def layout(connection: sqlite3.Connection, name: str) -> str | None:
    """Give how the user arranged a list; None where they left it as it was."""
    row = connection.execute("SELECT value FROM layouts WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else None


def newest(connection: sqlite3.Connection) -> int:
    """Give the id of the newest project; 0 where there is none."""
    return int(connection.execute("SELECT coalesce(max(remote_id), 0) FROM projects").fetchone()[0])


def has_line(connection: sqlite3.Connection) -> bool:
    """Tell whether there is a line above which projects are new."""
    return connection.execute("SELECT 1 FROM new_since").fetchone() is not None


def new(connection: sqlite3.Connection, limit: int) -> list[int]:
    """Give the newest of the projects that the user has not seen."""
    return [row[0] for row in connection.execute(_NEW, (limit,))]


def new_among(connection: sqlite3.Connection, ids: Iterable[int]) -> Iterator[int]:
    """Yield those of some projects that the user has not seen, in their order."""
    row = connection.execute("SELECT remote_id FROM new_since").fetchone()
    if row is not None:
        seen = _names(connection, "SELECT remote_id FROM seen")
        yield from (one for one in ids if one > row[0] and one not in seen)


def _show(connection: sqlite3.Connection, names: Iterable[str]) -> None:
    with _writable(connection):
        for name in names:
            view = _VIEWS[name]
            connection.execute(f"DROP VIEW temp.{name}")
            connection.execute(f"CREATE TEMP VIEW {name} ({view.columns}) AS {view.query}")


def _names(connection: sqlite3.Connection, query: str) -> set[Any]:
    return {row[0] for row in connection.execute(query)}


@contextmanager
def _writable(connection: sqlite3.Connection) -> Iterator[None]:
    """Lift `query_only` for a moment: it forbids even temporary views."""
    before = connection.execute("PRAGMA query_only").fetchone()[0]
    connection.execute("PRAGMA query_only = OFF")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA query_only = {before}")
