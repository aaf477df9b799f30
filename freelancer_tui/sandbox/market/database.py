"""Database: one SQLite connection, its transactions, and rows in and out."""

import sqlite3
import threading
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from pathlib import Path

Value = str | int | float | bytes | None
MEMORY = ":memory:"
BATCH = 500
"""Ids bound to one statement; below SQLite's limit of variables."""


class Database:
    """The market's file; every verb of the market runs inside one of its transactions."""

    def __init__(self, path: str | Path) -> None:
        self._lock = threading.RLock()
        self._depth = 0
        self.connection = sqlite3.connect(str(path), isolation_level=None, check_same_thread=False)
        self.connection.row_factory = sqlite3.Row
        for pragma in ("foreign_keys=ON", "trusted_schema=OFF", "temp_store=MEMORY"):
            self.connection.execute(f"PRAGMA {pragma}")
        if str(path) == MEMORY:
            return
        try:
            self.connection.execute("PRAGMA journal_mode=WAL")
            self.connection.execute("PRAGMA synchronous=NORMAL")
        except sqlite3.DatabaseError:
            self.connection.close()
            raise

    def close(self) -> None:
        """Close the file; nothing may follow."""
        with self._lock:
            self.connection.close()

    @contextmanager
    def transaction(self) -> Generator[None]:
        """Make all that is written inside land together or not at all; may be nested."""
        with self._lock:
            if not self._depth:
                self.connection.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException:
                self._depth -= 1
                if not self._depth:
                    self.connection.execute("ROLLBACK")
                raise
            self._depth -= 1
            if not self._depth:
                self.connection.execute("COMMIT")

    def all(self, statement: str, values: Sequence[Value] = ()) -> list[sqlite3.Row]:
        """Give all rows of a query."""
        with self._lock:
            return self.connection.execute(statement, values).fetchall()

    def one(self, statement: str, values: Sequence[Value] = ()) -> sqlite3.Row | None:
        """Give the first row of a query, or None."""
        with self._lock:
            row: sqlite3.Row | None = self.connection.execute(statement, values).fetchone()
            return row

    def number(self, statement: str, values: Sequence[Value] = ()) -> int:
        """Give the single number a query asks for; 0 where there is none."""
        row = self.one(statement, values)
        return int(row[0] or 0) if row else 0

    def ids(self, statement: str, values: Sequence[Value] = ()) -> list[int]:
        """Give the one column of a query, as fast as it can be had."""
        with self._lock:
            cursor = self.connection.cursor()
            cursor.row_factory = None  # plain tuples: a list may have a hundred thousand ids
            return [first for (first,) in cursor.execute(statement, values)]

    def run(self, statement: str, values: Sequence[Value] = ()) -> int:
        """Execute one statement and give the count of rows it changed."""
        with self._lock:
            return self.connection.execute(statement, values).rowcount

    def insert(self, table: str, **columns: Value) -> int:
        """Insert one row and give its id."""
        names = ", ".join(columns)
        marks = ", ".join("?" * len(columns))
        with self._lock:
            cursor = self.connection.execute(
                f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(columns.values())
            )
            return cursor.lastrowid or 0

    def change(self, table: str, row_id: int, **columns: Value) -> None:
        """Set columns of the row with this id."""
        places = ", ".join(f"{name} = ?" for name in columns)
        self.run(f"UPDATE {table} SET {places} WHERE id = ?", (*columns.values(), row_id))

    def by_ids(self, statement: str, ids: Iterable[int]) -> list[sqlite3.Row]:
        """Give the rows of a query with `{ids}` in it, asked for in batches."""
        wanted = list(dict.fromkeys(ids))
        rows: list[sqlite3.Row] = []
        for start in range(0, len(wanted), BATCH):
            batch = wanted[start : start + BATCH]
            rows += self.all(statement.format(ids=", ".join("?" * len(batch))), batch)
        return rows


class Where:
    """Conditions joined by AND, with the values that belong to them."""

    def __init__(self) -> None:
        self.conditions: list[str] = []
        self.values: list[Value] = []

    def also(self, condition: str, *values: Value) -> None:
        """Add one condition."""
        self.conditions.append(condition)
        self.values += values

    def among(self, column: str, options: Sequence[Value]) -> None:
        """Let a column be any of the options; no options, no condition."""
        if options:
            marks = ", ".join("?" * len(options))
            self.also(f"{column} IN ({marks})", *options)

    def between(self, column: str, least: int | None, most: int | None) -> None:
        """Bound a column, both ends included; None leaves an end open."""
        if least is not None:
            self.also(f"{column} >= ?", least)
        if most is not None:
            self.also(f"{column} <= ?", most)

    @property
    def text(self) -> str:
        """The WHERE clause; empty without conditions."""
        return f" WHERE {' AND '.join(self.conditions)}" if self.conditions else ""
