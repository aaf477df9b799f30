"""Reviews: what was said of people, as the wire shows it."""

import json
import sqlite3
from decimal import Decimal

from freelancer_tui.sandbox.market.amounts import amount
from freelancer_tui.sandbox.market.market import Market
from freelancer_tui.sandbox.shapes import reference

Shape = dict[str, object]


def review(market: Market, row: sqlite3.Row, project: sqlite3.Row) -> Shape:
    """Give one review."""
    bid = market.bids.get(row["bid_id"])
    details: Shape = {"category_ratings": json.loads(row["ratings"])}
    for name in ("on_budget", "on_time"):
        details[name] = None if row[name] is None else bool(row[name])
    return {
        "id": row["id"],
        "from_user_id": row["from_id"],
        "to_user_id": row["to_id"],
        "role": row["role"],
        "status": "active",
        "time_submitted": row["time_submitted"],
        "submitdate": row["time_submitted"],
        "description": row["comment"],
        "rating": Decimal(row["rating"]),
        "rating_details": details,
        "review_project_status": "complete",
        "project_id": row["project_id"],
        "review_context": {
            "review_type": "project",
            "context_id": row["project_id"],
            "context_name": project["title"],
            "seo_url": project["seo_url"],
        },
        "currency": reference.currency(market, project["currency_id"]),
        "bid_amount": amount(bid["amount"]),
        "paid_amount": amount(bid["paid"]),
        "sealed": False,
        "featured": bool(row["featured"]),
    }
