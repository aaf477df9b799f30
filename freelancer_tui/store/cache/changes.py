"""Changes: writing only the rows that are new or different."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import Final

from freelancer_tui.store.columns import to_json

Value = str | int | None
Row = tuple[Value, ...]

AMONG: Final = "IN (SELECT value FROM json_each(?))"
"""Ends a condition whose parameter `listed` gives: any number of ids in one statement."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of facts: its first column is the marketplace's id."""

    name: str
    columns: tuple[str, ...]
    guard: str = ""
    """A column of times that never goes back: an older fact does not overwrite a newer one."""


def write(connection: sqlite3.Connection, table: Table, rows: Iterable[Row]) -> int:
    """Store the rows that differ from what is there; give how many did."""
    return put(connection, table, differing(connection, table, rows))


def differing(connection: sqlite3.Connection, table: Table, rows: Iterable[Row]) -> list[Row]:
    """Give the rows that differ from what is there, each with its hash at the end."""
    fresh = {row[0]: (*row, fingerprint(row)) for row in rows}
    if not fresh:
        return []
    known = dict(
        connection.execute(
            f"SELECT remote_id, hash FROM {table.name} WHERE remote_id {AMONG}", (listed(fresh),)
        )
    )
    return [row for remote_id, row in fresh.items() if known.get(remote_id) != row[-1]]


def put(connection: sqlite3.Connection, table: Table, changed: Sequence[Row]) -> int:
    """Store what `differing` gave; give how many rows were written."""
    return connection.executemany(_upsert(table), changed).rowcount if changed else 0


def fingerprint(row: Row) -> int:
    """Give a hash of a row's content, as SQLite keeps integers."""
    digest = blake2b(repr(row).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def listed(ids: Iterable[Value]) -> str:
    """Give ids as the parameter that `AMONG` takes."""
    return to_json(list(ids))


def known_ids(connection: sqlite3.Connection, table: str, ids: Iterable[int]) -> set[int]:
    """Give those of the ids that a table has."""
    query = f"SELECT remote_id FROM {table} WHERE remote_id {AMONG}"
    return {row[0] for row in connection.execute(query, (listed(ids),))}


def numbers(text: str) -> tuple[int, ...]:
    """Read a JSON list of ids."""
    return tuple(json.loads(text))


@cache
def _upsert(table: Table) -> str:
    columns: Sequence[str] = (*table.columns, "hash")
    settings = ", ".join(f"{column} = excluded.{column}" for column in columns[1:])
    guard = f" WHERE excluded.{table.guard} >= {table.name}.{table.guard}" if table.guard else ""
    return (
        f"INSERT INTO {table.name} ({', '.join(columns)}) "
        f"VALUES ({', '.join('?' * len(columns))}) "
        f"ON CONFLICT (remote_id) DO UPDATE SET {settings}{guard}"
    )
