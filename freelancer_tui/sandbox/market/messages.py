"""Messages: what was said in the threads, and the files that came along."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from freelancer_tui.sandbox.market.database import Database, Where
from freelancer_tui.sandbox.market.events import Events
from freelancer_tui.sandbox.market.threads import Threads
from freelancer_tui.sandbox.refusals import bad_form, message_refusal, not_found, too_large

MOST_LETTERS = 50_000
MOST_FILES = 20
MOST_BYTES = 20 * 1024 * 1024
REFUSED_KINDS = frozenset({"bat", "cmd", "com", "exe", "msi", "vbs"})


@dataclass(frozen=True, slots=True)
class File:
    """A file on its way into a message."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class MessageListing:
    """What a list of messages can be asked for."""

    ids: tuple[int, ...] = ()
    threads: tuple[int, ...] = ()
    senders: tuple[int, ...] = ()
    contexts: tuple[int, ...] = ()
    context_type: str | None = None
    read: bool | None = None
    from_time: int | None = None
    to_time: int | None = None
    words: str = ""


class Messages:
    """All messages; who is no member of a thread sees none of it."""

    def __init__(
        self, database: Database, now: Callable[[], int], events: Events, threads: Threads
    ) -> None:
        self._database = database
        self._now = now
        self._events = events
        self._threads = threads
        self.drop_repeated = False
        """Switch: answer a repeated `client_message_id` with the message that is there."""

    def post(
        self,
        user_id: int,
        thread_id: int,
        text: str,
        *,
        client_message_id: int | None = None,
        files: Sequence[File] = (),
    ) -> int:
        """Say something in a thread the user is a member of and give the message's id."""
        with self._database.transaction():
            thread = self._threads.get(user_id, thread_id)
            _check(text, files)
            if self._database.one(
                "SELECT 1 FROM members WHERE thread_id = ? AND user_id != ? AND blocked = 1",
                (thread_id, user_id),
            ):
                raise message_refusal(403, "THREAD_BLOCKED", "You cannot write to this person")
            repeated = self._repeated(user_id, client_message_id)
            if repeated is not None:
                return repeated
            message_id = self._insert(user_id, thread_id, text, client_message_id, files)
            project_id = thread["context_id"] if thread["context_type"] == "project" else None
            self._events.add("message_posted", user_id, project_id, message_id)
        return message_id

    def several(self, ids: Sequence[int]) -> list[sqlite3.Row]:
        """Give the rows of those of the ids that exist, whoever asks."""
        return self._database.by_ids("SELECT * FROM messages WHERE id IN ({ids})", ids)

    def last(self, thread_ids: Sequence[int]) -> dict[int, sqlite3.Row]:
        """Give the last message of each of these threads."""
        rows = self._database.by_ids(
            "SELECT * FROM messages WHERE id IN (SELECT max(id) FROM messages"
            " WHERE thread_id IN ({ids}) GROUP BY thread_id)",
            thread_ids,
        )
        return {row["thread_id"]: row for row in rows}

    def counts(self, thread_ids: Sequence[int]) -> dict[int, int]:
        """Count the messages of each of these threads."""
        rows = self._database.by_ids(
            "SELECT thread_id, count(*) FROM messages WHERE thread_id IN ({ids})"
            " GROUP BY thread_id",
            thread_ids,
        )
        return {row[0]: row[1] for row in rows}

    def page(
        self, user_id: int, wanted: MessageListing, limit: int, offset: int
    ) -> tuple[list[sqlite3.Row], int]:
        """Give a page of messages from the user's threads, newest first, and the whole count."""
        where = Where()
        where.also("b.user_id = ? AND b.gone = 0", user_id)
        where.among("m.id", wanted.ids)
        where.among("m.thread_id", wanted.threads)
        where.among("m.from_id", wanted.senders)
        where.among("t.context_id", wanted.contexts)
        if wanted.context_type:
            where.also("t.context_type = ?", wanted.context_type)
        if wanted.read is not None:
            where.also("(m.id <= b.read_to OR m.from_id = b.user_id) = ?", int(wanted.read))
        where.between("m.time_created", wanted.from_time, wanted.to_time)
        for word in wanted.words.split()[:20]:
            where.also("instr(lower(m.text), lower(?)) > 0", word)
        source = (
            "FROM messages m JOIN threads t ON t.id = m.thread_id"
            f" JOIN members b ON b.thread_id = t.id{where.text}"
        )
        rows = self._database.all(
            f"SELECT m.* {source} ORDER BY m.id DESC LIMIT ? OFFSET ?",
            (*where.values, limit, offset),
        )
        return rows, self._database.number(f"SELECT count(*) {source}", where.values)

    def around(
        self, message: sqlite3.Row, above: int, below: int
    ) -> tuple[list[sqlite3.Row], list[sqlite3.Row]]:
        """Give the messages just before and just after one, oldest first."""
        place = (message["thread_id"], message["id"])
        before = self._database.all(
            "SELECT * FROM messages WHERE thread_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
            (*place, above),
        )
        after = self._database.all(
            "SELECT * FROM messages WHERE thread_id = ? AND id > ? ORDER BY id LIMIT ?",
            (*place, below),
        )
        return before[::-1], after

    def attachments(self, message_ids: Sequence[int]) -> dict[int, list[sqlite3.Row]]:
        """Give the files of each of these messages, without their bytes."""
        found: dict[int, list[sqlite3.Row]] = {}
        for row in self._database.by_ids(
            "SELECT id, message_id, filename, content_type, length(content) AS bytes"
            " FROM attachments WHERE message_id IN ({ids}) ORDER BY id",
            message_ids,
        ):
            found.setdefault(row["message_id"], []).append(row)
        return found

    def files_of(self, thread_ids: Sequence[int]) -> dict[int, list[sqlite3.Row]]:
        """Give the files of each of these threads, without their bytes."""
        found: dict[int, list[sqlite3.Row]] = {}
        for row in self._database.by_ids(
            "SELECT a.id, a.message_id, a.filename, a.content_type, length(a.content) AS bytes,"
            " m.thread_id FROM messages m JOIN attachments a ON a.message_id = m.id"
            " WHERE m.thread_id IN ({ids}) ORDER BY a.id",
            thread_ids,
        ):
            found.setdefault(row["thread_id"], []).append(row)
        return found

    def file(self, user_id: int, message_id: int, filename: str) -> File:
        """Give a file of a message to a member of its thread; to others there is none."""
        row = self._database.one(
            "SELECT a.filename, a.content_type, a.content FROM attachments a"
            " JOIN messages m ON m.id = a.message_id JOIN members b ON b.thread_id = m.thread_id"
            " WHERE m.id = ? AND a.filename = ? AND b.user_id = ? AND b.gone = 0 ORDER BY a.id",
            (message_id, filename, user_id),
        )
        if row is None:
            raise not_found("Attachment")
        return File(row["filename"], row["content_type"], row["content"])

    def _repeated(self, user_id: int, client_message_id: int | None) -> int | None:
        if not self.drop_repeated or client_message_id is None:
            return None
        row = self._database.one(
            "SELECT id FROM messages WHERE from_id = ? AND client_message_id = ?",
            (user_id, client_message_id),
        )
        return row["id"] if row else None

    def _insert(
        self,
        user_id: int,
        thread_id: int,
        text: str,
        client_message_id: int | None,
        files: Sequence[File],
    ) -> int:
        now = self._now()
        message_id = self._database.insert(
            "messages",
            thread_id=thread_id,
            from_id=user_id,
            text=text,
            source="default_msg",
            client_message_id=client_message_id,
            time_created=now,
        )
        for file in files:
            self._database.insert(
                "attachments",
                message_id=message_id,
                filename=file.name,
                content_type=file.content_type,
                content=file.content,
            )
        self._database.change("threads", thread_id, time_updated=now)
        self._database.run(
            "UPDATE members SET unread = unread + 1 WHERE thread_id = ? AND user_id != ?",
            (thread_id, user_id),
        )
        self._threads.read(user_id, thread_id)
        return message_id


def _check(text: str, files: Sequence[File]) -> None:
    if not text.strip() and not files:
        raise bad_form("Say something in message, or send a file")
    if len(text) > MOST_LETTERS:
        raise message_refusal(400, "MESSAGE_TOO_LONG", "The message is too long")
    if len(files) > MOST_FILES:
        raise message_refusal(400, "TOO_MANY_FILES", f"At most {MOST_FILES} files at a time")
    for file in files:
        if not file.name or len(file.name) > 255:
            raise bad_form("A file needs a name of at most 255 characters")
        if len(file.content) > MOST_BYTES:
            raise too_large("A file may have at most 20 MB")
        if file.name.rpartition(".")[2].lower() in REFUSED_KINDS:
            raise message_refusal(400, "FILE_TYPE_NOT_ALLOWED", "Programs cannot be sent")
