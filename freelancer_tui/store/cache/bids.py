"""Bids in the cache: the marketplace's record of what the user placed."""

import sqlite3
from collections.abc import Iterable
from typing import Any, Final

from freelancer_tui.domain.money import Money
from freelancer_tui.domain.proposals import Bid
from freelancer_tui.store.cache.changes import Row, Table, write
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
    ),
)
_MINE: Final = "bidder_id = (SELECT remote_id FROM profile)"
_SELECT: Final = f"SELECT {', '.join(_TABLE.columns)} FROM bids WHERE {_MINE}"
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
    return write(connection, _TABLE, map(_row, bids))


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
    )


def _bid(row: tuple[Any, ...]) -> Bid:
    remote_id, project, bidder, currency, amount, days, text, submitted, retracted, *rest = row
    award_status, awarded, accepted, shortlisted, complete, paid = rest
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
    )
