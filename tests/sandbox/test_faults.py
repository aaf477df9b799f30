"""Faults: what goes wrong on purpose does so exactly as often and where it was asked for."""

import json
import time
from typing import Any

import httpx
import pytest

from freelancer_tui.sandbox.app import Extras, create_app
from freelancer_tui.sandbox.faults import Faults, Kind
from freelancer_tui.sandbox.market.market import Market
from tests.sandbox.conftest import Caller, a_bid
from tests.sandbox.server import Sandbox, running_sandbox
from tests.sandbox.worlds import LOGO, NOW, TOKENS, tiny_world

BIDS = "projects/0.1/bids/"
SELF = "users/0.1/self/"


def placed(sandbox: Sandbox) -> int:
    return sandbox.market.database.number("SELECT count(*) FROM bids")


@pytest.mark.parametrize(("kind", "landed"), [("drop_before", 0), ("drop_after", 1)])
def test_a_dropped_connection(sandbox: Sandbox, budi: Caller, kind: Kind, landed: int) -> None:
    sandbox.faults.add(kind, method="POST", path="/api/projects/0.1/bids/")
    budi.ok("GET", SELF)
    with pytest.raises(httpx.RemoteProtocolError):
        budi.http.post(BIDS, json=a_bid())
    assert placed(sandbox) == landed
    budi.ok("GET", SELF)
    assert sandbox.faults.hits == [kind]


@pytest.mark.parametrize(("kind", "landed"), [("error_before", 0), ("error_after", 1)])
def test_a_server_error(sandbox: Sandbox, budi: Caller, kind: Kind, landed: int) -> None:
    sandbox.faults.add(kind, method="POST", status=502)
    assert budi.refused("POST", BIDS, json=a_bid()) == (502, "UNKNOWN_ERROR")
    assert placed(sandbox) == landed


def test_503_with_a_time_to_retry(sandbox: Sandbox, budi: Caller) -> None:
    sandbox.faults.add("error_before", status=503)
    answer = budi.http.get(SELF)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")


@pytest.mark.parametrize("headers", [True, False])
def test_429_with_and_without_headers(sandbox: Sandbox, budi: Caller, headers: bool) -> None:
    sandbox.faults.add("rate_limited", headers=headers)
    answer = budi.http.post(BIDS, json=a_bid())
    assert answer.status_code == 429
    assert answer.json()["error_code"] == "AuthorisationExceptionCodes.RATE_LIMITED"
    assert ("ratelimit-remaining" in answer.headers) is headers
    assert placed(sandbox) == 0


def test_an_expired_token(sandbox: Sandbox, budi: Caller) -> None:
    sandbox.faults.add("expired_token", times=2)
    for _ in range(2):
        assert budi.refused("GET", SELF) == (401, "NOT_AUTHENTICATED")
    budi.ok("GET", SELF)


def test_html_an_error_with_200_and_cut_json(sandbox: Sandbox, budi: Caller) -> None:
    sandbox.faults.add("html", path="/api/projects/*")
    answer = budi.http.post(BIDS, json=a_bid())
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert placed(sandbox) == 1
    sandbox.faults.add("error_200")
    answer = budi.http.get(SELF)
    assert (answer.status_code, answer.json()["status"]) == (200, "error")
    assert set(answer.json()) == {"status", "message", "error_code", "request_id"}
    sandbox.faults.add("cut_json")
    answer = budi.http.get(SELF)
    with pytest.raises(json.JSONDecodeError):
        answer.json()
    sandbox.faults.add("cut_body")
    with pytest.raises(httpx.RemoteProtocolError):
        budi.http.get(SELF)
    budi.ok("GET", SELF)


def test_an_owner_can_be_null(sandbox: Sandbox, budi: Caller) -> None:
    sandbox.faults.add("null_owner_id", path="/api/projects/*", times=None)
    for _ in range(3):
        for project in budi.ok("GET", "projects/0.1/projects/active/")["projects"]:
            assert project["owner_id"] is None
    sandbox.faults.clear()
    assert budi.ok("GET", f"projects/0.1/projects/{LOGO}/")["owner_id"] == 201


def test_slow_answers(sandbox: Sandbox, budi: Caller) -> None:
    for kind in ("slow_body", "delay"):
        sandbox.faults.add("slow_body" if kind == "slow_body" else "delay", seconds=0.2)
        begun = time.monotonic()
        budi.ok("GET", SELF)
        assert time.monotonic() - begun >= 0.2
    sandbox.faults.add("slow_body", seconds=60)
    with pytest.raises(httpx.ReadTimeout):
        budi.http.get(SELF, timeout=0.05)


def test_a_slow_answer_does_not_keep_the_server_from_ending() -> None:
    begun = time.monotonic()
    with running_sandbox() as sandbox:
        sandbox.faults.add("slow_body", seconds=60)
        caller = Caller(sandbox, "budi")
        with caller.http, pytest.raises(httpx.ReadTimeout):
            caller.http.get(SELF, timeout=0.05)
    assert time.monotonic() - begun < 2


def test_a_request_that_arrives_twice(sandbox: Sandbox, budi: Caller) -> None:
    sandbox.faults.add("twice")
    assert budi.refused("POST", BIDS, json=a_bid()) == (409, "DUPLICATE_BID")
    assert placed(sandbox) == 1


def test_faults_are_switched_over_http(budi: Caller, nobody: Caller) -> None:
    switches = "/sandbox/faults"
    url = str(budi.http.base_url).removesuffix("/api/") + switches
    wish: dict[str, Any] = {"kind": "error_before", "method": "get", "path": "/api/users/*"}
    shown = nobody.http.post(url, json={**wish, "times": 2, "status": 504}).json()
    assert shown["faults"][0]["times"] == 2
    assert budi.refused("GET", SELF)[0] == 504
    assert nobody.http.get(url).json()["faults"][0]["times"] == 1
    nobody.http.post(url, json={"clock_offset": 60})
    assert nobody.http.get("/").headers["date"] == "Mon, 21 Sep 2026 14:14:20 GMT"
    assert nobody.http.delete(url).json() == {"faults": [], "clock_offset": 0}
    assert nobody.http.post(url, json={"kind": "earthquake"}).status_code == 400
    budi.ok("GET", SELF)


def test_the_switches_are_there_only_when_asked_for() -> None:
    with running_sandbox() as sandbox, httpx.Client(base_url=sandbox.url) as http:
        assert http.get("/sandbox/faults").status_code == 404


async def test_in_process_a_drop_is_an_error_of_the_transport() -> None:
    market = Market(":memory:", tiny_world, lambda: NOW)
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    faults = Faults(sleep)
    transport = httpx.ASGITransport(create_app(market, Extras(faults=faults)))
    headers = {"freelancer-oauth-v1": TOKENS[101]}
    url = "http://sandbox"
    async with httpx.AsyncClient(transport=transport, base_url=url, headers=headers) as http:
        faults.add("drop_after", method="POST")
        with pytest.raises(ConnectionResetError):
            await http.post(f"/api/{BIDS}", json=a_bid())
        faults.add("slow_body", seconds=80)
        assert (await http.get(f"/api/{BIDS}?projects[]={LOGO}")).json()["result"]["bids"]
    assert sum(slept) >= 80
    market.close()
