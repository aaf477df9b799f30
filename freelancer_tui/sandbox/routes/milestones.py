"""Milestones: operations on money held, and on the requests for it."""

import sqlite3

from freelancer_tui.sandbox.call import Call, Operation
from freelancer_tui.sandbox.market.escrow import EscrowListing
from freelancer_tui.sandbox.market.milestones import REASONS
from freelancer_tui.sandbox.reading import Given, needed
from freelancer_tui.sandbox.refusals import bad_form, project_refusal
from freelancer_tui.sandbox.shapes import escrow, people

BASE = "/api/projects/0.1"


def _wanted(call: Call, ids: str, projects: tuple[int, ...]) -> EscrowListing:
    query = call.query
    return EscrowListing(
        ids=query.numbers(ids),
        projects=projects,
        owners=query.numbers("project_owners"),
        bidders=query.numbers("bidders"),
        users=query.numbers("users"),
        bids=query.numbers("bids"),
        statuses=query.texts("statuses"),
        from_time=query.number("from_time"),
        to_time=query.number("to_time"),
        ascending=query.choice("sort_direction", ("asc", "desc")) == "asc",
    )


def _create(call: Call) -> object:
    body, user_id = call.body, call.user
    reason = _reason(body)
    amount = needed("amount", body.money("amount"))
    request_id = body.number("request_id")
    bid = _bid(call)
    if request_id is not None:
        milestone_id = call.market.requests.accept(
            user_id, request_id, bid_id=bid["id"], amount=amount, reason=reason
        )
    else:
        description = body.text("description") or body.text("other_reason") or ""
        milestone_id = call.market.milestones.create(
            user_id, bid["id"], amount, description, reason
        )
    return escrow.milestone(call.market, call.market.milestones.get(user_id, milestone_id))


def _bid(call: Call) -> sqlite3.Row:
    """The bid that a milestone is for, named by project and bidder."""
    project_id = needed("project_id", call.body.number("project_id"))
    bidder_id = needed("bidder_id", call.body.number("bidder_id"))
    call.market.projects.own(call.user, project_id)
    bid = call.market.bids.live(project_id, bidder_id)
    if bid is None:
        raise project_refusal(400, "BID_NOT_AWARDED", "This user has no bid on the project")
    return bid


def _reason(body: Given) -> str:
    """Give the reason as a word; the official SDK sends its number."""
    text = body.text("reason")
    if text is None:
        return "other"
    if text in ("0", "1", "2", "3"):
        return REASONS[int(text)]
    return needed("reason", body.choice("reason", REASONS))


def _list(call: Call) -> object:
    return _milestones(call, call.query.numbers("projects"))


def _of_project(call: Call) -> object:
    return _milestones(call, (call.market.projects.get(call.id(), call.user)["id"],))


def _milestones(call: Call, projects: tuple[int, ...]) -> object:
    wanted = _wanted(call, "milestones", projects)
    rows = call.market.milestones.page(call.user, wanted, *call.place())
    return _milestone_map(call, rows)


def _milestone_map(call: Call, rows: list[sqlite3.Row]) -> object:
    return {
        "milestones": {str(row["id"]): escrow.milestone(call.market, row) for row in rows},
        "users": _users(call, rows),
    }


def _users(call: Call, rows: list[sqlite3.Row]) -> object:
    sides = {row["owner_id"] for row in rows} | {row["bidder_id"] for row in rows}
    return people.users_of(call.market, sides, call.query, call.user)


def _get(call: Call) -> object:
    return _milestone_map(call, [call.market.milestones.get(call.user, call.id())])


def _act(call: Call) -> object:
    desk, user_id, milestone_id = call.market.milestones, call.user, call.id()
    match call.action():
        case "release":
            amount = call.either("amount").money("amount")
            remaining = desk.release(user_id, milestone_id, amount)
            if remaining is None:
                return None
            row = desk.get(user_id, remaining)
            return {"remaining_milestone": escrow.milestone(call.market, row)}
        case "cancel":
            desk.cancel(user_id, milestone_id)
        case "request_release":
            desk.request_release(user_id, milestone_id)
        case action:
            raise bad_form(f"Milestones have no action {(action or '')[:40]}")
    return None


def _ask(call: Call) -> object:
    body, user_id = call.body, call.user
    bid = call.market.bids.get(needed("bid_id", body.number("bid_id")))
    if body.number("project_id") not in (None, bid["project_id"]):
        raise bad_form("The bid belongs to another project")
    request_id = call.market.requests.ask(
        user_id,
        bid["id"],
        needed("amount", body.money("amount")),
        body.text("description") or "",
        body.boolean("is_initial_payment") or False,
    )
    return escrow.request(call.market, call.market.requests.get(user_id, request_id))


def _list_requests(call: Call) -> object:
    return _requests(call, call.query.numbers("projects"))


def _requests_of_project(call: Call) -> object:
    return _requests(call, (call.market.projects.get(call.id(), call.user)["id"],))


def _requests(call: Call, projects: tuple[int, ...]) -> object:
    wanted = _wanted(call, "milestone_requests", projects)
    rows = call.market.requests.page(call.user, wanted, *call.place())
    return {
        "milestone_requests": {str(row["id"]): escrow.request(call.market, row) for row in rows},
        "users": _users(call, rows),
    }


def _get_request(call: Call) -> object:
    return escrow.request(call.market, call.market.requests.get(call.user, call.id()))


def _act_on_request(call: Call) -> object:
    desk, user_id, request_id = call.market.requests, call.user, call.id()
    match call.action():
        case "accept":
            desk.accept(user_id, request_id)
        case "reject":
            desk.reject(user_id, request_id)
        case "delete":
            desk.delete(user_id, request_id)
        case action:
            raise bad_form(f"Milestone requests have no action {(action or '')[:40]}")
    return None


OPERATIONS = (
    Operation("POST", f"{BASE}/milestones", _create),
    Operation("GET", f"{BASE}/milestones", _list),
    Operation("GET", f"{BASE}/milestones/{{id}}", _get),
    Operation("PUT", f"{BASE}/milestones/{{id}}", _act),
    Operation("GET", f"{BASE}/projects/{{id}}/milestones", _of_project),
    Operation("POST", f"{BASE}/milestone_requests", _ask),
    Operation("GET", f"{BASE}/milestone_requests", _list_requests),
    Operation("GET", f"{BASE}/milestone_requests/{{id}}", _get_request),
    Operation("PUT", f"{BASE}/milestone_requests/{{id}}", _act_on_request),
    Operation("GET", f"{BASE}/projects/{{id}}/milestone_requests", _requests_of_project),
)
