"""Lacking: what a backup of the work file has, and the file itself has not."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from freelancer_tui.store.database import Migration, look, migrate, refuse_newer
from freelancer_tui.store.work import books
from freelancer_tui.store.work.recovery import settle, settle_sheets, tables_of

_OF_THE_MOMENT: Final = ("meta", "seen", "figures", "series", "thread_signals")
"""Words about the file itself, which jobs were looked at, what follows from documents, and what
the marketplace was still to be told then."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """Rows of one table that only the backup has."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def as_of_now(backup: Path, steps: Sequence[Migration]) -> sqlite3.Connection:
    """Give a copy of a backup in memory, in the newest schema; what was unsent in it asks."""
    memory = sqlite3.connect(":memory:", isolation_level=None)
    try:
        with closing(look(backup)) as reader:
            refuse_newer(reader, len(steps), backup)
            reader.backup(memory)
        migrate(memory, steps, backup)
        settle(memory)
    except BaseException:
        memory.close()
        raise
    return memory


def lacking(work: sqlite3.Connection, backup: sqlite3.Connection) -> list[Lacking]:
    """List what the file lacks, by key; what both have stays as it is in the file."""
    found: list[Lacking] = []
    for table, columns in tables_of(backup).items():
        if table in _OF_THE_MOMENT:
            continue
        keys = _keys(backup, table) or columns
        if _is_numbered(backup, table):  # the same number may mean another row by now
            keys = columns = [name for name in columns if name not in keys]
        names, key = (", ".join(f'"{name}"' for name in some) for some in (columns, keys))
        here = set(work.execute(f'SELECT {key} FROM "{table}"'))
        places = [columns.index(name) for name in keys]
        rows = tuple(
            row
            for row in backup.execute(f'SELECT {names} FROM "{table}"')
            if tuple(row[place] for place in places) not in here
        )
        if rows:
            found.append(Lacking(table, tuple(columns), rows))
    return found


def take_in(work: sqlite3.Connection, found: Sequence[Lacking]) -> None:
    """Add what was lacking, inside the caller's transaction."""
    for one in found:
        names = ", ".join(f'"{column}"' for column in one.columns)
        holes = ", ".join("?" * len(one.columns))
        work.executemany(
            f'INSERT OR IGNORE INTO "{one.table}" ({names}) VALUES ({holes})', one.rows
        )
    settle_sheets(work)
    books.settle(work)


def _is_numbered(connection: sqlite3.Connection, table: str) -> bool:
    query = "SELECT sql LIKE '%AUTOINCREMENT%' FROM sqlite_schema WHERE name = ?"
    return bool(connection.execute(query, (table,)).fetchone()[0])


def _keys(connection: sqlite3.Connection, table: str) -> list[str]:
    found = [row for row in connection.execute(f'PRAGMA table_info("{table}")') if row[5]]
    return [row[1] for row in sorted(found, key=lambda row: int(row[5]))]
