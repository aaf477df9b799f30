"""Learning: what of the two files becomes an attempt."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from freelancer_tui.domain.facts import Page
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.learning import Rate
from freelancer_tui.domain.money import Currency
from freelancer_tui.store.cache import facts
from freelancer_tui.workspace import Workspace
from tests.services.desk import CLIENT, ME, NOON, a_bid, a_message, a_project, a_thread, lay, usd

LONG_AGO = NOON - timedelta(days=20)
HOUR = timedelta(hours=1)


def lay_bids(workspace: Workspace) -> None:
    """One answered and won, one lost, one withdrawn, one hourly and open."""
    with workspace.cache.transaction() as connection:
        dollar = Currency(1, "USD", "US Dollar", "$", Decimal(1))
        facts.store(connection, Feed("currencies"), Page((dollar,), None, False, NOON))
    taken = a_bid(500, submitted_at=LONG_AGO, award_status="awarded", accepted_at=NOON)
    lay(workspace, a_project(101), a_project(102), a_project(103, kind="hourly"))
    lay(workspace, taken, a_bid(501, 101, submitted_at=LONG_AGO, award_status="rejected"))
    lay(workspace, a_bid(502, 102, retracted=True), a_bid(503, 103, submitted_at=LONG_AGO))
    lay(workspace, a_thread(updated_at=LONG_AGO + HOUR))
    ours = a_message(901, from_id=ME.remote_id, sent_at=LONG_AGO + HOUR / 2)
    earlier = a_message(902, from_id=CLIENT.remote_id, sent_at=LONG_AGO - HOUR)
    lay(workspace, ours, earlier, a_message(900, sent_at=LONG_AGO + HOUR))


def test_answers_awards_and_fees_are_read_from_what_is_known(workspace: Workspace) -> None:
    lay_bids(workspace)
    lessons = workspace.learning.lessons()
    whole = lessons.whole
    assert (whole.sent, whole.won, whole.answered) == (3, Rate(1, 2), Rate(1, 3))
    assert (whole.wait, whole.waited) == (HOUR, 1)
    assert (lessons.fees, lessons.fees_of) == (usd("40"), 1)
    assert [one.name for one in lessons.groups["price"]] == ["250–750", "hourly"]
    assert lessons.groups["skill"][0].name == "Python"


def test_a_job_that_went_to_somebody_else_was_lost(workspace: Workspace) -> None:
    lay(workspace, replace(a_project(), status="in_progress"), a_bid(500, submitted_at=LONG_AGO))
    assert workspace.learning.lessons().whole.won == Rate(0, 1)
