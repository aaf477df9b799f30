"""SyncBar: the line that always says where we stand with the marketplace."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from freelancer_tui import wording
from freelancer_tui.domain.feeds import FeedKind
from freelancer_tui.i18n import _, ngettext
from freelancer_tui.tui.format import Clock, fit, number, time_of_day
from freelancer_tui.tui.widgets.nav import Tally

Phase = Literal[
    "off", "starting", "syncing", "online", "offline", "paused", "sign_in", "elsewhere", "failed"
]
_LOOKS: Final[dict[Phase, tuple[str, str]]] = {
    "off": ("○", "$foreground-muted"),
    "starting": ("◌", "$foreground-muted"),
    "syncing": ("↻", "$primary"),
    "online": ("●", "$primary"),
    "offline": ("○", "$warning"),
    "paused": ("‖", "$warning"),
    "sign_in": ("!", "$error"),
    "elsewhere": ("◌", "$foreground-muted"),
    "failed": ("!", "$error"),
}
"""The sign and colour of each phase; the words after it say the same."""


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """Where the sync stands, folded from the engine's events."""

    phase: Phase = "off"
    at: datetime | None = None
    """Online: when the last turn ended; offline: since when; paused: until when."""
    what: FeedKind | None = None
    """The kind of feed that is being read."""
    done: int = 0
    total: int | None = None
    reason: str = ""
    every: int = 0
    """How many seconds pass between two looks for messages; 0 where nobody waits for them."""


class SyncBar(Widget):
    """One line: sign and words of the phase on the left, what waits on the right."""

    DEFAULT_CSS = """
    SyncBar { height: 1; text-wrap: nowrap; background: $surface; padding: 0 1; }
    """
    ALLOW_SELECT = False
    status: reactive[SyncStatus] = reactive(SyncStatus())
    tally: reactive[Tally] = reactive(Tally())

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.clock = clock

    def render(self) -> Content:
        sign, tone = _LOOKS[self.status.phase]
        words, right = self.words(), self._right(self.tally.unread)
        if cell_len(words) > self._room(right):
            right = self._right(0)  # what is unread stands in the tabs as well
        words = fit(words, self._room(right))
        return Content.assemble((f"{sign} ", tone), (words, "$foreground 80%"), *right)

    def _room(self, right: Sequence[tuple[str, str]]) -> int:
        return self.size.width - 2 - sum(cell_len(text) for text, _tone in right)

    def words(self) -> str:
        """Say the phase in a sentence."""
        status = self.status
        at = time_of_day(status.at, self.clock) if status.at else ""
        match status.phase:
            case "off":
                return _("Sync is off in this window.")
            case "starting":
                return _("Starting…")
            case "syncing":
                return self._progress()
            case "online":
                return _("Online · synced at {time}").format(time=at) + self._pace()
            case "offline":
                text = _("Offline since {time} · what you write is kept and sent later")
                return text.format(time=at)
            case "paused":
                return _("The marketplace asks to wait until {time}.").format(time=at)
            case "sign_in":
                return _("Sign-in needed: {reason}").format(reason=status.reason)
            case "elsewhere":
                return _("Another window is syncing this account.")
            case "failed":
                return _("Sync failed, will try again: {reason}").format(reason=status.reason)

    def _pace(self) -> str:
        if not self.status.every:
            return ""
        return _(" · looks every {count} s").format(count=self.status.every)

    def _progress(self) -> str:
        status = self.status
        if status.what is None:
            return _("Syncing…")
        what = wording.feed(status.what)
        if status.total:
            return _("Syncing {what}: {done} of {total}").format(
                what=what, done=number(status.done), total=number(status.total)
            )
        if status.done:
            return _("Syncing {what}: {done}").format(what=what, done=number(status.done))
        return _("Syncing {what}…").format(what=what)

    def _right(self, unread: int) -> list[tuple[str, str]]:
        parts = []
        if unread:
            text = ngettext("{count} unread", "{count} unread", unread)
            parts.append((" " + text.format(count=number(unread)), "$foreground"))
        if count := self.tally.waiting:
            if parts:
                parts.append((" ·", "$foreground-muted"))
            text = ngettext("{count} waiting", "{count} waiting", count)
            parts.append((" " + text.format(count=number(count)), "$foreground"))
        if count := self.tally.needs_user + self.tally.conflicts:
            if parts:
                parts.append((" ·", "$foreground-muted"))
            text = ngettext("{count} needs you", "{count} need you", count)
            parts.append((" ! " + text.format(count=number(count)), "bold $warning"))
        return parts
