"""Bids: placed, changed, awarded and answered by the right people only."""

from typing import Any

import pytest

from tests.sandbox.conftest import Caller, a_bid
from tests.sandbox.server import Sandbox
from tests.sandbox.worlds import ALICE, BOB, BUDI, HOURLY, LETTER, LOGO, NOW, OLD, SHOP, SITI

BIDS = "projects/0.1/bids/"


def project(caller: Caller, project_id: int = LOGO) -> Any:
    return caller.ok("GET", f"projects/0.1/projects/{project_id}/")


def test_a_bid_is_placed_and_counted(budi: Caller) -> None:
    bid = budi.bid(milestone_percentage=20)
    assert bid["amount"] == 150.5
    assert bid["bidder_id"] == BUDI
    assert bid["project_owner_id"] == ALICE
    assert bid["time_submitted"] == bid["submitdate"] == NOW
    assert (bid["retracted"], bid["award_status"], bid["paid_status"]) == (False, None, "unpaid")
    assert bid["frontend_bid_status"] == "active"
    shown = project(budi)
    assert shown["bid_stats"] == {"bid_count": 1, "bid_avg": 150.5}
    assert shown["time_updated"] == NOW


def test_the_average_is_kept_exactly(budi: Caller, siti: Caller) -> None:
    before = project(budi, SHOP)["bid_stats"]
    assert before == {"bid_count": 3, "bid_avg": 1500000.5}
    bid = budi.bid(SHOP, amount="2000000.10")
    siti.bid(SHOP, amount=1000000)
    assert project(budi, SHOP)["bid_stats"] == {"bid_count": 5, "bid_avg": 1500000.32}
    budi.ok("PUT", f"{BIDS}{bid['id']}/", json={"amount": 1_500_000})
    assert project(budi, SHOP)["bid_stats"]["bid_avg"] == 1400000.3
    budi.act(f"bids/{bid['id']}", "retract")
    assert project(budi, SHOP)["bid_stats"] == {"bid_count": 4, "bid_avg": 1375000.38}


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"description": "too short"}, 400, "BID_DESCRIPTION_TOO_SHORT"),
        ({"description": " " * 200}, 400, "BID_DESCRIPTION_TOO_SHORT"),
        ({"description": "x" * 20_000}, 400, "BID_DESCRIPTION_TOO_LONG"),
        ({"description": LETTER + " budi@example.com"}, 400, "BID_DESCRIPTION_CONTAINS_EMAIL"),
        ({"amount": 29.99}, 400, "BID_AMOUNT_INVALID"),
        ({"amount": 0}, 400, "BID_AMOUNT_INVALID"),
        ({"amount": -5}, 400, "BID_AMOUNT_INVALID"),
        ({"amount": 30.001}, 400, "BAD_FORM"),
        ({"amount": 1e300}, 400, "BAD_FORM"),
        ({"amount": 10**40}, 400, "BAD_FORM"),
        ({"amount": None}, 400, "BAD_FORM"),
        ({"amount": True}, 400, "BAD_FORM"),
        ({"amount": "ten"}, 400, "BAD_FORM"),
        ({"amount": {}}, 400, "BAD_FORM"),
        ({"period": 0}, 400, "BID_PERIOD_INVALID"),
        ({"period": 7.5}, 400, "BAD_FORM"),
        ({"period": None}, 400, "BAD_FORM"),
        ({"milestone_percentage": 19}, 400, "BID_MILESTONE_PERCENTAGE_INVALID"),
        ({"milestone_percentage": 101}, 400, "BID_MILESTONE_PERCENTAGE_INVALID"),
        ({"bidder_id": ALICE}, 403, "PERMISSION_DENIED"),
        ({"bidder_id": None}, 400, "BAD_FORM"),
        ({"project_id": OLD}, 400, "PROJECT_NOT_ACTIVE"),
        ({"project_id": 0}, 404, "NOT_FOUND"),
        ({"project_id": 2**62}, 404, "NOT_FOUND"),
        ({"project_id": 2**64}, 400, "BAD_FORM"),
        ({"project_id": None}, 400, "BAD_FORM"),
    ],
)
def test_what_is_no_bid(budi: Caller, changes: dict[str, Any], status: int, code: str) -> None:
    assert budi.refused("POST", BIDS, json=a_bid(**changes)) == (status, code)
    assert project(budi)["bid_stats"]["bid_count"] == 0


def test_one_bid_a_project(budi: Caller, siti: Caller) -> None:
    first = budi.bid()
    assert budi.refused("POST", BIDS, json=a_bid()) == (409, "DUPLICATE_BID")
    siti.bid()
    budi.act(f"bids/{first['id']}", "retract")
    second = budi.bid()
    assert second["id"] > first["id"]


def test_no_bid_on_ones_own_project(alice: Caller) -> None:
    own = a_bid(bidder_id=ALICE)
    assert alice.refused("POST", BIDS, json=own) == (403, "CANNOT_BID_ON_OWN_PROJECT")


def test_bids_run_out(sandbox: Sandbox, budi: Caller) -> None:
    sandbox.market.database.run("UPDATE users SET bids_remaining = 1 WHERE id = ?", (BUDI,))
    budi.bid(LOGO)
    mine = budi.ok("GET", "users/0.1/self/", params={"balance_details": "1"})
    assert mine["account_balances"]["bids_remaining"] == 0
    assert budi.refused("POST", BIDS, json=a_bid(HOURLY)) == (403, "BID_LIMIT_EXCEEDED")


def test_a_bid_can_be_changed_while_the_project_is_open(budi: Caller, alice: Caller) -> None:
    bid = budi.bid()
    changed = budi.ok(
        "PUT", f"{BIDS}{bid['id']}/", json={"amount": 99, "period": 3, "description": LETTER + "!"}
    )
    assert (changed["amount"], changed["period"]) == (99, 3)
    assert changed["description"].endswith("!")
    assert budi.refused("PUT", f"{BIDS}{bid['id']}/", json={}) == (400, "BAD_FORM")
    assert budi.refused("PUT", f"{BIDS}{bid['id']}/", json={"amount": 1})[0] == 400
    alice.act(f"bids/{bid['id']}", "award")
    refused = budi.refused("PUT", f"{BIDS}{bid['id']}/", json={"amount": 100})
    assert refused == (400, "PROJECT_NOT_ACTIVE")


def test_the_walk_from_open_to_complete(budi: Caller, siti: Caller, alice: Caller) -> None:
    bid, other = budi.bid(), siti.bid()

    def walk() -> tuple[str, str]:
        shown = project(alice)
        return shown["status"], shown["frontend_project_status"]

    assert walk() == ("active", "open")
    alice.act(f"bids/{bid['id']}", "award")
    assert walk() == ("frozen", "open")
    awarded = budi.ok("GET", f"{BIDS}{bid['id']}/")
    assert (awarded["award_status"], awarded["time_awarded"]) == ("awarded", NOW)
    budi.act(f"bids/{bid['id']}", "accept")
    assert walk() == ("closed", "work_in_progress")
    accepted = budi.ok("GET", f"{BIDS}{bid['id']}/")
    assert accepted["time_accepted"] == NOW
    assert accepted["frontend_bid_status"] == "in_progress"
    assert accepted["complete_status"] == "incomplete"
    assert siti.ok("GET", f"{BIDS}{other['id']}/")["award_status"] == "rejected"
    alice.act(f"projects/{LOGO}", "end")
    assert walk() == ("closed", "complete")
    assert budi.ok("GET", f"{BIDS}{bid['id']}/")["complete_status"] == "complete"
    second = a_bid(bidder_id=SITI)
    assert siti.refused("POST", BIDS, json=second) == (409, "DUPLICATE_BID")


def test_an_award_can_be_revoked_denied_or_left(budi: Caller, alice: Caller) -> None:
    bid = budi.bid()["id"]
    alice.act(f"bids/{bid}", "award")
    alice.act(f"bids/{bid}", "revoke")
    assert budi.ok("GET", f"{BIDS}{bid}/")["award_status"] == "revoked"
    assert project(alice)["status"] == "active"
    alice.act(f"bids/{bid}", "award")
    budi.act(f"bids/{bid}", "deny")
    assert budi.ok("GET", f"{BIDS}{bid}/")["award_status"] == "canceled"
    assert project(alice)["status"] == "active"
    alice.act(f"bids/{bid}", "award")
    budi.act(f"bids/{bid}", "retract")
    assert project(alice)["status"] == "active"
    assert budi.ok("GET", f"{BIDS}{bid}/")["retracted"] is True


def test_steps_out_of_order(budi: Caller, siti: Caller, alice: Caller) -> None:
    bid, other = budi.bid()["id"], siti.bid()["id"]

    def refused(caller: Caller, number: int, action: str) -> str:
        return caller.refused("PUT", f"{BIDS}{number}/", json={"action": action})[1]

    assert refused(budi, bid, "accept") == "BID_NOT_AWARDED"
    assert refused(budi, bid, "deny") == "BID_NOT_AWARDED"
    assert refused(alice, bid, "revoke") == "BID_NOT_AWARDED"
    alice.act(f"bids/{bid}", "award")
    assert refused(alice, bid, "award") == "BID_ALREADY_AWARDED"
    assert refused(alice, other, "award") == "PROJECT_NOT_ACTIVE"
    budi.act(f"bids/{bid}", "accept")
    for caller, action in ((budi, "accept"), (budi, "deny"), (budi, "retract"), (alice, "revoke")):
        assert refused(caller, bid, action) == "BID_ALREADY_ACCEPTED"
    siti.act(f"bids/{other}", "retract")
    assert refused(siti, other, "retract") == "BID_RETRACTED"
    assert refused(alice, bid, "dance") == "BAD_FORM"


def test_nobody_does_what_is_anothers(
    budi: Caller, siti: Caller, alice: Caller, bob: Caller
) -> None:
    bid = budi.bid()["id"]
    for action in ("award", "revoke", "shortlist", "hide"):
        for caller in (budi, siti, bob):
            refused = caller.refused("PUT", f"{BIDS}{bid}/", json={"action": action})
            assert refused == (403, "PERMISSION_DENIED")
    alice.act(f"bids/{bid}", "award")
    for action in ("accept", "deny", "retract", "highlight"):
        for caller in (siti, alice, bob):
            refused = caller.refused("PUT", f"{BIDS}{bid}/", json={"action": action})
            assert refused == (403, "PERMISSION_DENIED")
    for caller in (siti, alice, bob):
        assert caller.refused("PUT", f"{BIDS}{bid}/", json={"amount": 200})[0] == 403
    for action in ("close", "end", "update"):
        how = {"json": {"action": action, "description": "mine"}}
        for caller in (budi, bob):
            assert caller.refused("PUT", f"projects/0.1/projects/{LOGO}/", **how)[0] == 403
    assert bob.refused("DELETE", f"projects/0.1/projects/{LOGO}/")[0] == 403


def test_others_see_a_bid_without_its_words(budi: Caller, siti: Caller, alice: Caller) -> None:
    bid = budi.bid()
    for caller in (budi, alice):
        assert caller.ok("GET", f"{BIDS}{bid['id']}/")["description"] == LETTER
    seen = siti.ok("GET", BIDS, params={"projects[]": LOGO})["bids"][0]
    assert seen["id"] == bid["id"]
    assert seen["description"] is None
    assert seen["shortlisted"] is None


def test_sealed_amounts_are_hidden(sandbox: Sandbox, budi: Caller, siti: Caller) -> None:
    bid = budi.bid()["id"]
    assert budi.refused("PUT", f"{BIDS}{bid}/", json={"action": "seal"}) == (
        400,
        "USER_NOT_IN_PFP",
    )
    sandbox.market.database.run("UPDATE users SET preferred = 1")
    budi.act(f"bids/{bid}", "seal")
    assert siti.ok("GET", f"{BIDS}{bid}/")["amount"] == 0
    assert budi.ok("GET", f"{BIDS}{bid}/")["amount"] == 150.5


@pytest.mark.parametrize("way", ["query", "json", "form"])
def test_an_action_is_read_from_query_json_or_form(budi: Caller, alice: Caller, way: str) -> None:
    bid = budi.bid()["id"]
    how: dict[str, dict[str, Any]] = {
        "query": {
            "params": {"action": "shortlist"},
            "headers": {"content-type": "application/x-www-form-urlencoded"},
        },
        "json": {"json": {"action": "shortlist"}},
        "form": {"data": {"action": "shortlist"}},
    }
    alice.ok("PUT", f"{BIDS}{bid}/", **how[way])
    assert budi.ok("GET", f"{BIDS}{bid}/")["shortlisted"] is True
    alice.act(f"bids/{bid}", "unshortlist")
    assert budi.ok("GET", f"{BIDS}{bid}/")["shortlisted"] is False


def test_lists_and_their_filters(budi: Caller, siti: Caller, alice: Caller) -> None:
    first, second, third = budi.bid(), siti.bid(), budi.bid(HOURLY, amount=20)

    def ids(**query: Any) -> list[int]:
        return [bid["id"] for bid in alice.ok("GET", BIDS, params=query)["bids"]]

    assert ids(**{"bidders[]": BUDI}) == [third["id"], first["id"]]
    assert ids(**{"projects[]": LOGO}) == [second["id"], first["id"]]
    assert ids(**{"bids[]": [first["id"], third["id"]]}) == [third["id"], first["id"]]
    assert ids(**{"project_owners[]": BOB}) == [third["id"]]
    assert ids(**{"projects[]": LOGO, "limit": 1, "offset": 1}) == [first["id"]]
    assert ids(**{"projects[]": LOGO, "frontend_bid_statuses[]": "active"}) != []
    assert ids(**{"projects[]": LOGO, "award_statuses[]": "awarded"}) == []
    assert alice.refused("GET", BIDS) == (400, "BAD_FORM")
    query = {"user_details": "1", "project_details": "1", "reputation": "1"}
    full = alice.ok("GET", BIDS, params={"projects[]": LOGO, **query})
    assert set(full["users"]) == {"101", "102", "201"}
    assert set(full["projects"]) == {str(LOGO)}
    assert full["bids"][0]["reputation"]["entire_history"]["overall"] == 4.9
    alice.act(f"bids/{first['id']}", "shortlist")
    of_project = alice.ok("GET", f"projects/0.1/projects/{LOGO}/bids/")
    assert [bid["id"] for bid in of_project["shortlisted_bids"]] == [first["id"]]
    assert budi.ok("GET", f"projects/0.1/projects/{LOGO}/bids/")["shortlisted_bids"] == []


def test_projections_of_a_bid(budi: Caller, alice: Caller) -> None:
    bid = budi.bid()
    query = {"buyer_project_fee": "1", "award_status_possibilities": "1"}
    seen = alice.ok("GET", f"{BIDS}{bid['id']}/", params=query)
    assert seen["buyer_project_fee"]["amount"] == 4.52
    assert seen["award_status_possibilities"] == ["awarded"]
    limits = budi.ok("GET", f"projects/0.1/projects/{LOGO}/bidinfo/")
    assert (limits["minimum_bid"], limits["maximum_bid"]) == (30, 250)
