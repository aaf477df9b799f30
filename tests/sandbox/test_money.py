"""Milestones, requests and reviews: money and praise go where they belong."""

from typing import Any

import pytest

from tests.sandbox.conftest import Caller
from tests.sandbox.worlds import ALICE, BUDI, HOURLY, LOGO, NOW, SITI

MILESTONES = "projects/0.1/milestones/"
REQUESTS = "projects/0.1/milestone_requests/"
REVIEWS = "projects/0.1/reviews/"


@pytest.fixture
def work(budi: Caller, siti: Caller, alice: Caller) -> int:
    """The bid of Budi's that Alice awarded and he accepted."""
    bid: int = budi.bid()["id"]
    siti.bid()
    alice.act(f"bids/{bid}", "award")
    budi.act(f"bids/{bid}", "accept")
    return bid


def a_milestone(**changes: Any) -> dict[str, Any]:
    return {
        "project_id": LOGO,
        "bidder_id": BUDI,
        "amount": 75.25,
        "reason": 1,
        "description": "First half",
        **changes,
    }


def test_a_milestone_is_funded_and_released_in_parts(
    work: int, alice: Caller, budi: Caller
) -> None:
    made = alice.ok("POST", MILESTONES, json=a_milestone())
    assert made["transaction_id"] == made["id"]
    assert (made["amount"], made["status"], made["reason"]) == (75.25, "frozen", "partial_payment")
    assert (made["other_reason"], made["bid_id"]) == ("First half", work)
    number = made["id"]
    budi.act(f"milestones/{number}", "request_release")
    got = budi.ok("GET", f"{MILESTONES}{number}/")["milestones"][str(number)]
    assert got["status"] == "requested_release"
    rest = alice.act(f"milestones/{number}", "release", amount=50)["remaining_milestone"]
    assert (rest["amount"], rest["status"]) == (25.25, "frozen")
    assert budi.ok("GET", f"{MILESTONES}{number}/")["milestones"][str(number)]["amount"] == 50
    assert alice.act(f"milestones/{rest['id']}", "release") is None
    mine = budi.ok("GET", "users/0.1/self/", params={"balance_details": "1"})
    assert mine["account_balances"]["balances"][0]["amount"] == 75.25
    bid = budi.ok("GET", f"projects/0.1/bids/{work}/")
    assert (bid["paid_status"], bid["paid_amount"]) == ("partly_paid", 75.25)
    assert alice.ok("GET", f"projects/0.1/projects/{LOGO}/")["frontend_project_status"] == (
        "work_in_progress"
    )
    last = alice.ok("POST", MILESTONES, json=a_milestone(reason="full_payment"))["id"]
    alice.ok("PUT", f"{MILESTONES}{last}/", params={"action": "release"}, json={"amount": 75.25})
    assert alice.ok("GET", f"projects/0.1/projects/{LOGO}/")["frontend_project_status"] == (
        "complete"
    )


def test_a_canceled_milestone_is_over(work: int, alice: Caller) -> None:
    number = alice.ok("POST", MILESTONES, json=a_milestone())["id"]
    alice.act(f"milestones/{number}", "cancel")
    refused = alice.refused("PUT", f"{MILESTONES}{number}/", json={"action": "release"})
    assert refused == (409, "MILESTONE_NOT_HELD")


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": 0},
        {"amount": -1},
        {"amount": None},
        {"description": ""},
        {"reason": 4},
        {"reason": "because"},
        {"bidder_id": SITI},
        {"bidder_id": None},
    ],
)
def test_what_is_no_milestone(work: int, alice: Caller, changes: dict[str, Any]) -> None:
    assert alice.refused("POST", MILESTONES, json=a_milestone(**changes))[0] == 400


@pytest.mark.parametrize("amount", [0, -1, 75.26, "x", 10**30])
def test_what_cannot_be_released(work: int, alice: Caller, amount: object) -> None:
    number = alice.ok("POST", MILESTONES, json=a_milestone())["id"]
    body = {"action": "release", "amount": amount}
    assert alice.refused("PUT", f"{MILESTONES}{number}/", json=body)[0] == 400


def test_a_request_is_accepted_rejected_or_deleted(work: int, alice: Caller, budi: Caller) -> None:
    def ask() -> int:
        body = {"project_id": LOGO, "bid_id": work, "amount": 20, "description": "Sketches"}
        made = budi.ok("POST", REQUESTS, json=body)
        assert (made["status"], made["time_requested"]) == ("pending", NOW)
        number: int = made["id"]
        return number

    def status(number: int) -> str:
        word: str = budi.ok("GET", f"{REQUESTS}{number}/")["status"]
        return word

    accepted, rejected, deleted, funded = ask(), ask(), ask(), ask()
    alice.act(f"milestone_requests/{accepted}", "accept")
    alice.act(f"milestone_requests/{rejected}", "reject")
    budi.act(f"milestone_requests/{deleted}", "delete")
    alice.ok("POST", MILESTONES, json=a_milestone(amount=20, request_id=funded))
    shown = [status(number) for number in (accepted, rejected, deleted, funded)]
    assert shown == ["created", "rejected", "deleted", "created"]
    for number in (accepted, rejected, deleted):
        refused = alice.refused("PUT", f"{REQUESTS}{number}/", json={"action": "accept"})
        assert refused == (409, "MILESTONE_REQUEST_NOT_PENDING")
    milestones = budi.ok("GET", MILESTONES, params={"bids[]": work})["milestones"]
    assert [m["amount"] for m in milestones.values()] == [20, 20]
    listed = budi.ok("GET", REQUESTS, params={"bids[]": work, "statuses[]": "created"})
    assert set(listed["milestone_requests"]) == {str(accepted), str(funded)}
    in_order = budi.ok("GET", REQUESTS, params={"sort_direction": "asc"})
    assert list(in_order["milestone_requests"]) == sorted(map(str, range(accepted, funded + 1)))


def test_money_is_seen_and_moved_by_its_two_sides_only(
    work: int, alice: Caller, budi: Caller, siti: Caller, bob: Caller
) -> None:
    number = alice.ok("POST", MILESTONES, json=a_milestone())["id"]
    body = {"bid_id": work, "amount": 20, "description": "Sketches"}
    request = budi.ok("POST", REQUESTS, json=body)["id"]
    for stranger in (siti, bob):
        assert stranger.refused("GET", f"{MILESTONES}{number}/")[0] == 404
        assert stranger.refused("GET", f"{REQUESTS}{request}/")[0] == 404
        assert stranger.ok("GET", MILESTONES, params={"projects[]": LOGO})["milestones"] == {}
        assert stranger.ok("GET", REQUESTS, params={"bids[]": work})["milestone_requests"] == {}
        for action in ("release", "cancel", "request_release"):
            how = {"params": {"action": action}}
            assert stranger.refused("PUT", f"{MILESTONES}{number}/", **how)[0] == 404
        for action in ("accept", "reject", "delete"):
            how = {"params": {"action": action}}
            assert stranger.refused("PUT", f"{REQUESTS}{request}/", **how)[0] == 404
        assert stranger.refused("POST", REQUESTS, json=body)[0] == 403
        assert stranger.refused("POST", MILESTONES, json=a_milestone())[0] == 403
    for action in ("release", "cancel"):
        refused = budi.refused("PUT", f"{MILESTONES}{number}/", params={"action": action})
        assert refused == (403, "PERMISSION_DENIED")
    for caller, action in ((budi, "accept"), (budi, "reject"), (alice, "delete")):
        assert caller.refused("PUT", f"{REQUESTS}{request}/", params={"action": action})[0] == 403
    assert (
        alice.refused("PUT", f"{MILESTONES}{number}/", json={"action": "request_release"})[0] == 403
    )
    assert alice.refused("PUT", f"{MILESTONES}{number}/", json={"action": "burn"})[0] == 400


def a_review(**changes: Any) -> dict[str, Any]:
    return {
        "project_id": LOGO,
        "from_user_id": ALICE,
        "to_user_id": BUDI,
        "role": "freelancer",
        "comment": "Very good work",
        "reputation_data": {
            "category_ratings": {"quality": 5, "communication": 4},
            "on_budget": True,
            "on_time": False,
        },
        **changes,
    }


def test_reviews_come_after_the_work(work: int, alice: Caller, budi: Caller, bob: Caller) -> None:
    assert alice.refused("POST", REVIEWS, json=a_review()) == (400, "PROJECT_NOT_COMPLETE")
    alice.act(f"projects/{LOGO}", "end")
    alice.ok("POST", REVIEWS, json=a_review())
    assert alice.refused("POST", REVIEWS, json=a_review()) == (409, "DUPLICATE_REVIEW")
    assert bob.refused("POST", REVIEWS, json=a_review(from_user_id=202))[0] == 403
    assert budi.refused("POST", REVIEWS, json=a_review())[0] == 403
    back = a_review(
        from_user_id=BUDI,
        to_user_id=ALICE,
        role="employer",
        reputation_data={"category_ratings": {"clarity_spec": 3}},
    )
    budi.ok("POST", REVIEWS, json=back)
    query = {"to_users[]": BUDI, "project_details": "1", "user_details": "1"}
    result = bob.ok("GET", REVIEWS, params=query)
    said = result["reviews"][0]
    assert (said["rating"], said["role"], said["from_user_id"]) == (4.5, "freelancer", ALICE)
    assert said["rating_details"]["on_time"] is False
    assert said["review_context"]["context_id"] == LOGO
    assert set(result["projects"]) == {str(LOGO)}
    user = bob.ok("GET", f"users/0.1/users/{BUDI}/", params={"reputation": "1"})
    assert user["reputation"]["entire_history"]["reviews"] == 11
    assert user["reputation"]["entire_history"]["overall"] == 4.86


@pytest.mark.parametrize(
    "changes",
    [
        {"comment": ""},
        {"role": "judge"},
        {"role": None},
        {"role": "employer"},
        {"to_user_id": SITI},
        {"reputation_data": {}},
        {"reputation_data": {"category_ratings": {"quality": 6}}},
        {"reputation_data": {"category_ratings": {"quality": "high"}}},
        {"reputation_data": {"category_ratings": {"clarity_spec": 5}}},
        {"reputation_data": {"category_ratings": [5]}},
    ],
)
def test_what_is_no_review(work: int, alice: Caller, changes: dict[str, Any]) -> None:
    alice.act(f"projects/{LOGO}", "end")
    assert alice.refused("POST", REVIEWS, json=a_review(**changes))[0] == 400


def test_time_is_written_down_for_hourly_work(budi: Caller, siti: Caller, bob: Caller) -> None:
    bid = budi.bid(HOURLY, amount=20)["id"]
    entries = f"projects/0.1/bids/{bid}/time_tracking/"
    assert budi.refused("GET", entries)[0] == 404
    bob.act(f"bids/{bid}", "award")
    budi.act(f"bids/{bid}", "accept")
    body = {"time_start": NOW, "seconds": 3600, "note": "Parser"}
    assert budi.ok("POST", entries, json=body)["seconds"] == 3600
    assert bob.ok("GET", entries)["time_tracking"][0]["note"] == "Parser"
    assert siti.refused("GET", entries)[0] == 404
    assert bob.refused("POST", entries, json=body)[0] == 403
    assert budi.refused("POST", entries, json={**body, "seconds": -1})[0] == 400
    contracts = budi.ok("GET", "projects/0.1/hourly_contracts/")["hourly_contracts"]
    assert contracts[0]["hourly_rate"] == 20
    assert siti.ok("GET", "projects/0.1/hourly_contracts/")["hourly_contracts"] == []
    assert budi.ok("GET", "projects/0.1/invoices/") == {"invoices": []}
