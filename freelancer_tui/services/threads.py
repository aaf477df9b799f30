"""Threads: conversations starred, muted, put away; and which of them have something new to tell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from freelancer_tui.domain.messages import Thread, ThreadMark, ThreadView
from freelancer_tui.domain.signals import Signal, as_marked
from freelancer_tui.services.talks import Talks, thread_here
from freelancer_tui.store.cache import threads
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.work import meta, reads, thread_marks, thread_signals
from freelancer_tui.store.work.database import Session, WorkDatabase

Way = Literal["starred", "muted", "archived"]
_TOLD: Final = "messages_told_to"
_MOST_LOOKED_AT: Final = 200


@dataclass(frozen=True, slots=True)
class Marked:
    """A conversation that is kept another way now, and how it was before, for undo."""

    thread_id: int
    way: Way
    is_on: bool
    before: ThreadMark


class Threads:
    """The user's verbs for whole conversations; they work offline, and are told later.

    Of stars and mutes the marketplace is told by the sync. What is put away is put away here:
    how its interface does that is not documented.
    """

    def __init__(
        self,
        cache: CacheDatabase,
        work: WorkDatabase,
        clock: Callable[[], datetime],
        talks: Talks,
    ) -> None:
        self._cache = cache
        self._work = work
        self._clock = clock
        self._talks = talks

    def turn(self, thread_id: int, way: Way) -> Marked:
        """Star, mute or put away a conversation, or take that back where it is so already."""
        thread = self._thread(thread_id)
        with self._work.transaction() as session:
            tells = thread_signals.is_untold(session, thread_id, "mute")
            before = as_marked(thread_marks.get(session, thread_id), thread, tells=tells)
            after, is_on = _turned(before, way, thread)
            self._put(session, thread_id, after, way)
        return Marked(thread_id, way, is_on, before)

    def take_back(self, marked: Marked) -> None:
        """Keep a conversation as it was kept before."""
        with self._work.transaction() as session:
            self._put(session, marked.thread_id, marked.before, marked.way)

    def read(self, thread_id: int) -> None:
        """Remember that the user has seen a conversation as far as it is here.

        The marketplace is told where it counts something unread and all of it is here: it only
        knows whole conversations.
        """
        with self._cache.read() as connection:
            thread = thread_here(connection, thread_id)
            upto = threads.heard_to(connection, thread)
        if upto is None:
            return
        with self._work.transaction() as session:
            reads.mark(session, thread_id, upto)
            if thread.unread and upto >= thread.updated_at:
                thread_signals.put(session, Signal(thread_id, "read", True, self._clock()))

    def news(self) -> list[ThreadView]:
        """Give the conversations in which somebody wrote since this was asked last.

        What was here before the first time is no news, and what one program tells, another
        one on the same account does not tell again.
        """
        with self._cache.read() as connection:
            recent = threads.recent(connection, _MOST_LOOKED_AT)
        newest = max((one.updated_at for one in recent), default=None)
        if newest is None:
            return []
        with self._work.transaction() as session:
            kept = meta.get(session, _TOLD)
            told_to = datetime.fromisoformat(kept) if kept else None
            if told_to is None or newest > told_to:
                meta.put(session, _TOLD, newest.isoformat())
        fresh = [one for one in recent if told_to is not None and one.updated_at > told_to]
        return [view for view in self._talks.views(fresh) if view.calls]

    def wanted(self, is_wanted: Callable[[Thread], bool], limit: int) -> Sequence[ThreadView]:
        """Give the conversations that are wanted, the latest first."""
        with self._cache.read() as connection:
            found = [one for one in threads.recent(connection, limit) if is_wanted(one)]
        return self._talks.views(found)

    def _put(self, session: Session, thread_id: int, mark: ThreadMark, way: Way) -> None:
        """Keep marks, and that the marketplace is to be told of the one that was changed."""
        thread_marks.put(session, thread_id, mark)
        if way == "starred":
            signal = Signal(thread_id, "star", mark.starred, self._clock())
        elif way == "muted":
            signal = Signal(thread_id, "mute", mark.muted, self._clock())
        else:
            return
        thread_signals.put(session, signal)

    def _thread(self, thread_id: int) -> Thread:
        with self._cache.read() as connection:
            return thread_here(connection, thread_id)


def _turned(before: ThreadMark, way: Way, thread: Thread) -> tuple[ThreadMark, bool]:
    """Give the marks after a turn, and whether it was switched on."""
    match way:
        case "starred":
            return replace(before, starred=not before.starred), not before.starred
        case "muted":
            return replace(before, muted=not before.muted), not before.muted
        case "archived":
            is_away = ThreadView(thread, (), mark=before).is_archived
            at = None if is_away else thread.updated_at
            return replace(before, archived_at=at), not is_away
