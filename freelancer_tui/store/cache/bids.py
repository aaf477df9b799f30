"""Bids in the cache: the marketplace's record of what the user placed."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from freelancer_tui.domain.money import Money
from freelancer_tui.domain.proposals import Bid
from freelancer_tui.store.cache.changes import AMONG, Row, Table, listed, write
from freelancer_tui.store.columns import (
    instant,
    maybe_instant,
    maybe_micros,
    maybe_minor,
    maybe_money,
    micros,
)

_TABLE: Final = Table(
    "bids",
    (
        "remote_id",
        "project_remote_id",
        "bidder_id",
        "currency",
        "amount",
        "days",
        "text",
        "submitted_at",
        "retracted",
        "award_status",
        "awarded_at",
        "accepted_at",
        "shortlisted",
        "complete",
        "paid",
        "rank",
    ),
)
_MINE: Final = "bidder_id = (SELECT remote_id FROM profile)"
_SHOWN: Final = ", ".join(_TABLE.columns).replace("retracted", "retracted OR gone_at IS NOT NULL")
"""A bid that the marketplace does not have any more was taken back there."""
_SELECT: Final = f"SELECT {_SHOWN} FROM bids WHERE {_MINE}"
_BACK: Final = f"""
    UPDATE bids SET missed_at = NULL, gone_at = NULL
    WHERE remote_id {AMONG} AND (missed_at IS NOT NULL OR gone_at IS NOT NULL)
"""
_MISS: Final = f"""
    UPDATE bids SET missed_at = ?
    WHERE {_MINE} AND missed_at IS NULL AND gone_at IS NULL AND NOT remote_id {AMONG}
"""
_MISSED: Final = f"""
    SELECT DISTINCT project_remote_id FROM bids
    WHERE {_MINE} AND missed_at IS NOT NULL AND gone_at IS NULL ORDER BY missed_at LIMIT ?
"""
_BURY: Final = f"""
    UPDATE bids SET gone_at = ?
    WHERE {_MINE} AND missed_at IS NOT NULL AND gone_at IS NULL AND project_remote_id {AMONG}
"""
_NEWEST: Final = "ORDER BY submitted_at DESC, remote_id DESC"


def mine(connection: sqlite3.Connection, limit: int = 5000) -> list[Bid]:
    """Give the user's own bids, newest first; none before the profile was read."""
    return [_bid(row) for row in connection.execute(f"{_SELECT} {_NEWEST} LIMIT ?", (limit,))]


def of_project(connection: sqlite3.Connection, project_remote_id: int) -> Bid | None:
    """Give the user's bid on a project, the newest if there were several."""
    query = f"{_SELECT} AND project_remote_id = ? {_NEWEST} LIMIT 1"
    row = connection.execute(query, (project_remote_id,)).fetchone()
    return _bid(row) if row else None


def project_ids(connection: sqlite3.Connection, limit: int = 5000) -> list[int]:
    """Give the projects that the user bid on, the newest bid first."""
    query = (
        f"SELECT project_remote_id FROM bids WHERE {_MINE} GROUP BY project_remote_id "
        "ORDER BY max(submitted_at) DESC LIMIT ?"
    )
    return [row[0] for row in connection.execute(query, (limit,))]


def store(connection: sqlite3.Connection, bids: Iterable[Bid]) -> int:
    """Store the bids that are new or different; give how many were."""
    there = list(bids)
    if there:
        connection.execute(_BACK, (listed(bid.remote_id for bid in there),))
    return write(connection, _TABLE, map(_row, there))


def miss(connection: sqlite3.Connection, there: Iterable[int], at: datetime) -> None:
    """Note which of the user's bids are not among all that the marketplace listed."""
    connection.execute(_MISS, (micros(at), listed(there)))


def missed(connection: sqlite3.Connection, limit: int) -> list[int]:
    """Give the projects of bids that were missed in a whole list: nobody knows yet why."""
    return [row[0] for row in connection.execute(_MISSED, (limit,))]


def bury(connection: sqlite3.Connection, projects: Iterable[int], at: datetime) -> int:
    """Note that bids which are still missed are gone, once asking for their projects is over."""
    return connection.execute(_BURY, (micros(at), listed(projects))).rowcount


def _row(bid: Bid) -> Row:
    return (
        bid.remote_id,
        bid.project_remote_id,
        bid.bidder_id,
        bid.amount.currency,
        bid.amount.minor,
        bid.days,
        bid.text,
        micros(bid.submitted_at),
        bid.retracted,
        bid.award_status,
        maybe_micros(bid.awarded_at),
        maybe_micros(bid.accepted_at),
        bid.shortlisted,
        bid.complete,
        maybe_minor(bid.paid),
        bid.rank,
    )


def _bid(row: tuple[Any, ...]) -> Bid:
    remote_id, project, bidder, currency, amount, days, text, submitted, retracted, *rest = row
    award_status, awarded, accepted, shortlisted, complete, paid, rank = rest
    return Bid(
        remote_id=remote_id,
        project_remote_id=project,
        bidder_id=bidder,
        amount=Money.of_minor(amount, currency),
        days=days,
        text=text,
        submitted_at=instant(submitted),
        retracted=bool(retracted),
        award_status=award_status,
        awarded_at=maybe_instant(awarded),
        accepted_at=maybe_instant(accepted),
        shortlisted=bool(shortlisted),
        complete=bool(complete),
        paid=maybe_money(paid, currency),
        rank=rank,
    )
