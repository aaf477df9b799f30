"""Bids: operations on offers, by bidders and by owners."""

from freelancer_tui.sandbox.call import Call, Operation
from freelancer_tui.sandbox.market.amounts import amount
from freelancer_tui.sandbox.market.bids import BidListing, Offer
from freelancer_tui.sandbox.reading import needed
from freelancer_tui.sandbox.refusals import bad_form, forbidden
from freelancer_tui.sandbox.shapes import bids

BASE = "/api/projects/0.1"


def _place(call: Call) -> object:
    body, user_id = call.body, call.user
    if needed("bidder_id", body.number("bidder_id")) != user_id:
        raise forbidden("bidder_id must be your own id")
    percentage = body.number("milestone_percentage")
    bid_id = call.market.bids.place(
        user_id,
        needed("project_id", body.number("project_id")),
        Offer(
            amount=needed("amount", body.money("amount")),
            period=needed("period", body.number("period")),
            description=body.text("description") or "",
            milestone_percentage=100 if percentage is None else percentage,
        ),
    )
    return bids.bid(call.market, call.market.bids.get(bid_id), call.query, user_id)


def _listing(call: Call, projects: tuple[int, ...]) -> BidListing:
    query = call.query
    return BidListing(
        ids=query.numbers("bids"),
        projects=projects,
        bidders=query.numbers("bidders"),
        owners=query.numbers("project_owners"),
        award_statuses=query.texts("award_statuses"),
        complete_statuses=query.texts("complete_statuses"),
        paid_statuses=query.texts("paid_statuses"),
        frontend_statuses=query.texts("frontend_bid_statuses"),
        shortlisted=query.boolean("is_shortlisted"),
        from_time=query.number("from_time"),
        to_time=query.number("to_time"),
    )


def _list(call: Call) -> object:
    wanted = _listing(call, call.query.numbers("projects"))
    if not (wanted.ids or wanted.projects or wanted.bidders or wanted.owners):
        raise bad_form("Name bids[], projects[], bidders[] or project_owners[]")
    rows = call.market.bids.page(wanted, *call.place())
    return bids.listing(call.market, rows, call.query, call.viewer)


def _of_project(call: Call) -> object:
    project = call.market.projects.get(call.id(), call.viewer)
    rows = call.market.bids.page(_listing(call, (project["id"],)), *call.place())
    shape = bids.listing(call.market, rows, call.query, call.viewer)
    owned = project["owner_id"] == call.viewer
    listed = [row for row in rows if row["shortlisted"]] if owned else []
    shape["recommended_bid"] = None
    shape["shortlisted_bids"] = bids.bids(call.market, listed, call.query, call.viewer)
    return shape


def _get(call: Call) -> object:
    return bids.bid(call.market, call.market.bids.get(call.id()), call.query, call.viewer)


def _put(call: Call) -> object:
    action = call.action()
    return _edit(call) if action is None else _act(call, action)


def _edit(call: Call) -> object:
    body, user_id = call.body, call.user
    bid = call.market.bids.own(user_id, call.id())
    price, period = body.money("amount"), body.number("period")
    percentage, description = body.number("milestone_percentage"), body.text("description")
    if (price, period, percentage, description) == (None,) * 4:
        raise bad_form("Name an action, or something to change")
    offer = Offer(
        amount=bid["amount"] if price is None else price,
        period=bid["period"] if period is None else period,
        description=bid["description"] if description is None else description,
        milestone_percentage=bid["milestone_percentage"] if percentage is None else percentage,
    )
    call.market.bids.edit(user_id, bid["id"], offer)
    return bids.bid(call.market, call.market.bids.get(bid["id"]), call.query, user_id)


def _act(call: Call, action: str) -> object:
    desk, promotions = call.market.bids, call.market.promotions
    user_id, bid_id = call.user, call.id()
    match action:
        case "award":
            desk.award(user_id, bid_id)
        case "revoke":
            desk.revoke(user_id, bid_id)
        case "accept":
            desk.accept(user_id, bid_id)
        case "deny" | "reject":
            desk.deny(user_id, bid_id)
        case "retract":
            desk.retract(user_id, bid_id)
        case "shortlist" | "unshortlist":
            desk.mark(user_id, bid_id, "shortlisted", action == "shortlist")
        case "hide" | "unhide":
            desk.mark(user_id, bid_id, "hidden", action == "hide")
        case "highlight" | "seal":
            promotions.buy(user_id, bid_id, action)
        case "sponsor":
            price = call.either("amount").money("amount")
            promotions.buy(user_id, bid_id, action, needed("amount", price))
        case _:
            raise bad_form(f"Bids have no action {action[:40]}")
    return None


def _limits(call: Call) -> object:
    """The shape is known from two typed sources, never seen on the wire."""
    row = call.market.projects.get(call.id(), call.user)
    low, high = amount(row["minimum"]), row["maximum"]
    return {
        "project_id": row["id"],
        "minimum_bid": low,
        "maximum_bid": None if high is None else amount(high),
        "range": None,
        "rate": None,
        "minimum_fee": None,
        "highlight_cost": None,
        "highlight_currency": None,
        "maximum_highlight_count": None,
        "current_highlight_count": None,
        "minimum_sponsor_increment": None,
        "highest_sponsor_amount": None,
        "default_bid": low,
    }


OPERATIONS = (
    Operation("POST", f"{BASE}/bids", _place),
    Operation("GET", f"{BASE}/bids", _list),
    Operation("GET", f"{BASE}/bids/{{id}}", _get),
    Operation("PUT", f"{BASE}/bids/{{id}}", _put),
    Operation("GET", f"{BASE}/projects/{{id}}/bids", _of_project),
    Operation("GET", f"{BASE}/projects/{{id}}/bidinfo", _limits),
)
