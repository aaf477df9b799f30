"""People: users, reputations and portfolios as the wire shows them."""

import json
import sqlite3
from collections.abc import Iterable
from decimal import Decimal

from freelancer_tui.sandbox.market.amounts import amount
from freelancer_tui.sandbox.market.market import Market
from freelancer_tui.sandbox.reading import Given
from freelancer_tui.sandbox.records import VERIFICATIONS
from freelancer_tui.sandbox.shapes import reference

Shape = dict[str, object]
DETAILS = (
    "avatar",
    "country_details",
    "profile_description",
    "display_info",
    "jobs",
    "balance_details",
    "qualification_details",
    "membership_details",
    "location_details",
    "portfolio_details",
    "preferred_details",
    "badge_details",
    "status",
    "reputation",
    "employer_reputation",
    "reputation_extra",
    "employer_reputation_extra",
    "cover_image",
    "responsiveness",
)


def details(query: Given, prefix: str = "") -> frozenset[str]:
    """Give the user projections that are asked for."""
    return frozenset(name for name in DETAILS if query.flag(prefix + name))


def users(
    market: Market, rows: Iterable[sqlite3.Row], wanted: frozenset[str], viewer: int | None
) -> dict[str, Shape]:
    """Give the `users` map of these rows."""
    rows = list(rows)
    ids = [row["id"] for row in rows]
    skills = market.people.skills(ids) if "jobs" in wanted else {}
    ratings = [name for name in wanted if "reputation" in name]
    standings = market.people.standings(ids) if ratings else {}
    shapes = {}
    for row in rows:
        shape = _user(market, row, own=row["id"] == viewer)
        _add_details(market, shape, row, wanted)
        if "jobs" in wanted:
            shape["jobs"] = reference.jobs(market, skills.get(row["id"], []))
        for member, role in (("reputation", "freelancer"), ("employer_reputation", "employer")):
            if member in wanted or f"{member}_extra" in wanted:
                shape[member] = reputation(market, row, role, standings.get((row["id"], role)))
        if row["id"] == viewer:
            _add_own(market, shape, row, wanted)
        shapes[str(row["id"])] = shape
    return shapes


def users_of(
    market: Market, ids: Iterable[int], query: Given, viewer: int | None
) -> dict[str, Shape] | None:
    """Give the `users` map beside a list of other things; null unless it is asked for."""
    wanted = details(query, "user_")
    if not (wanted or query.flag("user_details")):
        return None
    return users(market, market.people.several(ids), wanted, viewer)


def _user(market: Market, row: sqlite3.Row, own: bool) -> Shape:
    return {
        "id": row["id"],
        "username": row["username"],
        "display_name": row["display_name"],
        "public_name": row["display_name"],
        "tagline": row["tagline"],
        "profile_description": None,
        "company": row["company"] or None,
        "email": row["email"] if own else None,
        "role": row["role"],
        "chosen_role": row["role"],
        "registration_date": row["registered"],
        "hourly_rate": None if row["hourly_rate"] is None else amount(row["hourly_rate"]),
        "primary_currency": reference.currency(market, row["currency_id"]),
        "primary_language": row["language"],
        "location": location(market, row),
        "timezone": reference.timezone(market, row["timezone"]),
        "avatar": None,
        "avatar_large": None,
        "avatar_cdn": None,
        "avatar_large_cdn": None,
        "cover_image": None,
        "jobs": None,
        "status": None,
        "reputation": None,
        "employer_reputation": None,
        "account_balances": None,
        "membership_package": None,
        "qualifications": None,
        "badges": None,
        "portfolio_count": None,
        "responsiveness": None,
        "preferred_freelancer": bool(row["preferred"]),
        "limited_account": False,
        "is_active": True,
        "closed": False,
        "suspended": False,
        "force_verify": False,
    }


def location(market: Market, row: sqlite3.Row) -> Shape:
    """Give where a user or a project is."""
    return {
        "country": reference.place(market, row["country_code"]),
        "city": row["city"] or None,
        "latitude": None,
        "longitude": None,
        "vicinity": None,
        "administrative_area": None,
        "full_address": None,
    }


def _add_details(market: Market, shape: Shape, row: sqlite3.Row, wanted: frozenset[str]) -> None:
    if "avatar" in wanted:
        for name in ("avatar", "avatar_large", "avatar_cdn", "avatar_large_cdn"):
            shape[name] = f"//sandbox.invalid/ppic/{row['id']}/{name}.png"
    if "profile_description" in wanted:
        shape["profile_description"] = row["profile"]
    if "status" in wanted:
        shape["status"] = {
            name: bool(row["verified"] >> place & 1) for place, name in enumerate(VERIFICATIONS)
        }
    if "qualification_details" in wanted:
        shape["qualifications"] = []
    if "badge_details" in wanted:
        shape["badges"] = []
    if "portfolio_details" in wanted:
        shape["portfolio_count"] = len(market.people.portfolio(row["id"], 100, 0))


def _add_own(market: Market, shape: Shape, row: sqlite3.Row, wanted: frozenset[str]) -> None:
    """Add what a user may see of themselves only."""
    if "balance_details" in wanted:
        shape["account_balances"] = {
            "balances": [
                {
                    "currency": reference.currency(market, balance["currency_id"]),
                    "amount": amount(balance["amount"]),
                }
                for balance in market.people.balances(row["id"])
            ],
            "bids_remaining": row["bids_remaining"],
            "jobs_remaining": 100,
            "job_changes_remaining": 100,
            "service_postings_remaining": 0,
        }
    if "membership_details" in wanted:
        shape["membership_package"] = {
            "id": 1,
            "name": row["membership"],
            "bid_limit": row["bid_limit"],
            "bid_refresh_rate": 0,
            "time_bid_refreshed": None,
            "job_limit": 100,
            "job_change_limit": 100,
            "service_posting_limit": 0,
        }


def reputation(market: Market, user: sqlite3.Row, role: str, row: sqlite3.Row | None) -> Shape:
    """Give what others said of a user in a role; zeros when nobody did."""
    history = _history(row)
    return {
        "user_id": user["id"],
        "role": role,
        "earnings_score": Decimal(row["earnings_score"]) if row else 0,
        "entire_history": history,
        "last3months": history,
        "last12months": history,
        "job_history": None,
        "project_stats": None,
    }


def _history(row: sqlite3.Row | None) -> Shape:
    if row is None:
        return {
            **dict.fromkeys(("overall", "on_budget", "on_time", "positive"), 0),
            **dict.fromkeys(("all", "reviews", "incomplete_reviews", "complete", "incomplete"), 0),
            "category_ratings": {},
            "earnings": None,
            "completion_rate": None,
            "rehire_rate": None,
        }
    return {
        "overall": Decimal(row["overall"]),
        "on_budget": Decimal(row["on_budget"]),
        "on_time": Decimal(row["on_time"]),
        "positive": Decimal(row["positive"]),
        "category_ratings": {n: Decimal(v) for n, v in json.loads(row["ratings"]).items()},
        "all": row["complete"] + row["incomplete"],
        "reviews": row["reviews"],
        "incomplete_reviews": 0,
        "complete": row["complete"],
        "incomplete": row["incomplete"],
        "earnings": None,
        "completion_rate": Decimal(row["completion_rate"]),
        "rehire_rate": Decimal(row["rehire_rate"]),
    }


def portfolio_item(market: Market, row: sqlite3.Row) -> Shape:
    """Give one piece of work on show."""
    return {
        "id": row["id"],
        "user_id": row["user_id"],
        "title": row["title"],
        "description": row["description"],
        "content_type": "article",
        "jobs": reference.jobs(market, json.loads(row["skills"])),
        "files": [],
        "featured": False,
    }
