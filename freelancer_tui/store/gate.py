"""Gate: the lock that every writer of a file and every checkpoint takes, across processes."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from freelancer_tui.store.database import identity
from freelancer_tui.store.failures import busy, plainly

PATIENCE_SECONDS: Final = 5.0
_PAUSE_SECONDS: Final = 0.001

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, 0, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


class Gate:
    """One at a time: a thread lock inside the process, a file lock between processes.

    SQLite before 3.51.3 can damage a file when a checkpoint races a writer, so both pass
    here first. The kernel opens the gate again when a process dies in it.
    """

    def __init__(self, path: Path) -> None:
        """Guard the database at `path` by a lock file beside it."""
        self._path = path
        self._lock_path = path.with_name(path.name + ".lock")
        self._thread_lock = threading.Lock()
        self._descriptor: int | None = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Pass when nobody else is inside; give up with a StoreError after five seconds."""
        until = time.monotonic() + PATIENCE_SECONDS
        if not self._thread_lock.acquire(timeout=PATIENCE_SECONDS):
            raise busy(self._path)
        try:
            descriptor = self._waited_for(until)
            try:
                yield
            finally:
                _unlock(descriptor)
        finally:
            self._thread_lock.release()

    def close(self) -> None:
        """Give the lock file's descriptor back; waits for whoever is inside."""
        with self._thread_lock:
            if self._descriptor is not None:
                os.close(self._descriptor)
                self._descriptor = None

    def _opened(self) -> int:
        if self._descriptor is None:
            with plainly(self._path):
                self._descriptor = os.open(self._lock_path, os.O_RDWR | os.O_CREAT, 0o600)
        return self._descriptor

    def _waited_for(self, until: float) -> int:
        """Take the file lock; one whose file was removed meanwhile keeps nobody out."""
        while True:
            descriptor = self._opened()
            while not _try_lock(descriptor):
                if time.monotonic() > until:
                    raise busy(self._path)
                time.sleep(_PAUSE_SECONDS)
            held = os.fstat(descriptor)
            if identity(self._lock_path) == (held.st_dev, held.st_ino):
                return descriptor
            _unlock(descriptor)
            os.close(descriptor)
            self._descriptor = None
