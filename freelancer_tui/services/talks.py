"""Talks: reading conversations: a line of each, any stretch of one, and the search over all."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Final, TypedDict

from freelancer_tui.domain.excerpts import sought
from freelancer_tui.domain.messages import (
    Hit,
    Message,
    Stretch,
    Thread,
    ThreadMark,
    ThreadView,
    Turn,
)
from freelancer_tui.domain.projects import ProjectStatus, ProjectSummary
from freelancer_tui.domain.proposals import standing
from freelancer_tui.domain.signals import as_marked, as_read
from freelancer_tui.errors import NotFound
from freelancer_tui.i18n import _
from freelancer_tui.services import conversation
from freelancer_tui.services.attachments import saved_of
from freelancer_tui.store.cache import bids, messages, people, projects, threads
from freelancer_tui.store.cache.database import CacheDatabase, Interrupted, Stop
from freelancer_tui.store.work import (
    outbox,
    reads,
    replies,
    reply_files,
    thread_marks,
    thread_signals,
)
from freelancer_tui.store.work.database import WorkDatabase

__all__ = ["MOST_AT_ONCE", "PAGE", "Interrupted", "Stop", "Talks", "thread_here"]

PAGE: Final = 50
"""Messages of a conversation that are asked for at a time."""
MOST_FOUND: Final = 10_000
"""Messages of one conversation that a search steps through."""
MOST_UNSENT: Final = 2_000
"""Entries of the outbox that are looked through for replies."""
MOST_AT_ONCE: Final = 300
"""Messages of a conversation that are held at a time, however long it is."""


class Talks:
    """What was said and to whom; nothing is changed here."""

    def __init__(self, cache: CacheDatabase, work: WorkDatabase) -> None:
        self._cache = cache
        self._work = work

    def search(
        self, typed: str, limit: int = 50, before: int | None = None, stop: Stop | None = None
    ) -> list[Hit]:
        """Give the messages that have all of the words, the newest first, below an id only."""
        wanted = sought(typed)
        if not wanted:
            return []
        with self._cache.read(stop) as connection:
            said = messages.search(connection, wanted, limit, before)
            found = threads.among(connection, {one.thread_remote_id for one in said})
            members = {one for row in found for one in row.member_ids}
            names = people.names(connection, members | {one.from_id for one in said})
            titles = projects.titles(connection, {row.project_remote_id for row in found})
            profile = people.profile(connection)
        me = profile.person if profile else None
        others = {one: name for one, name in names.items() if me is None or one != me.remote_id}
        views = {row.remote_id: _line(row, others, titles) for row in found}
        return [
            Hit(line, views.get(one.thread_remote_id) or _bare(one))
            for one, line in zip(said, conversation.heard(said, names, me), strict=True)
        ]

    def stretch(self, thread_id: int, first: int | None = None, last: int | None = None) -> Stretch:
        """Give what was said from one message to another, by default the last page to the end.

        Where it goes to the end, our replies on their way stand there.
        """
        with self._work.read() as session:
            entries = outbox.of_thread(session, thread_id)
        with self._cache.read() as connection:
            thread_here(connection, thread_id)
            if first is None:
                first = messages.away(connection, thread_id, last, -PAGE)
            said = messages.between(connection, thread_id, first, last, MOST_AT_ONCE)
            ids = [entry.remote_id for entry in entries if entry.remote_id]
            known = messages.known(connection, ids)
            profile = people.profile(connection)
            names = people.names(connection, {one.from_id for one in said})
            edges = (said[0].remote_id, said[-1].remote_id) if said else (first, first)
            older, newer = messages.beside(connection, thread_id, *edges)
        me = profile.person if profile else None
        lines = conversation.heard(said, names, me, saved_of(self._work, said))
        if not newer:
            lines += conversation.on_their_way(entries, said, known, me)
        return Stretch(tuple(lines), older, newer)

    def found_in(self, thread_id: int, typed: str) -> tuple[int, ...]:
        """Give the messages of one conversation that have all of the words, the newest first."""
        wanted = sought(typed)
        if not wanted:
            return ()
        with self._cache.read() as connection:
            return tuple(messages.found_in(connection, thread_id, wanted, MOST_FOUND))

    def away(self, thread_id: int, start: int | None, steps: int) -> int:
        """Give the id of the message so many steps from one, or of the last in that direction."""
        with self._cache.read() as connection:
            return messages.away(connection, thread_id, start, steps)

    def first_since(self, thread_id: int, at: datetime) -> int | None:
        """Give the id of the first message from a point in time on."""
        with self._cache.read() as connection:
            return messages.first_since(connection, thread_id, at)

    def views(self, found: Sequence[Thread]) -> list[ThreadView]:
        """Give threads with names, what is unread and begun in them, and whose turn it is."""
        with self._work.read() as session:
            read, untold = reads.all(session), thread_signals.untold(session)
            marks = thread_marks.all(session)
            drafts, with_files = replies.drafts(session), reply_files.threads(session)
            waiting, stuck = conversation.unsent(outbox.listed(session, MOST_UNSENT))
        with self._cache.read() as connection:
            profile = people.profile(connection)
            names = people.names(connection, {one for row in found for one in row.member_ids})
            ids = {row.project_remote_id for row in found if row.project_remote_id}
            titles = projects.summaries(connection, ids)
            lost = {one for one in ids if _is_lost(connection, one, _status(titles, one))}
            turns = threads.turns(connection, [row.remote_id for row in found])
            zones = people.zones(connection, {one for row in found for one in row.member_ids})
            me = profile.person.remote_id if profile else None
            news = _news(connection, found, me)
        if profile is not None:
            names.pop(profile.person.remote_id, None)
        return [
            ThreadView(
                thread=as_read(row, read.get(key), news[key], me, tells=(key, "read") in untold),
                with_names=tuple(names[one] for one in row.member_ids if one in names),
                project_title=_title(titles, row.project_remote_id),
                waiting=waiting[key],
                stuck=stuck[key],
                draft=drafts.get(key, ""),
                has_files=key in with_files,
                project_status=_status(titles, row.project_remote_id),
                is_lost=row.project_remote_id in lost,
                mark=as_marked(marks.get(key, ThreadMark()), row, tells=(key, "mute") in untold),
                zone=next((zones[one] for one in row.member_ids if one in zones and one != me), ""),
                **_turn(row, turns.get(key), waits=bool(waiting[key]), me=me),
            )
            for key, row in ((row.remote_id, row) for row in found)
        ]


def _title(titles: dict[int, ProjectSummary], remote_id: int | None) -> str:
    found = titles.get(remote_id) if remote_id else None
    return found.title if found else ""


def _status(titles: dict[int, ProjectSummary], remote_id: int | None) -> ProjectStatus | None:
    found = titles.get(remote_id) if remote_id else None
    return found.status if found else None


def _news(
    connection: sqlite3.Connection, found: Sequence[Thread], me: int | None
) -> dict[int, datetime]:
    """Tell when others last said something; only where the user answered that needs a look."""
    return {
        row.remote_id: threads.news_at(connection, row)
        if row.unread and row.last_from_id == me
        else row.updated_at
        for row in found
    }


def _is_lost(connection: sqlite3.Connection, remote_id: int, status: ProjectStatus | None) -> bool:
    """Tell whether the user bid on work that somebody else was given."""
    if status not in ("awarded", "in_progress"):
        return False
    bid = bids.of_project(connection, remote_id)
    return bid is not None and standing("placed", bid) not in ("awarded", "accepted")


class _Waits(TypedDict):
    """Who is to answer, and since when."""

    turn: Turn
    since: datetime | None


def _turn(
    thread: Thread, spoke: tuple[bool, datetime] | None, *, waits: bool, me: int | None
) -> _Waits:
    """Tell who is to answer; of a thread whose messages are not here yet, by its last words."""
    if spoke is None and thread.last_from_id is not None:
        spoke = thread.last_from_id == me, thread.updated_at
    if spoke is None or waits:
        return _Waits(turn="", since=None)
    return _Waits(turn="theirs" if spoke[0] else "mine", since=spoke[1])


def _line(row: Thread, others: dict[int, str], titles: dict[int, str]) -> ThreadView:
    """Give where something was said: with whom and about what, no more."""
    names = tuple(others[one] for one in row.member_ids if one in others)
    return ThreadView(row, names, titles.get(row.project_remote_id or 0, ""))


def _bare(said: Message) -> ThreadView:
    """Give a line for a thread that is not here, though something of it is."""
    return ThreadView(Thread(said.thread_remote_id, said.sent_at), ())


def thread_here(connection: sqlite3.Connection, thread_id: int) -> Thread:
    """Give a conversation; NotFound, with what to do, where it is not here."""
    thread = threads.get(connection, thread_id)
    if thread is not None:
        return thread
    raise NotFound(
        _("There is no thread {number} here.").format(number=thread_id),
        hint=_("See them with: freelancer-tui messages threads, or bring new ones in with sync."),
    )
