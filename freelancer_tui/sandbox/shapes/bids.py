"""Bids: offers as the wire shows them to bidders, owners and others."""

import sqlite3
from collections.abc import Sequence
from decimal import Decimal

from freelancer_tui.sandbox.market.amounts import amount
from freelancer_tui.sandbox.market.market import Market
from freelancer_tui.sandbox.reading import Given
from freelancer_tui.sandbox.shapes import people, projects, reference

Shape = dict[str, object]
FEE_RATE = Decimal("0.03")


def bids(
    market: Market, rows: Sequence[sqlite3.Row], query: Given, viewer: int | None
) -> list[Shape]:
    """Give these bids with the projections that are asked for."""
    found = market.projects.several(row["project_id"] for row in rows)
    standings = (
        market.people.standings(row["bidder_id"] for row in rows)
        if query.flag("reputation")
        else {}
    )
    shapes = []
    for row in rows:
        shape = _bid(market, row, found[row["project_id"]], viewer)
        if query.flag("buyer_project_fee"):
            shape["buyer_project_fee"] = _fee(market, row, found[row["project_id"]])
        if query.flag("award_status_possibilities"):
            shape["award_status_possibilities"] = _possibilities(row, viewer)
        if query.flag("reputation"):
            standing = standings.get((row["bidder_id"], "freelancer"))
            user = market.people.get(row["bidder_id"])
            shape["reputation"] = people.reputation(market, user, "freelancer", standing)
        shapes.append(shape)
    return shapes


def bid(market: Market, row: sqlite3.Row, query: Given, viewer: int | None) -> Shape:
    """Give one bid with the projections that are asked for."""
    return bids(market, [row], query, viewer)[0]


def listing(market: Market, rows: Sequence[sqlite3.Row], query: Given, viewer: int | None) -> Shape:
    """Give a list of bids with the maps beside it."""
    involved = {row["bidder_id"] for row in rows} | {row["owner_id"] for row in rows}
    shown = None
    if query.flag("project_details"):
        found = market.projects.several(row["project_id"] for row in rows)
        shapes = projects.projects(market, list(found.values()), query)
        shown = {str(shape["id"]): shape for shape in shapes}
    return {
        "bids": bids(market, rows, query, viewer),
        "users": people.users_of(market, involved, query, viewer),
        "projects": shown,
    }


def _bid(market: Market, row: sqlite3.Row, project: sqlite3.Row, viewer: int | None) -> Shape:
    party = viewer in (row["bidder_id"], row["owner_id"])
    veiled = bool(row["sealed"] or project["upgrades"] >> 1 & 1) and not party
    hourly = project["kind"] == "hourly"
    return {
        "id": row["id"],
        "project_id": row["project_id"],
        "bidder_id": row["bidder_id"],
        "project_owner_id": row["owner_id"],
        "amount": 0 if veiled else amount(row["amount"]),
        "period": row["period"],
        "milestone_percentage": row["milestone_percentage"] if party else None,
        "description": row["description"] if party else None,
        "retracted": bool(row["retracted"]),
        "award_status": row["award_status"],
        "frontend_bid_status": _frontend_status(row),
        "complete_status": row["complete_status"],
        "paid_status": _paid_status(row) if party else None,
        "award_status_possibilities": None,
        "time_submitted": row["time_submitted"],
        "submitdate": row["time_submitted"],
        "time_awarded": row["time_awarded"],
        "time_accepted": row["time_accepted"],
        "highlighted": bool(row["highlighted"]),
        "sealed": bool(row["sealed"]),
        "sponsored": amount(row["sponsored"]),
        "shortlisted": bool(row["shortlisted"]) if party else None,
        "hidden": bool(row["hidden"]) if viewer == row["owner_id"] else None,
        "hidden_reason": None,
        "score": None,
        "distance": None,
        "bid_rank": None,
        "new_bid_rank": None,
        "buyer_project_fee": None,
        "paid_amount": amount(row["paid"]) if party else None,
        "hourly_rate": amount(row["amount"]) if hourly and not veiled else None,
        "reputation": None,
        "hireme_counter_offer": None,
        "negotiated_offer": None,
    }


def _frontend_status(row: sqlite3.Row) -> str | None:
    if row["retracted"]:
        return None
    if row["complete_status"] == "complete":
        return "complete"
    return "active" if row["time_accepted"] is None else "in_progress"


def _paid_status(row: sqlite3.Row) -> str:
    if not row["paid"]:
        return "unpaid"
    return "partly_paid" if row["paid"] < row["amount"] else "fully_paid"


def _fee(market: Market, row: sqlite3.Row, project: sqlite3.Row) -> Shape:
    return {
        "amount": (amount(row["amount"]) * FEE_RATE).quantize(Decimal("0.01")),
        "is_taxed": False,
        "currency": reference.currency(market, project["currency_id"]),
        "rate": FEE_RATE,
    }


def _possibilities(row: sqlite3.Row, viewer: int | None) -> list[str] | None:
    waiting = row["award_status"] == "awarded" and row["time_accepted"] is None
    if viewer == row["owner_id"]:
        return ["revoked"] if waiting else [] if row["time_accepted"] else ["awarded"]
    if viewer == row["bidder_id"]:
        return ["awarded", "canceled"] if waiting else []
    return None
