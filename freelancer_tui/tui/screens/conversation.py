"""Conversation: which part of a conversation is on the screen, and what was looked for in all."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from freelancer_tui.domain.messages import Hit, Stretch
from freelancer_tui.services.talks import MOST_AT_ONCE, PAGE, Interrupted, Stop
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.widgets.part_view import Side

if TYPE_CHECKING:
    from freelancer_tui.services.talks import Talks


class Part:
    """The part of one conversation that is held; its verbs run on a thread."""

    def __init__(self, talks: "Talks") -> None:
        self._talks = talks
        self.thread_id: int | None = None
        self.moment = 0
        """Grows with each turn: what was read before one is not to be shown after it."""
        self._first = 0
        self._last: int | None = None
        """None while the part goes to the end, also of what is still to come."""

    def begin(self, thread_id: int, unread: int = 0) -> None:
        """Take the end of a conversation, as far back as something is unread."""
        wanted = min(max(PAGE, unread + PAGE // 2), MOST_AT_ONCE)
        self._take(thread_id, self._talks.away(thread_id, None, -wanted), None)

    def at(self, thread_id: int, message_id: int) -> None:
        """Take what stands around a message."""
        first = self._talks.away(thread_id, message_id, -PAGE // 2)
        self._take(thread_id, first, self._talks.away(thread_id, message_id, PAGE // 2))

    def read(self) -> Stretch:
        """Read the part as it is now."""
        if self.thread_id is None:
            return Stretch()
        stretch = self._talks.stretch(self.thread_id, self._first, self._last)
        if not stretch.newer:
            self._last = None
        return stretch

    def turn(self, side: Side) -> str | None:
        """Take more in a direction, letting go of what is too far off, or go to an end.

        Gives the message to go to; None where one stays.
        """
        if (thread_id := self.thread_id) is None:
            return None
        away, first, last = self._talks.away, self._first, self._last
        match side:
            case "first":
                first = away(thread_id, 0, 1)
                self._take(thread_id, first, away(thread_id, first, PAGE))
                return str(first)
            case "last":
                self.begin(thread_id)
                return str(away(thread_id, None, -1))
            case "older":
                first = away(thread_id, first, -PAGE)
                end = away(thread_id, first, MOST_AT_ONCE - 1)
                self._take(thread_id, first, end if last is None else min(end, last))
            case "newer":
                last = away(thread_id, last, PAGE) if last is not None else None
                start = away(thread_id, last, 1 - MOST_AT_ONCE)
                self._take(thread_id, max(first, start), last)
        return None

    def go_to_day(self, day: date, clock: Clock) -> str | None:
        """Take what was said from a day on; gives the first message, None without one."""
        if self.thread_id is None:
            return None
        here = clock.here(clock.now()).tzinfo if clock.zone is None else clock.zone
        found = self._talks.first_since(self.thread_id, datetime.combine(day, time(), here))
        if found is None:
            return None
        self.at(self.thread_id, found)
        return str(found)

    def _take(self, thread_id: int, first: int, last: int | None) -> None:
        self.thread_id, self._first, self._last = thread_id, first, last
        self.moment += 1


class Search:
    """The words that are looked for in all messages, and what was found so far."""

    PAGE = 50

    def __init__(self, talks: "Talks") -> None:
        self._talks = talks
        self._stop = Stop()
        self.words = ""
        self.hits: tuple[Hit, ...] = ()
        self.is_all = True

    def look_for(self, words: str) -> None:
        """Take other words; a query for the old ones ends at once."""
        self.words = words
        self._stop.set()

    def find(self) -> bool:
        """Ask for the newest messages; False when other words came meanwhile."""
        words, self._stop = self.words, Stop()
        try:
            found = self._talks.search(words, self.PAGE, stop=self._stop)
        except Interrupted:
            return False
        if words != self.words:
            return False
        self.hits, self.is_all = tuple(found), len(found) < self.PAGE
        return True

    def more(self) -> None:
        """Ask for those below the last one."""
        last = self.hits[-1].said.remote_id if self.hits else None
        if last is None or self.is_all:
            return
        found = self._talks.search(self.words, 2 * self.PAGE, before=last)
        self.hits, self.is_all = (*self.hits, *found), len(found) < 2 * self.PAGE
