"""Pad: the work file for short jottings, opened without waiting for SQLModel."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from freelancer_tui.errors import StoreError
from freelancer_tui.store.database import connect, identity
from freelancer_tui.store.failures import means_damage, plainly
from freelancer_tui.store.folder import prepared
from freelancer_tui.store.gate import Gate
from freelancer_tui.store.work.file import NAME, bring_back, prepare
from freelancer_tui.store.work.mending import is_due, mark_broken


class Pad:
    """One connection to the work file of an account; any thread may read and write."""

    def __init__(self, folder: Path) -> None:
        """Write in an account's folder; nothing is opened yet."""
        self._path: Final = folder / NAME
        self._gate: Final = Gate(self._path)
        self._lock: Final = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None
        self.mended = False
        """True once the file was damaged and its rows were brought over into a new one."""

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection for a look."""
        with self._gate.held(), self._opened() as connection:
            yield connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection; at the end all is safe on disk, or nothing is kept."""
        with self.read() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Give the connection up."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
            self._gate.close()

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection to a caller who holds the gate."""
        with self._lock:
            replaced = identity(self._path) != self._identity or is_due(self._path)
            if self._connection is None or replaced:
                self._renew()
            assert self._connection is not None
            try:
                with plainly(self._path):
                    yield self._connection
            except StoreError as error:
                if means_damage(error.__cause__):
                    mark_broken(self._path)
                raise

    def _renew(self) -> None:
        """Open the file that has the name; one that was removed comes back from what we hold."""
        prepared(self._path.parent, NAME)
        if self._connection is not None:
            if identity(self._path) is None and not is_due(self._path):
                bring_back(self._connection, self._path)
            self._connection.close()
            self._connection = None
        self.mended = prepare(self._path) or self.mended
        self._connection = connect(self._path, durable=True)
        self._identity = identity(self._path)
