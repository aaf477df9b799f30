"""Threads: conversations, opened only with a reason, and each member's place in them."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from freelancer_tui.sandbox.market.bids import Bids
from freelancer_tui.sandbox.market.database import Database, Value, Where
from freelancer_tui.sandbox.market.people import People
from freelancer_tui.sandbox.refusals import bad_form, forbidden, message_refusal, not_found

MOST_MEMBERS = 20
_ACTIONS: dict[str, dict[str, Value]] = {
    "mute": {"muted": 1},
    "unmute": {"muted": 0},
    "block": {"blocked": 1},
    "unblock": {"blocked": 0},
    "star": {"starred": 1},
    "unstar": {"starred": 0},
}


@dataclass(frozen=True, slots=True)
class Context:
    """What a conversation is about."""

    type: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class ThreadListing:
    """What a list of threads can be asked for."""

    ids: tuple[int, ...] = ()
    folders: tuple[str, ...] = ()
    contexts: tuple[int, ...] = ()
    context_type: str | None = None
    members: tuple[int, ...] = ()
    owners: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    read: bool | None = None
    muted: bool | None = None
    from_time: int | None = None
    to_time: int | None = None


class Threads:
    """All threads; only their members see them."""

    def __init__(
        self, database: Database, now: Callable[[], int], people: People, bids: Bids
    ) -> None:
        self._database = database
        self._now = now
        self._people = people
        self._bids = bids

    def get(self, user_id: int, thread_id: int) -> sqlite3.Row:
        """Give a thread's row to a member; to others there is none."""
        row = self._database.one(
            "SELECT t.*, m.* FROM threads t JOIN members m ON m.thread_id = t.id"
            " WHERE t.id = ? AND m.user_id = ? AND m.gone = 0",
            (thread_id, user_id),
        )
        if row is None:
            raise not_found("Thread")
        return row

    def page(
        self, user_id: int, wanted: ThreadListing, limit: int, offset: int
    ) -> list[sqlite3.Row]:
        """Give a page of the user's threads, newest change first."""
        where = self._where(user_id, wanted)
        return self._database.all(
            "SELECT t.*, m.* FROM members m CROSS JOIN threads t ON t.id = m.thread_id"
            f"{where.text} ORDER BY t.time_updated DESC, t.id DESC LIMIT ? OFFSET ?",
            (*where.values, limit, offset),
        )

    def count(self, user_id: int, wanted: ThreadListing) -> int:
        """Count the user's threads that are wanted."""
        where = self._where(user_id, wanted)
        return self._database.number(
            "SELECT count(*) FROM members m CROSS JOIN threads t ON t.id = m.thread_id"
            f"{where.text}",
            where.values,
        )

    def members(self, thread_ids: Sequence[int]) -> dict[int, list[int]]:
        """Give the members of each of these threads."""
        found: dict[int, list[int]] = {}
        for thread_id, user_id in self._database.by_ids(
            "SELECT thread_id, user_id FROM members WHERE thread_id IN ({ids}) AND gone = 0",
            thread_ids,
        ):
            found.setdefault(thread_id, []).append(user_id)
        return found

    def between(self, first: int, second: int, context: Context) -> int | None:
        """Give the id of the thread that two people have about something, if they have one."""
        row = self._find({first, second}, context)
        return row["id"] if row else None

    def open(self, user_id: int, others: Sequence[int], context: Context) -> int:
        """Give the id of the thread with these people; opens it if the user has a reason to."""
        members = {*others, user_id}
        if len(members) < 2:
            raise bad_form("Name at least one other member in members[]")
        if len(members) > MOST_MEMBERS:
            raise bad_form("Too many members")
        for member in members:
            if not self._people.exists(member):
                raise not_found("User")
        with self._database.transaction():
            found = self._find(members, context)
            if found:
                return int(found["id"])
            self._check_reason(user_id, members - {user_id}, context)
            return self._create(user_id, members, context)

    def act(self, user_id: int, thread_ids: Sequence[int], action: str) -> None:
        """Read, mute, block or star the user's own threads, or undo it."""
        if action != "read" and action not in _ACTIONS:
            raise bad_form(f"Threads have no action {action[:40]}")
        with self._database.transaction():
            for thread_id in thread_ids:
                self.get(user_id, thread_id)
                if action == "read":
                    self.read(user_id, thread_id)
                    continue
                places = ", ".join(f"{name} = ?" for name in _ACTIONS[action])
                self._database.run(
                    f"UPDATE members SET {places} WHERE thread_id = ? AND user_id = ?",
                    (*_ACTIONS[action].values(), thread_id, user_id),
                )

    def read(self, user_id: int, thread_id: int) -> None:
        """Let the user have read all of a thread."""
        self._database.run(
            "UPDATE members SET unread = 0, time_read = ?, read_to = coalesce("
            "(SELECT max(id) FROM messages WHERE thread_id = ?), 0)"
            " WHERE thread_id = ? AND user_id = ?",
            (self._now(), thread_id, thread_id, user_id),
        )

    def _create(self, owner_id: int, members: set[int], context: Context) -> int:
        now = self._now()
        thread_id = self._database.insert(
            "threads",
            kind="private_chat" if len(members) == 2 else "group",
            context_type=context.type,
            context_id=context.id,
            owner_id=owner_id,
            member_set=_set(members),
            time_created=now,
            time_updated=now,
        )
        for member in sorted(members):
            self._database.run(
                "INSERT INTO members (thread_id, user_id) VALUES (?, ?)", (thread_id, member)
            )
        return thread_id

    def _find(self, members: set[int], context: Context) -> sqlite3.Row | None:
        return self._database.one(
            "SELECT id FROM threads WHERE context_type = ? AND context_id = ? AND member_set = ?",
            (context.type, context.id, _set(members)),
        )

    def _check_reason(self, user_id: int, others: set[int], context: Context) -> None:
        """Owners may write to who bid; freelancers to who awarded them; else they have a past."""
        if context.type == "project":
            project = self._bids.projects.get(context.id, user_id)
            if project["owner_id"] == user_id:
                if others <= self._bidders(context.id):
                    return
                raise forbidden("You may write to people who have bid on your project")
            bid = self._bids.live(context.id, user_id)
            if others == {project["owner_id"]} and bid and bid["award_status"] == "awarded":
                return
            raise message_refusal(
                403, "THREAD_NOT_ALLOWED", "The employer has to write first, or award your bid"
            )
        for other in others:
            if not self._worked_together(user_id, other):
                raise message_refusal(403, "THREAD_NOT_ALLOWED", "You have no work in common")

    def _bidders(self, project_id: int) -> set[int]:
        return set(
            self._database.ids("SELECT bidder_id FROM bids WHERE project_id = ?", (project_id,))
        )

    def _worked_together(self, first: int, second: int) -> bool:
        row = self._database.one(
            "SELECT 1 FROM bids WHERE award_status = 'awarded'"
            " AND ((owner_id = ? AND bidder_id = ?) OR (owner_id = ? AND bidder_id = ?))",
            (first, second, second, first),
        )
        return row is not None

    def _where(self, user_id: int, wanted: ThreadListing) -> Where:
        where = Where()
        where.also("m.user_id = ? AND m.gone = 0", user_id)
        where.among("t.id", wanted.ids)
        where.among("m.folder", wanted.folders)
        where.among("t.context_id", wanted.contexts)
        where.among("t.owner_id", wanted.owners)
        where.among("t.kind", wanted.kinds)
        if wanted.context_type:
            where.also("t.context_type = ?", wanted.context_type)
        if wanted.members:
            marks = ", ".join("?" * len(wanted.members))
            where.also(
                f"t.id IN (SELECT thread_id FROM members WHERE user_id IN ({marks}))",
                *wanted.members,
            )
        if wanted.read is not None:
            where.also("(m.unread = 0) = ?", int(wanted.read))
        if wanted.muted is not None:
            where.also("m.muted = ?", int(wanted.muted))
        where.between("t.time_updated", wanted.from_time, wanted.to_time)
        return where


def _set(members: set[int]) -> str:
    return " ".join(str(member) for member in sorted(members))
