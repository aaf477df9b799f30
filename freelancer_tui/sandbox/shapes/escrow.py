"""Escrow: milestones and milestone requests as the wire shows them."""

import sqlite3

from freelancer_tui.sandbox.market.amounts import amount
from freelancer_tui.sandbox.market.market import Market
from freelancer_tui.sandbox.shapes import reference

Shape = dict[str, object]


def milestone(market: Market, row: sqlite3.Row) -> Shape:
    """Give a milestone; its text lives in `other_reason`."""
    return {
        "transaction_id": row["id"],
        "id": row["id"],
        "project_id": row["project_id"],
        "project_owner_id": row["owner_id"],
        "bidder_id": row["bidder_id"],
        "bid_id": row["bid_id"],
        "amount": amount(row["amount"]),
        "currency": reference.currency(market, row["currency_id"]),
        "reason": row["reason"],
        "other_reason": row["description"],
        "is_from_prepaid": False,
        "status": row["status"],
        "dispute_id": None,
        "time_created": row["time_created"],
    }


def request(market: Market, row: sqlite3.Row) -> Shape:
    """Give a milestone request."""
    return {
        "id": row["id"],
        "project_id": row["project_id"],
        "project_owner_id": row["owner_id"],
        "bidder_id": row["bidder_id"],
        "bid_id": row["bid_id"],
        "amount": amount(row["amount"]),
        "currency": reference.currency(market, row["currency_id"]),
        "description": row["description"],
        "status": row["status"],
        "time_requested": row["time_requested"],
        "is_initial_payment": bool(row["initial"]),
    }
