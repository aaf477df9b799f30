"""Messages in the cache: what was said, as the marketplace keeps it."""

import json
import sqlite3
from collections.abc import Iterable
from typing import Any, Final

from freelancer_tui.domain.messages import Attachment, Message
from freelancer_tui.store.cache.changes import Row, Table, known_ids, write
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
    ),
)
_NO_ID: Final = 2**63 - 1
_LAST: Final = f"""
    SELECT {", ".join(_TABLE.columns)} FROM messages
    WHERE thread_remote_id = ? AND remote_id < ? ORDER BY remote_id DESC LIMIT ?
"""


def in_thread(
    connection: sqlite3.Connection, thread_id: int, limit: int, before: int | None = None
) -> list[Message]:
    """Give the last messages of a thread below an id, oldest first."""
    top = _NO_ID if before is None else before
    rows = connection.execute(_LAST, (thread_id, top, limit)).fetchall()
    return [_message(row) for row in reversed(rows)]


def known(connection: sqlite3.Connection, ids: Iterable[int]) -> set[int]:
    """Give those of the ids that the cache has."""
    return known_ids(connection, "messages", ids)


def store(connection: sqlite3.Connection, messages: Iterable[Message]) -> int:
    """Store the messages that are new or different; give how many were."""
    return write(connection, _TABLE, map(_row, messages))


def _row(message: Message) -> Row:
    return (
        message.remote_id,
        message.thread_remote_id,
        message.from_id,
        message.text,
        micros(message.sent_at),
        message.client_message_id,
        to_json([[one.name, one.size, one.content_type] for one in message.attachments]),
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
