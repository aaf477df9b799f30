"""Cache database: one writer, a few readers, and a file that is rebuilt when it must be."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal, assert_never

from freelancer_tui.errors import StoreError
from freelancer_tui.i18n import _
from freelancer_tui.store import database
from freelancer_tui.store.cache import schema, verdicts
from freelancer_tui.store.cache.aside import set_aside
from freelancer_tui.store.cache.readers import Interrupted, Readers, Stop
from freelancer_tui.store.failures import failure_of, means_damage, plainly
from freelancer_tui.store.folder import prepared
from freelancer_tui.store.gate import Gate

__all__ = ["CacheDatabase", "Interrupted", "Stop"]

_Condition = Literal["ours", "empty", "other", "damaged"]


class CacheDatabase:
    """The facts of one account; any thread may read and write."""

    def __init__(self, folder: Path) -> None:
        """Open the cache of an account's folder, or begin a new one."""
        self.path: Final = prepared(folder, "cache.db")
        self.rebuilt: str | None = None
        """Why what was known is gone until the next sync, in a sentence; None if it is not."""
        self._work: Final = folder / "work.db"
        self._broken: Final = folder / "cache.db.broken"
        """Stands there after a query met damage: the next start rebuilds."""
        self._gate: Final = Gate(self.path)
        self._readers: Final = Readers(self._new_reader, self._freshen)
        self._writer: sqlite3.Connection | None = None
        self._open()

    @contextmanager
    def read(self, stop: Stop | None = None) -> Iterator[sqlite3.Connection]:
        """Lend a connection that sees one moment; `stop` ends its queries with Interrupted."""
        with self._watched(), self._readers.lent() as connection:
            if stop is None:
                yield connection
            else:
                with stop.over(connection):
                    yield connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Lend the writer; everything is kept at the end, or nothing after an exception."""
        with self._gate.held(), self._watched():
            writer = self._the_writer()
            writer.execute("BEGIN IMMEDIATE")
            try:
                yield writer
                writer.execute("COMMIT")
            except BaseException:
                if writer.in_transaction:  # a full disk ends it by itself
                    writer.execute("ROLLBACK")
                raise

    def checkpoint(self) -> None:
        """Move the log into the file; only the holder of the sync lock may ask for it."""
        with self._gate.held(), self._watched():
            database.checkpoint(self._the_writer())

    def close(self) -> None:
        """Give every connection up; those still lent are closed when they come back."""
        self._readers.close()
        with self._gate.held():
            if self._writer is not None:
                self._writer.close()
                self._writer = None
        self._gate.close()

    def _open(self) -> None:
        if self._condition() == "ours":
            return
        with self._gate.held():
            condition = self._condition()  # another process may just have finished creating it
            match condition:
                case "ours":
                    return
                case "empty":
                    pass
                case "other":
                    self.rebuilt = _("This version keeps jobs differently: they are read anew.")
                    self._set_aside()
                case "damaged":
                    self.rebuilt = _("The cache was damaged and set aside: it is read anew.")
                    self._set_aside()
                case _:
                    assert_never(condition)
            with plainly(self.path):
                schema.create(self._the_writer())

    def _condition(self) -> _Condition:
        """Look at the file; the connection that found it to be ours becomes the first reader."""
        if not self.path.exists():
            return "empty"
        if self._broken.exists():
            return "damaged"
        try:
            reader = self._new_reader()
        except StoreError as error:
            if means_damage(error.__cause__):
                return "damaged"
            raise
        condition = _condition_of(reader)
        if condition == "ours":
            self._readers.add(reader)
        else:
            reader.close()
        return condition

    def _set_aside(self) -> None:
        with plainly(self.path):
            set_aside(self.path)
            self._broken.unlink(missing_ok=True)

    def _new_reader(self) -> sqlite3.Connection:
        reader = database.connect(self.path, readonly=True)
        verdicts.without(reader)
        return reader

    def _freshen(self, reader: sqlite3.Connection) -> None:
        verdicts.beside(reader, self._work)

    def _the_writer(self) -> sqlite3.Connection:
        if self._writer is None:
            self._writer = database.connect(self.path)
            verdicts.without(self._writer)
        return self._writer

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Turn SQLite's errors into ours, and remember damage for the next start."""
        try:
            yield
        except sqlite3.Error as error:
            failure = failure_of(error, self.path)
            if failure is None:
                raise
            if means_damage(error):
                self._broken.touch()
                failure.hint = _("Start again: what the marketplace said is then read anew.")
            raise failure from error


def _condition_of(reader: sqlite3.Connection) -> _Condition:
    try:
        if database.version_of(reader) == schema.VERSION:
            return "ours"
        found = reader.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
    except sqlite3.DatabaseError as error:
        if means_damage(error):
            return "damaged"
        raise
    return "other" if found else "empty"
