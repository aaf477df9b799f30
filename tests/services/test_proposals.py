"""Proposals: what the user may do with an offer, and what never gets lost."""

from dataclasses import replace
from typing import Any, get_args

import pytest

from freelancer_tui.domain.intents import OutboxEntry, PlaceBid
from freelancer_tui.domain.proposals import ProposalState, Standing
from freelancer_tui.errors import NotAllowed, NotFound
from freelancer_tui.store.work import outbox, proposals
from freelancer_tui.workspace import Workspace
from tests.services.desk import LONG, NOON, a_bid, a_project, force, lay, usd


def written(workspace: Workspace, price: str = "400") -> str:
    draft = workspace.proposals.draft(100)
    workspace.proposals.save(draft.id, text=LONG, price=usd(price), days=7)
    return draft.id


def carried(workspace: Workspace, proposal_id: str) -> OutboxEntry:
    entry = workspace.proposals.show(proposal_id).entry
    assert entry is not None
    return entry


def refuse(workspace: Workspace, proposal_id: str) -> None:
    force(workspace, carried(workspace, proposal_id), state="refused", reason="No bids left")
    with workspace.work.transaction() as session:
        kept = proposals.get(session, proposal_id)
        assert kept is not None
        proposals.put(session, replace(kept, state="refused", refusal="No bids left"))


def test_a_draft_is_begun_once(workspace: Workspace) -> None:
    first = workspace.proposals.draft(100)
    assert (first.state, first.currency) == ("draft", "USD")
    assert workspace.proposals.draft(100) == first


def test_a_draft_needs_a_known_job(workspace: Workspace) -> None:
    with pytest.raises(NotFound, match="no job 404"):
        workspace.proposals.draft(404)


def test_a_bid_placed_elsewhere_is_not_offered_again(workspace: Workspace) -> None:
    lay(workspace, a_bid())
    with pytest.raises(NotAllowed, match="already have a bid"):
        workspace.proposals.draft(100)


def test_saving_keeps_what_is_not_named(workspace: Workspace) -> None:
    draft = workspace.proposals.draft(100)
    workspace.proposals.save(draft.id, text="Hello")
    workspace.proposals.save(draft.id, price=usd("300"))
    kept = workspace.proposals.save(draft.id, days=3)
    assert (kept.text, kept.price, kept.days) == ("Hello", usd("300"), 3)
    assert workspace.proposals.save(draft.id, price=None).price is None


def test_a_price_in_another_currency_is_refused(workspace: Workspace) -> None:
    draft = workspace.proposals.draft(100)
    with pytest.raises(NotAllowed, match="USD"):
        workspace.proposals.save(draft.id, price=replace(usd("5"), currency="EUR"))


def test_problems_stop_a_submit_and_nothing_is_queued(workspace: Workspace) -> None:
    draft = workspace.proposals.draft(100)
    with pytest.raises(NotAllowed) as caught:
        workspace.proposals.submit(draft.id)
    assert len(caught.value.problems) == 3
    assert workspace.outbox.entries() == []
    assert workspace.proposals.show(draft.id).standing == "draft"


def test_advice_does_not_stop_a_submit(workspace: Workspace) -> None:
    proposal_id = written(workspace, price="5000")
    assert workspace.proposals.problems(proposal_id) == ["price_above_budget"]
    assert workspace.proposals.submit(proposal_id).standing == "queued"


def test_submit_queues_the_intent(workspace: Workspace) -> None:
    proposal_id = written(workspace)
    view = workspace.proposals.submit(proposal_id)
    assert view.entry is not None
    assert view.entry.intent == PlaceBid(100, usd("400"), 7, LONG.strip())
    assert (view.entry.entity, view.entry.about) == ("project:100", "Shop backend in Python")
    assert view.entry.subject_id == proposal_id
    with pytest.raises(NotAllowed):
        workspace.proposals.submit(proposal_id)
    assert len(workspace.outbox.entries()) == 1


def test_a_failing_submit_leaves_no_half(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposal_id = written(workspace)

    def fail(*_: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(proposals, "put", fail)
    with pytest.raises(RuntimeError):
        workspace.proposals.submit(proposal_id)
    assert workspace.outbox.entries() == []
    assert workspace.proposals.show(proposal_id).standing == "draft"


def test_a_closed_job_takes_no_submit(workspace: Workspace) -> None:
    proposal_id = written(workspace)
    lay(workspace, a_project(status="closed", updated_at=a_project().updated_at.replace(hour=13)))
    with pytest.raises(NotAllowed, match="no bids any more"):
        workspace.proposals.submit(proposal_id)


def test_taking_back_reopens_the_draft(workspace: Workspace) -> None:
    proposal_id = written(workspace)
    workspace.proposals.submit(proposal_id)
    view = workspace.proposals.take_back(proposal_id)
    assert (view.standing, view.entry, view.proposal.text) == ("draft", None, LONG)
    assert workspace.outbox.entries() == []


def test_what_is_being_sent_cannot_be_taken_back(workspace: Workspace) -> None:
    proposal_id = written(workspace)
    workspace.proposals.submit(proposal_id)
    force(workspace, carried(workspace, proposal_id), state="sending")
    with pytest.raises(NotAllowed, match="being sent"):
        workspace.proposals.take_back(proposal_id)
    assert workspace.proposals.show(proposal_id).standing == "queued"


def test_a_queued_proposal_is_not_edited_in_place(workspace: Workspace) -> None:
    proposal_id = written(workspace)
    workspace.proposals.submit(proposal_id)
    with pytest.raises(NotAllowed) as caught:
        workspace.proposals.save(proposal_id, text="other")
    assert "Take it back" in caught.value.hint


def test_a_refused_proposal_opens_again_with_its_text(workspace: Workspace) -> None:
    proposal_id = written(workspace)
    workspace.proposals.submit(proposal_id)
    refuse(workspace, proposal_id)
    assert workspace.proposals.show(proposal_id).standing == "refused"
    kept = workspace.proposals.save(proposal_id, days=9)
    assert (kept.state, kept.text, kept.refusal) == ("draft", LONG, "")
    assert workspace.outbox.entries() == []
    assert workspace.proposals.submit(proposal_id).standing == "queued"


def test_a_discarded_draft_can_be_restored(workspace: Workspace) -> None:
    proposal_id = written(workspace)
    gone = workspace.proposals.discard(proposal_id)
    with pytest.raises(NotFound):
        workspace.proposals.show(proposal_id)
    workspace.proposals.restore(gone)
    assert workspace.proposals.show(proposal_id).proposal == gone


def test_restoring_does_not_push_another_draft_aside(workspace: Workspace) -> None:
    gone = workspace.proposals.discard(written(workspace))
    other = workspace.proposals.draft(100)
    with pytest.raises(NotAllowed):
        workspace.proposals.restore(gone)
    assert workspace.proposals.draft(100) == other


def test_the_board_lays_bids_over_sheets(workspace: Workspace) -> None:
    lay(workspace, a_project(101, title="Elsewhere"), a_bid(501, 101, award_status="awarded"))
    proposal_id = written(workspace)
    board = {view.proposal.id: view for view in workspace.proposals.board()}
    assert board[proposal_id].standing == "draft"
    assert board["bid-501"].standing == "awarded"
    assert workspace.proposals.show("bid-501").project is not None
    found = workspace.proposals.of_project(101)
    assert found is not None
    assert found.proposal.id == "bid-501"
    assert [view.proposal.id for view in workspace.proposals.board("awarded")] == ["bid-501"]


def test_a_placed_proposal_is_one_line_with_its_bid(workspace: Workspace) -> None:
    proposal_id = written(workspace)
    with workspace.work.transaction() as session:
        kept = proposals.get(session, proposal_id)
        assert kept is not None
        proposals.put(session, replace(kept, state="placed", bid_remote_id=500))
    lay(workspace, a_bid(shortlisted=True))
    (view,) = workspace.proposals.board()
    assert (view.proposal.id, view.standing) == (proposal_id, "shortlisted")


def test_controls_in_a_text_do_not_get_into_the_store(workspace: Workspace) -> None:
    draft = workspace.proposals.draft(100)
    assert workspace.proposals.save(draft.id, text="a\x1b[31mb\r\nc").text == "ab\nc"


def test_every_entry_of_the_outbox_is_carried_by_its_subject(workspace: Workspace) -> None:
    proposal_id = written(workspace)
    workspace.proposals.submit(proposal_id)
    with workspace.work.read() as session:
        found = outbox.of_subject(session, proposal_id)
    assert found == carried(workspace, proposal_id)


def test_all_problems_are_listed_at_once(workspace: Workspace) -> None:
    draft = workspace.proposals.draft(100)
    lay(workspace, a_project(status="closed", updated_at=NOON.replace(hour=13)))
    with pytest.raises(NotAllowed) as caught:
        workspace.proposals.submit(draft.id)
    assert len(caught.value.problems) == 4
    assert all(problem in str(caught.value) for problem in caught.value.problems)
    assert workspace.proposals.problems(draft.id) == [
        "project_closed", "text_short", "price_missing", "days_missing",
    ]  # fmt: skip


@pytest.mark.parametrize("days", [0, -1, 1000])
def test_days_out_of_range_are_a_problem(workspace: Workspace, days: int) -> None:
    proposal_id = written(workspace)
    workspace.proposals.save(proposal_id, days=days)
    assert workspace.proposals.problems(proposal_id) == ["days_range"]


def test_a_bid_placed_elsewhere_meanwhile_stops_a_submit(workspace: Workspace) -> None:
    proposal_id = written(workspace)
    lay(workspace, a_bid())
    with pytest.raises(NotAllowed, match="already have a bid") as caught:
        workspace.proposals.submit(proposal_id)
    assert caught.value.problems == ("You already have a bid on this job.",)
    assert workspace.outbox.entries() == []
    assert {view.proposal.id for view in workspace.proposals.board()} == {proposal_id, "bid-500"}


def test_a_bid_retracted_elsewhere_allows_a_new_draft(workspace: Workspace) -> None:
    lay(workspace, a_bid(retracted=True))
    proposal_id = written(workspace)
    assert workspace.proposals.submit(proposal_id).standing == "queued"


def test_a_placed_proposal_retracted_there_allows_a_new_draft(workspace: Workspace) -> None:
    old = written(workspace)
    place(workspace, old)
    assert workspace.proposals.draft(100).id == old
    lay(workspace, a_bid(retracted=True))
    assert workspace.proposals.show(old).standing == "withdrawn"
    fresh = workspace.proposals.draft(100)
    assert (fresh.id != old, fresh.state, fresh.text) == (True, "draft", "")
    board = {view.proposal.id: view.standing for view in workspace.proposals.board()}
    assert board == {old: "withdrawn", fresh.id: "draft"}
    found = workspace.proposals.of_project(100)
    assert found is not None
    assert found.proposal == fresh


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ({}, "placed"),
        ({"shortlisted": True}, "shortlisted"),
        ({"award_status": "pending"}, "placed"),
        ({"award_status": "awarded"}, "awarded"),
        ({"award_status": "awarded", "accepted_at": NOON}, "accepted"),
        ({"award_status": "rejected"}, "lost"),
        ({"award_status": "revoked"}, "lost"),
        ({"award_status": "canceled"}, "declined"),
        ({"retracted": True}, "withdrawn"),
    ],
)
def test_the_marketplace_tells_where_a_proposal_stands(
    workspace: Workspace, changes: dict[str, Any], standing: Standing
) -> None:
    proposal_id = written(workspace)
    place(workspace, proposal_id)
    lay(workspace, a_bid(**changes))
    (view,) = workspace.proposals.board(standing)
    assert (view.proposal.id, view.standing) == (proposal_id, standing)
    others = [one for one in get_args(Standing) if one != standing]
    assert not any(workspace.proposals.board(one) for one in others)


def test_the_board_shows_the_newest_change_first_and_is_bounded(workspace: Workspace) -> None:
    lay(workspace, *(a_project(number) for number in range(101, 105)))
    drafts = [workspace.proposals.draft(number).id for number in range(101, 105)]
    workspace.proposals.save(drafts[1], text="later")
    shown = [view.proposal.id for view in workspace.proposals.board()]
    assert shown == [drafts[1], drafts[3], drafts[2], drafts[0]]
    assert [view.proposal.id for view in workspace.proposals.board(limit=2)] == shown[:2]


def test_a_sheet_of_a_job_that_is_not_in_the_cache(workspace: Workspace) -> None:
    proposal_id = written(workspace)
    with workspace.work.transaction() as session:
        kept = proposals.get(session, proposal_id)
        assert kept is not None
        proposals.put(session, replace(kept, project_remote_id=999))
    view = workspace.proposals.show(proposal_id)
    assert (view.project, view.proposal.text) == (None, LONG)
    assert workspace.proposals.submit(proposal_id).entry is not None
    assert workspace.outbox.entries()[0].about == "999"


def test_a_bid_placed_elsewhere_is_read_only(workspace: Workspace) -> None:
    lay(workspace, a_bid())
    for act in (
        workspace.proposals.submit,
        workspace.proposals.discard,
        workspace.proposals.problems,
    ):
        with pytest.raises(NotFound):
            act("bid-500")
    with pytest.raises(NotAllowed):
        workspace.proposals.take_back("bid-500")
    with pytest.raises(NotFound):
        workspace.proposals.take_back("bid-501")
    assert workspace.proposals.show("bid-500").standing == "placed"


@pytest.mark.parametrize("state", ["queued", "placed", "withdrawn"])
def test_only_a_draft_can_be_discarded(workspace: Workspace, state: ProposalState) -> None:
    proposal_id = written(workspace)
    place(workspace, proposal_id, state)
    with pytest.raises(NotAllowed):
        workspace.proposals.discard(proposal_id)
    assert workspace.proposals.show(proposal_id).proposal.text == LONG


def test_a_refused_proposal_is_discarded_with_its_entry_and_restored(workspace: Workspace) -> None:
    proposal_id = written(workspace)
    workspace.proposals.submit(proposal_id)
    refuse(workspace, proposal_id)
    gone = workspace.proposals.discard(proposal_id)
    assert workspace.outbox.entries() == []
    assert workspace.proposals.board() == []
    assert workspace.proposals.restore(gone).text == LONG
    with pytest.raises(NotAllowed):
        workspace.proposals.restore(gone)


def place(workspace: Workspace, proposal_id: str, state: ProposalState = "placed") -> None:
    """Bring a proposal into a state that only the engine gives."""
    with workspace.work.transaction() as session:
        kept = proposals.get(session, proposal_id)
        assert kept is not None
        proposals.put(session, replace(kept, state=state, bid_remote_id=500))
