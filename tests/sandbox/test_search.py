"""Search: projects by words, filters, bounds and time."""

from typing import Any

import pytest

from freelancer_tui.sandbox.market.search import words
from tests.sandbox.conftest import Caller, Clock
from tests.sandbox.server import Sandbox
from tests.sandbox.worlds import ALICE, BOB, HOURLY, LOGO, NOW, OLD, SHOP

ACTIVE = "projects/0.1/projects/active/"
ALL = "projects/0.1/projects/all/"


def found(caller: Caller, path: str = ACTIVE, **query: Any) -> list[int]:
    result = caller.ok("GET", path, params=query)
    assert result["total_count"] == len(result["projects"])
    return [project["id"] for project in result["projects"]]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ({}, [HOURLY, SHOP, LOGO]),
        ({"query": "bakery"}, [LOGO]),
        ({"query": "revisions"}, [HOURLY, SHOP, LOGO]),
        ({"query": "JAVA hour"}, [HOURLY]),
        ({"query": "java bakery"}, []),
        ({"or_search_query": "java bakery"}, [HOURLY, LOGO]),
        ({"query": "java bakery", "or_search_query": "True"}, [HOURLY, LOGO]),
        ({"query": "", "or_search_query": "True"}, [HOURLY, SHOP, LOGO]),
        ({"query": "!!!"}, []),
        ({"query": '"toko" AND (NEAR'}, []),
        ({"project_types[]": "hourly"}, [HOURLY]),
        ({"project_types[]": ["fixed", "hourly"]}, [HOURLY, SHOP, LOGO]),
        ({"jobs[]": 7}, [HOURLY]),
        ({"jobs": [3, 32]}, [SHOP, LOGO]),
        ({"countries[]": "ID"}, [SHOP]),
        ({"languages[]": "id"}, [SHOP]),
        ({"owners[]": BOB}, [HOURLY]),
        ({"project_ids[]": [LOGO, OLD]}, [LOGO]),
        ({"project_upgrades[]": "featured"}, [SHOP]),
        ({"min_price": 50}, [SHOP]),
        ({"max_price": 250}, [LOGO]),
        ({"min_price": 30, "max_price": "250.00"}, [LOGO]),
        ({"min_hourly_rate": 15}, [HOURLY]),
        ({"min_price": 30, "min_hourly_rate": 15}, [HOURLY, SHOP, LOGO]),
        ({"min_avg_price": 90, "max_avg_price": 100}, [SHOP]),
        ({"from_time": NOW - 50_000 + SHOP}, [HOURLY, SHOP]),
        ({"to_time": NOW - 50_000 + SHOP}, [SHOP, LOGO]),
        ({"sort_field": "bid_count"}, [SHOP, HOURLY, LOGO]),
        ({"reverse_sort": "true"}, [LOGO, SHOP, HOURLY]),
        ({"reverse_sort": "false"}, [HOURLY, SHOP, LOGO]),
        ({"sort_field": "bid_avg_usd"}, [SHOP, HOURLY, LOGO]),
        ({"sort_field": "submitdate"}, [HOURLY, SHOP, LOGO]),
        ({"sort_field": "bid_enddate"}, [HOURLY, SHOP, LOGO]),
    ],
)
def test_filters(nobody: Caller, query: dict[str, Any], ids: list[int]) -> None:
    assert found(nobody, **query) == ids


def test_all_has_closed_projects_too(nobody: Caller) -> None:
    assert found(nobody, ALL) == [OLD, HOURLY, SHOP, LOGO]
    assert found(nobody, ALL, **{"project_statuses[]": "closed"}) == [OLD]
    posted = nobody.ok("POST", ALL, json={"query": "applet", "limit": 5, "job_details": True})
    assert posted["projects"][0]["jobs"][0]["id"] == 7
    assert [project["id"] for project in posted["projects"]] == [OLD]


def test_titles_come_before_texts(alice: Caller) -> None:
    alice.ok("POST", "projects/0.1/projects/", json=a_project(description="a bakery in town"))
    assert found(alice, query="bakery")[0] == LOGO
    assert found(alice, query="bakery", sort_field="time_updated")[0] != LOGO


def test_accents_do_not_matter(alice: Caller) -> None:
    made = alice.ok("POST", "projects/0.1/projects/", json=a_project(title="Café menu, 日本語"))
    assert found(alice, query="cafe") == [made["id"]]
    assert found(alice, query="café") == [made["id"]]
    assert found(alice, query="日本語") == [made["id"]]
    assert words("e-mail_me (now)") == ["e", "mail", "me", "now"]


def test_a_kept_result_follows_changes(
    sandbox: Sandbox, clock: Clock, alice: Caller, budi: Caller
) -> None:
    assert found(alice) == [HOURLY, SHOP, LOGO]
    clock.now += 10
    made = alice.ok("POST", "projects/0.1/projects/", json=a_project())["id"]
    assert found(alice) == [made, HOURLY, SHOP, LOGO]
    clock.now += 10
    bid = budi.bid(LOGO)
    assert found(alice) == [LOGO, made, HOURLY, SHOP]
    assert found(alice, from_time=int(clock.now)) == [LOGO]
    alice.act(f"bids/{bid['id']}", "award")
    assert found(alice) == [made, HOURLY, SHOP]
    sandbox.market.clock_offset = -100_000
    sandbox.market.projects.touch(made)
    assert found(alice) == [HOURLY, SHOP, made]


def test_matches_are_marked(nobody: Caller) -> None:
    query = {
        "query": "bakery",
        "full_description": "1",
        "highlight_pre_tags": "<b>",
        "highlight_post_tags": "</b>",
    }
    shown = nobody.ok("GET", ACTIVE, params=query)["projects"][0]
    assert "<b>bakery</b>" in shown["description"]


def test_maps_beside_the_list(alice: Caller, budi: Caller) -> None:
    bid = budi.bid()
    alice.act(f"bids/{bid['id']}", "award")
    result = alice.ok(
        "GET", ALL, params={"user_details": "1", "user_status": "1", "selected_bids": "1"}
    )
    assert set(result["users"]) == {str(ALICE), str(BOB)}
    assert result["users"][str(ALICE)]["status"]["payment_verified"] is True
    assert result["selected_bids"][str(LOGO)][0]["id"] == bid["id"]
    assert alice.ok("GET", ALL)["users"] is None


def a_project(**changes: Any) -> dict[str, Any]:
    return {
        "title": "A new website",
        "description": "It should be quick.",
        "currency": {"id": 1},
        "budget": {"minimum": 100, "maximum": 250.5},
        "jobs": [{"id": 7}],
        **changes,
    }
