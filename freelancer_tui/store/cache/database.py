"""Cache database: one writer, a few readers, and a file that is rebuilt when it must be."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, Literal, assert_never

from freelancer_tui.errors import StoreError
from freelancer_tui.i18n import _
from freelancer_tui.store import database
from freelancer_tui.store.cache import schema, shape, verdicts
from freelancer_tui.store.cache.aside import PARTS, clear_logs, set_aside
from freelancer_tui.store.cache.readers import Interrupted, Readers, Stop
from freelancer_tui.store.failures import damaged_text, failure_of, means_damage, plainly
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
        self.marks_missing = False
        """True when the user's marks could not be read beside the facts."""
        self._work: Final = folder / "work.db"
        self._work_identity = database.identity(self._work)
        self._broken: Final = folder / "cache.db.broken"
        """Stands there after a query met damage: whoever comes next rebuilds."""
        self._gate: Final = Gate(self.path)
        self._readers: Final = Readers(self._new_reader, self._freshen)
        self._writer: sqlite3.Connection | None = None
        self._is_another = False
        if self._condition() != "ours":
            with self._gate.held():
                self._open()
        self._identity = database.identity(self.path)

    @contextmanager
    def read(self, stop: Stop | None = None) -> Iterator[sqlite3.Connection]:
        """Lend a connection that sees one moment; `stop` ends its queries with Interrupted."""
        if self._is_replaced():
            with self._gate.held():
                self._renew()
        self._follow_work()
        with self._watched(), self._readers.lent() as connection:
            if stop is None:
                yield connection
            else:
                with stop.over(connection):
                    yield connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Lend the writer; everything is kept at the end, or nothing after an exception.

        Raises StoreError once after the file became another: what the caller knows of its
        cursors is not true any more.
        """
        with self._gate.held():
            self._renew()
            if self._is_another:
                self._is_another = False
                raise StoreError(self.rebuilt or _removed())
            with self._watched():
                writer = self._the_writer()
                writer.execute("BEGIN IMMEDIATE")
                try:
                    yield writer
                    writer.execute("COMMIT")
                except BaseException:
                    if writer.in_transaction:  # a full disk ends it by itself
                        writer.execute("ROLLBACK")
                    raise

    def faults(self) -> str:
        """Check the file as a whole; give what is wrong with it, nothing if it is sound.

        A file with a fault is begun anew by whoever comes next.
        """
        with self.read() as connection:
            found = database.faults(lambda query: connection.execute(query))
        if found:
            self._broken.touch()
        return found

    def checkpoint(self) -> None:
        """Move the log into the file; only the holder of the sync lock may ask for it."""
        with self._gate.held():
            self._renew()
            with self._watched():
                database.checkpoint(self._the_writer())

    def close(self) -> None:
        """Give every connection up; those still lent are closed when they come back."""
        self._readers.close()
        with self._gate.held():
            self._drop_writer()
        self._gate.close()

    def _is_replaced(self) -> bool:
        """Tell whether our connections are to a file that is not the cache any more."""
        return database.identity(self.path) != self._identity or self._broken.exists()

    def _renew(self) -> None:
        """Go on with the file that now has the name, a new one if need be; holds the gate."""
        if not self._is_replaced():
            return
        self._drop_writer()
        self._readers.renew()
        prepared(self.path.parent, self.path.name)
        self.rebuilt = _removed()
        self._open()
        self._identity = database.identity(self.path)
        self._is_another = True

    def _open(self) -> None:
        """Begin a new file where there is none that we can use; the caller holds the gate."""
        condition = self._condition()  # another process may just have finished creating it
        match condition:
            case "ours":
                return
            case "empty":
                if self._work_identity is not None and self.rebuilt is None:
                    self.rebuilt = _("The cache was gone: it is read anew.")
                clear_logs(self.path)
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
        if self._broken.exists():
            return "damaged"
        if (condition := _condition_outside(self.path)) is not None:
            return condition
        try:
            reader = self._new_reader()
        except StoreError as error:
            if means_damage(error.__cause__):
                return "damaged"
            raise
        except sqlite3.OperationalError:  # what we ask is always right, so it is the file
            return "damaged"
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
        self.marks_missing = not verdicts.beside(reader, self._work)

    def _follow_work(self) -> None:
        """Let no reader show the marks of a work file that is another one now."""
        now = database.identity(self._work)
        if now != self._work_identity:
            self._work_identity = now
            self._readers.renew()

    def _the_writer(self) -> sqlite3.Connection:
        if self._writer is None:
            self._writer = database.connect(self.path)
            verdicts.without(self._writer)
        return self._writer

    def _drop_writer(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Turn SQLite's errors into ours, and remember damage for whoever comes next."""
        try:
            yield
        except (sqlite3.Error, json.JSONDecodeError, UnicodeDecodeError, StoreError) as error:
            cause = _cause_of(error, self.path)
            failure = error if isinstance(error, StoreError) else failure_of(cause, self.path)
            if failure is None:
                raise
            if means_damage(cause):
                failure = self._damaged(failure)
            if failure is error:
                raise
            raise failure from cause

    def _damaged(self, failure: StoreError) -> StoreError:
        self._readers.renew()
        if verdicts.are_damaged(self._work):
            told = str(failure).replace(self.path.name, self._work.name)
            return StoreError(told, hint=_("See: freelancer-tui doctor"))
        with suppress(OSError):
            self._broken.touch()
        failure.hint = _("Try again: what the marketplace said is read anew.")
        return failure


def _cause_of(error: Exception, path: Path) -> BaseException | None:
    """Give SQLite's error behind one of ours; text and tables nobody can read are damage too."""
    if isinstance(error, StoreError):
        return error.__cause__
    if isinstance(error, ValueError):
        return damaged_text(error)
    if isinstance(error, sqlite3.OperationalError) and shape.is_other(error, path):
        return damaged_text(error)
    return error


def _removed() -> str:
    return _("The cache was removed or replaced meanwhile: it is read anew.")


def _condition_outside(path: Path) -> _Condition | None:
    """Tell what needs no look into the file; None when it does."""
    if any(path.with_name(path.name + part).is_dir() for part in PARTS):
        return "damaged"
    if not path.exists() or path.stat().st_size == 0:
        return "empty"
    return None if database.has_known_format(path) else "damaged"


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
