"""Jobs that end behind our back: asked for by id, told in the user's words, and kept."""

import sqlite3

from tests.cli.flows.shell import Shell
from tests.cli.flows.town import Town, ok
from tests.sandbox.worlds import LOGO, SHOP


def let_time_pass(desk: Shell) -> None:
    """Make all that is known due to be asked for again."""
    (path,) = desk.home.rglob("cache.db")
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE checks SET due_at = 0")
    connection.close()


def statuses(desk: Shell) -> dict[int, str]:
    return {one["remote_id"]: one["status"] for one in desk.ok("jobs", "search")}


def test_a_job_that_closed_and_one_that_was_removed(desk: Shell, town: Town) -> None:
    assert {statuses(desk)[LOGO], statuses(desk)[SHOP]} == {"open"}
    ok(town.client.put(f"projects/0.1/projects/{SHOP}/", json={"action": "close"}))
    town.sandbox.market.projects.walk(LOGO, "rejected", "pending")
    desk.ok("sync")
    assert statuses(desk)[SHOP] == "open"  # no list tells
    let_time_pass(desk)
    assert desk.ok("sync")["pulled"]["projects"] == 2
    assert (statuses(desk)[SHOP], statuses(desk)[LOGO]) == ("complete", "removed")
    shown = desk.ok("jobs", "show", str(LOGO))
    assert shown["status"] == "removed"
    assert shown["description"]
    assert "Removed on the marketplace" in desk("jobs", "show", str(LOGO)).out
    assert "· Removed" in desk("jobs", "search").out
    town.sandbox.market.projects.walk(LOGO, "active", "open")
    let_time_pass(desk)
    desk.ok("sync")
    assert statuses(desk)[LOGO] == "open"


def test_an_answer_that_is_no_answer_removes_nothing(desk: Shell, town: Town) -> None:
    town.sandbox.market.projects.walk(LOGO, "rejected", "pending")
    let_time_pass(desk)
    town.sandbox.faults.add("html", path="*/0.1/projects/", times=None)
    before = statuses(desk)
    done = desk("sync", "--json")
    assert done.code == 0
    assert done.json["failed"]
    assert statuses(desk) == before
