"""Awards: which money counts as funded."""

from freelancer_tui.domain.awards import escrow_of
from freelancer_tui.domain.milestones import Milestone, MilestoneRequest
from tests.factories import a_milestone, a_milestone_request, usd


def test_held_released_and_asked_are_told_apart() -> None:
    lines: list[Milestone | MilestoneRequest] = [
        a_milestone(1),
        a_milestone(2, status="requested_release", amount=usd("10")),
        a_milestone(3, status="cleared", amount=usd("7")),
        a_milestone(4, status="canceled", amount=usd("900")),
        a_milestone_request(5, amount=usd("40")),
        a_milestone_request(6, status="created", amount=usd("125")),
    ]
    escrow = escrow_of(lines, 50, "USD")
    assert (escrow.held, escrow.released, escrow.asked) == (usd("135"), usd("7"), usd("40"))
    assert escrow.is_funded


def test_what_is_held_for_another_bid_or_only_asked_for_funds_nothing() -> None:
    lines: list[Milestone | MilestoneRequest] = [
        a_milestone(1, bid_remote_id=51),
        a_milestone_request(2),
    ]
    assert not escrow_of(lines, 50, "USD").is_funded
