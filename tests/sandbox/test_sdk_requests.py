"""The SDK's recorded requests, sent byte for byte to a market in the state they belong to."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from freelancer_tui.sandbox.market.bids import Offer
from freelancer_tui.sandbox.market.market import Market
from freelancer_tui.sandbox.market.threads import Context
from freelancer_tui.sandbox.records import World
from tests.sandbox.server import running_sandbox
from tests.sandbox.worlds import LETTER, tiny_world

FILE = Path(__file__).parents[1] / "wire" / "sdk_requests.jsonl"
RECORDED = [json.loads(line) for line in FILE.read_text().splitlines()]
BEYOND = ("/tracks/", "/contests/")
IN_SCOPE = [r for r in RECORDED if not any(part in r["path"] for part in BEYOND)]
NAMES = [f"{place}-{r['function'].split('.')[-1]}" for place, r in enumerate(IN_SCOPE)]
EMPLOYER, FREELANCER, PROJECT = 101, 102, 201
BY_EMPLOYER = frozenset(
    "create_project create_hourly_project create_local_project create_hireme_project"
    " award_project_bid revoke_project_bid create_milestone_payment release_milestone_payment"
    " cancel_milestone_payment accept_milestone_request reject_milestone_request"
    " create_thread".split()
)
BEFORE_AWARD = frozenset(("award_project_bid", "retract_project_bid", "highlight_project_bid"))
BEFORE_ACCEPT = frozenset(("accept_project_bid", "revoke_project_bid"))


def recorded_world() -> World:
    """The people and projects with the ids that the recorded requests name."""
    world = tiny_world()
    budi, siti, alice, _ = world.users
    (logo, shop, *_) = world.projects
    return replace(
        world,
        users=(
            replace(siti, id=2, portfolio=()),
            replace(alice, id=EMPLOYER),
            replace(budi, id=FREELANCER),
        ),
        projects=(
            replace(logo, id=PROJECT, owner_id=EMPLOYER),
            replace(shop, id=202, owner_id=EMPLOYER),
        ),
    )


def prepare(market: Market, function: str) -> None:
    """Bring the market to where a recorded request makes sense: bid 301, milestone 401 and on."""
    for table, last in (
        ("bids", 300),
        ("milestones", 400),
        ("requests", 500),
        ("threads", 700),
        ("messages", 800),
    ):
        market.database.run("INSERT INTO sqlite_sequence VALUES (?, ?)", (table, last))
    if function == "place_project_bid":
        return
    bid = market.bids.place(FREELANCER, PROJECT, Offer(150_50, 7, LETTER))
    thread = market.threads.open(EMPLOYER, [FREELANCER], Context("project", PROJECT))
    market.messages.post(EMPLOYER, thread, "hello")
    market.requests.ask(FREELANCER, bid, 75_25, "Milestone request")
    if function in BEFORE_AWARD:
        return
    market.bids.award(EMPLOYER, bid)
    if function in BEFORE_ACCEPT:
        return
    market.bids.accept(FREELANCER, bid)
    market.milestones.create(EMPLOYER, bid, 75_25, "First half")
    if function == "post_review":
        market.postings.end(EMPLOYER, PROJECT)
    if function == "delete_user_jobs":
        market.people.change_skills(FREELANCER, "add", [7, 20])


def body_of(request: dict[str, Any]) -> dict[str, Any]:
    body = request["body"]
    if body is None:
        return {}
    if body["encoding"] == "multipart":
        content = b"".join(
            f"--B\r\n{part['headers']}\r\n\r\n{part['value']}\r\n".encode()
            for part in body["parts"]
        )
        kind = "multipart/form-data; boundary=B"
        return {"content": content + b"--B--\r\n", "headers": {"content-type": kind}}
    content = (body.get("raw") or json.dumps(body["value"])).encode()
    return {"content": content, "headers": {"content-type": request["headers"]["Content-Type"]}}


@pytest.mark.parametrize("request_", IN_SCOPE, ids=NAMES)
def test_a_recorded_request_is_answered(request_: dict[str, Any]) -> None:
    function = request_["function"].rpartition(".")[2]
    body = body_of(request_)
    value: Any = (request_["body"] or {}).get("value")
    by_employer = function in BY_EMPLOYER or (
        function == "post_review" and value["from_user_id"] == EMPLOYER
    )
    with running_sandbox(recorded_world) as sandbox:
        prepare(sandbox.market, function)
        token = sandbox.tokens["alice" if by_employer else "budi"]
        headers = {**body.get("headers", {}), "Freelancer-OAuth-V1": token}
        query = f"?{request_['raw_query']}" if request_["raw_query"] else ""
        with httpx.Client() as http:
            answer = http.request(
                request_["method"],
                f"{sandbox.url}{request_['path']}{query}",
                content=body.get("content"),
                headers=headers,
            )
    document = answer.json()
    if function == "place_project_bid":  # "My proposal" is under 100 characters
        assert document["error_code"] == "ProjectExceptionCodes.BID_DESCRIPTION_TOO_SHORT"
    else:
        assert answer.status_code == 200, document
        assert document["status"] == "success"


def test_the_recording_is_whole() -> None:
    assert (len(RECORDED), len(IN_SCOPE)) == (51, 47)
