"""Marks: which jobs the user starred or skipped, written without waiting for SQLModel."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from freelancer_tui.domain.projects import Verdict
from freelancer_tui.store.columns import micros
from freelancer_tui.store.database import connect
from freelancer_tui.store.failures import plainly
from freelancer_tui.store.folder import prepared
from freelancer_tui.store.gate import Gate
from freelancer_tui.store.work.file import NAME, ready

_GET: Final = "SELECT verdict FROM marks WHERE remote_id = ?"
_PUT: Final = """
    INSERT INTO marks (remote_id, verdict, marked_at) VALUES (?, ?, ?)
    ON CONFLICT (remote_id) DO UPDATE
    SET verdict = excluded.verdict, marked_at = excluded.marked_at
"""
_DROP: Final = "DELETE FROM marks WHERE remote_id = ?"


class Marks:
    """The user's verdicts of one account; any thread may ask and write."""

    def __init__(self, folder: Path) -> None:
        """Keep marks in an account's folder; nothing is opened yet."""
        self._path: Final = folder / NAME
        self._gate: Final = Gate(self._path)
        self._lock: Final = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def get(self, remote_id: int) -> Verdict | None:
        """Give the verdict on a job; None when there is none."""
        with self._opened() as connection:
            return _verdict(connection, remote_id)

    def put(self, remote_id: int, verdict: Verdict | None, now: datetime) -> Verdict | None:
        """Set or, by None, take back the verdict on a job; give the one before, for undo."""
        with self._opened() as connection, self._gate.held():
            connection.execute("BEGIN IMMEDIATE")
            try:
                before = _verdict(connection, remote_id)
                if verdict is None:
                    connection.execute(_DROP, (remote_id,))
                else:
                    connection.execute(_PUT, (remote_id, verdict, micros(now)))
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            return before

    def close(self) -> None:
        """Give the connection up."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
            self._gate.close()

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            if self._connection is None:
                ready(prepared(self._path.parent, NAME), self._gate)
                self._connection = connect(self._path, durable=True)
            with plainly(self._path):
                yield self._connection


def _verdict(connection: sqlite3.Connection, remote_id: int) -> Verdict | None:
    row = connection.execute(_GET, (remote_id,)).fetchone()
    return row[0] if row else None
