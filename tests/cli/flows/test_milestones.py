"""Asking for money from the shell, against a real sandbox."""

import re

import pytest

from tests.cli.flows.shell import Shell
from tests.cli.flows.test_flow import drafted
from tests.cli.flows.town import TALKED_ABOUT, Town, caller, ok
from tests.sandbox.worlds import BUDI, LOGO


def the_bid(desk: Shell) -> str:
    (placed,) = desk.ok("proposals", "list")
    return str(placed["remote_id"])


def wishes(town: Town, project: int) -> list[tuple[str, float]]:
    path = "projects/0.1/milestone_requests/"
    listed = ok(town.client.get(path, params={"projects[]": project}))
    found = listed["milestone_requests"].values()
    return [(one["description"], one["amount"]) for one in found]


def test_a_request_is_queued_and_sent(desk: Shell, town: Town) -> None:
    bid = the_bid(desk)
    told = desk.ok("milestones", "request", bid, "--amount", "40.50", "--text", "First draft")
    assert re.fullmatch("[0-9A-Z]{6}", told["mark"])
    assert told == {
        "id": told["id"],
        "state": "queued",
        "bid_remote_id": int(bid),
        "project_remote_id": TALKED_ABOUT,
        "about": told["about"],
        "amount": {"amount": "40.50", "currency": "USD"},
        "text": "First draft",
        "mark": told["mark"],
    }
    (entry,) = desk.ok("outbox", "list")
    assert (entry["id"], entry["intent"]) == (told["id"], "request_milestone")
    (line,) = desk.ok("milestones", "list")
    assert (line["id"], line["remote_id"], line["state"]) == (told["id"], None, "queued")
    assert told["id"] in desk("milestones", "list").out
    assert desk.ok("sync")["pushed"] == 1
    assert desk.ok("outbox", "list") == []
    assert wishes(town, TALKED_ABOUT) == [(f"First draft (ref {told['mark']})", 40.5)]
    (line,) = desk.ok("milestones", "list")
    assert (line["id"], line["state"], line["amount"]["amount"]) == (None, "requested", "40.50")


def test_a_request_is_withdrawn_and_money_asked_for(desk: Shell, town: Town) -> None:
    bid = the_bid(desk)
    desk.ok("milestones", "request", bid, "--amount", "40", "--text", "First draft")
    desk.ok("sync")
    (line,) = desk.ok("milestones", "list")
    told = desk.ok("milestones", "withdraw", str(line["remote_id"]))
    assert (told["intent"], told["state"], told["amount"]["amount"]) == (
        "withdraw_request",
        "queued",
        "40.00",
    )
    (line,) = desk.ok("milestones", "list")
    assert line["outbox"] == {"intent": "withdraw_request", "state": "queued"}
    assert line["id"] is None
    ok(town.client.put(f"projects/0.1/bids/{bid}/", json={"action": "award"}))
    sides = {"project_id": TALKED_ABOUT, "bidder_id": BUDI, "amount": 50}
    ok(town.client.post("projects/0.1/milestones/", json=sides | {"description": "Part"}))
    assert desk.ok("sync")["pushed"] == 1
    states = {one["request"]: one for one in desk.ok("milestones", "list")}
    assert states[True]["state"] == "canceled"
    assert desk("milestones", "withdraw", str(line["remote_id"])).code == 2
    desk.ok("milestones", "ask-release", str(states[False]["remote_id"]))
    assert desk("milestones", "ask-release", "999999").code == 6
    assert desk.ok("sync")["pushed"] == 1
    states = {one["request"]: one for one in desk.ok("milestones", "list")}
    assert states[False]["state"] == "release_asked"


def test_a_request_whose_answer_is_lost_is_sent_once(desk: Shell, town: Town) -> None:
    asked = ("milestones", "request", the_bid(desk), "--amount", "40", "--text", "First draft")
    assert "USD 40" in desk(*asked).out
    town.sandbox.faults.add("drop_after", method="POST", path="*/milestone_requests")
    desk("sync")
    desk("sync")
    assert desk.ok("outbox", "list") == []
    assert len(wishes(town, TALKED_ABOUT)) == 1


def test_a_request_that_goes_out_with_its_proposal(desk: Shell, town: Town) -> None:
    proposal = drafted(desk)
    town.sandbox.faults.add("drop_before", times=None)
    desk.ok("proposals", "submit", proposal)
    asked = ("milestones", "request", "--proposal", proposal, "--amount", "50", "--text", "Half")
    assert desk.ok(*asked)["bid_remote_id"] is None
    town.sandbox.faults.clear()
    assert desk.ok("sync")["pushed"] == 2
    assert [amount for _text, amount in wishes(town, LOGO)] == [50]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("BID", "--amount", "0", "--text", "x"), 2),
        (("BID", "--amount", "much", "--text", "x"), 2),
        (("BID", "--amount", "5", "--text", "  "), 2),
        (("BID", "--amount", "5"), 2),
        (("--amount", "5", "--text", "x"), 2),
        (("BID", "--proposal", "p", "--amount", "5", "--text", "x"), 2),
        (("--proposal", "nope", "--amount", "5", "--text", "x"), 6),
        (("99999", "--amount", "5", "--text", "x"), 6),
        (("none", "--amount", "5", "--text", "x"), 2),
    ],
)
def test_wrong_input_queues_nothing(desk: Shell, arguments: tuple[str, ...], code: int) -> None:
    bid = the_bid(desk)
    given = [bid if one == "BID" else one for one in arguments]
    done = desk("milestones", "request", *given, "--json")
    assert (done.code, done.out) == (code, "")
    assert done.error["message"]
    assert desk.ok("outbox", "list") == []


def test_work_without_funding_is_warned_of(desk: Shell, town: Town) -> None:
    bid = the_bid(desk)
    ok(town.client.put(f"projects/0.1/bids/{bid}/", json={"action": "award"}))
    with caller(town.sandbox, "budi") as budi:
        ok(budi.put(f"projects/0.1/bids/{bid}/", json={"action": "accept"}))
    desk.ok("sync")
    assert desk("milestones", "list").out.startswith("! Work without funding: nothing is held for")
    assert desk.ok("milestones", "list") == []
