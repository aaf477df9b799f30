"""Events: what happened in the market, in order, and what is planned to happen."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from freelancer_tui.sandbox.market.database import Database

EventKind = Literal[
    "project_created",
    "project_completed",
    "project_closed",
    "bid_placed",
    "bid_edited",
    "bid_awarded",
    "bid_revoked",
    "bid_accepted",
    "bid_denied",
    "bid_retracted",
    "message_posted",
    "milestone_requested",
    "milestone_created",
    "release_requested",
    "milestone_released",
    "milestone_canceled",
    "review_posted",
]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that somebody did."""

    id: int
    time: int
    kind: EventKind
    actor_id: int
    project_id: int | None
    subject_id: int
    """The bid, message, milestone request, milestone or review; the project for its own."""


class Events:
    """The market's diary; who follows it keeps a place under a name in the same file."""

    def __init__(self, database: Database, now: Callable[[], int]) -> None:
        self._database = database
        self._now = now

    def add(self, kind: EventKind, actor_id: int, project_id: int | None, subject_id: int) -> None:
        """Write down what just happened."""
        self._database.insert(
            "events",
            time=self._now(),
            kind=kind,
            actor_id=actor_id,
            project_id=project_id,
            subject_id=subject_id,
        )

    def since(self, after: int, limit: int = 100) -> list[Event]:
        """Give the events after this id, oldest first."""
        rows = self._database.all(
            "SELECT id, time, kind, actor_id, project_id, subject_id FROM events"
            " WHERE id > ? ORDER BY id LIMIT ?",
            (after, limit),
        )
        return [Event(*row) for row in rows]

    def place(self, follower: str) -> int:
        """Give the id of the last event this follower has taken."""
        row = self._database.one("SELECT value FROM meta WHERE key = ?", (f"place:{follower}",))
        return int(row[0]) if row else 0

    def move(self, follower: str, to: int) -> None:
        """Keep how far this follower has come."""
        put_meta(self._database, f"place:{follower}", str(to))


@dataclass(frozen=True, slots=True)
class Plan:
    """An act for later; the kind and payload mean something to who planned it."""

    id: int
    due_at: int
    kind: str
    payload: dict[str, Any]


class Plans:
    """The acts that wait for their time, kept in the same file."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, due_at: int, kind: str, payload: Mapping[str, object]) -> int:
        """Plan an act and give the plan's id."""
        return self._database.insert(
            "plans", due_at=due_at, kind=kind, payload=json.dumps(dict(payload))
        )

    def due(self, now: int, limit: int = 20) -> list[Plan]:
        """Give the plans whose time has come, the oldest first."""
        rows = self._database.all(
            "SELECT id, due_at, kind, payload FROM plans WHERE due_at <= ?"
            " ORDER BY due_at, id LIMIT ?",
            (now, limit),
        )
        return [Plan(row[0], row[1], row[2], json.loads(row[3])) for row in rows]

    def done(self, plan_id: int) -> None:
        """Cross out a plan."""
        self._database.run("DELETE FROM plans WHERE id = ?", (plan_id,))

    def count(self) -> int:
        """Count the plans that wait."""
        return self._database.number("SELECT count(*) FROM plans")


def get_meta(database: Database, key: str) -> str | None:
    """Give a note kept in the file."""
    row = database.one("SELECT value FROM meta WHERE key = ?", (key,))
    return str(row[0]) if row else None


def put_meta(database: Database, key: str, value: str) -> None:
    """Keep a note in the file."""
    database.run(
        "INSERT INTO meta (key, value) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )
