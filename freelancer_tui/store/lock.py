"""Sync lock: which of several programs on one account may sync and checkpoint."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from freelancer_tui.store.failures import plainly


class SyncLock:
    """A file lock that the kernel releases when its holder dies."""

    def __init__(self, path: Path) -> None:
        """Use a lock file at `path`; nothing is locked yet."""
        # Not bound to a thread: the engine takes it in one worker and may give it back in another.
        self._lock = FileLock(path, thread_local=False)
        self._path = path
        self._one_at_a_time = threading.Lock()

    def acquire(self) -> bool:
        """Take the lock if nobody has it, this very object included; never waits."""
        with self._one_at_a_time:
            if self._lock.is_locked:
                return False
            with plainly(self._path):
                try:
                    self._lock.acquire(blocking=False)
                except Timeout:  # an OSError too, so it is told apart first
                    return False
            return True

    def release(self) -> None:
        """Give the lock back; nothing happens when it is not held."""
        with self._one_at_a_time:
            self._lock.release()

    @contextmanager
    def held(self) -> Iterator[bool]:
        """Tell whether the lock was got, and give it back at the end if it was."""
        got = self.acquire()
        try:
            yield got
        finally:
            if got:
                self.release()
