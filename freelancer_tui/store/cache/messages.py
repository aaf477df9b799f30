"""Messages in the cache: what was said, as the marketplace keeps it, and the index of its words."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from datetime import datetime
from itertools import islice
from typing import Any, Final

from freelancer_tui.domain.attachments import Attachment
from freelancer_tui.domain.excerpts import Sought
from freelancer_tui.domain.messages import MOST_COUNTED, Message
from freelancer_tui.store.cache.changes import (
    AMONG,
    Row,
    Table,
    differing,
    known_ids,
    listed,
    put,
)
from freelancer_tui.store.cache.words import expression, glyphs, says
from freelancer_tui.store.columns import instant, micros, to_json

_TABLE: Final = Table(
    "messages",
    (
        "remote_id",
        "thread_remote_id",
        "from_id",
        "text",
        "sent_at",
        "client_message_id",
        "attachments",
        "glyphs",
    ),
)
_COLUMNS: Final = ", ".join(_TABLE.columns[:-1])
_NO_ID: Final = 2**63 - 1
_LAST: Final = f"""
    SELECT {_COLUMNS} FROM messages
    WHERE thread_remote_id = ? AND remote_id < ? ORDER BY remote_id DESC LIMIT ?
"""
_BETWEEN: Final = f"""
    SELECT {_COLUMNS} FROM messages
    WHERE thread_remote_id = ? AND remote_id BETWEEN ? AND ? ORDER BY remote_id DESC LIMIT ?
"""
_OLDER: Final = """
    SELECT min(remote_id) FROM (
        SELECT remote_id FROM messages WHERE thread_remote_id = ? AND remote_id <= ?
        ORDER BY remote_id DESC LIMIT ?)
"""
_NEWER: Final = """
    SELECT max(remote_id) FROM (
        SELECT remote_id FROM messages WHERE thread_remote_id = ? AND remote_id >= ?
        ORDER BY remote_id LIMIT ?)
"""
# Of fifty thousand older ones nobody wants the number, and counting them takes a millisecond.
_BESIDE: Final = f"""
    SELECT
        (SELECT count(*) FROM (SELECT 1 FROM messages
            WHERE thread_remote_id = :thread AND remote_id < :first LIMIT {MOST_COUNTED})),
        (SELECT count(*) FROM messages WHERE thread_remote_id = :thread AND remote_id > :last)
"""
_SINCE: Final = """
    SELECT remote_id FROM messages WHERE thread_remote_id = ? AND sent_at >= ?
    ORDER BY remote_id LIMIT 1
"""
_WITH_FILES: Final = f"""
    SELECT {_COLUMNS} FROM messages
    WHERE thread_remote_id = ? AND attachments <> '[]' ORDER BY remote_id DESC LIMIT ?
"""
# The index gives the newest first and is asked once, for as many as are wanted of what it gives.
_FOUND: Final = f"""
    SELECT {_COLUMNS} FROM
        (SELECT rowid AS found FROM message_words WHERE message_words MATCH ? AND rowid < ?)
        CROSS JOIN messages ON remote_id = found
    ORDER BY found DESC
"""
_ENDS: Final = "SELECT min(remote_id), max(remote_id) FROM messages WHERE thread_remote_id = ?"
_FOUND_IN: Final = """
    SELECT remote_id, text FROM messages WHERE remote_id IN (
        SELECT rowid FROM message_words WHERE message_words MATCH ? AND rowid BETWEEN ? AND ?)
        AND thread_remote_id = ?
    ORDER BY remote_id DESC LIMIT ?
"""
# Two statements for a whole page: triggers would flush the index once for each row.
_UNINDEX: Final = f"""
    INSERT INTO message_words (message_words, rowid, text, glyphs)
    SELECT 'delete', remote_id, text, glyphs FROM messages WHERE remote_id {AMONG}
"""
_INDEX: Final = f"""
    INSERT INTO message_words (rowid, text, glyphs)
    SELECT remote_id, text, glyphs FROM messages WHERE remote_id {AMONG}
"""


def in_thread(
    connection: sqlite3.Connection, thread_id: int, limit: int, before: int | None = None
) -> list[Message]:
    """Give the last messages of a thread below an id, oldest first."""
    top = _NO_ID if before is None else before
    rows = connection.execute(_LAST, (thread_id, top, limit)).fetchall()
    return [_message(row) for row in reversed(rows)]


def between(
    connection: sqlite3.Connection, thread_id: int, first: int, last: int | None, limit: int
) -> list[Message]:
    """Give the last messages of a thread from one id to another, oldest first."""
    end = _NO_ID if last is None else last
    rows = connection.execute(_BETWEEN, (thread_id, first, end, limit)).fetchall()
    return [_message(row) for row in reversed(rows)]


def away(connection: sqlite3.Connection, thread_id: int, start: int | None, steps: int) -> int:
    """Give the id of the message so many steps later or earlier, or of the last one there is."""
    at = _NO_ID if start is None else start
    query = _OLDER if steps < 0 else _NEWER
    found = connection.execute(query, (thread_id, at, abs(steps) + (start is not None)))
    return int(found.fetchone()[0] or 0)


def beside(
    connection: sqlite3.Connection, thread_id: int, first: int, last: int
) -> tuple[int, int]:
    """Count the messages of a thread before one id, up to a bound, and after another."""
    ids = {"thread": thread_id, "first": first, "last": last}
    older, newer = connection.execute(_BESIDE, ids).fetchone()
    return int(older), int(newer)


def first_since(connection: sqlite3.Connection, thread_id: int, at: datetime) -> int | None:
    """Give the id of the first message of a thread from a point in time on."""
    row = connection.execute(_SINCE, (thread_id, micros(at))).fetchone()
    return int(row[0]) if row else None


def search(
    connection: sqlite3.Connection, wanted: Sequence[Sought], limit: int, before: int | None = None
) -> list[Message]:
    """Give the messages that have all words, the newest first, those below an id only."""
    top = _NO_ID if before is None else before
    rows = _asked(connection, _FOUND, wanted, (top,))
    # The index knows no order of words: of what it gives, some may not be it.
    found = (_message(row) for row in rows if _has_phrases(row[3], wanted))
    return list(islice(found, limit))


def with_files(connection: sqlite3.Connection, thread_id: int, limit: int) -> list[Message]:
    """Give the last messages of a thread that files came with, the newest first."""
    return [_message(row) for row in connection.execute(_WITH_FILES, (thread_id, limit))]


def get(connection: sqlite3.Connection, remote_id: int) -> Message | None:
    """Give one message."""
    query = f"SELECT {_COLUMNS} FROM messages WHERE remote_id = ?"
    row = connection.execute(query, (remote_id,)).fetchone()
    return _message(row) if row else None


def found_in(
    connection: sqlite3.Connection, thread_id: int, wanted: Sequence[Sought], limit: int
) -> list[int]:
    """Give the ids of the messages of a thread that have all words, the newest first."""
    ids = connection.execute(_ENDS, (thread_id,)).fetchone()
    if ids[0] is None:
        return []
    rows = _asked(connection, _FOUND_IN, wanted, (*ids, thread_id, limit))
    return [row[0] for row in rows if _has_phrases(row[1], wanted)]


def known(connection: sqlite3.Connection, ids: Iterable[int]) -> set[int]:
    """Give those of the ids that the cache has."""
    return known_ids(connection, "messages", ids)


def store(connection: sqlite3.Connection, messages: Iterable[Message]) -> int:
    """Store the messages that are new or different, with their words; give how many were."""
    changed = differing(connection, _TABLE, map(_row, messages))
    if not changed:
        return 0
    ids = listed(row[0] for row in changed)
    connection.execute(_UNINDEX, (ids,))
    put(connection, _TABLE, changed)
    connection.execute(_INDEX, (ids,))
    return len(changed)


def _asked(
    connection: sqlite3.Connection, query: str, wanted: Sequence[Sought], rest: tuple[int, ...]
) -> Iterable[tuple[Any, ...]]:
    """Ask the index; where its tables of letters are older than ours, for less."""
    try:
        return connection.execute(query, (_expression(wanted), *rest))
    except sqlite3.OperationalError as error:
        if "phrase" not in str(error):
            raise
        asked = _expression(wanted, cautious=True)
        return connection.execute(query, (asked, *rest)) if asked else ()


def _has_phrases(text: str, wanted: Sequence[Sought]) -> bool:
    return all(says(one.text, text) for one in wanted if one.is_phrase)


def _expression(wanted: Sequence[Sought], *, cautious: bool = False) -> str:
    terms = (expression(one.text, begun=one.is_begun, cautious=cautious) for one in wanted)
    return " AND ".join(term for term in terms if term)


def _row(message: Message) -> Row:
    return (
        message.remote_id,
        message.thread_remote_id,
        message.from_id,
        message.text,
        micros(message.sent_at),
        message.client_message_id,
        to_json([astuple(one) for one in message.attachments]),
        glyphs(message.text),
    )


def _message(row: tuple[Any, ...]) -> Message:
    remote_id, thread, sender, text, sent, client_message_id, attachments = row
    return Message(
        remote_id=remote_id,
        thread_remote_id=thread,
        from_id=sender,
        text=text,
        sent_at=instant(sent),
        client_message_id=client_message_id,
        attachments=tuple(Attachment(*one) for one in json.loads(attachments)),
    )
