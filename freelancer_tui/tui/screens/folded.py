"""Folded: work that is asked for more often than it has to be done."""

from collections.abc import Awaitable, Callable

from textual.dom import DOMNode
from textual.worker import Worker


class Folded:
    """Runs something in the background; calls while it runs lead to one more run after it.

    So runs never overlap, the last wish always counts, and a hundred wishes cost two runs.
    """

    def __init__(self, host: DOMNode, work: Callable[[], Awaitable[None]], group: str) -> None:
        self._host = host
        self._work = work
        self._group = group
        self._is_wanted = False
        self._is_running = False

    def __call__(self) -> None:
        """Ask for a run; a program that is ending begins none."""
        self._is_wanted = True
        if not self._is_running and self._host.app.is_running:
            self._is_running = True
            # Called by the worker itself: one that is ended before it begins leaves nothing behind.
            self._worker: Worker[None] = self._host.run_worker(self._run, group=self._group)

    async def _run(self) -> None:
        try:
            while self._is_wanted:
                self._is_wanted = False
                await self._work()
        finally:
            self._is_running = False
