"""Projects: jobs that were posted, as the wire shows them."""

import re
import sqlite3
from collections.abc import Sequence

from freelancer_tui.sandbox.market.amounts import amount, average
from freelancer_tui.sandbox.market.market import Market
from freelancer_tui.sandbox.market.search import words
from freelancer_tui.sandbox.reading import Given
from freelancer_tui.sandbox.records import UPGRADES
from freelancer_tui.sandbox.shapes import people, reference

Shape = dict[str, object]
DAY = 86400
PREVIEW = 100
_LISTS = {
    "attachment_details": ("attachments",),
    "file_details": ("files", "drive_files"),
    "qualification_details": ("qualifications",),
    "invited_freelancer_details": ("invited_freelancers",),
    "recommended_freelancer_details": ("recommended_freelancers",),
    "support_session_details": ("support_sessions",),
    "nda_signature_details": ("nda_signatures",),
    "project_collaboration_details": ("project_collaborations",),
    "track_details": ("track_ids",),
}
"""Members that are an empty list here when asked for."""
_NULLS = (
    "sub_status",
    "true_location",
    "nda_details",
    "local_details",
    "can_post_review",
    "hireme_initial_bid",
    "negotiated_bid",
    "user_distance",
    "from_user_location",
    "pool_ids",
    "enterprise_ids",
    "group_ids",
    "project_reject_reason",
)


def projects(market: Market, rows: Sequence[sqlite3.Row], query: Given) -> list[Shape]:
    """Give these projects with the projections that are asked for."""
    skills = market.projects.skills([r["id"] for r in rows]) if query.flag("job_details") else {}
    mark = _marker(query)
    return [_project(market, row, query, skills.get(row["id"]), mark) for row in rows]


def project(market: Market, row: sqlite3.Row, query: Given) -> Shape:
    """Give one project with the projections that are asked for."""
    return projects(market, [row], query)[0]


def _project(
    market: Market,
    row: sqlite3.Row,
    query: Given,
    skills: list[int] | None,
    mark: "_Marker | None",
) -> Shape:
    description = row["description"]
    full = description if query.flag("full_description") else None
    upgrades = {name: bool(row["upgrades"] >> i & 1) for i, name in enumerate(UPGRADES)}
    shape: Shape = {
        "id": row["id"],
        "owner_id": row["owner_id"],
        "title": row["title"],
        "seo_url": row["seo_url"],
        "status": row["status"],
        "frontend_project_status": row["frontend_status"],
        "type": row["kind"],
        "description": mark(full) if mark and full else full,
        "preview_description": description[:PREVIEW],
        "language": row["language"],
        "jobs": None if skills is None else reference.jobs(market, skills),
        "upgrades": upgrades if query.flag("upgrade_details") else None,
        "location": people.location(market, row) if query.flag("location_details") else None,
        **_terms(market, row),
        **_marks(row, upgrades),
        **dict.fromkeys(_NULLS),
    }
    for flag, members in _LISTS.items():
        for member in members:
            shape[member] = [] if query.flag(flag) else None
    if query.flag("owner_info"):
        shape["owner_info"] = {"id": row["owner_id"]}
    return shape


def _terms(market: Market, row: sqlite3.Row) -> Shape:
    """What the work may cost, what was bid, and when."""
    return {
        "budget": _budget(row),
        "currency": reference.currency(market, row["currency_id"]),
        "bid_stats": {
            "bid_count": row["bid_count"],
            "bid_avg": average(row["bid_sum"], row["bid_count"]),
        },
        "bidperiod": row["bid_period"],
        "hourly_project_info": _hourly(row),
        "time_submitted": row["time_submitted"],
        "submitdate": row["time_submitted"],
        "time_updated": row["time_updated"],
        "time_free_bids_expire": row["time_submitted"] + row["bid_period"] * DAY,
    }


def _marks(row: sqlite3.Row, upgrades: dict[str, bool]) -> Shape:
    """What kind of project it is."""
    return {
        "hidebids": upgrades["sealed"],
        "featured": upgrades["featured"],
        "urgent": upgrades["urgent"],
        "nonpublic": upgrades["nonpublic"],
        "assisted": upgrades["assisted"],
        "local": bool(row["local"]),
        "negotiated": False,
        "hireme": bool(row["hireme"]),
        "deleted": bool(row["deleted"]),
        "is_escrow_project": False,
        "is_seller_kyc_required": False,
        "is_buyer_kyc_required": False,
    }


def _budget(row: sqlite3.Row) -> Shape:
    return {
        "minimum": amount(row["minimum"]),
        "maximum": None if row["maximum"] is None else amount(row["maximum"]),
        "name": None,
        "project_type": row["kind"],
        "currency_id": row["currency_id"],
    }


def _hourly(row: sqlite3.Row) -> Shape | None:
    if row["kind"] != "hourly":
        return None
    hours = row["hours"]
    return {
        "commitment": {"hours": hours, "interval": "week"} if hours is not None else None,
        "duration_enum": row["duration"] or "unspecified",
    }


class _Marker:
    """Puts the caller's tags around the words that were searched for."""

    def __init__(self, before: str, after: str, found: list[str]) -> None:
        self._tags = (before, after)
        self._pattern = re.compile(
            r"\b(" + "|".join(re.escape(word) for word in found) + r")\b", re.IGNORECASE
        )

    def __call__(self, text: str) -> str:
        before, after = self._tags
        return self._pattern.sub(lambda hit: f"{before}{hit[0]}{after}", text)


def _marker(query: Given) -> _Marker | None:
    tags = query.text("highlight_pre_tags"), query.text("highlight_post_tags")
    found = words(query.text("query") or query.text("or_search_query") or "")
    if tags[0] is None or tags[1] is None or not found:
        return None
    return _Marker(tags[0], tags[1], found)
