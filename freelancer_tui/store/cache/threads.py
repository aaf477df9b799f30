"""Threads in the cache: the conversations, newest first."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.messages import Thread
from freelancer_tui.store.cache import cursors
from freelancer_tui.store.cache.changes import AMONG, Row, Table, listed, numbers, write
from freelancer_tui.store.columns import instant, maybe_instant, micros, to_json

_TABLE: Final = Table(
    "threads",
    (
        "remote_id",
        "updated_at",
        "member_ids",
        "project_remote_id",
        "unread",
        "last_text",
        "last_from_id",
        "muted",
    ),
    guard="updated_at",
)
_SELECT: Final = f"SELECT {', '.join(_TABLE.columns)} FROM threads"
_NEWEST: Final = "ORDER BY updated_at DESC, remote_id DESC LIMIT ?"
# At equality too: a word said in the very second of the last reading may be missing.
_STALE: Final = f"""
    SELECT remote_id FROM threads LEFT JOIN cursors
        ON cursors.kind = 'messages' AND cursors.key = CAST(remote_id AS TEXT)
    WHERE finished_at IS NULL OR more OR finished_at <= updated_at
    {_NEWEST}
"""
_ANSWERS: Final = """
    SELECT bids.remote_id, min(messages.sent_at) FROM bids
    JOIN threads ON threads.project_remote_id = bids.project_remote_id
    JOIN messages ON messages.thread_remote_id = threads.remote_id
    WHERE bids.bidder_id = (SELECT remote_id FROM profile)
        AND messages.from_id != bids.bidder_id AND messages.sent_at >= bids.submitted_at
    GROUP BY bids.remote_id
"""
_IN_A_ROW: Final = 200
"""Messages that are looked through for the turn of the talk: somebody may write alone for years."""
_OTHERS: Final = """
    SELECT sent_at FROM messages
    WHERE thread_remote_id = ? AND from_id != (SELECT remote_id FROM profile)
    ORDER BY remote_id DESC LIMIT 1
"""
# From the newest back, so that each look ends soon: who spoke last, and since when they do.
_TURNS: Final = f"""
    WITH last AS (
        SELECT remote_id AS thread, (
            SELECT m.remote_id FROM messages m WHERE m.thread_remote_id = threads.remote_id
            ORDER BY m.remote_id DESC LIMIT 1) AS message, coalesce((
            SELECT m.remote_id FROM messages m WHERE m.thread_remote_id = threads.remote_id
            ORDER BY m.remote_id DESC LIMIT 1 OFFSET {_IN_A_ROW}), 0) AS bound
        FROM threads WHERE remote_id {AMONG}
    )
    SELECT thread, l.from_id = me.remote_id, (
        SELECT first.sent_at FROM messages first
        WHERE first.thread_remote_id = thread AND first.remote_id > coalesce((
            SELECT other.remote_id FROM messages other
            WHERE other.thread_remote_id = thread AND other.remote_id > bound
                AND (other.from_id = me.remote_id) != (l.from_id = me.remote_id)
            ORDER BY other.remote_id DESC LIMIT 1), bound)
        ORDER BY first.remote_id LIMIT 1)
    FROM last JOIN messages l ON l.remote_id = message JOIN profile me
"""


def recent(connection: sqlite3.Connection, limit: int) -> list[Thread]:
    """Give the threads that changed last, newest first."""
    return [_thread(row) for row in connection.execute(f"{_SELECT} {_NEWEST}", (limit,))]


def get(connection: sqlite3.Connection, remote_id: int) -> Thread | None:
    """Give a thread; None when the cache does not have it."""
    row = connection.execute(f"{_SELECT} WHERE remote_id = ?", (remote_id,)).fetchone()
    return _thread(row) if row else None


def among(connection: sqlite3.Connection, ids: Iterable[int]) -> list[Thread]:
    """Give those of the threads that the cache has."""
    query = f"{_SELECT} WHERE remote_id {AMONG}"
    return [_thread(row) for row in connection.execute(query, (listed(ids),))]


def of_project(connection: sqlite3.Connection, project_remote_id: int) -> Thread | None:
    """Give the thread about a project, the one that changed last if there are several."""
    query = f"{_SELECT} WHERE project_remote_id = ? {_NEWEST}"
    row = connection.execute(query, (project_remote_id, 1)).fetchone()
    return _thread(row) if row else None


def all_of_project(connection: sqlite3.Connection, project_remote_id: int) -> list[Thread]:
    """Give all threads about a project, the one that began first in front."""
    query = f"{_SELECT} WHERE project_remote_id = ? ORDER BY remote_id"
    return [_thread(row) for row in connection.execute(query, (project_remote_id,))]


def stale(connection: sqlite3.Connection, limit: int) -> list[int]:
    """Give the threads whose messages are not read up to their last change, newest first."""
    return [row[0] for row in connection.execute(_STALE, (limit,))]


def heard_to(connection: sqlite3.Connection, thread: Thread) -> datetime | None:
    """Give up to which change of a thread its messages are here; None where there are none."""
    place = cursors.get(connection, Feed("messages", str(thread.remote_id)))
    if place and not place.more and place.finished_at and place.finished_at > thread.updated_at:
        return thread.updated_at
    query = "SELECT max(sent_at) FROM messages WHERE thread_remote_id = ?"
    newest = maybe_instant(connection.execute(query, (thread.remote_id,)).fetchone()[0])
    return min(newest, thread.updated_at) if newest else None


def news_at(connection: sqlite3.Connection, thread: Thread) -> datetime:
    """Give when anybody but the user last said something in a thread, or may have.

    Their own words move it as well, and are no news to them.
    """
    heard = heard_to(connection, thread)
    if heard is None or heard < thread.updated_at:
        return thread.updated_at
    row = connection.execute(_OTHERS, (thread.remote_id,)).fetchone()
    return min(instant(row[0]), thread.updated_at) if row else thread.updated_at


def turns(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, tuple[bool, datetime]]:
    """Tell of threads whether the user spoke last, and since when it is on the others.

    Of more than two hundred messages in a row the time is that of the first of these.
    """
    rows = connection.execute(_TURNS, (listed(ids),))
    return {thread: (bool(mine), instant(at)) for thread, mine, at in rows}


def answers(connection: sqlite3.Connection) -> dict[int, datetime]:
    """Tell when the client first wrote after each of the user's bids, by the bid's id."""
    return {bid: instant(at) for bid, at in connection.execute(_ANSWERS)}


def store(connection: sqlite3.Connection, threads: Iterable[Thread]) -> int:
    """Store the threads that are new or changed; give how many were."""
    return write(connection, _TABLE, map(_row, threads))


def _row(thread: Thread) -> Row:
    return (
        thread.remote_id,
        micros(thread.updated_at),
        to_json(thread.member_ids),
        thread.project_remote_id,
        thread.unread,
        thread.last_text,
        thread.last_from_id,
        None if thread.muted is None else int(thread.muted),
    )


def _thread(row: tuple[Any, ...]) -> Thread:
    remote_id, updated, members, project, unread, last_text, last_from, muted = row
    return Thread(
        remote_id,
        instant(updated),
        numbers(members),
        project,
        unread,
        last_text,
        last_from,
        None if muted is None else bool(muted),
    )
