"""Autosave: what the user types, written a moment later and in order, never lost on the way."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from typing import Final, NamedTuple

from freelancer_tui.errors import FreelancerError, Gone, NotFound

PAUSE_SECONDS: Final = 0.1
"""From the first unsaved key to the write; with the commit it stays below the promised 300 ms."""
FIRST_RETRY_SECONDS: Final = 0.5
LAST_RETRY_SECONDS: Final = 5.0
"""A save that fails is tried again after a pause that grows up to this."""

Save = Callable[[], object]


class _Wish(NamedTuple):
    """Something to be written; of two for one sheet the one with the higher number is newer."""

    number: int
    save: Save
    text: str


class Autosave:
    """Pending saves by name; one thread writes them one after another, the newest text wins."""

    def __init__(self, complain: Callable[[FreelancerError], None]) -> None:
        self._complain = complain
        self._numbers = count(1)
        self._pending: dict[str, _Wish] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._writes: dict[str, asyncio.Task[None]] = {}
        self._retries: dict[str, float] = {}
        self._written: dict[str, int] = {}
        self._thread = ThreadPoolExecutor(1, "autosave")

    def soon(self, name: str, save: Save, text: str = "") -> None:
        """Write within the pause; later calls with this name replace what is to be written.

        The pause counts from the first call: somebody who types on and on is saved as well.
        `text` is what would be lost with it.
        """
        self._pending[name] = _Wish(next(self._numbers), save, text)
        if name not in self._timers and name not in self._writes:
            self._wake(name, PAUSE_SECONDS)

    def hurry(self) -> None:
        """Begin to write everything now, without waiting for it; what failed keeps its pause."""
        for name in self._pending.keys() - self._retries.keys():
            self._start(name)

    async def flush(self) -> bool:
        """Write everything now; False when something could not be written and is still kept."""
        for name in list(self._pending):
            self._retries.pop(name, None)  # who asks is told again
            self._start(name)
        while self._writes:
            await asyncio.wait(list(self._writes.values()))
        return not self._pending

    def now(self) -> None:
        """Write everything before giving back: the process is about to be stopped."""
        wishes, self._pending = self._pending, {}
        begun = [(name, wish, self._begin(name, wish)) for name, wish in wishes.items()]
        for name, wish, write in begun:
            try:
                write.result()
            except Gone:
                continue
            except FreelancerError:
                self._put_back(name, wish)

    def unsaved(self) -> dict[str, str]:
        """Give the texts that are only here, by name."""
        return {name: wish.text for name, wish in self._pending.items()}

    def _wake(self, name: str, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        self._timers[name] = loop.call_later(seconds, self._start, name)

    def _start(self, name: str) -> None:
        if timer := self._timers.pop(name, None):
            timer.cancel()
        if name not in self._writes and name in self._pending:
            self._writes[name] = asyncio.create_task(self._write(name))

    async def _write(self, name: str) -> None:
        try:
            while wish := self._pending.pop(name, None):
                try:
                    await asyncio.wrap_future(self._begin(name, wish))
                except Gone as error:  # the words are safe, but not where they were meant to be
                    self._complain(error)
                except FreelancerError as error:
                    self._put_back(name, wish)
                    self._failed(name, error)
                    return
                self._retries.pop(name, None)
        finally:
            del self._writes[name]

    def _begin(self, name: str, wish: _Wish) -> Future[None]:
        """Let the thread write; it takes one after another, so no older text overtakes."""

        def write() -> None:
            wish.save()
            self._written[name] = wish.number

        return self._thread.submit(write)

    def _put_back(self, name: str, wish: _Wish) -> None:
        if wish.number > self._written.get(name, 0):
            self._pending.setdefault(name, wish)

    def _failed(self, name: str, error: FreelancerError) -> None:
        """Tell it once, and try again by and by, unless there is nothing to write it into."""
        before = self._retries.get(name)
        if before is None:
            self._complain(error)
        pause = FIRST_RETRY_SECONDS if before is None else min(before * 2, LAST_RETRY_SECONDS)
        self._retries[name] = pause
        if name in self._pending and not isinstance(error, NotFound):
            self._wake(name, pause)
