"""Journal: writes down what the events of the turns tell; both windows and commands use it."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, tzinfo
from typing import Final

from freelancer_tui import wording
from freelancer_tui.domain.feeds import Feed, FeedKind
from freelancer_tui.domain.intents import OutboxEntry
from freelancer_tui.domain.sync_log import LogKind, LogLine
from freelancer_tui.domain.text import one_line
from freelancer_tui.errors import StoreError
from freelancer_tui.i18n import _, ngettext
from freelancer_tui.store.sync_log import SyncLogFile
from freelancer_tui.sync.events import (
    Event,
    Failed,
    Finished,
    Moved,
    Paused,
    Pulled,
    SignInNeeded,
    Started,
    Unmarked,
    WentOffline,
)

_LOG: Final = logging.getLogger(__name__)
_LINE_KINDS: Final[tuple[LogKind, ...]] = ("offline", "online", "paused", "sign_in")
"""What tells how it stands with the marketplace: the newest of them counts."""
_TOLD: Final[tuple[FeedKind, ...]] = ("projects", "bids", "threads", "messages", "milestones")
"""Kinds of facts whose changes are told, in this order."""
_MOST_SKIPPED: Final = 20
"""Unreadable items told in one turn; a marketplace gone mad must not wash the rest away."""
_MOST_KNOWN: Final = 2_000


class Journal:
    """Turns events into lines of the log; what was told once is not told at every look again.

    A log that cannot be written stops nothing: it is no work of the user's.
    """

    def __init__(
        self, file: SyncLogFile, clock: Callable[[], datetime], zone: tzinfo | None = None
    ) -> None:
        """Write to a file; `zone` is where the user reads the times that stand in a text."""
        self._file = file
        self._clock = clock
        self._zone = zone
        self._standing: tuple[LogKind, str] | None = None
        self._failing: dict[Feed, str] = {}
        self._told: dict[str, LogKind] = {}
        self._skipped: set[str] = set()
        self._skipped_now = 0
        self._changed: Counter[str] = Counter()
        self._is_cut = False
        self._rebuilt = ""
        self._fault = ""

    def take(self, event: Event) -> None:
        """Write down what is worth it in an event; it may wait for a disk."""
        self._write(lambda: self._lines(event))

    def fault(self, reason: str) -> None:
        """Write down that a turn ended by a failure of ours, such as a full disk."""
        if reason != self._fault:
            self._fault = reason
            self._write(lambda: (self._line("failed", "", reason),))

    def rebuilt(self, words: str) -> None:
        """Write down, once, that the cache had to begin anew."""
        if words != self._rebuilt:
            self._rebuilt = words
            self._write(lambda: (self._line("rebuilt", "", words),))

    def _write(self, lines_of: Callable[[], Iterable[LogLine]]) -> None:
        try:
            if lines := list(lines_of()):
                self._file.add(lines)
        except StoreError as error:
            _LOG.warning("the log of the sync could not be written: %s", error)

    def _lines(self, event: Event) -> Iterator[LogLine]:
        match event:
            case Started():
                self._is_cut, self._skipped_now = False, 0
            case Moved(entry):
                yield from self._moved(entry)
            case Pulled():
                yield from self._pulled(event)
            case Failed():
                yield from self._failed(event)
            case Unmarked(reason):
                told = _("A mark stays here only, the marketplace did not take it: {reason}")
                yield self._line("failed", wording.feed("threads"), told.format(reason=reason))
            case Paused(until):
                self._is_cut = True
                at = wording.hour(until, self._zone)
                words = _("The marketplace asks to wait until {time}.").format(time=at)
                yield from self._stands("paused", words)
            case WentOffline(reason=reason):
                yield from self._ended()
                yield from self._stands("offline", reason)
            case SignInNeeded(reason):
                yield from self._ended()
                yield from self._stands("sign_in", reason)
            case Finished():
                yield from self._finished(event)
            case _:
                return

    def _moved(self, entry: OutboxEntry) -> Iterator[LogLine]:
        """Tell where an entry ended; of doubt and questions only the first look of a try."""
        kind = _kind_of(entry)
        if kind is None:
            return
        key = f"{entry.id}:{entry.attempts}"
        if kind in ("sent", "refused"):
            self._told.pop(key, None)
        elif self._told.get(key) == kind:
            return
        else:
            self._told[key] = kind
        yield self._line(kind, entry.about, _fate(entry))

    def _failed(self, event: Failed) -> Iterator[LogLine]:
        if self._failing.get(event.feed) != event.reason:
            self._failing[event.feed] = event.reason
            yield self._line("failed", wording.feed(event.feed.kind), event.reason)

    def _pulled(self, event: Pulled) -> Iterator[LogLine]:
        self._failing.pop(event.feed, None)
        self._changed[event.feed.kind] += event.changed
        for sentence in event.skipped:
            if sentence in self._skipped or self._skipped_now >= _MOST_SKIPPED:
                continue
            if len(self._skipped) >= _MOST_KNOWN:
                self._skipped.clear()
            self._skipped.add(sentence)
            self._skipped_now += 1
            yield self._line("skipped", wording.feed(event.feed.kind), sentence)

    def _finished(self, event: Finished) -> Iterator[LogLine]:
        self._fault = ""
        yield from self._ended()
        before = self._before()
        if event.requests and not self._is_cut and before and before[0] != "online":
            yield from self._stands("online", _("The marketplace answers again."))

    def _ended(self) -> Iterator[LogLine]:
        """Sum up what a turn brought; nothing where nothing changed."""
        changed, self._changed = self._changed, Counter()
        if parts := [_counted(kind, changed[kind]) for kind in _TOLD if changed[kind]]:
            told = _("New or changed: {parts}").format(parts=", ".join(parts))
            yield self._line("changed", "", told)

    def _stands(self, kind: LogKind, words: str) -> Iterator[LogLine]:
        """Tell how it stands now; an outage is told once, whatever the reasons it gives."""
        before = self._before()
        if before is None or before[0] != kind or (before[1] != words and kind != "offline"):
            self._standing = kind, words
            yield self._line(kind, "", words)

    def _before(self) -> tuple[LogKind, str] | None:
        """Give how it stood, by this program or by one before."""
        if self._standing is None:
            last = self._file.last_of(_LINE_KINDS)
            if last is None:
                return None
            self._standing = last.kind, last.text
        return self._standing

    def _line(self, kind: LogKind, about: str, text: str) -> LogLine:
        return LogLine(self._clock(), kind, one_line(about), one_line(text))


def _kind_of(entry: OutboxEntry) -> LogKind | None:
    if entry.asks:
        return "asked"
    match entry.state:
        case "sent" | "refused" | "doubtful" as kind:
            return kind
        case _:
            return None


def _fate(entry: OutboxEntry) -> str:
    told = _(entry.reason) if entry.reason else ""
    if entry.state == "doubtful" and not entry.asks:
        told = _("The reply got lost. We look whether it arrived before anything is sent again.")
    what = wording.intent(entry.name)
    return f"{what}: {told}" if told else what


def _counted(kind: str, count: int) -> str:
    """Say how many things of a kind changed."""
    match kind:
        case "projects":
            text = ngettext("{count} job", "{count} jobs", count)
        case "bids":
            text = ngettext("{count} bid", "{count} bids", count)
        case "threads":
            text = ngettext("{count} conversation", "{count} conversations", count)
        case "messages":
            text = ngettext("{count} message", "{count} messages", count)
        case _:
            text = ngettext("{count} milestone", "{count} milestones", count)
    return text.format(count=count)
