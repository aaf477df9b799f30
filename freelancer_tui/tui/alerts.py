"""Alerts: new matches of saved searches, told once after a turn of the sync, never while typing."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar, Final

from textual.timer import Timer

from freelancer_tui.domain.counts import counted
from freelancer_tui.domain.text import one_line
from freelancer_tui.errors import FreelancerError
from freelancer_tui.i18n import _
from freelancer_tui.settings.terminal import notification
from freelancer_tui.sync.events import Event, Finished, Pulled
from freelancer_tui.tui.format import fit, tame
from freelancer_tui.tui.screens.folded import Folded
from freelancer_tui.tui.screens.section import Section
from freelancer_tui.tui.typing import PatientApp

if TYPE_CHECKING:
    from freelancer_tui.services.searches import News
    from freelancer_tui.workspace import Workspace

Tell = Callable[[Event | None], None]
_MOST_NAMED: Final = 3
_NAME_WIDTH: Final = 24


def alerting(app: PatientApp, workspace: "Workspace", tell: Tell) -> Tell:
    """Give what passes the events of the sync on, and tells of new matches after each turn."""
    alerts = Alerts(app, workspace)

    def told(event: Event | None) -> None:
        tell(event)
        alerts.take(event)

    return told


class Alerts:
    """Weighs the saved searches after a turn that brought jobs, and says what it found."""

    WAIT_SECONDS: ClassVar[float] = 2.0
    """How long it waits to look again whether the user still types."""

    def __init__(self, app: PatientApp, workspace: "Workspace") -> None:
        self._app = app
        self._workspace = workspace
        self._weigh = Folded(app, self._weighed, "count")
        self._has_news = True
        """True until the first turn has ended: another program may have synced before."""
        self._pending: dict[str, News] = {}
        self._timer: Timer | None = None
        self.send: Callable[[str], None] = self._sent

    def take(self, event: Event | None) -> None:
        """Take in an event of the sync."""
        if isinstance(event, Pulled) and event.feed.kind == "projects" and event.changed:
            self._has_news = True
        elif isinstance(event, Finished) and self._has_news:
            self._has_news = False
            self._weigh()

    async def _weighed(self) -> None:
        with suppress(FreelancerError):  # the sync bar tells what is wrong with the files
            for one in await asyncio.to_thread(self._look):
                before = self._pending.get(one.search.id)
                count = one.count + (before.count if before else 0)
                self._pending[one.search.id] = type(one)(one.search, count)
        self._tell()

    def _look(self) -> "list[News]":
        """Weigh the searches; after the first turn, draw the line above which jobs are new."""
        self._workspace.triage.begin()
        return self._workspace.searches.weigh()

    def _tell(self) -> None:
        """Say it in one sentence, once the user is not in the middle of a word."""
        base = self._app.screen_stack[0]
        if not self._pending or not isinstance(base, Section):
            return
        focused = self._app.focused
        takes_letters = focused is not None and focused.check_consume_key("a", "a")
        if takes_letters and not self._app.is_quiet:
            if self._timer is not None:
                self._timer.stop()
            self._timer = self._app.set_timer(self.WAIT_SECONDS, self._tell)
            return
        news, self._pending = list(self._pending.values()), {}
        words = sentence(news)
        base.say(words)
        base.post_message(Section.Read())
        if any(one.search.alert == "terminal" for one in news):
            self._ring(words)

    def _ring(self, words: str) -> None:
        match self._workspace.settings.notify:
            case "bell":
                self.send("\x07")
            case "terminal":
                self.send(notification(str(self._app.TITLE), one_line(words, 200)))

    def _sent(self, sequence: str) -> None:
        if self._app._driver is not None and not self._app.is_headless:
            self._app._driver.write(sequence)


def sentence(news: "Iterable[News]") -> str:
    """Say how many new jobs each search has; names are the user's own, but they may be pasted."""
    parts = [
        _("{count} new in {name}").format(
            count=counted(one.count), name=fit(tame(one.search.name), _NAME_WIDTH).rstrip()
        )
        for one in news
    ]
    more = len(parts) - _MOST_NAMED
    if more > 0:
        parts = [*parts[:_MOST_NAMED], _("and in {count} more searches").format(count=more)]
    return " · ".join(parts)
