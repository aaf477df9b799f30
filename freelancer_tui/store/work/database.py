"""Work database: SQLModel sessions over the work file, one writer and a few readers."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlmodel import Session

from freelancer_tui.store import database
from freelancer_tui.store.backups import copy_to
from freelancer_tui.store.failures import failure_of, plainly
from freelancer_tui.store.folder import prepared
from freelancer_tui.store.gate import Gate
from freelancer_tui.store.work.file import NAME, ready

__all__ = ["Session", "WorkDatabase"]

_MOST_READERS: Final = 4


class WorkDatabase:
    """What the user made on one account; any thread may read and write."""

    def __init__(self, folder: Path) -> None:
        """Open the work file of an account's folder, or begin a new one.

        Raises StoreError, and leaves the file alone, when it is damaged or newer than we are.
        """
        self.folder: Final = folder
        self.path: Final = prepared(folder, NAME)
        self._gate: Final = Gate(self.path)
        ready(self.path, self._gate)
        self._writer: Final = _engine(self._writing_connection, "BEGIN IMMEDIATE", 1)
        self._readers: Final = _engine(self._reading_connection, "BEGIN", _MOST_READERS)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Lend a session that sees one moment and refuses writes."""
        with self._watched(), Session(self._readers, autoflush=False) as session:
            yield session

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Lend the writing session; at the end all is safe on disk, or nothing is kept."""
        with (
            self._gate.held(),
            self._watched(),
            Session(self._writer, expire_on_commit=False) as session,
            session.begin(),
        ):
            session.connection()  # begins now, so what the caller reads first cannot change
            yield session

    def backup(self, path: Path) -> None:
        """Copy the whole file as it is now to a path."""
        copy_to(self.path, path)

    def checkpoint(self) -> None:
        """Move the log into the file; only the holder of the sync lock may ask for it."""
        with self._gate.held(), plainly(self.path):
            connection = self._writer.raw_connection()
            try:
                connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            finally:
                connection.close()

    def close(self) -> None:
        """Give every connection up."""
        self._readers.dispose()
        with self._gate.held():
            self._writer.dispose()
        self._gate.close()

    def _writing_connection(self) -> sqlite3.Connection:
        return database.connect(self.path, durable=True)

    def _reading_connection(self) -> sqlite3.Connection:
        return database.connect(self.path, readonly=True)

    @contextmanager
    def _watched(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            failure = failure_of(error.orig, self.path)
            if failure is None:
                raise
            raise failure from error


def _engine(connect: Callable[[], sqlite3.Connection], begin: str, most: int) -> Engine:
    engine = create_engine(
        "sqlite://", creator=connect, poolclass=QueuePool, pool_size=most, max_overflow=0
    )

    # Our connections begin nothing by themselves. A plain BEGIN in a writer would fail at once
    # with "database is locked" whenever another one writes between its reading and writing.
    @event.listens_for(engine, "begin")
    def begin_ours(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
