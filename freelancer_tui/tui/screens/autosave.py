"""Autosave: what the user types, written a moment later and in order, never lost on the way."""

import asyncio
from collections.abc import Callable
from typing import Final

from freelancer_tui.errors import FreelancerError

PAUSE_SECONDS: Final = 0.2
"""From the first unsaved key to the write; with the commit it stays below the promised 300 ms."""

Save = Callable[[], object]


class Autosave:
    """Pending saves by name; each runs on a thread, one after another, the newest text wins."""

    def __init__(self, complain: Callable[[FreelancerError], None]) -> None:
        self._complain = complain
        self._pending: dict[str, Save] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._writes: dict[str, asyncio.Task[None]] = {}

    def soon(self, name: str, save: Save) -> None:
        """Write within the pause; later calls with this name replace what is to be written.

        The pause counts from the first call: somebody who types on and on is saved as well.
        """
        self._pending[name] = save
        if name not in self._timers and name not in self._writes:
            loop = asyncio.get_running_loop()
            self._timers[name] = loop.call_later(PAUSE_SECONDS, self._start, name)

    async def flush(self) -> bool:
        """Write everything now; False when something could not be written and is still kept."""
        for name in list(self._pending):
            self._start(name)
        while self._writes:
            await asyncio.wait(list(self._writes.values()))
        return not self._pending

    def _start(self, name: str) -> None:
        if timer := self._timers.pop(name, None):
            timer.cancel()
        if name not in self._writes and name in self._pending:
            self._writes[name] = asyncio.create_task(self._write(name))

    async def _write(self, name: str) -> None:
        try:
            while save := self._pending.pop(name, None):
                try:
                    await asyncio.to_thread(save)
                except FreelancerError as error:
                    self._pending.setdefault(name, save)
                    self._complain(error)
                    return
        finally:
            del self._writes[name]
