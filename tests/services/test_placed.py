"""Placed: a bid that is there is changed and withdrawn, its award accepted and declined."""

from dataclasses import replace
from typing import Any

import pytest

from freelancer_tui.domain.conflicts import Conflict, Offering, offering
from freelancer_tui.domain.intents import (
    AcceptAward,
    DeclineAward,
    EditBid,
    OutboxEntry,
    RetractBid,
)
from freelancer_tui.errors import NotAllowed, NotFound
from freelancer_tui.services.placed import current
from freelancer_tui.store.work import conflicts, proposals
from freelancer_tui.workspace import Workspace
from tests.services.desk import LONG, NOON, a_bid, a_project, force, lay, usd
from tests.services.test_proposals import place, written

OTHER = ("Other words. " * 12).strip()
VERBS = {"withdraw": RetractBid, "accept": AcceptAward, "decline": DeclineAward}
MEANT = {
    "withdraw": RetractBid(500, 100),
    "accept": AcceptAward(500, 100, NOON),
    "decline": DeclineAward(500, 100, NOON),
}


def placed(workspace: Workspace, **changes: Any) -> str:
    proposal_id = written(workspace)
    place(workspace, proposal_id)
    lay(workspace, a_bid(**changes))
    return proposal_id


@pytest.fixture
def awarded(workspace: Workspace) -> str:
    """Give a placed proposal whose bid was awarded."""
    return placed(workspace, award_status="awarded", awarded_at=NOON)


def do(workspace: Workspace, verb: str, proposal_id: str) -> Any:
    return getattr(workspace.proposals.placed, verb)(proposal_id)


def waiting(workspace: Workspace) -> list[OutboxEntry]:
    return workspace.outbox.entries()


@pytest.mark.parametrize("verb", VERBS)
def test_it_waits_in_the_line_of_its_job_and_is_queued_once(
    workspace: Workspace, awarded: str, verb: str
) -> None:
    for _again in range(2):
        view = do(workspace, verb, awarded)
    (entry,) = waiting(workspace)
    assert (entry.intent, entry.entity) == (MEANT[verb], "project:100")
    assert (view.entry, view.standing, view.proposal.text) == (entry, "awarded", LONG)


@pytest.mark.parametrize("verb", VERBS)
def test_it_is_taken_back_and_the_bid_stays(workspace: Workspace, awarded: str, verb: str) -> None:
    do(workspace, verb, awarded)
    view = workspace.proposals.take_back(awarded)
    assert (waiting(workspace), view.standing) == ([], "awarded")
    with pytest.raises(NotAllowed):
        workspace.proposals.take_back(awarded)


@pytest.mark.parametrize("first", VERBS)
@pytest.mark.parametrize("then", VERBS)
def test_the_last_word_counts(workspace: Workspace, awarded: str, first: str, then: str) -> None:
    do(workspace, first, awarded)
    do(workspace, then, awarded)
    assert [type(one.intent) for one in waiting(workspace)] == [VERBS[then]]


def test_what_is_being_sent_is_not_turned_around(workspace: Workspace, awarded: str) -> None:
    do(workspace, "accept", awarded)
    force(workspace, waiting(workspace)[0], state="sending")
    for act in (workspace.proposals.placed.decline, workspace.proposals.take_back):
        with pytest.raises(NotAllowed, match="being sent already"):
            act(awarded)
    (entry,) = waiting(workspace)
    assert isinstance(entry.intent, AcceptAward)


def test_a_change_that_waits_makes_way_and_one_under_way_goes_first(
    workspace: Workspace, awarded: str
) -> None:
    lay(workspace, a_project(status="open"))
    workspace.proposals.placed.change(awarded, Offering(OTHER, usd("450"), 9))
    do(workspace, "withdraw", awarded)
    assert [one.name for one in waiting(workspace)] == ["retract_bid"]
    assert workspace.proposals.show(awarded).proposal.text == OTHER
    workspace.proposals.take_back(awarded)
    workspace.proposals.placed.change(awarded, Offering(LONG, usd("475"), 9))
    force(workspace, waiting(workspace)[0], state="doubtful")
    do(workspace, "withdraw", awarded)
    assert [one.name for one in waiting(workspace)] == ["edit_bid", "retract_bid"]


@pytest.mark.parametrize(
    ("changes", "verbs"),
    [
        ({}, ("accept", "decline")),
        ({"award_status": "revoked"}, ("accept", "decline")),
        ({"retracted": True}, tuple(VERBS)),
        ({"award_status": "awarded", "accepted_at": NOON}, tuple(VERBS)),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_queued(
    workspace: Workspace, changes: dict[str, Any], verbs: tuple[str, ...]
) -> None:
    proposal_id = placed(workspace, **changes)
    for verb in verbs:
        with pytest.raises(NotAllowed):
            do(workspace, verb, proposal_id)
    assert waiting(workspace) == []


@pytest.mark.parametrize("verb", VERBS)
def test_nothing_is_done_to_a_draft_or_to_nothing(workspace: Workspace, verb: str) -> None:
    with pytest.raises(NotAllowed):
        do(workspace, verb, written(workspace))
    with pytest.raises(NotFound):
        do(workspace, verb, "nope")


def test_a_conflict_is_settled_first(workspace: Workspace, awarded: str) -> None:
    theirs = Offering(OTHER, usd("400"), 7)
    with workspace.work.transaction() as session:
        conflicts.put(session, Conflict("c", "edited_elsewhere", awarded, theirs, NOON))
    for verb in VERBS:
        with pytest.raises(NotAllowed, match="settle that first"):
            do(workspace, verb, awarded)
    with pytest.raises(NotAllowed, match="settle that first"):
        workspace.proposals.placed.change(awarded, theirs)


def test_a_change_goes_over_what_is_there(workspace: Workspace) -> None:
    proposal_id = placed(workspace)
    before = current(workspace.proposals.show(proposal_id))
    assert before == Offering(LONG, usd("400"), 7)
    workspace.proposals.placed.change(proposal_id, replace(before, days=9))
    again = current(workspace.proposals.show(proposal_id))
    assert again.days == 9, "a second change begins from the first"
    workspace.proposals.placed.change(proposal_id, replace(again, price=usd("450")))
    (entry,) = waiting(workspace)
    assert isinstance(entry.intent, EditBid)
    assert (entry.intent.mine.days, entry.intent.mine.amount) == (9, usd("450"))
    assert (entry.intent.base.days, entry.intent.base.amount) == (7, usd("400"))
    view = workspace.proposals.placed.change(proposal_id, before)
    assert (waiting(workspace), view.standing) == ([], "placed"), "as it was: nothing to send"


def test_a_change_with_problems_is_not_queued(workspace: Workspace) -> None:
    proposal_id = placed(workspace)
    for offer in (Offering("Short", usd("400"), 7), Offering(LONG, None, 7)):
        with pytest.raises(NotAllowed) as caught:
            workspace.proposals.placed.change(proposal_id, offer)
        assert caught.value.problems
    lay(workspace, a_project(status="awarded"))
    with pytest.raises(NotAllowed, match="no bids any more"):
        workspace.proposals.placed.change(proposal_id, Offering(OTHER, usd("400"), 7))
    assert waiting(workspace) == []
    assert workspace.proposals.show(proposal_id).proposal.text == LONG


def test_a_bid_placed_elsewhere_gets_a_sheet_by_its_change(workspace: Workspace) -> None:
    lay(workspace, a_bid())
    workspace.proposals.placed.change("bid-500", Offering(OTHER, usd("400"), 7))
    with workspace.work.read() as session:
        sheet = proposals.get(session, "bid-500")
    assert sheet is not None
    assert (sheet.state, offering(sheet).text) == ("placed", OTHER)
    (view,) = workspace.proposals.board()
    assert view.entry == waiting(workspace)[0]
    lay(workspace, a_bid(retracted=True))
    fresh = workspace.proposals.draft(100)
    assert workspace.proposals.draft(100).id == fresh.id != "bid-500"


def test_what_another_window_queued_for_the_bid_by_its_other_name_makes_way(
    workspace: Workspace,
) -> None:
    """A draft of ours stood beside a bid from the website, and then met it."""
    lay(workspace, a_bid(award_status="awarded"))
    do(workspace, "decline", "bid-500")
    lay(workspace, a_bid(retracted=True))
    proposal_id = written(workspace)
    lay(workspace, a_bid(award_status="awarded"))
    place(workspace, proposal_id)
    do(workspace, "accept", proposal_id)
    assert [one.name for one in waiting(workspace)] == ["accept_award"]


def test_the_reason_goes_with_the_refused_entry(workspace: Workspace, awarded: str) -> None:
    do(workspace, "accept", awarded)
    entry = force(workspace, waiting(workspace)[0], state="refused", reason="Gone")
    with workspace.work.transaction() as session:
        sheet = proposals.get(session, awarded)
        assert sheet is not None
        proposals.put(session, replace(sheet, refusal="Gone", refusal_code="AWARD_GONE"))
    workspace.outbox.discard(entry.id)
    view = workspace.proposals.show(awarded)
    assert (view.proposal.state, view.proposal.refusal, view.entry) == ("placed", "", None)


def test_a_doubtful_withdrawal_is_settled_by_hand(workspace: Workspace, awarded: str) -> None:
    do(workspace, "withdraw", awarded)
    entry = force(workspace, waiting(workspace)[0], state="doubtful", asks=True)
    workspace.outbox.arrived(entry.id)
    assert workspace.proposals.show(awarded).standing == "withdrawn"
