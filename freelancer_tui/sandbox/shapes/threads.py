"""Threads: conversations and messages as the wire shows them."""

import sqlite3
from collections.abc import Sequence

from freelancer_tui.sandbox.market.market import Market
from freelancer_tui.sandbox.reading import Given
from freelancer_tui.sandbox.shapes import people, projects

Shape = dict[str, object]


def threads(market: Market, rows: Sequence[sqlite3.Row], query: Given) -> list[Shape]:
    """Give these threads as one member sees them, with the projections that are asked for."""
    ids = [row["id"] for row in rows]
    members = market.threads.members(ids)
    counts = market.messages.counts(ids) if query.flag("message_count") else {}
    last = market.messages.last(ids) if query.flag("last_message") else {}
    files = market.messages.files_of(ids) if query.flag("thread_attachments") else None
    said = {shape["thread_id"]: shape for shape in messages(market, list(last.values()))}
    return [
        {
            "id": row["id"],
            "folder": row["folder"],
            "is_read": row["unread"] == 0,
            "is_muted": bool(row["muted"]),
            "is_blocked": bool(row["blocked"]),
            "is_starred": bool(row["starred"]),
            "time_updated": row["time_updated"],
            "time_read": row["time_read"],
            "message_count": counts.get(row["id"], 0) if query.flag("message_count") else None,
            "message_unread_count": row["unread"] if query.flag("unread_count") else None,
            "thread_events": None,
            "attachments": None if files is None else _attachments(files, row["id"]),
            "highlights": None,
            "thread": _thread(row, members[row["id"]], said.get(row["id"])),
        }
        for row in rows
    ]


def _thread(row: sqlite3.Row, members: list[int], last: Shape | None) -> Shape:
    context: Shape = {"type": row["context_type"]}
    if row["context_type"] == "project":
        context["id"] = row["context_id"]
    return {
        "id": row["id"],
        "thread_type": row["kind"],
        "context": context,
        "members": members,
        "inactive_members": None,
        "owner": row["owner_id"],
        "time_created": row["time_created"],
        "message": last,
        "write_privacy": "members",
        "read_privacy": "members",
        "owner_read_privacy": "members",
    }


def thread_list(market: Market, rows: Sequence[sqlite3.Row], query: Given, viewer: int) -> Shape:
    """Give a list of threads with the maps beside it."""
    shapes = threads(market, rows, query)
    involved = {
        member
        for found in market.threads.members([row["id"] for row in rows]).values()
        for member in found
    }
    return {
        "threads": shapes,
        "users": people.users_of(market, involved, query, viewer),
        "context_details": _contexts(market, rows, query),
    }


def _contexts(market: Market, rows: Sequence[sqlite3.Row], query: Given) -> Shape | None:
    if not query.flag("context_details"):
        return None
    ids = [row["context_id"] for row in rows if row["context_type"] == "project"]
    found = list(market.projects.several(ids).values())
    shapes = projects.projects(market, found, query)
    return {"projects": {str(shape["id"]): shape for shape in shapes}}


def messages(market: Market, rows: Sequence[sqlite3.Row]) -> list[Shape]:
    """Give these messages."""
    files = market.messages.attachments([row["id"] for row in rows])
    return [
        {
            "id": row["id"],
            "thread_id": row["thread_id"],
            "from_user": row["from_id"],
            "message": row["text"],
            "time_created": row["time_created"],
            "message_source": row["source"],
            "client_message_id": row["client_message_id"],
            "parent_id": None,
            "remove_reason": None,
            "attachments": [_attachment(file) for file in files.get(row["id"], [])],
        }
        for row in rows
    ]


def _attachments(files: dict[int, list[sqlite3.Row]], thread_id: int) -> list[Shape]:
    return [_attachment(file) for file in files.get(thread_id, [])]


def _attachment(row: sqlite3.Row) -> Shape:
    return {
        "key": row["id"],
        "filename": row["filename"],
        "message_id": row["message_id"],
        "content_type": row["content_type"],
        "size": row["bytes"],
    }
