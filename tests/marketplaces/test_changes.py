"""Changes of bids and wishes for money: how they travel, fail and are recognised."""

import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from freelancer_tui.domain.intents import EditBid, Intent, RequestMilestone, Sighting
from freelancer_tui.domain.money import Money
from freelancer_tui.errors import OutcomeUnknown, Refused, WireMismatch
from freelancer_tui.marketplaces.freelancer import landing, listings, requests
from freelancer_tui.marketplaces.freelancer.values import Surroundings
from tests.marketplaces.raw_server import Behave, Request, reply
from tests.marketplaces.samples import body, raw
from tests.marketplaces.test_failures import TABLE, Row, failure_of, market
from tests.marketplaces.test_landing import ME
from tests.marketplaces.test_requests import recorded
from tests.sync.values import NOON

USD = Money(Decimal("150.5"), "USD")
EDIT = EditBid(
    301, 201, Money(Decimal(175), "USD"), 9, "New words", USD, 7, "My proposal\nin two lines"
)
WISH = RequestMilestone(201, 301, Money(Decimal("75.25"), "USD"), "Second half", "K7M2QD")
AROUND = Surroundings("https://www.freelancer.com")
QUICK_ROWS = (
    "reset", "cut body", "html with 200", "json cut", "empty body", "no status", "no result",
    "500", "503 with Retry-After", "429", "401", "403 html", "400", "404", "409",
    "200 with an error", "400, back end failed", "redirect",
)  # fmt: skip


def test_a_wish_travels_as_the_sdk_sends_it() -> None:
    request = recorded("create_milestone_request")
    call = requests.request_milestone(WISH)
    assert (call.method, f"/api{call.path}") == (request["method"], request["path"])
    assert json.loads(call.content or b"").keys() == request["body"]["value"].keys()
    assert json.loads(call.content or b"") == {
        "project_id": 201,
        "bid_id": 301,
        "amount": 75.25,
        "description": "Second half (ref K7M2QD)",
    }


@pytest.mark.parametrize(
    ("function", "kind", "action"),
    [
        ("request_release_milestone_payment", "milestones/401", "request_release"),
        ("delete_milestone_request", "milestone_requests/501", "delete"),
    ],
)
def test_an_action_on_money_travels_as_the_sdk_sends_it(
    function: str, kind: str, action: str
) -> None:
    request = recorded(function)
    call = requests.put_action(f"/projects/0.1/{kind}/", action, None, "query")
    assert (call.method, f"/api{call.path}") == (request["method"], request["path"])
    assert [list(one) for one in call.query] == request["query"]
    assert not call.content


def test_a_change_is_a_put_without_an_action() -> None:
    call = requests.edit_bid(EDIT)
    assert (call.method, call.path, call.query) == ("PUT", "/projects/0.1/bids/301/", ())
    assert call.content == b'{"amount":175,"period":9,"description":"New words"}'
    assert call.content_type == "application/json"
    shared = requests.edit_bid(replace(EDIT, milestone_percentage=40))
    assert json.loads(shared.content or b"")["milestone_percentage"] == 40


@pytest.mark.parametrize("intent", [EDIT, WISH], ids=["edit", "wish"])
@pytest.mark.parametrize(
    "row", [row for row in TABLE if row.name in QUICK_ROWS], ids=lambda row: row.name
)
async def test_a_write_that_fails(row: Row, intent: Intent) -> None:
    async with market(row.behave) as (adapter, server):
        error = await failure_of(adapter.push(intent))
        assert type(error) is row.write
        assert len(server.requests) == 1, "a write is sent once"


@pytest.mark.parametrize(
    ("intent", "result"),
    [
        (EDIT, {"id": 302}),
        (EDIT, {}),
        (EDIT, None),
        (WISH, {"id": 7, "bid_id": 302}),
        (WISH, {"bid_id": 301}),
        (WISH, []),
    ],
)
async def test_an_answer_about_something_else_leaves_us_in_doubt(
    intent: Intent, result: object
) -> None:
    answer = json.dumps({"status": "success", "result": result}).encode()
    async with market(_always(reply(answer))) as (adapter, _server):
        assert type(await failure_of(adapter.push(intent))) is OutcomeUnknown


async def test_every_page_of_wishes_is_read() -> None:
    """Their order is not documented, so the newest may stand on the last page."""
    rows = [_wish_row(number) for number in range(1, 104)]
    rows[102]["description"] = WISH.marked_text

    async def behave(request: Request) -> None:
        query = parse_qs(urlsplit(request.line.split()[1]).query)
        assert query["bids[]"] == ["301"]
        begin = int(query["offset"][0])
        page = {str(row["id"]): row for row in rows[begin : begin + 100]}
        answer = {"status": "success", "result": {"milestone_requests": page}}
        request.send(reply(json.dumps(answer).encode()))

    async with market(behave) as (adapter, server):
        assert await adapter.watermark(WISH) == 103
        sighting = await adapter.receipt(WISH, 102)
        assert sighting.receipt is not None
        assert sighting.receipt.remote_id == 103
        assert (await adapter.receipt(WISH, 103)).receipt is None
        assert len(server.requests) == 6


async def test_html_is_no_empty_list_of_wishes() -> None:
    async with market(_always(reply(b"<html></html>"))) as (adapter, _server):
        assert type(await failure_of(adapter.watermark(WISH))) is WireMismatch
        assert type(await failure_of(adapter.receipt(WISH, 0))) is WireMismatch


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, True),
        ({"description": "half, second  (ref K7M2QD) thanks"}, True),
        ({"status": "deleted"}, True),
        ({"bid_id": None}, True),
        ({"description": "Second half"}, False),
        ({"description": "Second half (ref K7M2QE)"}, False),
        ({"bid_id": 302}, False),
        ({"id": 500}, False),
        ({"description": None}, False),
    ],
)
def test_a_wish_is_known_by_its_mark(change: Mapping[str, Any], found: bool) -> None:
    row = {**_wish_row(501), "description": WISH.marked_text, **change}
    listing = listings.milestone_requests(raw({"milestone_requests": [row]}), AROUND)
    assert bool(landing.wish(WISH, 500, listing)) is found


def look(*rows: dict[str, Any]) -> Sighting:
    listing = listings.bids(raw({"bids": list(rows)}), AROUND, {201: "USD"})
    return landing.edit(EDIT, listing, NOON)


MINE = {"amount": 175, "period": 9, "description": "New words"}
BASE = {"amount": 150.50, "period": 7, "description": "My proposal\r\nin two lines"}


def test_what_a_bid_says_settles_its_change() -> None:
    assert look(_bid_row(**MINE)).receipt is not None
    assert look(_bid_row(**BASE)).proves_absence
    third = look(_bid_row(**{**BASE, "period": 8}))
    assert (third.receipt, third.proves_absence) == (None, False)
    assert third.found == replace(EDIT.base, days=8, text="My proposal\nin two lines")


def test_half_of_a_change_is_a_third_thing() -> None:
    for key in MINE:
        assert look(_bid_row(**{**MINE, key: BASE[key]})).found is not None


def test_a_bid_that_is_gone_or_withdrawn_is_refused() -> None:
    for rows in ([], [_bid_row(id=302, **BASE)], [_bid_row(**MINE, retracted=True)]):
        with pytest.raises(Refused):
            look(*rows)


def test_a_bid_that_cannot_be_read_is_not_gone() -> None:
    with pytest.raises(WireMismatch):
        look(_bid_row(amount="much", period=1, description="?"))


async def test_an_edit_in_doubt_asks_only_about_our_own_bids() -> None:
    seen: list[str] = []

    async def behave(request: Request) -> None:
        seen.append(request.line)
        request.send(reply(body("self.json" if "/self/" in request.line else "bids.json")))

    async with market(behave) as (adapter, _server):
        await failure_of(adapter.receipt(replace(EDIT, bid_remote_id=999), None))
    assert "projects%5B%5D=201" in seen[1]
    assert "bidders%5B%5D=" in seen[1]


def _always(data: bytes) -> Behave:
    async def behave(request: Request) -> None:
        request.send(data)

    return behave


def _wish_row(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "project_id": 201,
        "bid_id": 301,
        "bidder_id": ME,
        "amount": 75.25,
        "currency": {"id": 1, "code": "USD"},
        "description": "Something else",
        "status": "pending",
        "time_requested": 1_700_000_000 + number,
    }


def _bid_row(**changes: Any) -> dict[str, Any]:
    return {
        "id": 301,
        "project_id": 201,
        "bidder_id": ME,
        "retracted": False,
        "time_submitted": 1_700_000_200,
        **changes,
    }
