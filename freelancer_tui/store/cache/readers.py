"""Readers: a few connections that any thread may borrow, and how to stop a query."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from freelancer_tui.store.failures import means_interrupted

MOST_READERS: Final = 4
_STEPS_BETWEEN_LOOKS: Final = 50_000
"""About half a millisecond of SQLite's work; more often would fight for Python's lock."""


class Interrupted(Exception):
    """A query was stopped because nobody waits for its answer any more."""


class Stop:
    """Ends the query that runs under it, from any thread, and every later one."""

    def __init__(self) -> None:
        """Begin with nothing to stop."""
        self._lock = threading.Lock()
        self._raised = False
        self._running: sqlite3.Connection | None = None

    @property
    def raised(self) -> bool:
        """True once `set` was called."""
        return self._raised

    def set(self) -> None:
        """Stop; nothing happens when no query is running."""
        with self._lock:  # so the connection cannot meanwhile be lent to somebody else
            self._raised = True
            if self._running is not None:
                self._running.interrupt()

    @contextmanager
    def over(self, connection: sqlite3.Connection) -> Iterator[None]:
        """Let the queries of a connection end with Interrupted when this is set."""
        with self._lock:
            if self._raised:
                raise Interrupted
            self._running = connection
        # An interrupt between two statements stops neither: this catches that one.
        connection.set_progress_handler(lambda: self._raised, _STEPS_BETWEEN_LOOKS)
        try:
            yield
        except sqlite3.OperationalError as error:
            if means_interrupted(error):
                raise Interrupted from error
            raise
        finally:
            with self._lock:
                self._running = None
            connection.set_progress_handler(None, 0)


class Readers:
    """A pool of read-only connections, opened as they are needed."""

    def __init__(
        self,
        opened: Callable[[], sqlite3.Connection],
        freshen: Callable[[sqlite3.Connection], None],
    ) -> None:
        """Open connections by one function, and prepare each for its borrower by another."""
        self._open = opened
        self._freshen = freshen
        self._free: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(MOST_READERS)
        self._closed = False
        self._round = 0

    @contextmanager
    def lent(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection inside one snapshot; wait when all are lent."""
        with self._places:
            round_ = self._round
            connection = self._taken()
            try:
                self._freshen(connection)
                connection.execute("BEGIN")
                yield connection
            finally:
                self._given_back(connection, round_)

    def add(self, connection: sqlite3.Connection) -> None:
        """Put a connection that is already open among the free ones."""
        with self._lock:
            self._free.append(connection)

    def renew(self) -> None:
        """Lend only connections that are opened from now on: the file is another one."""
        self._drop()

    def close(self) -> None:
        """Close those that are free now, and the others when they come back."""
        self._closed = True
        self._drop()

    def _drop(self) -> None:
        with self._lock:
            self._round += 1
            free, self._free = self._free, []
        for connection in free:
            connection.close()

    def _taken(self) -> sqlite3.Connection:
        with self._lock:
            if self._free:
                return self._free.pop()
        return self._open()

    def _given_back(self, connection: sqlite3.Connection, round_: int) -> None:
        if connection.in_transaction:
            connection.rollback()
        with self._lock:
            if not self._closed and round_ == self._round:
                self._free.append(connection)
                return
        connection.close()
