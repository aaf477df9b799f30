"""Newness: which jobs the user has not seen: counted, gone to, and seen after a moment's look."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import ClassVar

from textual.timer import Timer

from freelancer_tui.domain.counts import MOST_COUNTED
from freelancer_tui.errors import FreelancerError
from freelancer_tui.i18n import _
from freelancer_tui.services.triage import Triage, Undo
from freelancer_tui.tui.format import number
from freelancer_tui.tui.screens.folded import Folded
from freelancer_tui.tui.screens.section import Section

Renew = Callable[[tuple[int, ...]], Awaitable[None]]
"""Shows jobs as they are now."""


class Newness:
    """The new jobs of a section; `renew` shows a job again once it was seen."""

    LOOK_SECONDS: ClassVar[float] = 1.0
    """How long a job's text has to be shown until the job counts as seen."""

    def __init__(self, section: Section, triage: Triage, renew: Renew) -> None:
        self._section = section
        self._triage = triage
        self._renew = renew
        self._count = 0
        self._timer: Timer | None = None
        self.recount = Folded(section, self._recount, "count")
        """Counts again."""
        self.counted: Callable[[], object] = lambda: None
        """Called after each count."""

    @property
    def words(self) -> str:
        """Say how many jobs are new; empty where none is."""
        if not self._count:
            return ""
        more = f"{MOST_COUNTED}+"
        count = number(self._count) if self._count <= MOST_COUNTED else more
        return _("{count} new").format(count=count)

    def look(self, shown: Callable[[], int | None]) -> None:
        """Count a job as seen if it is still shown in a moment; `shown` gives its id then."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._section.set_timer(self.LOOK_SECONDS, lambda: self._looked(shown()))

    async def next(self, *stretches: Sequence[int]) -> int | None:
        """Give the first new job of a list, searched stretch by stretch."""
        for ids in stretches:
            found = await self._section.ask(self._triage.next_new, ids)
            if found is not None:
                return found
        return None

    async def see_all(self) -> Undo:
        """Count every job as seen."""
        return await self._section.ask(self._triage.see_all)

    def _looked(self, remote_id: int | None) -> None:
        if remote_id is not None and self._section.is_current:
            self._section.act(self._see(remote_id))

    async def _see(self, remote_id: int) -> None:
        if await self._section.ask(self._triage.look, remote_id):
            await self._renew((remote_id,))

    async def _recount(self) -> None:
        with suppress(FreelancerError):  # the list itself tells what is wrong with the files
            self._count = await self._section.ask(self._triage.count_new)
        self.counted()
