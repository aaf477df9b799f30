"""Sync log file: `log.db`, the newest lines about what the sync did.

It has a file of its own. `cache.db` would lose it with the next rebuild. `work.db` reaches the
disk at each commit and has one writer, whom an autosave would have to wait for while a turn
that sends fifty messages writes fifty lines; and backups would carry what nobody restores.
Here a commit does not wait for the disk (a power cut may take the last lines, never the file),
and no lock is shared with what the user types.
"""

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, cast

from freelancer_tui.domain.sync_log import LogKind, LogLine
from freelancer_tui.errors import StoreError
from freelancer_tui.store.columns import instant, micros
from freelancer_tui.store.database import Migration, checkpoint, connect, migrate
from freelancer_tui.store.failures import means_damage, plainly
from freelancer_tui.store.folder import prepared
from freelancer_tui.store.gate import Gate

_LOG: Final = logging.getLogger(__name__)
_NAME: Final = "log.db"
MOST_LINES: Final = 5_000
"""Older lines are dropped."""
_TRIM_EVERY: Final = 200
"""Lines written between two cuttings of the old end."""
_PARTS: Final = ("-wal", "-shm", "")
_ADD: Final = "INSERT INTO lines (at, kind, about, text) VALUES (?, ?, ?, ?)"
_TRIM: Final = "DELETE FROM lines WHERE number <= (SELECT max(number) FROM lines) - ?"
_NEWEST: Final = "SELECT at, kind, about, text, number FROM lines ORDER BY number DESC LIMIT ?"
_LAST: Final = (
    "SELECT at, kind, about, text, number FROM lines WHERE kind IN ({}) ORDER BY number DESC"
)


def _begin(connection: sqlite3.Connection) -> None:
    connection.execute(
        "CREATE TABLE lines (number INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL,"
        " kind TEXT NOT NULL, about TEXT NOT NULL, text TEXT NOT NULL) STRICT"
    )


_MIGRATIONS: Final[tuple[Migration, ...]] = (_begin,)


class SyncLogFile:
    """The lines of one account; any thread may add and read. One that is damaged begins anew."""

    def __init__(self, folder: Path) -> None:
        """Keep lines in an account's folder; nothing is opened yet."""
        self._path: Final = folder / _NAME
        self._gate: Final = Gate(self._path)
        self._lock: Final = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._added = _TRIM_EVERY

    def add(self, lines: Sequence[LogLine]) -> None:
        """Put lines at the end, all or none."""
        rows = [(micros(line.at), line.kind, line.about, line.text) for line in lines]
        with self._opened() as connection, self._gate.held():
            connection.execute("BEGIN IMMEDIATE")
            try:
                connection.executemany(_ADD, rows)
                self._added += len(rows)
                if self._added >= _TRIM_EVERY:
                    connection.execute(_TRIM, (MOST_LINES,))
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            if self._added >= _TRIM_EVERY:
                self._added = 0
                checkpoint(connection)

    def newest(self, limit: int, wanted: Callable[[LogLine], bool]) -> list[LogLine]:
        """Give the lines that are wanted, the newest first."""
        found: list[LogLine] = []
        with self._opened() as connection:
            for row in connection.execute(_NEWEST, (MOST_LINES,)):
                if wanted(line := _line(*row)):
                    found.append(line)
                    if len(found) == limit:
                        break
        return found

    def last_of(self, kinds: Sequence[LogKind]) -> LogLine | None:
        """Give the newest line of some kinds; None when there is none."""
        statement = _LAST.format(", ".join("?" * len(kinds)))
        with self._opened() as connection:
            row = connection.execute(statement + " LIMIT 1", tuple(kinds)).fetchone()
        return _line(*row) if row else None

    def close(self) -> None:
        """Give the connection up."""
        with self._lock:
            self._shut()
            self._gate.close()

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            if self._connection is None:
                self._connection = self._open()
            try:
                with plainly(self._path):
                    yield self._connection
            except StoreError as error:
                if means_damage(error.__cause__):
                    self._shut()  # the next to come finds it damaged, and begins anew
                raise

    def _open(self) -> sqlite3.Connection:
        prepared(self._path.parent, _NAME)
        try:
            return self._migrated()
        except StoreError as error:
            if not means_damage(error.__cause__):
                raise
            _LOG.warning("the log of the sync was damaged and begins anew")
        with self._gate.held(), plainly(self._path):
            for part in _PARTS:
                self._path.with_name(_NAME + part).unlink(missing_ok=True)
        return self._migrated()

    def _migrated(self) -> sqlite3.Connection:
        connection = connect(self._path)
        try:
            with self._gate.held(), plainly(self._path):
                migrate(connection, _MIGRATIONS, self._path)
                connection.execute(_NEWEST, (1,)).fetchone()
        except BaseException:
            connection.close()
            raise
        return connection

    def _shut(self) -> None:
        if self._connection is not None:
            with self._gate.held():  # the last to close moves the log into the file
                self._connection.close()
            self._connection = None


def _line(at: int, kind: str, about: str, text: str, number: int) -> LogLine:
    return LogLine(instant(at), cast(LogKind, kind), about, text, number)
