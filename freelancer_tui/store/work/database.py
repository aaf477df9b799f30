"""Work database: SQLModel sessions over the work file, one writer and a few readers."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlmodel import Session

from freelancer_tui.errors import StoreError
from freelancer_tui.i18n import _
from freelancer_tui.store import database
from freelancer_tui.store.backups import copy_to
from freelancer_tui.store.failures import damaged_text, failure_of, means_damage, plainly
from freelancer_tui.store.folder import prepared
from freelancer_tui.store.gate import Gate
from freelancer_tui.store.work import mending
from freelancer_tui.store.work.file import NAME, bring_back, prepare, ready

__all__ = ["Session", "WorkDatabase"]

_MOST_READERS: Final = 4


class WorkDatabase:
    """What the user made on one account; any thread may read and write."""

    def __init__(self, folder: Path) -> None:
        """Open the work file of an account's folder, mend a damaged one, or begin a new one.

        Raises StoreError, and leaves the file alone, when it is newer than we are.
        """
        self.folder: Final = folder
        self.path: Final = prepared(folder, NAME)
        self._gate: Final = Gate(self.path)
        self.mended = ready(self.path, self._gate)
        """True once the file was damaged and its rows were brought over into a new one."""
        self._identity = database.identity(self.path)
        self._writer: Final = _engine(self._writing_connection, "BEGIN IMMEDIATE", 1)
        self._readers: Final = _engine(self._reading_connection, "BEGIN", _MOST_READERS)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Lend a session that sees one moment and refuses writes."""
        if self._is_replaced():
            with self._gate.held():
                self._renew()
        with self._watched(), Session(self._readers, autoflush=False) as session:
            yield session

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Lend the writing session; at the end all is safe on disk, or nothing is kept."""
        with self._gate.held():
            self._renew()
            with (
                self._watched(),
                Session(self._writer, expire_on_commit=False) as session,
                session.begin(),
            ):
                session.connection()  # begins now, so what the caller reads first cannot change
                yield session

    def backup(self, path: Path) -> None:
        """Copy the whole file as it is now to a path."""
        copy_to(self.path, path)

    def faults(self) -> str:
        """Check the file as a whole; give what is wrong with it, nothing if it is sound.

        A file with a fault is mended by whoever comes next.
        """
        with self.read() as session:
            found = database.faults(session.connection().exec_driver_sql)
        if found:
            mending.mark_broken(self.path)
        return found

    def checkpoint(self) -> None:
        """Move the log into the file; only the holder of the sync lock may ask for it."""
        with self._gate.held():
            self._renew()
            with plainly(self.path):
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

    def _is_replaced(self) -> bool:
        """Tell whether our connections are to a file that is not the work file any more."""
        return database.identity(self.path) != self._identity or mending.is_due(self.path)

    def _renew(self) -> None:
        """Go on with the file that now has the name; the caller holds the gate.

        One that was removed comes back from what we hold of it: nothing of it is lost yet.
        """
        if not self._is_replaced():
            return
        if database.identity(self.path) is None and not mending.is_due(self.path):
            self._bring_back()
        self._readers.dispose()
        self._writer.dispose()
        self.mended = prepare(prepared(self.folder, NAME)) or self.mended
        self._identity = database.identity(self.path)

    def _bring_back(self) -> None:
        connection = self._writer.raw_connection()
        try:
            held = connection.driver_connection
            if isinstance(held, sqlite3.Connection):
                bring_back(held, prepared(self.folder, NAME))
        finally:
            connection.close()

    def _writing_connection(self) -> sqlite3.Connection:
        return database.connect(self.path, durable=True)

    def _reading_connection(self) -> sqlite3.Connection:
        return database.connect(self.path, readonly=True)

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Turn SQLite's errors into ours; damage is mended by the next who comes."""
        try:
            yield
        except (DBAPIError, json.JSONDecodeError, UnicodeDecodeError) as error:
            cause = error.orig if isinstance(error, DBAPIError) else damaged_text(error)
            failure = failure_of(cause, self.path)
            if failure is None:
                raise
            if means_damage(cause) and not (self.mended and isinstance(error, ValueError)):
                self._mark_damage(failure)
            raise failure from cause
        except StoreError as failure:  # while a connection was opened
            if means_damage(failure.__cause__):
                self._mark_damage(failure)
            raise

    def _mark_damage(self, failure: StoreError) -> None:
        with suppress(StoreError):
            mending.mark_broken(self.path)
        failure.hint = _("Try again: what can be read of it is brought over, the rest is kept.")


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
