"""Milestones in the cache: money held for the user, and what the user asked to be held."""

import sqlite3
from collections.abc import Iterable
from typing import Any, Final

from freelancer_tui.domain.milestones import Milestone, MilestoneRequest
from freelancer_tui.domain.money import Money
from freelancer_tui.store.cache.changes import Row, Table, write
from freelancer_tui.store.columns import instant, micros

_COLUMNS: Final = (
    "remote_id",
    "project_remote_id",
    "bid_remote_id",
    "bidder_id",
    "currency",
    "amount",
    "text",
    "status",
    "at",
)
_MILESTONES: Final = Table("milestones", _COLUMNS)
_REQUESTS: Final = Table("milestone_requests", _COLUMNS)
_BOTH: Final = f"""
    SELECT 0 AS is_request, {", ".join(_COLUMNS)} FROM milestones
    UNION ALL SELECT 1, {", ".join(_COLUMNS)} FROM milestone_requests
"""
_LINES: Final = f"{_BOTH} ORDER BY at DESC, remote_id DESC LIMIT ?"
_ONE: Final = f"SELECT * FROM ({_BOTH}) WHERE is_request = ? AND remote_id = ?"
_OF_PROJECT: Final = f"SELECT * FROM ({_BOTH}) WHERE project_remote_id = ? LIMIT 1000"


def lines(connection: sqlite3.Connection, limit: int) -> list[Milestone | MilestoneRequest]:
    """Give milestones and requests for them, newest first."""
    return [_line(*row) for row in connection.execute(_LINES, (limit,))]


def of_project(
    connection: sqlite3.Connection, project_remote_id: int
) -> list[Milestone | MilestoneRequest]:
    """Give the milestones of a project and the requests for them."""
    return [_line(*row) for row in connection.execute(_OF_PROJECT, (project_remote_id,))]


def one(connection: sqlite3.Connection, remote_id: int) -> Milestone | None:
    """Give a milestone by its id."""
    row = connection.execute(_ONE, (0, remote_id)).fetchone()
    found = row and _line(*row)
    return found if isinstance(found, Milestone) else None


def request(connection: sqlite3.Connection, remote_id: int) -> MilestoneRequest | None:
    """Give a request for a milestone by its id."""
    row = connection.execute(_ONE, (1, remote_id)).fetchone()
    found = row and _line(*row)
    return found if isinstance(found, MilestoneRequest) else None


def store(connection: sqlite3.Connection, milestones: Iterable[Milestone]) -> int:
    """Store the milestones that are new or different; give how many were."""
    return write(connection, _MILESTONES, [_row(one, micros(one.created_at)) for one in milestones])


def store_requests(connection: sqlite3.Connection, requests: Iterable[MilestoneRequest]) -> int:
    """Store the requests that are new or different; give how many were."""
    return write(connection, _REQUESTS, [_row(one, micros(one.requested_at)) for one in requests])


def _row(line: Milestone | MilestoneRequest, at: int) -> Row:
    return (
        line.remote_id,
        line.project_remote_id,
        line.bid_remote_id,
        line.bidder_id,
        line.amount.currency,
        line.amount.minor,
        line.text,
        line.status,
        at,
    )


def _line(is_request: int, *row: Any) -> Milestone | MilestoneRequest:
    remote_id, project, bid, bidder, currency, amount, text, status, at = row
    kind = MilestoneRequest if is_request else Milestone
    money = Money.of_minor(amount, currency)
    return kind(remote_id, project, bid, bidder, money, text, status, instant(at))
