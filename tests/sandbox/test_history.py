"""The past of the demo freelancer: played once, in order, by the market's own rules."""

import pytest

from freelancer_tui.sandbox.market.escrow import EscrowListing
from freelancer_tui.sandbox.market.market import Market
from freelancer_tui.sandbox.market.threads import ThreadListing
from freelancer_tui.sandbox.seed import history, world
from freelancer_tui.sandbox.seed.history import FOLLOWER

NOW = 1_795_500_123


@pytest.fixture
def market() -> Market:
    opened = Market(":memory:", lambda: world(1, 300, NOW), lambda: float(NOW))
    history(opened)
    return opened


@pytest.fixture
def sari(market: Market) -> int:
    return int(market.people.named(["sariwulandari"])[0]["id"])


def test_bids_stand_everywhere_a_bid_can_stand(market: Market, sari: int) -> None:
    rows = market.database.all("SELECT * FROM bids WHERE bidder_id = ?", (sari,))
    assert len(rows) == 8
    waiting = [b for b in rows if b["award_status"] == "awarded" and not b["time_accepted"]]
    working = [b for b in rows if b["complete_status"] == "incomplete"]
    assert len(waiting) == 1
    assert len(working) == 1
    assert sum(b["complete_status"] == "complete" for b in rows) == 2
    assert sum(b["award_status"] == "rejected" for b in rows) == 1
    assert sum(b["award_status"] is None and b["shortlisted"] for b in rows) == 1
    assert sum(b["award_status"] is None and not b["shortlisted"] for b in rows) == 2
    assert market.people.get(sari)["bids_remaining"] == 42


def test_money_is_held_released_and_asked_for(market: Market, sari: int) -> None:
    milestones = market.milestones.page(sari, EscrowListing(), 50, 0)
    assert sorted(row["status"] for row in milestones) == ["cleared"] * 3 + ["frozen"]
    requests = market.requests.page(sari, EscrowListing(), 50, 0)
    assert [row["status"] for row in requests] == ["pending"]


def test_threads_are_read_and_unread(market: Market, sari: int) -> None:
    threads = market.threads.page(sari, ThreadListing(), 50, 0)
    assert len(threads) == 6
    assert sorted(row["unread"] for row in threads) == [0, 0, 1, 1, 1, 2]
    counts = market.messages.counts([row["id"] for row in threads])
    assert min(counts.values()) >= 3


def test_all_of_it_is_past_and_in_order(market: Market) -> None:
    times = [row[0] for row in market.database.all("SELECT time FROM events ORDER BY id")]
    assert times == sorted(times)
    assert times[-1] < NOW
    assert market.now() == NOW


def test_a_second_call_changes_nothing(market: Market) -> None:
    before = market.database.number("SELECT max(id) FROM events")
    history(market)
    assert market.database.number("SELECT max(id) FROM events") == before
    assert market.events.place(FOLLOWER) == before


def test_a_world_without_the_stories_has_no_history() -> None:
    market = Market(":memory:", lambda: world(1, 5, NOW), lambda: float(NOW))
    history(market)
    assert market.database.number("SELECT count(*) FROM events") == 0
