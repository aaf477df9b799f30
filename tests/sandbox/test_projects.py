"""Projects: posted, listed, closed and ended by their owners."""

from typing import Any

import pytest

from tests.sandbox.conftest import Caller
from tests.sandbox.server import Sandbox
from tests.sandbox.test_search import a_project
from tests.sandbox.worlds import ALICE, BUDI, HOURLY, LOGO, NOW, OLD, SHOP

PROJECTS = "projects/0.1/projects/"


def test_a_project_is_posted_and_open_at_once(alice: Caller, nobody: Caller) -> None:
    made = alice.ok("POST", PROJECTS, json=a_project())
    assert (made["status"], made["frontend_project_status"]) == ("active", "open")
    assert made["seo_url"] == f"java/a-new-website-{made['id']}"
    assert made["budget"] == {
        "minimum": 100,
        "maximum": 250.5,
        "name": None,
        "project_type": "fixed",
        "currency_id": 1,
    }
    assert made["time_submitted"] == made["time_updated"] == NOW
    assert nobody.ok("GET", f"{PROJECTS}{made['id']}/")["owner_id"] == ALICE


def test_hourly_local_and_taken_titles(alice: Caller) -> None:
    hourly = alice.ok(
        "POST",
        PROJECTS,
        json=a_project(
            type="HOURLY",
            hourly_project_info={"commitment": {"hours": 40, "interval": "WEEK"}},
        ),
    )
    assert hourly["type"] == "hourly"
    assert hourly["hourly_project_info"]["commitment"] == {"hours": 40, "interval": "week"}
    local = alice.ok(
        "POST",
        PROJECTS,
        json=a_project(local=True, location={"country": {"name": "Australia"}, "city": "Perth"}),
    )
    assert local["local"] is True
    assert local["title"] == "A new website 2"


def test_hire_me(alice: Caller, budi: Caller) -> None:
    offer = {"bidder_id": BUDI, "amount": 100, "period": 7, "description": "Hello"}
    made = alice.ok(
        "POST",
        PROJECTS,
        json=a_project(hireme=True, hireme_initial_bid=offer, jobs=[{"id": 7}, {"id": 417}]),
    )
    assert made["hireme"] is True
    assert made["status"] == "frozen"
    bid = budi.ok("GET", "projects/0.1/bids/", params={"projects[]": made["id"]})["bids"][0]
    assert (bid["bidder_id"], bid["award_status"]) == (BUDI, "awarded")
    budi.act(f"bids/{bid['id']}", "accept")
    broken = a_project(hireme=True, hireme_initial_bid={**offer, "bidder_id": 999})
    assert alice.refused("POST", PROJECTS, json=broken)[0] == 404
    listed = alice.ok("GET", PROJECTS, params={"owners[]": ALICE})["projects"]
    assert made["id"] == max(project["id"] for project in listed)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"title": None},
        {"title": {}},
        {"description": " "},
        {"currency": {"id": 999}},
        {"currency": 1},
        {"currency": None},
        {"budget": {"minimum": 0}},
        {"budget": {"minimum": 100, "maximum": 50}},
        {"budget": {"minimum": "much"}},
        {"budget": []},
        {"jobs": []},
        {"jobs": [{"id": 999}]},
        {"jobs": [{}]},
        {"jobs": "php"},
        {"type": "barter"},
        {"title": "x" * 300},
        {"title": "nul \x00"},
        {"hireme": True},
    ],
)
def test_what_is_no_project(alice: Caller, changes: dict[str, Any]) -> None:
    assert alice.refused("POST", PROJECTS, json=a_project(**changes))[0] == 400


def test_lists_and_their_filters(alice: Caller, budi: Caller) -> None:
    def ids(caller: Caller, **query: Any) -> list[int]:
        return [p["id"] for p in caller.ok("GET", PROJECTS, params=query)["projects"]]

    assert ids(budi) == [OLD, HOURLY, SHOP, LOGO]
    assert ids(budi, **{"projects[]": [LOGO, OLD, 5]}) == [OLD, LOGO]
    assert ids(budi, **{"owners[]": ALICE}) == [SHOP, LOGO]
    assert ids(budi, frontend_project_statuses=["complete"]) == [OLD]
    assert ids(budi, seo_urls=f"graphic-design/old-java-applet-{OLD}") == [OLD]
    assert ids(budi, from_time=NOW - 100_000 + HOURLY) == [OLD, HOURLY]
    budi.bid(LOGO)
    assert ids(alice, **{"bidders[]": BUDI}) == [LOGO]
    counted = budi.ok("GET", PROJECTS, params={"limit": 1, "offset": 1})
    assert (counted["total_count"], len(counted["projects"])) == (4, 1)
    mine = budi.ok("GET", "projects/0.1/self/", params={"role": "freelancer"})["projects"]
    assert [project["id"] for project in mine] == [LOGO]
    posted = alice.ok("GET", "projects/0.1/self/", params={"role": "employer", "status": "open"})
    assert [project["id"] for project in posted["projects"]] == [SHOP, LOGO]


def test_closing_and_changing(alice: Caller, budi: Caller) -> None:
    alice.act(f"projects/{LOGO}", "update", description="Now with a mascot.")
    found = budi.ok("GET", f"{PROJECTS}active/", params={"query": "mascot"})["projects"]
    assert [project["id"] for project in found] == [LOGO]
    assert not budi.ok("GET", f"{PROJECTS}active/", params={"query": "revisions bakery"})[
        "projects"
    ]
    assert alice.refused("PUT", f"{PROJECTS}{LOGO}/", json={"action": "end"})[0] == 400
    assert alice.refused("DELETE", f"{PROJECTS}{LOGO}/")[0] == 400
    alice.act(f"projects/{LOGO}", "close")
    assert alice.refused("PUT", f"{PROJECTS}{LOGO}/", json={"action": "close"})[0] == 400
    shown = budi.ok("GET", f"{PROJECTS}{LOGO}/")
    assert (shown["status"], shown["time_updated"]) == ("closed", NOW)


def test_what_is_not_public_is_its_owners(sandbox: Sandbox, alice: Caller, budi: Caller) -> None:
    sandbox.market.database.run("UPDATE projects SET status = 'pending' WHERE id = ?", (LOGO,))
    sandbox.market.projects.touch(LOGO)
    assert budi.refused("GET", f"{PROJECTS}{LOGO}/") == (404, "NOT_FOUND")
    assert alice.ok("GET", f"{PROJECTS}{LOGO}/")["status"] == "pending"
    assert LOGO not in [p["id"] for p in budi.ok("GET", PROJECTS)["projects"]]
    assert LOGO in [p["id"] for p in alice.ok("GET", PROJECTS)["projects"]]
    assert LOGO not in [p["id"] for p in budi.ok("GET", f"{PROJECTS}all/")["projects"]]
    alice.ok("DELETE", f"{PROJECTS}{LOGO}/")
    assert alice.ok("GET", f"{PROJECTS}{LOGO}/")["deleted"] is True


@pytest.mark.parametrize("project_id", ["0", "9" * 30, "abc", "-1", "1.5", "%00", "²"])
def test_ids_that_name_nothing(nobody: Caller, project_id: str) -> None:
    assert nobody.refused("GET", f"{PROJECTS}{project_id}/") == (404, "NOT_FOUND")
