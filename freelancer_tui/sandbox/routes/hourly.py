"""Hourly: operations on contracts, time and invoices; their shapes are our own invention."""

import sqlite3

from freelancer_tui.sandbox.call import Call, Operation
from freelancer_tui.sandbox.market.amounts import amount
from freelancer_tui.sandbox.reading import needed
from freelancer_tui.sandbox.shapes import reference

BASE = "/api/projects/0.1"


def _contracts(call: Call) -> object:
    rows = call.market.hourly.contracts(
        call.user, call.query.numbers("project_ids"), call.query.numbers("bidder_ids")
    )
    return {
        "hourly_contracts": [
            {
                "id": row["id"],
                "project_id": row["project_id"],
                "bidder_id": row["bidder_id"],
                "project_owner_id": row["owner_id"],
                "hourly_rate": amount(row["amount"]),
                "currency": reference.currency(call.market, row["currency_id"]),
                "weekly_limit": row["hours"],
                "active": row["complete_status"] == "incomplete",
                "time_created": row["time_accepted"],
            }
            for row in rows
        ]
    }


def _entry(row: sqlite3.Row) -> dict[str, object]:
    return {
        "id": row["id"],
        "bid_id": row["bid_id"],
        "time_start": row["time_start"],
        "seconds": row["seconds"],
        "note": row["note"],
    }


def _entries(call: Call) -> object:
    times = call.query.number("from_time"), call.query.number("to_time")
    rows = call.market.hourly.entries(call.user, call.id(), *times)
    return {"time_tracking": [_entry(row) for row in rows]}


def _track(call: Call) -> object:
    body = call.body
    start = needed("time_start", body.number("time_start"))
    seconds = needed("seconds", body.number("seconds"))
    note = body.text("note") or ""
    entry_id = call.market.hourly.track(call.user, call.id(), start, seconds, note)
    return {
        "id": entry_id,
        "bid_id": call.id(),
        "time_start": start,
        "seconds": seconds,
        "note": note,
    }


def _invoices(call: Call) -> object:
    """There are none: nothing in this market makes an hourly invoice."""
    call.market.people.get(call.user)
    return {"invoices": []}


OPERATIONS = (
    Operation("GET", f"{BASE}/hourly_contracts", _contracts),
    Operation("GET", f"{BASE}/bids/{{id}}/time_tracking", _entries),
    Operation("POST", f"{BASE}/bids/{{id}}/time_tracking", _track),
    Operation("GET", f"{BASE}/invoices", _invoices),
)
