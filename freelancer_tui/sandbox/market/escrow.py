"""Escrow: what milestones and the requests for them have in common."""

import sqlite3
from dataclasses import dataclass
from typing import Literal

from freelancer_tui.sandbox.market.database import Database, Where
from freelancer_tui.sandbox.refusals import bad_form, not_found, project_refusal

Table = Literal["milestones", "requests"]
_NAMES: dict[Table, str] = {"milestones": "Milestone", "requests": "Milestone request"}
_TIMES: dict[Table, str] = {"milestones": "time_created", "requests": "time_requested"}


@dataclass(frozen=True, slots=True)
class EscrowListing:
    """What a list of milestones or requests can be asked for."""

    ids: tuple[int, ...] = ()
    projects: tuple[int, ...] = ()
    owners: tuple[int, ...] = ()
    bidders: tuple[int, ...] = ()
    users: tuple[int, ...] = ()
    bids: tuple[int, ...] = ()
    statuses: tuple[str, ...] = ()
    from_time: int | None = None
    to_time: int | None = None
    ascending: bool = False


def side(database: Database, table: Table, user_id: int, row_id: int) -> sqlite3.Row:
    """Give a row to its two sides; to others there is none."""
    row = database.one(f"SELECT * FROM {table} WHERE id = ?", (row_id,))
    if row is None or user_id not in (row["owner_id"], row["bidder_id"]):
        raise not_found(_NAMES[table])
    return row


def page(
    database: Database,
    table: Table,
    user_id: int,
    wanted: EscrowListing,
    place: tuple[int, int],
) -> list[sqlite3.Row]:
    """Give a page of the user's rows by limit and offset, newest first unless asked otherwise."""
    where = Where()
    where.also("(owner_id = ? OR bidder_id = ?)", user_id, user_id)
    where.among("id", wanted.ids)
    where.among("project_id", wanted.projects)
    where.among("owner_id", wanted.owners)
    where.among("bidder_id", wanted.bidders)
    where.among("bid_id", wanted.bids)
    where.among("status", wanted.statuses)
    if wanted.users:
        marks = ", ".join("?" * len(wanted.users))
        where.also(
            f"(owner_id IN ({marks}) OR bidder_id IN ({marks}))", *wanted.users, *wanted.users
        )
    where.between(_TIMES[table], wanted.from_time, wanted.to_time)
    return database.all(
        f"SELECT * FROM {table}{where.text}"
        f" ORDER BY id {'ASC' if wanted.ascending else 'DESC'} LIMIT ? OFFSET ?",
        (*where.values, *place),
    )


def sides(bid: sqlite3.Row) -> dict[str, int]:
    """Give the columns that a milestone or request has from its bid."""
    return {
        "project_id": bid["project_id"],
        "owner_id": bid["owner_id"],
        "bidder_id": bid["bidder_id"],
        "bid_id": bid["id"],
    }


def check(amount: int, description: str) -> None:
    """Refuse an amount of nothing and a request without words."""
    if amount <= 0:
        raise project_refusal(400, "MILESTONE_AMOUNT_INVALID", "The amount must be above 0")
    if not description.strip():
        raise bad_form("Say what the milestone is for in description")
