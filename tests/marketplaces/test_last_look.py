"""The last look: what a search for a message went through is kept for the user's decision."""

from datetime import UTC, datetime, timedelta

from freelancer_tui.domain.intents import Sighting
from freelancer_tui.sync.outcomes import claimed, missed
from freelancer_tui.sync.policy import Policy
from tests.factories import a_reply_intent, an_entry
from tests.marketplaces.test_landing import CLIENT, a_message, look

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
THERE = NOW - timedelta(hours=3)


def test_only_what_came_after_the_try_is_counted() -> None:
    rows = [a_message(number, from_user=CLIENT) for number in (810, 809, 801, 800, 790)]
    assert look(*rows).newer == {810, 809, 801}
    assert look(*rows, watermark=None).newer == {810, 809, 801, 800, 790}


def test_a_miss_is_kept_with_the_marketplaces_time_until_the_next_try() -> None:
    entry = an_entry(intent=a_reply_intent(), state="doubtful", attempts=1)
    wait = timedelta(seconds=5)
    seen = missed(entry, Sighting(None, THERE, among=37), NOW, wait, Policy())
    assert (seen.looked_at, seen.looked_among, seen.asks) == (THERE, 37, False)
    late = THERE + Policy().settle_window
    asks = missed(seen, Sighting(None, late, among=40), NOW, wait, Policy())
    assert (asks.looked_at, asks.looked_among, asks.asks) == (late, 40, True)
    again = claimed(asks, 900)
    assert (again.looked_at, again.looked_among) == (None, None)
