"""Requests: pure; what we ask of the marketplace, as calls ready to be sent."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import BinaryIO, Final, Literal
from urllib.parse import urlencode

import msgspec

from freelancer_tui.domain.intents import EditBid, PlaceBid, RequestMilestone, SendMessage
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.signals import SignalAction
from freelancer_tui.marketplaces.calls import Call, FilePart
from freelancer_tui.marketplaces.freelancer.paging import LIMIT, Window

PutEncoding = Literal["json", "query", "form"]
"""How an action travels in a PUT: the sources differ, so it is a switch for each host."""
Pairs = tuple[tuple[str, str], ...]

_FORM: Final = "application/x-www-form-urlencoded"
_JSON: Final = "application/json"
_ENCODE: Final = msgspec.json.Encoder(decimal_format="number").encode
_OWNERS: Final = (
    "user_details",
    "user_display_info",
    "user_country_details",
    "user_status",
    "user_employer_reputation",
)
"""A modest set: the richer ones made project lists fail with 500 (wire reference, section 6)."""
_PROJECT: Final = (
    "full_description",
    "job_details",
    "upgrade_details",
    "location_details",
    *_OWNERS,
)
_SELF: Final = (
    "display_info",
    "jobs",
    "balance_details",
    "membership_details",
    "location_details",
    "country_details",
    "status",
    "reputation",
    "employer_reputation",
)


def who_am_i() -> Call:
    """Ask for the user's own account, and nothing about it."""
    return Call("GET", "/users/0.1/self/", "users/self")


def own_profile() -> Call:
    """Ask for the user's own account with skills, bids left and standing."""
    return Call("GET", "/users/0.1/self/", "users/self", _flags(_SELF))


def skills() -> Call:
    """Ask for every skill there is."""
    return Call("GET", "/projects/0.1/jobs/", "projects/jobs")


def currencies() -> Call:
    """Ask for every currency there is."""
    return Call("GET", "/projects/0.1/currencies/", "projects/currencies")


def active_projects(window: Window, *, jobs: Sequence[int] = (), words: str = "") -> Call:
    """Ask for open projects, newest update first, by skills or by words."""
    asked = [("query", words)] if words else []
    asked += [("jobs[]", str(number)) for number in jobs]
    query = (*asked, ("sort_field", "time_updated"), *_times(window, "time"), *_flags(_PROJECT))
    return Call(
        "GET", "/projects/0.1/projects/active/", "projects/active", (*query, *_page(window))
    )


def projects_by_id(ids: Sequence[int]) -> Call:
    """Ask for some projects, at most a page of them, whatever became of them."""
    query = _list("projects[]", ids) + _flags(_PROJECT) + _page(Window())
    return Call("GET", "/projects/0.1/projects/", "projects/projects", query)


def bids_of(bidder_id: int, window: Window, projects: Sequence[int] = ()) -> Call:
    """Ask for somebody's bids, on all projects or on some."""
    query = _list("projects[]", projects) + _list("bidders[]", (bidder_id,))
    return Call(
        "GET",
        "/projects/0.1/bids/",
        "projects/bids",
        (*query, ("project_details", "true"), *_page(window)),
    )


def milestones_of(bidder_id: int, window: Window) -> Call:
    """Ask for the milestones that were created for somebody."""
    query = _list("bidders[]", (bidder_id,)) + _page(window)
    return Call("GET", "/projects/0.1/milestones/", "projects/milestones", query)


def milestone(remote_id: int) -> Call:
    """Ask for one milestone, in a list of its own."""
    query = _list("milestones[]", (remote_id,)) + _page(Window())
    return Call("GET", "/projects/0.1/milestones/", "projects/milestones", query)


def milestone_request(remote_id: int) -> Call:
    """Ask for one wish for a milestone, in a list of its own."""
    query = _list("milestone_requests[]", (remote_id,)) + _page(Window())
    return Call("GET", "/projects/0.1/milestone_requests/", "projects/milestone_requests", query)


def milestone_requests_of(bidder_id: int, window: Window) -> Call:
    """Ask for somebody's wishes for milestones."""
    query = _list("bidders[]", (bidder_id,)) + _page(window)
    return Call("GET", "/projects/0.1/milestone_requests/", "projects/milestone_requests", query)


def milestone_requests_on(bid_id: int | None, window: Window) -> Call:
    """Ask for the wishes for milestones on one bid."""
    query = _list("bids[]", () if bid_id is None else (bid_id,)) + _page(window)
    return Call("GET", "/projects/0.1/milestone_requests/", "projects/milestone_requests", query)


def threads(window: Window) -> Call:
    """Ask for conversations, with the last words and the people of each."""
    flags = _flags(("last_message", "unread_count", "user_details", "context_details"))
    query = _times(window, "updated_time") + flags + _page(window)
    return Call("GET", "/messages/0.1/threads/", "messages/threads", query)


def messages(thread_remote_id: int, window: Window) -> Call:
    """Ask for what was said in a thread."""
    query = _list("threads[]", (thread_remote_id,)) + _times(window, "updated_time")
    return Call(
        "GET",
        "/messages/0.1/messages/",
        "messages/messages",
        (*query, ("user_details", "true"), *_page(window)),
    )


def place_bid(intent: PlaceBid, bidder_id: int) -> Call:
    """Place a bid; the amount travels as an exact JSON number."""
    body = {
        "project_id": intent.project_remote_id,
        "bidder_id": bidder_id,
        "amount": _number(intent.amount),
        "period": intent.days,
        "milestone_percentage": intent.milestone_percentage,
        "description": intent.text,
    }
    return Call("POST", "/projects/0.1/bids/", "POST projects/bids", (), _ENCODE(body), _JSON)


def edit_bid(intent: EditBid) -> Call:
    """Change a bid: an edit is the one PUT on it that names no action."""
    body = {
        "amount": _number(intent.amount),
        "period": intent.days,
        "description": intent.text,
        **({"milestone_percentage": share} if (share := intent.milestone_percentage) else {}),
    }
    path = f"/projects/0.1/bids/{intent.bid_remote_id}/"
    return Call("PUT", path, "PUT projects/bids", (), _ENCODE(body), _JSON)


def request_milestone(intent: RequestMilestone) -> Call:
    """Ask for money to be held for a part of the work."""
    body = {
        "project_id": intent.project_remote_id,
        "bid_id": intent.bid_remote_id,
        "amount": _number(intent.amount),
        "description": intent.marked_text,
    }
    path, family = "/projects/0.1/milestone_requests/", "POST projects/milestone_requests"
    return Call("POST", path, family, (), _ENCODE(body), _JSON)


def send_message(intent: SendMessage, contents: Sequence[bytes | BinaryIO] = ()) -> Call:
    """Say something in a thread; `contents` are its uploads, in their order."""
    path = f"/messages/0.1/threads/{intent.thread_remote_id}/messages/"
    family = "POST messages/threads/messages"
    texts: Pairs = (("message", intent.text),) if intent.text or not intent.uploads else ()
    if intent.client_message_id:
        texts = (*texts, ("client_message_id", intent.client_message_id))
    if not intent.uploads:
        return Call("POST", path, family, (), urlencode(texts).encode(), _FORM)
    names = tuple(("attachments[]", upload.name) for upload in intent.uploads)
    files = tuple(
        FilePart("files[]", upload.name, content, upload.content_type)
        for upload, content in zip(intent.uploads, contents, strict=True)
    )
    return Call("POST", path, family, parts=(*texts, *names), files=files)


def attachment(message_remote_id: int, key: str) -> Call:
    """Ask for a file that came with a message: the answer is its bytes, and no envelope."""
    path = f"/messages/0.1/messages/{message_remote_id}/{key}"
    return Call("GET", path, "messages/messages/attachments")


def put_action(
    path: str,
    action: str,
    fields: Mapping[str, int | str | Decimal] | None = None,
    encoding: PutEncoding = "json",
) -> Call:
    """Ask for one of the actions on a bid, a milestone or a wish for one."""
    fields = fields or {}
    family = "PUT " + "/".join(part for part in path.split("/")[1:4] if part != "0.1")
    match encoding:
        case "json":
            return Call("PUT", path, family, (), _ENCODE({"action": action, **fields}), _JSON)
        case "query":
            body, kind = (_ENCODE(fields), _JSON) if fields else (b"", _FORM)
            return Call("PUT", path, family, (("action", action),), body, kind)
        case "form":
            pairs = [("action", action), *((name, str(value)) for name, value in fields.items())]
            return Call("PUT", path, family, (), urlencode(pairs).encode(), _FORM)


def mark_threads(
    action: SignalAction, thread_ids: Sequence[int], encoding: PutEncoding = "json"
) -> Call:
    """Star, mute or read threads: as JSON, or as the form in which lists have brackets."""
    call = put_action("/messages/0.1/threads/", action, None, encoding)
    if encoding == "json":
        body = _ENCODE({"action": action, "threads": list(thread_ids)})
        return replace(call, content=body)
    fields = () if encoding == "query" else (("action", action),)
    body = urlencode([*fields, *_list("threads[]", thread_ids)]).encode()
    return replace(call, content=body)


def _number(money: Money) -> int | Decimal:
    """Give an amount that travels as an exact JSON number."""
    amount = money.amount
    return int(amount) if amount == amount.to_integral_value() else amount.normalize()


def _list(name: str, ids: Sequence[int]) -> Pairs:
    return tuple((name, str(number)) for number in ids)


def _flags(names: Sequence[str]) -> Pairs:
    """Switch projections on; leaving one out is the only way to switch it off."""
    return tuple((name, "true") for name in names)


def _times(window: Window, name: str) -> Pairs:
    bounds = ((f"from_{name}", window.since), (f"to_{name}", window.until))
    return tuple((key, str(value)) for key, value in bounds if value is not None)


def _page(window: Window) -> Pairs:
    limit = min(window.limit, LIMIT)
    return (("limit", str(limit)), ("offset", str(window.offset)))
