"""What we ask agrees with the recorded requests of the official SDK, wherever it has the call."""

import json
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest

from freelancer_tui.domain.attachments import Upload
from freelancer_tui.domain.intents import PlaceBid, SendMessage
from freelancer_tui.domain.money import Money
from freelancer_tui.marketplaces.calls import Call
from freelancer_tui.marketplaces.freelancer import requests
from freelancer_tui.marketplaces.freelancer.paging import Window
from freelancer_tui.marketplaces.http import _request
from tests.marketplaces.samples import FOLDER

RECORDED = [
    json.loads(line) for line in (FOLDER / "sdk_requests.jsonl").read_text("utf-8").splitlines()
]


def recorded(function: str, variant: str = "") -> dict[str, Any]:
    return next(
        request
        for request in RECORDED
        if request["function"].endswith(f".{function}")
        and request.get("variant", "").startswith(variant)
    )


def names(request: dict[str, Any]) -> set[str]:
    return {name for name, _value in request["query"]}


def sent(call: Call) -> httpx.Request:
    request = _request(httpx.AsyncClient(verify=False), call, f"http://x/api{call.path}")
    request.read()
    return request


WINDOW = Window(99, 1_500_000_000, 1_600_000_000)
READS = [
    (requests.who_am_i(), "get_self", "no projections", set()),
    (requests.own_profile(), "get_self", "all", set()),
    (requests.skills(), "get_jobs", "", set()),
    (
        requests.active_projects(WINDOW, jobs=(7, 20), words="logo design"),
        "search_projects",
        "active_only=True",
        {"upgrade_details", "location_details"},
    ),
    (requests.projects_by_id((201, 202)), "get_projects", "", set()),
    (requests.bids_of(102, WINDOW, (201,)), "get_bids", "", {"bidders[]", "project_details"}),
    (requests.milestones_of(102, WINDOW), "get_milestones", "", {"bidders[]"}),
    (requests.threads(WINDOW), "get_threads", "", {"limit", "offset", "to_updated_time"}),
    (requests.messages(701, WINDOW), "get_messages", "", set()),
]


@pytest.mark.parametrize(
    ("call", "function", "variant", "ours"),
    READS,
    ids=[f"{function}-{call.path}" for call, function, _variant, _ours in READS],
)
def test_reads(call: Call, function: str, variant: str, ours: set[str]) -> None:
    """The rest of the names stands in the docs, though the SDK's helper lacks it."""
    request = recorded(function, variant)
    assert (call.method, f"/api{call.path}") == (request["method"], request["path"])
    owners = {name for name, _ in call.query if name.startswith("user_")}
    known = names(request) | names(recorded("get_projects")) if owners else names(request)
    assert {name for name, _ in call.query} - known <= ours


def test_lists_repeat_a_key_with_brackets() -> None:
    call = requests.active_projects(Window(), jobs=(7, 20))
    assert [pair for pair in call.query if pair[0] == "jobs[]"] == [
        ("jobs[]", "7"),
        ("jobs[]", "20"),
    ]
    assert ("from_time", "1500000000") in requests.active_projects(WINDOW).query
    assert (
        not {"from_time", "to_time", "query"}
        & dict(requests.active_projects(Window()).query).keys()
    )


def test_marks_travel_in_three_ways() -> None:
    """The app sends a form whose lists have brackets, others send JSON."""
    calls = [requests.mark_threads("star", (7, 9), one) for one in ("json", "form", "query")]
    assert {(call.method, call.path) for call in calls} == {("PUT", "/messages/0.1/threads/")}
    in_json, form, query = calls
    assert json.loads(in_json.content or b"") == {"action": "star", "threads": [7, 9]}
    both = [("threads[]", "7"), ("threads[]", "9")]
    assert parse_qsl((form.content or b"").decode()) == [("action", "star"), *both]
    assert (query.query, parse_qsl((query.content or b"").decode())) == (
        (("action", "star"),),
        both,
    )
    kinds = ["application/json", *["application/x-www-form-urlencoded"] * 2]
    assert [call.content_type for call in calls] == kinds


def test_no_flag_is_ever_false() -> None:
    """A projection is on when it is present, whatever its value."""
    for call, *_rest in READS:
        assert "false" not in {value for _name, value in call.query}


def test_place_bid() -> None:
    request = recorded("place_project_bid")
    call = requests.place_bid(PlaceBid(201, Money(Decimal("150.50"), "USD"), 7, "My proposal"), 102)
    assert (call.method, f"/api{call.path}") == (request["method"], request["path"])
    assert json.loads(sent(call).content) == request["body"]["value"]
    assert sent(call).headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        ("150", "USD", b'"amount":150,'),
        ("1000000", "IDR", b'"amount":1000000,'),
        ("0.1", "USD", b'"amount":0.1,'),
        ("1234567.89", "USD", b'"amount":1234567.89,'),
        ("9007199254740993", "JPY", b'"amount":9007199254740993,'),
        ("10.055", "KWD", b'"amount":10.055,'),
    ],
)
def test_amounts_are_exact_numbers(amount: str, currency: str, written: bytes) -> None:
    call = requests.place_bid(PlaceBid(201, Money(Decimal(amount), currency), 7, "x"), 102)
    assert written in (call.content or b"")


def test_send_message() -> None:
    request = recorded("post_message")
    call = requests.send_message(SendMessage(701, "Héllo & bye", ""))
    assert (call.method, f"/api{call.path}") == (request["method"], request["path"])
    assert sent(call).content.decode() == request["body"]["raw"]
    assert sent(call).headers["content-type"] == request["headers"]["Content-Type"]
    marked = requests.send_message(SendMessage(701, "Hi", "17000"))
    assert dict(parse_qsl(sent(marked).content.decode())) == {
        "message": "Hi",
        "client_message_id": "17000",
    }


def test_send_files() -> None:
    request = recorded("post_attachment")
    uploads = (Upload("file.txt", "/x", 5), Upload("b.txt", "/y", 5))
    call = requests.send_message(SendMessage(701, "", "", uploads), (b"hello", b"world"))
    assert (call.method, f"/api{call.path}") == (request["method"], request["path"])
    made = sent(call)
    boundary = made.headers["content-type"].partition("boundary=")[2].encode()
    parts = []
    for part in made.content.split(b"--" + boundary)[1:-1]:
        head, _, value = part.strip(b"\r\n").partition(b"\r\n\r\n")
        parts.append({"headers": head.split(b"\r\n")[0].decode(), "value": value.decode()})
    assert parts == request["body"]["parts"]


@pytest.mark.parametrize("action", ["award", "revoke", "accept", "retract", "highlight"])
def test_an_action_in_the_query_is_the_sdk_s(action: str) -> None:
    request = recorded(f"{action}_project_bid")
    call = requests.put_action("/projects/0.1/bids/301/", action, encoding="query")
    assert (call.method, f"/api{call.path}") == (request["method"], request["path"])
    assert [list(pair) for pair in call.query] == request["query"]
    assert sent(call).content == b""
    assert sent(call).headers["content-length"] == "0"


def test_an_action_with_a_field() -> None:
    request = recorded("release_milestone_payment")
    path, amount = "/projects/0.1/milestones/401/", {"amount": Decimal("75.25")}
    query = requests.put_action(path, "release", amount, "query")
    assert [list(pair) for pair in query.query] == request["query"]
    assert json.loads(query.content or b"") == request["body"]["value"]
    body = requests.put_action(path, "release", amount, "json")
    assert body.content == b'{"action":"release","amount":75.25}'
    form = requests.put_action(path, "release", amount, "form")
    assert form.content == b"action=release&amount=75.25"
    assert {call.family for call in (query, body, form)} == {"PUT projects/milestones"}
