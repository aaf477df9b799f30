"""Alerts: new matches and new messages, told once after a turn of the sync, never while typing."""

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
from freelancer_tui.tui.title import send
from freelancer_tui.tui.typing import PatientApp
from freelancer_tui.wording import who

if TYPE_CHECKING:
    from freelancer_tui.domain.messages import ThreadView
    from freelancer_tui.services.searches import News
    from freelancer_tui.workspace import Workspace

Tell = Callable[[Event | None], None]
_MOST_NAMED: Final = 3
_NAME_WIDTH: Final = 24
_MOST_RUNG: Final = 200
"""Letters of a notification."""


def alerting(app: PatientApp, workspace: "Workspace", tell: Tell) -> Tell:
    """Give what passes the events of the sync on, and tells of what is new after each turn."""
    alerts = Alerts(app, workspace)

    def told(event: Event | None) -> None:
        tell(event)
        alerts.take(event)

    return told


class Alerts:
    """Looks after a turn that brought jobs or messages, and says in one sentence what is new."""

    WAIT_SECONDS: ClassVar[float] = 2.0
    """How long it waits to look again whether the user still types."""

    def __init__(self, app: PatientApp, workspace: "Workspace") -> None:
        self._app = app
        self._workspace = workspace
        self._weigh = Folded(app, self._weighed, "count")
        self._news = {"projects", "threads"}
        """What may be new; at first both, since another program may have synced before."""
        self._matches: dict[str, News] = {}
        self._talks: dict[int, ThreadView] = {}
        self._timer: Timer | None = None
        self.send: Callable[[str], None] = self._sent

    def take(self, event: Event | None) -> None:
        """Take in an event of the sync."""
        if isinstance(event, Pulled) and event.changed:
            self._news |= {event.feed.kind} & {"projects", "threads"}
        elif isinstance(event, Finished) and self._news:
            self._weigh()

    async def _weighed(self) -> None:
        news, self._news = self._news, set()
        with suppress(FreelancerError):  # the sync bar tells what is wrong with the files
            if "projects" in news:
                for one in await asyncio.to_thread(self._look):
                    before = self._matches.get(one.search.id)
                    count = one.count + (before.count if before else 0)
                    self._matches[one.search.id] = type(one)(one.search, count)
            if "threads" in news:
                for talk in await asyncio.to_thread(self._listen):
                    self._talks[talk.thread.remote_id] = talk
        self._tell()

    def _look(self) -> "list[News]":
        """Weigh the searches; after the first turn, draw the line above which jobs are new."""
        self._workspace.triage.begin()
        return self._workspace.searches.weigh()

    def _listen(self) -> "list[ThreadView]":
        """Give where somebody wrote, but for the conversation that the user is looking at."""
        watched = self._workspace.listening.thread_id if self._app.app_focus else None
        found = self._workspace.messages.threads_kept.news()
        return [one for one in found if one.thread.remote_id != watched]

    def _tell(self) -> None:
        """Say it in one sentence, once the user is not in the middle of a word."""
        base = self._app.screen_stack[0]
        if not (self._matches or self._talks) or not isinstance(base, Section):
            return
        focused = self._app.focused
        takes_letters = focused is not None and focused.check_consume_key("a", "a")
        if takes_letters and not self._app.is_quiet:
            if self._timer is not None:
                self._timer.stop()
            self._timer = self._app.set_timer(self.WAIT_SECONDS, self._tell)
            return
        matches, self._matches = list(self._matches.values()), {}
        talks, self._talks = list(self._talks.values()), {}
        words = " · ".join(filter(None, (written(talks), sentence(matches))))
        base.say(words)
        base.post_message(Section.Read())
        if talks or any(one.search.alert == "terminal" for one in matches):
            self._ring(words)

    def _ring(self, words: str) -> None:
        """Ring once for all of it, as the user wishes; never in their quiet hours."""
        if self._workspace.settings.is_quiet(self._workspace.clock()):
            return
        match self._workspace.settings.notify:
            case "bell":
                self.send("\x07")
            case "terminal":
                self.send(notification(str(self._app.TITLE), one_line(words, _MOST_RUNG)))

    def _sent(self, sequence: str) -> None:
        send(self._app, sequence)


def written(talks: "Iterable[ThreadView]") -> str:
    """Say who wrote; what they wrote stays in the program, and their names are cut and tame."""
    names = [fit(tame(one_line(who(one))), _NAME_WIDTH).rstrip() for one in talks]
    if not names:
        return ""
    shown, more = names[:_MOST_NAMED], len(names) - _MOST_NAMED
    text = _("New messages from {names}").format(names=", ".join(shown))
    return text + (_(" and {count} more").format(count=more) if more > 0 else "")


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
